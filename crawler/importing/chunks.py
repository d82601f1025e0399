"""Pieces of an export, a few hundred messages each: the pages of an import."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from crawler.importing.formats import Row
from crawler.importing.guarding import Rules, dumped, guarded_rows, name_of
from crawler.importing.stream import Chat, ChatEnd, Item, Message
from crawler.reading import Problem

MOST = 500
"""Messages in a chunk."""
LARGEST = 2 << 20
"""Bytes of a chunk from which on the next one begins."""
LONGEST = 4 << 20
"""Bytes of one message; a longer one is left out, with a problem."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of one chat, in the shape of a small export of its own."""

    place: str
    """Which chat of the file, and which chunk of the chat, such as `1/17`."""
    body: bytes
    """JSON, UTF-8: the chat's head, and its messages with all of their keys and values."""
    messages: int
    """Messages in it, notices included."""
    notices: int
    """Notices of the service among them."""
    masked: int
    """Secrets of third persons that were masked."""
    drops: tuple[tuple[str, str, int], ...]
    """Id, hash and size of each message that the intake guard left out."""
    problems: tuple[Problem, ...]
    """What could not be kept as it was."""


@dataclass
class Chunker:
    """Gathers messages to chunks; forgets each chunk once it is handed out."""

    rules: Rules
    chat: int = 0
    number: int = 0
    head: dict[str, Any] = field(default_factory=dict)
    rows: list[Any] = field(default_factory=list)
    size: int = 0
    """Bytes of the rows, about."""
    told: int = 0
    """Messages of this chat so far."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Name of the chat that is being read."""
        channel = self.head.get("channel")
        name = (channel if isinstance(channel, dict) else self.head).get("name")
        return " ".join(str(name or "without a name").split())[:120]

    def chunks(self, items: Iterable[Item]) -> Iterator[Chunk]:
        """Chunks of an export, in order; when the items break off, the last ones come first.

        Raises:
            whatever the items raise, once what they gave is handed out.
        """
        try:
            for item in items:
                if isinstance(item, Message):
                    self.add(item)
                elif isinstance(item, ChatEnd):
                    self.check(item)
                if self.is_due(item):
                    yield self.take()
                if isinstance(item, Chat):
                    self.begin(item)
        except Exception:
            if self.rows:
                yield self.take()
            raise

    def is_due(self, item: Item) -> bool:
        """Whether what was gathered is a chunk now; a chat without messages gives one too."""
        if isinstance(item, Message):
            return len(self.rows) >= MOST or self.size >= LARGEST
        ended = isinstance(item, ChatEnd) and (self.problems or not self.number)
        return bool(self.rows or ended)

    def begin(self, chat: Chat) -> None:
        """Go on with the next chat."""
        self.chat, self.number, self.told, self.head = self.chat + 1, 0, 0, chat.head

    def add(self, message: Message) -> None:
        """Gather one message."""
        self.told += 1
        size = len(dumped(message.value))
        if message.cut:
            self.problems.append(Problem("nested_too_deep", name_of(message.value)))
        if size > LONGEST:
            self.problems.append(
                Problem("message_too_long", f"{name_of(message.value)}: {size} bytes, left out")
            )
            return
        self.rows.append(message.value)
        self.size += size

    def check(self, end: ChatEnd) -> None:
        """Compare a chat's messages with the number that the file states."""
        stated = end.head.get("messageCount")
        if type(stated) is int and stated != self.told:
            text = f"{self.title}: {self.told} messages, the file says {stated}"
            self.problems.append(Problem("missing_messages", text))

    def take(self) -> Chunk:
        """What was gathered, guarded, as a chunk."""
        rows, drops, count = guarded_rows(self.rows, self.head, self.rules)
        self.number += 1
        chunk = Chunk(
            place=f"{self.chat}/{self.number}",
            body=body_of({} if drops and not rows else self.head, rows),
            messages=len(self.rows),
            notices=sum(isinstance(row, dict) and self.rules.format.is_notice(row) for row in rows),
            masked=count,
            drops=tuple(drops),
            problems=tuple(self.problems),
        )
        self.rows, self.size, self.problems = [], 0, []
        return chunk


def body_of(head: Row, rows: list[Any]) -> bytes:
    """A chunk's bytes: the chat's head, then one line a message."""
    start = dumped({**head, "messages": []})[:-2]
    return start + b"\n" + b",\n".join(map(dumped, rows)) + b"\n]}\n"

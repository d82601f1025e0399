"""Chats and messages of an export as they come out of the JSON parser, one at a time.

Nothing but one message is ever held, whatever the file's size.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import Any, BinaryIO, TypeAlias

import ijson

BUFFER = 1 << 16
"""Bytes that the parser reads at a time."""
DEEPEST = 24
"""Containers inside each other in one message; deeper ones are left empty."""
BOM = b"\xef\xbb\xbf"
OPENS = frozenset({"start_map", "start_array"})
CLOSES = frozenset({"end_map", "end_array"})
SHELVES = ("chats", "left_chats")
"""Where Telegram's export of a whole account keeps its chats."""
LONGEST_HEAD = 2000
"""Characters of a name that describes a chat."""

Event: TypeAlias = tuple[str, Any]
Events: TypeAlias = Iterator[Event]

BrokenJson = ijson.JSONError
"""The file breaks off or is no JSON from some byte on."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat begins: what the file says of it before its messages."""

    head: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the file has it."""

    value: Any
    cut: bool = False
    """Whether parts of it were nested too deep to keep."""


@dataclass(frozen=True, slots=True)
class ChatEnd:
    """A chat ended as it should: what the file says of it after its messages."""

    head: dict[str, Any]


Item: TypeAlias = Chat | Message | ChatEnd


@dataclass
class Values:
    """Builds values from events; remembers whether one was nested too deep."""

    events: Events
    cut: bool = field(default=False)

    def of(self, event: Event, depth: int = 0) -> Any:
        """The value that an event begins."""
        name, value = event
        if name not in OPENS:
            return plain(value)
        if depth >= DEEPEST:
            self.cut = True
            pass_over(self.events, event)
            return {} if name == "start_map" else []
        if name == "start_map":
            return {key: self.of(first, depth + 1) for key, first in members(self.events)}
        return [self.of(first, depth + 1) for first in elements(self.events)]


def items_in(file: BinaryIO) -> Iterator[Item]:
    """Chats and messages of an export, in order; nothing for JSON of another shape.

    Raises:
        BrokenJson: after the last whole message, where the file breaks off or is no JSON.
    """
    if file.read(len(BOM)) != BOM:
        file.seek(0)
    try:
        events: Events = iter(ijson.basic_parse(file, buf_size=BUFFER))
        if next(events, None) == ("start_map", None):
            yield from items_of(events, shelves=True)
        for _ in events:
            # what follows still has to be JSON to its end
            pass
    except (SystemError, ValueError, ArithmeticError) as error:
        # Python refuses numbers of thousands of digits in the middle of the parser
        raise BrokenJson("a number that cannot be read") from error


def items_of(events: Events, *, shelves: bool = False) -> Iterator[Item]:
    """Items of a JSON object that was just opened: one chat, or a whole account."""
    head: dict[str, Any] = {}
    told = False
    for key, event in members(events):
        if key == "messages" and event[0] == "start_array":
            yield Chat(dict(head))
            yield from messages_of(events)
            told = True
        elif shelves and key in SHELVES and event[0] == "start_map":
            yield from shelf_of(events)
        elif event[0] not in OPENS:
            head[key[:80]] = short(event[1])
        elif key in ("guild", "channel") and event[0] == "start_map":
            head[key] = flat_of(events)
        else:
            pass_over(events, event)
    if told:
        yield ChatEnd(head)


def shelf_of(events: Events) -> Iterator[Item]:
    """Items of the `list` of a shelf that was just opened."""
    for key, event in members(events):
        if key != "list" or event[0] != "start_array":
            pass_over(events, event)
            continue
        for each in elements(events):
            if each[0] == "start_map":
                yield from items_of(events)
            else:
                pass_over(events, each)


def messages_of(events: Events) -> Iterator[Item]:
    """The messages of an array that was just opened."""
    for event in elements(events):
        values = Values(events)
        value = values.of(event)
        yield Message(value, values.cut)


def flat_of(events: Events) -> dict[str, Any]:
    """The plain members of an object that was just opened."""
    found = {}
    for key, event in members(events):
        if event[0] in OPENS:
            pass_over(events, event)
        else:
            found[key[:80]] = short(event[1])
    return found


def short(value: Any) -> Any:
    """A plain value of bounded length."""
    if isinstance(value, str):
        return value[:LONGEST_HEAD]
    return plain(value)


def plain(value: Any) -> Any:
    """A number as JSON can hold it again; None for one beyond all bounds."""
    if not isinstance(value, Decimal):
        return value
    number = float(value)
    return number if isfinite(number) else None


def members(events: Events) -> Iterator[tuple[str, Event]]:
    """Key and first event of each member of an open object; the caller reads each to its end."""
    for name, value in events:
        if name == "end_map":
            return
        yield value, next(events)


def elements(events: Events) -> Iterator[Event]:
    """First event of each element of an open array; the caller reads each to its end."""
    for event in events:
        if event[0] == "end_array":
            return
        yield event


def pass_over(events: Events, event: Event) -> None:
    """Read a value to its end and forget it."""
    depth = 1 if event[0] in OPENS else 0
    while depth:
        name, _ = next(events)
        depth += (name in OPENS) - (name in CLOSES)

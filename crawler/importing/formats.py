"""The exports that can be imported, and what the importer must know of their messages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from crawler.importing.stream import BrokenJson, Chat, items_in

Row: TypeAlias = Mapping[str, Any]

DISCORD_NOTICES = frozenset(
    [
        "RecipientAdd",
        "RecipientRemove",
        "Call",
        "ChannelNameChange",
        "ChannelIconChange",
        "ChannelPinnedMessage",
        "GuildMemberJoin",
        "ThreadCreated",
        *(str(number) for number in range(1, 19)),
    ]
)
"""Message types that DiscordChatExporter writes for system notices (Discord's types 1 to 18)."""
START = 64
"""Bytes of a wrong file that are looked at."""
MADE_BY = (
    "export the chat in Telegram Desktop as 'Machine-readable JSON' (result.json), "
    "or in DiscordChatExporter with `--format Json`"
)


class ExportError(ValueError):
    """A file that cannot be imported; its text names file, reason and remedy."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of export."""

    engine: str
    """The engine that reads it."""
    label: str
    """Name for people."""
    is_head: Callable[[Row], bool]
    """Whether what stands before a chat's messages is this format's."""
    is_notice: Callable[[Row], bool]
    """Whether a message is the service's own note (joined, pinned), nobody's words."""
    words: Callable[[Row], str]
    """A message's own words, joined as its readers saw them."""
    worded: Callable[[Row, str], Row]
    """The message with other words in the place of its own."""


def telegram_words(row: Row) -> str:
    """The parts of `text`, joined: an address or a card may be split over several."""
    text = row.get("text")
    parts = text if isinstance(text, list) else [text]
    own = [part.get("text") if isinstance(part, dict) else part for part in parts]
    return "".join(part for part in own if isinstance(part, str))


def telegram_worded(row: Row, words: str) -> Row:
    """The message with plain words: entities would tell what was hidden."""
    return {**row, "text": words, "text_entities": [{"type": "plain", "text": words}]}


def discord_words(row: Row) -> str:
    """The `content`."""
    content = row.get("content")
    return content if isinstance(content, str) else ""


def is_discord_notice(row: Row) -> bool:
    """Whether a message of Discord is a system notice."""
    sort = row.get("type")
    return isinstance(sort, str) and sort in DISCORD_NOTICES


FORMATS = (
    Format(
        engine="discord_export",
        label="DiscordChatExporter JSON",
        is_head=lambda head: isinstance(head.get("channel"), dict) and "guild" in head,
        is_notice=is_discord_notice,
        words=discord_words,
        worded=lambda row, words: {**row, "content": words},
    ),
    Format(
        engine="telegram_export",
        label="Telegram Desktop JSON",
        is_head=lambda head: isinstance(head.get("type"), str) and ("id" in head or "name" in head),
        is_notice=lambda row: row.get("type") == "service",
        words=telegram_words,
        worded=telegram_worded,
    ),
)


def format_of(path: Path) -> Format:
    """The format of a file, by what stands before its first message.

    Raises:
        ExportError: it cannot be read, or is no export that is known here.
    """
    try:
        with path.open("rb") as file:
            chats = (item for item in items_in(file) if isinstance(item, Chat))
            # a chat without name and type is met in no export: a few tell
            found = next(formats_in(islice(chats, 3)), None)
    except OSError as error:
        raise ExportError(f"{path}: cannot be read: {error.strerror}; name a file") from error
    except BrokenJson as error:
        raise ExportError(f"{path}: {reason_of(path)}; {MADE_BY}") from error
    if found is None:
        raise ExportError(f"{path}: is JSON, but holds no chat of a known export; {MADE_BY}")
    return found


def formats_in(chats: Iterator[Chat]) -> Iterator[Format]:
    """Formats that the heads of chats fit, in order."""
    for chat in chats:
        yield from (each for each in FORMATS if each.is_head(chat.head))


def reason_of(path: Path) -> str:
    """Why a file without any chat cannot be read, in words."""
    with path.open("rb") as file:
        start = file.read(START).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return "is empty"
    if start[:1] == b"<":
        return "is a page (HTML), not JSON"
    if start[:1] in b"{[":
        return "breaks off, or is broken, before its first message"
    return "is not JSON"

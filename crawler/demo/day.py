"""What stands on the demo market on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One post of the demo market."""

    id: int
    author: str
    text: str
    at: datetime
    rank: str = "Member"
    signature: str = ""
    quote: tuple[str, str] | None = None
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread of one of the two boards."""

    id: int
    key: str
    board: int
    title: str
    posts: tuple[Message, ...]
    sticky: bool = False
    locked: bool = False

    @property
    def last(self) -> Message:
        """The newest post."""
        return self.posts[-1]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the shop."""

    id: int
    title: str
    vendor: str
    price: str
    country: str
    stock: int
    category: str
    description: str


@dataclass(frozen=True, slots=True)
class Day:
    """Everything that stands on the market on one day."""

    boards: Mapping[str, Mapping[int, str]]
    """Board names by id, by source."""
    names: Mapping[str, str]
    """Names of the sites, by source."""
    threads: Mapping[str, tuple[Thread, ...]]
    """Threads by source, stickies first, then newest last post first."""
    channel: str
    messages: tuple[Message, ...] = ()
    """Messages of the channel, oldest first."""
    items: tuple[Item, ...] = ()

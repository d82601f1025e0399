"""The world of bench-link: sellers on many sources, with the truth of who is who.

It was written before the linker was looked at: as somebody would who wants to be found by buyers
and confused by observers.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scripts.link_sellers import Contact, Seller

BEGIN, END = datetime(2024, 9, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
FORUMS = tuple(f"forum{n}" for n in range(1, 11))
MARKETS = ("market1", "market2")
GROUPS = ("group1", "group2", "group3")
"""Group chats: channels with many authors."""
SHARED = "shared"


@dataclass
class Account:
    """A name on a source."""

    number: int
    source: str
    name: str
    seller: int
    """Truth: who it is; people who sell nothing have numbers of their own."""
    rank: str | None = None
    signature: str | None = None
    span: tuple[datetime, datetime] = (BEGIN, END)
    way: str = SHARED
    own: list[Contact] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    """Lines that stand in each of its ads."""
    waits: list[int] = field(default_factory=list)
    """Threads that it will open."""


@dataclass
class Post:
    """One post; the first of its thread where `opens`."""

    account: int
    thread: int
    at: datetime
    text: str
    title: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    quoted: tuple[str, str] | None = None
    ad: int | None = None
    """Truth: the ad that it states."""


@dataclass
class Rebrand:
    """Truth: a seller who went silent and came back."""

    seller: int
    new: int
    """The account under the new name."""
    kept: str


@dataclass
class World:
    """Everything that is written, and the truth."""

    seed: int
    rng: random.Random
    sellers: list[Seller] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    """Source of each thread."""
    channels: dict[str, str] = field(default_factory=dict)
    """Telegram handle of each channel that is a source."""
    rebrands: list[Rebrand] = field(default_factory=list)
    people: int = 1_000_000
    """Next number of somebody who is no seller of the world."""

    def somebody(self) -> int:
        """A number for one more person."""
        self.people += 1
        return self.people

    def account(self, source: str, name: str, seller: int, **rest: object) -> Account:
        """One more account; a name that is taken on its source gets digits."""
        taken = {a.name.lower() for a in self.accounts[-4000:] if a.source == source}
        while name.lower() in taken:
            name = f"{name}{self.rng.randrange(2, 99)}"
        made = Account(len(self.accounts), source, name, seller, **rest)  # type: ignore[arg-type]
        self.accounts.append(made)
        return made

    def thread(self, source: str) -> int:
        """A new thread, or the one thread of a channel."""
        if source.startswith(("channel", "group")) and source in self.threads:
            return self.threads.index(source)
        self.threads.append(source)
        return len(self.threads) - 1

    def post(self, account: Account, text: str, at: datetime, **rest: object) -> Post:
        """One more post, in a thread of its own unless told."""
        thread = rest.pop("thread", None)
        number = thread if isinstance(thread, int) else self.thread(account.source)
        made = Post(account.number, number, at, text, **rest)  # type: ignore[arg-type]
        self.posts.append(made)
        return made


def telegram_of(world: World, seller: int) -> str | None:
    """A seller's handle at the end."""
    contacts = world.sellers[seller].contacts[-1]
    return next((c.value for c in contacts if c.kind == "telegram"), None)


def url_of(source: str, thread: int) -> str:
    """Address of a thread."""
    return f"http://{source}.example/showthread.php?tid={thread}"

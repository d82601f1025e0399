"""What an engine reads from one page: plain records between the engines and the store.

All times are time-zone aware UTC. Text is plain: no markup, lines separated by "\\n".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

PageState = Literal[
    "ok",
    "empty",
    "login",
    "forbidden",
    "challenge",
    "banned",
    "maintenance",
    "seized",
    "wrong_site",
    "rate_limited",
    "not_found",
    "dropped",
    "error",
    "unknown",
]
"""What a page turned out to be. `empty` is a board or thread without rows; `login` wants an
account; `forbidden` refuses the account that is signed in; `seized` is what the police put in a
site's place, `wrong_site` a parking page or another board; `rate_limited` asks to come back later,
whatever its HTTP status; `dropped` was kept nowhere by the
intake guard; `unknown` is a page that the engine does not understand."""

PageKind = Literal["index", "board", "thread", "channel", "market", "item"]
"""What the walk expects a URL to be."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that an engine met and did not understand; becomes a row in `issues`."""

    kind: str
    """Short snake_case name, such as `post_without_id`."""
    detail: str
    """What was met, with the offending value, one line."""


@dataclass(frozen=True, slots=True)
class BoardRead:
    """A link to a board (a forum section) on an index page."""

    native_id: str
    """The software's own id of the board."""
    name: str
    """Name as the page writes it."""
    url: str
    """Canonical absolute URL of the board's first page."""


@dataclass(frozen=True, slots=True)
class ThreadRead:
    """One row of a board, or the thread that a thread page shows."""

    native_id: str
    """The software's own id of the thread."""
    title: str
    """Title without prefixes that the software adds (a seller's own `[SELL]` stays)."""
    url: str
    """Canonical absolute URL of the thread's first page."""
    author: str | None = None
    """Name of the account that opened the thread."""
    replies: int | None = None
    """Posts after the first one, as the page states it."""
    posted_at: datetime | None = None
    """When the thread was opened, UTC."""
    last_post_at: datetime | None = None
    """When the newest post was written, UTC."""
    last_post_raw: str | None = None
    """The date of the newest post as the page writes it."""
    sticky: bool = False
    """Pinned to the top of its board."""
    locked: bool = False
    """Closed for replies."""
    board: str | None = None
    """Name of the board, where the page says it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation inside a post, kept apart from the post's own words."""

    author: str | None
    """Who is quoted, where the page says it."""
    text: str
    """The quoted words, plain text."""


@dataclass(frozen=True, slots=True)
class PostRead:
    """One message by one account, as one page shows it."""

    native_id: str
    """The software's own id of the post."""
    text: str
    """Body as plain text: without markup, quotes, signature and edit note; list items and table
    rows on lines of their own."""
    position: int | None = None
    """Place in the thread, 1 for the first post; None where the page does not say."""
    author: str | None = None
    """Name of the account."""
    author_id: str | None = None
    """The software's own id of the account."""
    author_rank: str | None = None
    """Group or title under the name."""
    author_joined_at: datetime | None = None
    """When the account was registered, UTC."""
    author_posts: int | None = None
    """The account's own post count."""
    author_reputation: str | None = None
    """Reputation as the page writes it."""
    posted_at: datetime | None = None
    """When the post was written, UTC."""
    posted_raw: str | None = None
    """The post's date as the page writes it."""
    edited_at: datetime | None = None
    """When the post was last edited, UTC, where the page says so."""
    url: str | None = None
    """Permanent link of the post."""
    title: str | None = None
    """The post's own title, where it has one (a product of a shop)."""
    signature: str | None = None
    """The account's signature as shown under the post, plain text."""
    quotes: tuple[Quote, ...] = ()
    """Quotations, in order."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the page states in columns (price, category, stock, region): these win over text."""
    thread: str | None = None
    """Native id of the post's thread, on pages that show several threads (a shop's list)."""
    withheld: bool = False
    """Whether its texts are left out because they are older than its source keeps them."""


@dataclass(frozen=True, slots=True)
class AccountRead:
    """The account that a profile page shows."""

    name: str
    """Name of the account."""
    native_id: str | None = None
    """The software's own id of the account."""
    rank: str | None = None
    """Group or title."""
    joined_at: datetime | None = None
    """When it was registered, UTC."""
    posts: int | None = None
    """Its post count, as the page states it."""
    reputation: str | None = None
    """Reputation as the page writes it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one page says."""

    state: PageState
    """What the page turned out to be."""
    boards: tuple[BoardRead, ...] = ()
    """Links to boards, in page order."""
    threads: tuple[ThreadRead, ...] = ()
    """Rows of a board, in page order; empty on a thread page."""
    thread: ThreadRead | None = None
    """The thread that a thread page shows."""
    posts: tuple[PostRead, ...] = ()
    """Posts, in page order; empty on a board page."""
    account: AccountRead | None = None
    """The account that a profile page shows."""
    next_page: str | None = None
    """Canonical URL of the page that continues this one."""
    problems: tuple[Problem, ...] = ()
    """What was not understood."""
    listed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a list states of products that have pages of their own: fields by native id."""
    masked: int = 0
    """How many secrets of third persons were masked in it."""
    wait_s: float = 0.0
    """How long a page that asks to come back later says to wait, seconds; 0: it does not say."""
    signed_in: bool | None = None
    """Whether the page shows that its visitor is logged in; None where it cannot tell."""

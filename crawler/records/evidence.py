"""Rows of what was read: threads, accounts, posts and their texts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread of a forum, a channel, or a product of a market."""

    id: str
    """Stable id."""
    source_id: str
    """Which source."""
    native_id: str
    """The software's own id."""
    board: str | None
    """Name of its board or category."""
    title: str
    """Its title now."""
    author: str | None
    """Name of the account that opened it."""
    url: str
    """Address. Do not visit it from an unprotected machine."""
    posted_at: str | None
    """When it was opened, UTC."""
    last_post_at: str | None
    """When its newest post was written, UTC."""
    replies: int | None
    """Posts after the first, as its board states it."""
    sticky: int
    """1 when it is pinned to the top of its board."""
    state: str
    """open, closed or gone."""
    list_url: str | None
    """The list that showed it last, for products of a market."""
    first_seen: str
    """When it was first read, UTC."""
    last_seen: str
    """When it was last read, UTC."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A name on one source."""

    id: str
    """Stable id."""
    source_id: str
    """Which source."""
    name: str
    """As the source writes it."""
    native_id: str | None
    """The software's own id."""
    rank: str | None
    """Group or title under the name."""
    joined_at: str | None
    """When it was registered, UTC."""
    post_count: int | None
    """Its own post count, as last seen."""
    reputation: str | None
    """Reputation as the page writes it, as last seen."""
    signature: str | None
    """Signature, as last seen."""
    first_seen: str
    """When it was first read, UTC."""
    last_seen: str
    """When it was last read, UTC."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """One message by one account; its text stands in `post_versions`."""

    id: str
    """Stable id."""
    source_id: str
    """Which source."""
    thread_id: str
    """Its thread."""
    native_id: str
    """The software's own id."""
    position: int | None
    """Place in its thread, 1 for the first post."""
    account_id: str | None
    """Who wrote it."""
    posted_at: str | None
    """When it was written, UTC."""
    posted_raw: str | None
    """That date as the page wrote it when the post was first read."""
    edited_at: str | None
    """When it was last edited, UTC, where the page says so."""
    url: str | None
    """Address. Do not visit it from an unprotected machine."""
    version_id: str
    """Its text as last seen."""
    first_seen: str
    """When it was first read, UTC."""
    last_seen: str
    """When it was last read, UTC."""
    gone_at: str | None
    """When a complete reading of its thread first lacked it, UTC."""


@dataclass(frozen=True, slots=True)
class PostVersionRow:
    """A post's text as seen at one time; an edit adds a row."""

    id: str
    """Stable id of the post and the content."""
    post_id: str
    """Which post."""
    title: str | None
    """Title of the thread (first posts) or product."""
    text: str
    """Body, plain text, without quotes and signature."""
    quoted: str | None
    """JSON list of the quotations in it: author and text."""
    fields: str | None
    """JSON object of what the page stated in columns: price, category, stock, region."""
    sha256: str
    """Hash of title, text, quotations and fields."""
    page_id: str
    """The archived response that showed it first."""
    seen_at: str
    """When it was first seen, UTC."""

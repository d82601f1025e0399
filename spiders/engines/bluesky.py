"""Bluesky's public interface (XRPC): the posts of one account or of one search, as JSON.

Posts as the lexicon's `app.bsky.feed.defs#postView` describes them. A repost is somebody else's
post: it is passed over. Media is never read.
"""

import re
from dataclasses import replace
from datetime import datetime

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import from_iso
from spiders.engines import bluesky_url, bluesky_words
from spiders.engines import json_values as values
from spiders.engines.json_values import Row
from spiders.page import Page

NAME = "bluesky"
AT_URI = re.compile(
    r"at://(?P<did>[A-Za-z0-9._:%-]{3,250})/app\.bsky\.feed\.post/(?P<rkey>[A-Za-z0-9._:~-]{1,128})"
)
REPOST = "app.bsky.feed.defs#reasonRepost"
BY_ERROR: tuple[tuple[re.Pattern[str], PageState], ...] = (
    (re.compile(r"AuthMissing|AuthenticationRequired|InvalidToken|ExpiredToken"), "login"),
    (re.compile(r"BlockedActor|BlockedByActor|Forbidden"), "forbidden"),
    (re.compile(r"AccountTakedown|AccountDeactivated|AccountSuspended|NotFound"), "not_found"),
    (re.compile(r"(?:profile|actor|account|user) (?:was )?not found", re.I), "not_found"),
    (re.compile(r"InternalServerError|UpstreamFailure|UpstreamTimeout"), "error"),
)
"""Names and words of XRPC errors; most come with status 400."""


def detect(page: Page) -> bool:
    """Tell by a list of posts with `at://` addresses, by the call, or by a profile."""
    if not isinstance(page.data, dict):
        return False
    if isinstance(listed(page), list):
        uris = [values.line_at(page, post, "uri") or "" for post in shown(page)[:3]]
        called = bluesky_url.method_in(page.url) is not None
        return any(uri.startswith("at://") for uri in uris) if uris else called
    return account(page) is not None


def listed(page: Page) -> object:
    """The list of posts: `feed` of an account, `posts` of a search."""
    return page.data.get("feed", page.data.get("posts")) if isinstance(page.data, dict) else None


def state(page: Page) -> PageState:
    """Tell what the page is; a page of reposts only is `ok`."""
    found = listed(page)
    if isinstance(found, list):
        if not found:
            return "empty"
        return "ok" if any(post.get("uri") for post in shown(page)) else "unknown"
    if account(page):
        return "ok"
    if isinstance(page.data, dict):
        stated = (values.line_at(page, page.data, name) or "" for name in ("error", "message"))
        words = " ".join(stated)
        for pattern, answer in BY_ERROR:
            if pattern.search(words[:500]):
                return answer
    return values.notice_of(page)


def boards(page: Page) -> list[BoardRead]:
    """None: a timeline has no boards."""
    return []


def threads(page: Page) -> list[ThreadRead]:
    """None: a timeline is one thread."""
    return []


def shown(page: Page) -> list[Row]:
    """The page's posts, reposts aside, newest first."""
    found = listed(page)
    if found is None:
        return []
    kept = []
    for row in values.rows_in(page, found, "page"):
        if values.row_at(page, row, "reason").get("$type") == REPOST:
            continue
        # an account's feed wraps each post with what it answers
        kept.append(row if "uri" in row else values.row_at(page, row, "post"))
    return kept


def thread(page: Page) -> ThreadRead | None:
    """The timeline: `acct:<handle or DID>` or `search:<words>`."""
    timeline = bluesky_url.timeline_in(page.url)
    if not timeline or not isinstance(listed(page), list):
        return None
    sort, name = timeline
    return ThreadRead(
        native_id=f"{sort}:{name}",
        title=name,
        url=bluesky_url.page_url(page.url),
        author=name if sort == "acct" else None,
    )


def posts(page: Page) -> list[PostRead]:
    """The page's posts without reposts, newest first."""
    timeline = thread(page)
    found = [post_of(page, row) for row in shown(page)]
    name = timeline.native_id if timeline else None
    return [replace(post, thread=name) for post in found if post]


def post_of(page: Page, row: Row) -> PostRead | None:
    """One post; None (with a problem) when its address is none of a post."""
    uri = values.line_at(page, row, "uri") or ""
    match = AT_URI.fullmatch(uri)
    if not match:
        page.note("post_without_id", f"uri={uri[:200]}")
        return None
    record = values.row_at(page, row, "record")
    text = bluesky_words.text_of(page, record)
    raw, posted_at = posted_in(page, row, record)
    return PostRead(
        native_id=native_id(page, match),
        text="\n".join(filter(None, (text, *bluesky_words.links_shown(page, row, text)))),
        author=values.name_at(page, row, "author", "handle"),
        author_id=values.id_at(page, row, "author", "did"),
        author_joined_at=values.moment_of(page, row, "author", "createdAt"),
        posted_at=posted_at,
        posted_raw=raw,
        url=f"https://bsky.app/profile/{match['did']}/post/{match['rkey']}",
        quotes=bluesky_words.quotes_in(page, row),
        fields=fields_of(page, record),
    )


def native_id(page: Page, match: re.Match[str]) -> str:
    """The record's key; with the account's DID in a search: a key is unique to an account only."""
    if bluesky_url.method_in(page.url) == bluesky_url.SEARCH:
        return f"{match['did']}/{match['rkey']}"
    return match["rkey"]


def posted_in(page: Page, row: Row, record: Row) -> tuple[str | None, datetime | None]:
    """When a post was written, as stated and as UTC.

    Authors choose `createdAt`: one later than the server's own `indexedAt`, or none, gives way.
    """
    indexed = values.moment_of(page, row, "indexedAt")
    stated = from_iso((values.line_at(page, record, "createdAt") or "")[:64], page.zone)
    if indexed is None or (stated and stated <= indexed):
        created = values.moment_of(page, record, "createdAt")
        if created or indexed is None:
            return raw_at(page, record, "createdAt"), created
    return raw_at(page, row, "indexedAt"), indexed


def raw_at(page: Page, row: Row, key: str) -> str | None:
    """A date as it is written, at most 64 characters."""
    raw = values.line_at(page, row, key)
    return raw[:64] if raw else None


def fields_of(page: Page, record: Row) -> dict[str, str]:
    """The address of the post that this one answers."""
    parent = values.line_at(page, record, "reply", "parent", "uri")
    return {"reply_to": parent[:500]} if parent else {}


def account(page: Page) -> AccountRead | None:
    """The account of `app.bsky.actor.getProfile`; None on every other page."""
    row = page.data
    if not isinstance(row, dict) or not {"did", "handle", "postsCount"} <= row.keys():
        return None
    name = values.name_at(page, row, "handle")
    if not name:
        return None
    return AccountRead(
        name=name,
        native_id=values.id_at(page, row, "did"),
        joined_at=values.moment_of(page, row, "createdAt"),
        posts=values.count_at(page, row, "postsCount"),
    )


def next_page(page: Page) -> str | None:
    """The page of older posts: at the cursor that this one names."""
    if not bluesky_url.timeline_in(page.url) or not isinstance(page.data, dict):
        return None
    cursor = values.line_at(page, page.data, "cursor")
    if not cursor or not listed(page):
        return None
    if len(cursor) > bluesky_url.LONGEST_CURSOR or cursor == bluesky_url.cursor_in(page.url):
        page.note("bad_next_page", cursor[:200])
        return None
    return bluesky_url.page_url(page.url, cursor)


def kind(url: str) -> PageKind | None:
    """What a URL leads to: a timeline, or None."""
    return "channel" if bluesky_url.timeline_in(url) else None


def canonical(url: str) -> str:
    """A timeline's URL with the options that choose posts, 100 a page, and the cursor."""
    return bluesky_url.page_url(url, bluesky_url.cursor_in(url))

"""Mastodon's public interface (`/api/v1/…`): one timeline of an account or a hashtag, as JSON.

Statuses as docs.joinmastodon.org/entities/Status describes them. A boost is somebody else's post:
it is passed over. Media and link previews are never read.
"""

from dataclasses import replace

from selectolax.lexbor import LexborNode

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, Quote, ThreadRead
from spiders.engines import json_values as values
from spiders.engines import mastodon_url
from spiders.engines.json_values import Row
from spiders.page import Page
from spiders.text import Body, body_of, text_of
from spiders.urls import absolute

NAME = "mastodon"
QUOTE_LINK = frozenset({"quote-inline"})
"""The link that software without quotes shows in place of a quoted post."""


def detect(page: Page) -> bool:
    """Tell by the keys of the first status, or by an empty list at a timeline's URL."""
    if not isinstance(page.data, list):
        return account(page) is not None
    if not page.data:
        return mastodon_url.timeline_in(page.url) is not None
    first = page.data[0]
    return isinstance(first, dict) and {"id", "account", "content", "reblog"} <= first.keys()


def state(page: Page) -> PageState:
    """Tell what the page is; a page of boosts only is `ok`."""
    if isinstance(page.data, list):
        if not page.data:
            return "empty"
        return "ok" if any(is_status(each) for each in page.data) else "unknown"
    return "ok" if account(page) else values.notice_of(page)


def is_status(row: object) -> bool:
    """Whether a JSON value looks like a status."""
    return isinstance(row, dict) and "id" in row and "account" in row


def boards(page: Page) -> list[BoardRead]:
    """None: a timeline has no boards."""
    return []


def threads(page: Page) -> list[ThreadRead]:
    """None: a timeline is one thread."""
    return []


def statuses(page: Page) -> list[Row]:
    """The page's statuses, boosts included, newest first."""
    return values.rows_in(page, page.data, "page") if isinstance(page.data, list) else []


def thread(page: Page) -> ThreadRead | None:
    """The timeline: `acct:<id>` or `tag:<hashtag>`."""
    timeline = mastodon_url.timeline_in(page.url)
    if not timeline or not isinstance(page.data, list):
        return None
    sort, name = timeline
    title = f"#{name}" if sort == "tag" else name
    own = None
    if sort == "acct":
        own = next(
            (
                found
                for row in statuses(page)
                if (found := values.name_at(page, row, "account", "acct"))
            ),
            None,
        )
    return ThreadRead(
        native_id=f"{sort}:{name}",
        title=own or title,
        url=mastodon_url.page_url(page.url),
        author=own,
    )


def posts(page: Page) -> list[PostRead]:
    """The page's statuses without boosts, newest first."""
    shown = thread(page)
    found = [post_of(page, row) for row in statuses(page) if not values.row_at(page, row, "reblog")]
    return [replace(post, thread=shown.native_id if shown else None) for post in found if post]


def post_of(page: Page, row: Row) -> PostRead | None:
    """One status; None (with a problem) when it has no id."""
    native_id = values.id_at(page, row, "id")
    if not native_id:
        page.note("post_without_id", values.line_at(page, row, "url") or "")
        return None
    body = words_of(page, row)
    raw = values.line_at(page, row, "created_at")
    return PostRead(
        native_id=native_id,
        text=body.text,
        author=values.name_at(page, row, "account", "acct"),
        author_id=values.id_at(page, row, "account", "id"),
        author_joined_at=values.moment_of(page, row, "account", "created_at"),
        author_posts=values.count_at(page, row, "account", "statuses_count"),
        posted_at=values.moment_of(page, row, "created_at"),
        posted_raw=raw[:64] if raw else None,
        edited_at=values.moment_of(page, row, "edited_at"),
        url=absolute(page, values.line_at(page, row, "url")),
        quotes=body.quotes,
        fields=fields_of(page, row),
    )


def words_of(page: Page, row: Row) -> Body:
    """Content warning, text and answers of a poll, and what the status quotes."""
    body, quoted = Body(""), quoted_by(page, row)
    if html := values.text_at(page, row, "content"):
        body = body_of(content_in(page, html), QUOTE_LINK if quoted else frozenset())
    answers = [
        values.line_at(page, option, "title")
        for option in values.rows_at(page, row, "poll", "options")
    ]
    parts = (
        values.text_at(page, row, "spoiler_text"),
        body.text,
        "\n".join(answer for answer in answers if answer),
    )
    return Body("\n\n".join(part for part in parts if part), body.quotes + quoted)


def content_in(page: Page, html: str) -> LexborNode:
    """A status's parsed content; mentions and hashtags are words there, not links."""
    body = values.markup_of(page, html)
    for link in body.css("a.mention, a.hashtag, a[rel~='tag']"):
        if "href" in link.attributes:
            del link.attrs["href"]
    return body


def quoted_by(page: Page, row: Row) -> tuple[Quote, ...]:
    """The status that this one quotes (Mastodon 4.4), where its author let it."""
    quoted = values.row_at(page, row, "quote", "quoted_status")
    html = values.text_at(page, quoted, "content")
    if not html:
        return ()
    author = values.line_at(page, quoted, "account", "acct")
    return (Quote(author, text_of(content_in(page, html), QUOTE_LINK)),)


def fields_of(page: Page, row: Row) -> dict[str, str]:
    """What the status answers."""
    reply_to = values.id_at(page, row, "in_reply_to_id")
    return {"reply_to": reply_to} if reply_to else {}


def account(page: Page) -> AccountRead | None:
    """The account of `/api/v1/accounts/<id>` or `…/lookup`; None on every other page."""
    row = page.data
    if not isinstance(row, dict) or not {"acct", "id", "statuses_count"} <= row.keys():
        return None
    name = values.name_at(page, row, "acct")
    if not name:
        return None
    return AccountRead(
        name=name,
        native_id=values.id_at(page, row, "id"),
        joined_at=values.moment_of(page, row, "created_at"),
        posts=values.count_at(page, row, "statuses_count"),
    )


def next_page(page: Page) -> str | None:
    """The page of older statuses: below the lowest id, boosts included."""
    if not mastodon_url.timeline_in(page.url):
        return None
    ids = [native_id for row in statuses(page) if (native_id := values.id_at(page, row, "id"))]
    if not ids:
        return None
    # ids are snowflakes as text: a longer one is newer
    lowest = min(ids, key=lambda native_id: (len(native_id), native_id))
    if not mastodon_url.STATUS_ID.fullmatch(lowest) or lowest == mastodon_url.max_id_in(page.url):
        return None
    return mastodon_url.page_url(page.url, lowest)


def kind(url: str) -> PageKind | None:
    """What a URL leads to: a timeline, or None."""
    return "channel" if mastodon_url.timeline_in(url) else None


def canonical(url: str) -> str:
    """A timeline's URL with the options that choose statuses, 40 a page, and `max_id`."""
    return mastodon_url.page_url(url, mastodon_url.max_id_in(url))

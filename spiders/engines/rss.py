"""News feeds: RSS 2.0, RSS 1.0 and Atom (RFC 4287, paged as RFC 5005 says), one thread each."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.boundaries.text import clean_text
from crawler.ids import id_of
from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import from_iso, moment_in, sane
from spiders.engines import json_values as values
from spiders.engines.rss_xml import LONGEST_TEXT, Entry, Feed, Words, feed_in
from spiders.formats import is_feed
from spiders.page import Page
from spiders.text import Body, body_of, tidy
from spiders.urls import absolute, path_of, query_of, query_pairs, with_query, without_session

NAME = "rss"
SHORT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
FEED_URL = re.compile(r"(?:^|[/._-])(?:rss2?|atom|feeds?|rdf|index\.xml)(?:$|[/._-])", re.I)
FEED_KEYS = re.compile(r"(?:type|format|feed|action|alt)=\.?(?:rss2?|atom|xml)", re.I)
PAGING = frozenset({"paged", "page", "start-index", "offset", "start", "max-results"})
RFC_822 = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s*)?[0-9]{1,2}[\s-][a-z]{3,9}\.?[\s-][0-9]{2,4}\s+"
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s+[a-z0-9+-]{1,6})?",
    re.I,
)


def detect(page: Page) -> bool:
    """Tell by the document's first element."""
    return is_feed(page.text)


def state(page: Page) -> PageState:
    """Tell what the page is; a feed without entries is empty."""
    feed = feed_in(page.text)
    if feed is None:
        return "unknown" if is_feed(page.text) else values.notice_of(page)
    return "ok" if feed.entries else "empty"


def boards(page: Page) -> list[BoardRead]:
    """None: a feed has no boards."""
    return []


def threads(page: Page) -> list[ThreadRead]:
    """None: a feed is one thread."""
    return []


def thread(page: Page) -> ThreadRead | None:
    """The feed: by its own id where it has one (Atom), else by its address."""
    feed = feed_in(page.text)
    if feed is None:
        return None
    url = first_page(page.url)
    return ThreadRead(
        native_id=short(feed.native_id or url),
        title=line_in(page, feed.title) or url,
        url=url,
        author=clean_text(feed.author)[:300] or None,
    )


def posts(page: Page) -> list[PostRead]:
    """The feed's entries, in page order: most feeds have the newest first."""
    feed, shown = feed_in(page.text), thread(page)
    if feed is None or shown is None:
        return []
    if feed.fault:
        page.note("broken_xml", feed.fault)
    if feed.left_out:
        page.note("too_many_rows", f"{feed.left_out} entries are not read")
    found = [post_of(page, feed, entry, shown.native_id) for entry in feed.entries]
    return [post for post in found if post]


def post_of(page: Page, feed: Feed, entry: Entry, thread_id: str) -> PostRead | None:
    """One entry; None (with a problem) when it says nothing at all."""
    title, body = line_in(page, entry.title), body_in(page, entry.content)
    stated = entry.native_id or entry.link or f"{entry.published}|{title}|{body.text}"
    if stated == "||":
        page.note("post_without_id", f"an empty entry of {page.url}")
        return None
    posted = moment(page, entry.published)
    updated = moment(page, entry.updated)
    url = absolute(page, clean_text(entry.link))
    return PostRead(
        native_id=short(stated),
        text=body.text or title,
        title=title or None,
        author=clean_text(entry.author or feed.author)[:300] or None,
        posted_at=posted or updated,
        posted_raw=clean_text(entry.published or entry.updated)[:120] or None,
        edited_at=updated if posted and updated and updated > posted else None,
        url=without_session(url) if url else None,
        quotes=body.quotes,
        thread=thread_id,
    )


def short(value: str) -> str:
    """An id that a feed states; 24 hex digits that stand for it where it is long."""
    return value if SHORT_ID.fullmatch(value) else id_of("feed", value)


def body_in(page: Page, words: Words) -> Body:
    """The words of an entry, markup or plain."""
    if len(words.text) > LONGEST_TEXT:
        page.note("text_too_long", f"{LONGEST_TEXT} characters of one text of {page.url} are kept")
    text = clean_text(words.text[:LONGEST_TEXT])
    return body_of(values.markup_of(page, text)) if words.is_html else Body(tidy(text))


def line_in(page: Page, words: Words) -> str:
    """Words on one line, at most `LONGEST_LINE` characters."""
    return " ".join(body_in(page, words).text.split())[: values.LONGEST_LINE]


def moment(page: Page, raw: str) -> datetime | None:
    """The moment in a date of RFC 822, ISO 8601 or words; UTC."""
    raw = raw.strip()[:120]
    if not raw:
        return None
    if RFC_822.fullmatch(raw):
        try:
            found = parsedate_to_datetime(raw)
            aware = found if found.tzinfo else found.replace(tzinfo=page.zone)
            return sane(page, aware.astimezone(UTC), raw)
        except (ValueError, OverflowError):
            page.note("unread_date", raw)
            return None
    iso = from_iso(raw, page.zone)
    return sane(page, iso, raw) if iso else moment_in(page, raw)


def account(page: Page) -> AccountRead | None:
    """None: a feed has no profile pages."""
    return None


def next_page(page: Page) -> str | None:
    """The page of older entries: Atom's `next` link (RFC 5005); RSS may carry one too."""
    feed = feed_in(page.text)
    if feed is None or not feed.next_link or not feed.entries:
        return None
    url = absolute(page, clean_text(feed.next_link))
    if url is None:
        page.note("bad_next_page", clean_text(feed.next_link)[:200])
        return None
    following = canonical(url)
    return None if following == canonical(page.url) else following


def first_page(url: str) -> str:
    """URL of a feed without its page number."""
    url = canonical(url)
    return with_query(url, [pair for pair in query_pairs(query_of(url)) if pair[0] not in PAGING])


def kind(url: str) -> PageKind | None:
    """What a URL leads to: a feed, as far as its words tell; else None."""
    is_one = FEED_URL.search(path_of(url)) or FEED_KEYS.search(query_of(url))
    return "channel" if is_one else None


def canonical(url: str) -> str:
    """A feed's URL without session and anchor."""
    return without_session(url)

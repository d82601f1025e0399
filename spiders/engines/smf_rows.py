"""Lists of SMF: rows of a board, links to boards."""

import re

from selectolax.lexbor import LexborNode

from crawler.reading import BoardRead, ThreadRead
from spiders.dates import moment_at
from spiders.engines import smf_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import (
    ancestor,
    attribute,
    every,
    first,
    id_after,
    labelled,
    number_in,
    part,
    selector,
)
from spiders.text import text_of
from spiders.urls import absolute

ROW = frozenset({"tr"})
TRAIL = ".navigate_section a, .linktree a, .nav a, #linktree a"
STARTER = ".info p a[href*='profile'], td.subject p a[href*='profile'], .starter a[href*='profile']"
LOCKED = re.compile(r"(?<![a-z])lock(?:ed)?(?![a-z])|locked")
REPLIES = re.compile(
    r"([0-9][0-9,.\s]{0,9})\s*(?:replies|reply|ответ\w*|antwort\w*|réponses?|respuestas?)", re.I
)
REPLIES_LABEL = re.compile(r"repl(?:y|ies)|ответ\w*|antworten|réponses|respuestas", re.I)


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and child boards, without breadcrumbs and the page's own board."""
    here = smf_url.item_id(page.url, "board")
    skipped = {link.mem_id for link in every(page, None, TRAIL)}
    found: dict[str, BoardRead] = {}
    for link in every(page, None, selector(page, "board", "a[href*='board']")):
        url = absolute(page, attribute(link, "href"))
        native_id = smf_url.item_id(url, "board") if url else None
        name = line_of(link)
        usable = native_id and url and smf_url.kind(url) == "board" and link.mem_id not in skipped
        paged = "nav" in attribute(link, "class").lower() or name.strip("«»<>. ").isdigit()
        if not usable or not name or paged or native_id in (here, None) or native_id in found:
            continue
        if is_side_link(link, url or ""):
            continue
        found[native_id or ""] = BoardRead(
            native_id or "", name[:200], smf_url.first_page(url or "")
        )
    return list(found.values())


def is_side_link(link: LexborNode, url: str) -> bool:
    """Whether a link to a board only marks, sorts, jumps to a post, or is in a last-post column."""
    return smf_url.start_of(url) > 0 or bool(
        re.search(r"sort[=,]|#new|unread", attribute(link, "href"))
    )


def titles(page: Page) -> list[LexborNode]:
    """Links to the topics of a board's rows."""
    frames = every(
        page, None, selector(page, "row", "span[id^='msg_'], td.subject span[id^='msg_']")
    )
    found = []
    for frame in frames:
        link = first(page, frame, "a[href*='topic']")
        if link is not None and id_after("msg_", frame.id or ""):
            found.append(link)
    return found


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    board = board_name(page)
    found = [row_of(page, link, board) for link in titles(page)]
    return [thread for thread in found if thread]


def row_of(page: Page, link: LexborNode, board: str | None) -> ThreadRead | None:
    """One row; None (with a problem) when it leads to no topic."""
    url = absolute(page, attribute(link, "href"))
    native_id = smf_url.item_id(url, "topic") if url else None
    row = row_around(link)
    if not url or not native_id or row is None:
        page.note("row_without_topic", attribute(link, "href"))
        return None
    last = part(page, row, "last_post", ".lastpost")
    last_raw = last_date(last)
    author = part(page, row, "author", STARTER)
    marks = marks_of(row)
    return ThreadRead(
        native_id=native_id,
        title=line_of(link),
        url=smf_url.first_page(url),
        author=line_of(author) or started_by(row),
        replies=replies_in(page, row),
        last_post_at=moment_at(page, last, last_raw) if last else None,
        last_post_raw=last_raw,
        sticky="sticky" in marks,
        locked=LOCKED.search(marks) is not None,
        board=board,
    )


def row_around(link: LexborNode) -> LexborNode | None:
    """The table row (2.0), or the box (2.1) that also holds the last post."""
    row = ancestor(link, ROW)
    if row is not None:
        return row
    above = link.parent
    for _ in range(8):
        if above is None:
            return None
        if above.css_first(".lastpost, .lastpost_text") is not None:
            return above
        above = above.parent
    return None


def marks_of(row: LexborNode) -> str:
    """Classes and pictures of a row, where SMF says that it is sticky or locked."""
    own = [row, *row.css("td, .icons span, .info, .board_icon span, img")]
    signs = " ".join(f"{attribute(node, 'class')} {attribute(node, 'src')}" for node in own[:60])
    return re.sub(r"quick_?lock|stickyicon_off", "", signs.lower())


def started_by(row: LexborNode) -> str | None:
    """The name of a guest in «Started by name»."""
    paragraph = row.css_first("p.floatleft, td.subject p")
    words = line_of(paragraph)
    match = re.match(r"(?:started by|автор|от|начато|begonnen von)\s+(.{1,80})$", words, re.I)
    return match[1] if match else None


def replies_in(page: Page, row: LexborNode) -> int | None:
    """The count of replies, from `Replies: 5` (2.1) or `5 Replies` (2.0)."""
    stats = text_of(part(page, row, "replies", ".board_stats, .stats"))
    if (value := labelled(stats, REPLIES_LABEL)) is not None:
        return number_in(value)
    match = REPLIES.search(stats[:300])
    return number_in(match[1]) if match else None


def last_date(node: LexborNode | None) -> str | None:
    """The date in the column of the last post, without the name beside it."""
    for line in text_of(node).split("\n"):
        words = re.sub(r"\s*<https?://[^>]*>", "", line)
        words = re.sub(r"^last post:?\s*", "", words, flags=re.I)
        if re.search(r"[0-9]{1,2}:[0-9]{2}|[0-9]{4}|ago\b", words):
            return re.split(r"\s+(?:by|от)\s+", words)[0].strip()
    return None


def board_name(page: Page) -> str | None:
    """The name of the board that the page lists or the topic is in."""
    names = [
        line_of(link)
        for link in every(page, None, TRAIL)
        if smf_url.item_id(absolute(page, attribute(link, "href")) or "", "board")
    ]
    return names[-1] or None if names else None

"""Lists of vBulletin: rows of a board by `thread_title_1`, boards by `forum1` and `f1`."""

import re

from selectolax.lexbor import LexborNode

from crawler.reading import BoardRead, ThreadRead
from spiders.date_words import DAY_WORD
from spiders.dates import find_clock, is_date, moment_at
from spiders.engines import vbulletin_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import ancestor, attribute, every, first, id_after, number_in, part, selector
from spiders.text import text_of
from spiders.urls import absolute

ROW = frozenset({"tr", "li"})
COUNT = re.compile(r"[0-9][0-9.,\s]{0,12}|-")
REPLIES = re.compile(
    r"(?:replies|ответов|antworten|réponses|respuestas)\s*:?\s*([0-9][0-9.,\s]*)", re.I
)
BOARD = "li[id^='forum'] .forumtitle a, td[id^='f'] > div > a, td[id^='f'] a"
STICKY = re.compile(r"(?<!non)sticky")
LOCKED = re.compile(r"(?<![a-z])lock(?:ed)?(?![a-z])")


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards; where URLs tell no id, the row's own id does."""
    found: dict[str, BoardRead] = {}
    here = vbulletin_url.board_id(page.url)
    for link in every(page, None, selector(page, "board", BOARD)):
        url, name = absolute(page, attribute(link, "href")), line_of(link)
        if not url or not name or vbulletin_url.thread_id(url) or re.search(r"[?&]do=", url):
            continue
        native_id = vbulletin_url.board_id(url) or row_id(link)
        if native_id and native_id != here and native_id not in found:
            found[native_id] = BoardRead(native_id, name[:200], vbulletin_url.first_page(url))
    return list(found.values())


def row_id(link: LexborNode) -> str | None:
    """The id of the board's own row around a link."""
    holder = ancestor(link, frozenset({"li", "td"}))
    value = (holder.id or "") if holder else ""
    return id_after("forum", value) or id_after("f", value)


def titles(page: Page) -> list[LexborNode]:
    """Links to the threads of a board's rows."""
    css = selector(page, "row", "a[id^='thread_title_']")
    return [link for link in every(page, None, css) if line_of(link)]


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    board = board_name(page)
    found = (row_of(page, link, board) for link in titles(page))
    return list({thread.native_id: thread for thread in found if thread}.values())


def row_of(page: Page, link: LexborNode, board: str | None) -> ThreadRead | None:
    """One row; None (with a problem) when it leads to no thread."""
    url = absolute(page, attribute(link, "href"))
    native_id = id_after("thread_title_", link.id or "") or vbulletin_url.thread_id(url or "")
    row = ancestor(link, ROW)
    if not url or not native_id or row is None:
        page.note("row_without_thread", attribute(link, "href"))
        return None
    last = part(page, row, "last_post", ".threadlastpost, .lastpost") or last_cell(row)
    raw = last_date(last)
    marks = marks_of(row)
    return ThreadRead(
        native_id=native_id,
        title=line_of(link),
        url=vbulletin_url.first_page(url),
        author=author_in(page, row, link),
        replies=replies_in(page, row),
        last_post_at=moment_at(page, last, raw) if last is not None and raw else None,
        last_post_raw=raw,
        sticky=STICKY.search(marks) is not None or ancestor_is_sticky(row),
        locked=LOCKED.search(marks) is not None,
        board=board,
    )


def author_in(page: Page, row: LexborNode, link: LexborNode) -> str | None:
    """Who opened the thread: vBulletin 4's link, vBulletin 3's clickable name under the title."""
    node = part(page, row, "author", ".threadmeta .author .username, .author .username, .author a")
    if node is not None:
        return line_of(node) or None
    cell = ancestor(link, frozenset({"td"}))
    named = first(page, cell, "span[onclick*='member'], div.smallfont a, div.smallfont span")
    if named is None and cell is not None:
        named = next(reversed(every(page, cell, "div.smallfont")), None)
    return line_of(named) or None


def last_cell(row: LexborNode) -> LexborNode | None:
    """vBulletin 3's column of the last post: the first cell after the title with a date."""
    for cell in row.css("td"):
        if last_date(cell) and cell.css_first("a[id^='thread_title_']") is None:
            return cell
    return None


def last_date(node: LexborNode | None) -> str | None:
    """The date in a column of the last post, without the name beside it."""
    for line in text_of(node).split("\n") if node is not None else ():
        words = re.sub(r"\s*<https?://[^>]*>", "", line).strip(" >»")
        if 0 < len(words) <= 50 and (is_date(words) or DAY_WORD.search(words) or find_clock(words)):
            return words
    return None


def replies_in(page: Page, row: LexborNode) -> int | None:
    """The count of replies."""
    node = part(page, row, "replies", "a[href*='whoposted'], .threadstats li:first-child a")
    if node is not None:
        return number_in(line_of(node))
    stats = first(page, row, ".threadstats")
    if stats is not None:
        match = REPLIES.search(line_of(stats))
        return number_in(match[1]) if match else number_in(line_of(first(page, stats, "li")))
    counts = [line_of(cell) for cell in row.css("td") if COUNT.fullmatch(line_of(cell))]
    return number_in(counts[0]) if counts else None


def marks_of(row: LexborNode) -> str:
    """Classes and pictures of a row, where vBulletin says that it is pinned or closed."""
    nodes = [row, *row.css("div, img")[:30]]
    return " ".join(f"{attribute(n, 'class')} {attribute(n, 'src')}" for n in nodes).lower()


def ancestor_is_sticky(row: LexborNode) -> bool:
    """Whether a row stands in vBulletin 4's own list of pinned threads."""
    return row.parent is not None and (row.parent.id or "") == "stickies"


def board_name(page: Page) -> str | None:
    """The name of the board that the page lists or the thread is in."""
    own = part(page, None, "board_name", "#pagetitle .forumtitle, h1 .forumtitle")
    if own is not None and line_of(own):
        return line_of(own)
    trail = every(page, None, "#breadcrumb .navbit a, .breadcrumb .navbit a, span.navbar a")
    names = [line_of(link) for link in trail if line_of(link)]
    last = every(page, None, "td.navbar strong, #breadcrumb .lastnavbit")
    if titles(page) and last and line_of(last[-1]):
        return line_of(last[-1])
    return names[-1] if names else None

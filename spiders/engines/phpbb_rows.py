"""Lists of phpBB: rows of a board, links to boards; list items (phpBB 3) or table rows."""

import re

from selectolax.lexbor import LexborNode

from crawler.reading import BoardRead, ThreadRead
from spiders.dates import find_clock, is_date, moment_at
from spiders.engines import phpbb_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import ancestor, attribute, every, first, number_in, part, selector
from spiders.text import text_of
from spiders.urls import absolute

ROW = frozenset({"tr", "li"})
PROFILE = "a[href*='viewprofile'], a[href*='memberlist'], .username, .username-coloured"
COUNT = re.compile(r"[0-9][0-9.,\s]{0,12}")
RELATIVE = re.compile(
    r"(?i)today|yesterday|ago\b|сегодня|вчера|heute|gestern|hoy|ayer|hier|oggi|ieri"
)
HEADING = "h2.forum-title, h2 a[href*='viewforum']"
TRAIL = (
    ".navlinks a, .nav-breadcrumbs a, .breadcrumbs a, .crumb a, a.nav, "
    "a.maintitle[href*='viewforum']"
)
LOCKED = re.compile(r"(?<![a-z])lock(?:ed)?(?![a-z])")
BY = re.compile(r"(?i)^(?:by|от|von|par|por|da|door|автор)\s+(.{1,80}?)\s*(?:»|$)")


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards."""
    here = phpbb_url.board_id(page.url)
    found: dict[str, BoardRead] = {}
    css = selector(page, "board", "a.forumtitle, a.forumlink, a.subforum, li.row a.forum-title")
    for link in every(page, None, css):
        url = absolute(page, attribute(link, "href"))
        native_id = phpbb_url.board_id(url) if url else None
        name = line_of(link)
        if url and native_id and name and native_id not in found and native_id != here:
            found[native_id] = BoardRead(native_id, name[:200], phpbb_url.first_page(url))
    return list(found.values())


def titles(page: Page) -> list[LexborNode]:
    """Links to the topics of a board's rows."""
    css = selector(page, "row", "a.topictitle, li.row a.topic-title, .topictitle > a")
    found = []
    for link in every(page, None, css):
        url = absolute(page, attribute(link, "href"))
        if url and phpbb_url.topic_id(url) and line_of(link):
            found.append(link)
    return found


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    board = board_name(page)
    found = (row_of(page, link, board) for link in titles(page))
    return list({thread.native_id: thread for thread in found if thread}.values())


def row_of(page: Page, link: LexborNode, board: str | None) -> ThreadRead | None:
    """One row; None (with a problem) when it stands in no list."""
    url = absolute(page, attribute(link, "href")) or ""
    row = ancestor(link, ROW)
    if row is None:
        page.note("row_without_list", attribute(link, "href"))
        return None
    last = part(page, row, "last_post", "dd.lastpost, .lastpost")
    last = last or (cells_of(row)[-1] if cells_of(row) else None)
    raw = last_date(page, last)
    marks = marks_of(row)
    return ThreadRead(
        native_id=phpbb_url.topic_id(url) or "",
        title=line_of(link),
        url=phpbb_url.first_page(url),
        author=author_in(page, row, link, last),
        replies=replies_in(page, row, link),
        posted_at=moment_at(page, first(page, row, ".topic-poster time[datetime]")),
        last_post_at=moment_at(page, last, raw) if last and raw else None,
        last_post_raw=raw,
        sticky=any(word in marks for word in ("sticky", "announce", "global")),
        locked=LOCKED.search(marks) is not None,
        board=board,
    )


def cells_of(row: LexborNode) -> list[LexborNode]:
    """The cells of a table row, without those of tables inside it."""
    return [node for node in row.iter() if node.tag == "td"]


def author_in(page: Page, row: LexborNode, link: LexborNode, last: LexborNode | None) -> str | None:
    """Who opened the topic: the first account after the title that is not the last poster."""
    own = page.selectors.get("author")
    if own:
        return line_of(part(page, row, "author", "")) or None
    named = first(page, row, ".topic-poster .username, .topic-poster .username-coloured")
    named = named or first(page, row, ".topicauthor a, .topicauthor, .topic-author")
    if named is not None:
        return line_of(named) or None
    late = {node.mem_id for node in every(page, last, PROFILE)} if last is not None else set()
    for node in every(page, row, PROFILE):
        if node.mem_id not in late and line_of(node):
            return line_of(node)
    holder = ancestor(link, frozenset({"dt", "td"}))
    for line in text_of(holder).split("\n") if holder else ():
        if match := BY.search(line.strip()):
            return match[1]
    counted = [cell for cell in cells_of(row) if COUNT.fullmatch(line_of(cell))]
    if counted and counted[0].next is not None:
        # phpBB 2 writes a guest's bare name between replies and views
        between = [cell for cell in cells_of(row) if cell.mem_id not in {c.mem_id for c in counted}]
        names = [line_of(cell) for cell in between if first(page, cell, "a, img") is None]
        return next((name for name in names if name and not is_date(name)), None)
    return None


def replies_in(page: Page, row: LexborNode, link: LexborNode) -> int | None:
    """The count of replies: the first cell after the title that is a number."""
    node = part(page, row, "replies", "dd.posts, dd.replies")
    if node is not None:
        return number_in(line_of(node))
    for cell in cells_of(row):
        if COUNT.fullmatch(line_of(cell)):
            return number_in(line_of(cell))
    return None


def last_date(page: Page, last: LexborNode | None) -> str | None:
    """The date in the column of the last post, without the name beside it."""
    if last is None:
        return None
    stated = first(page, last, "time")
    if stated is not None:
        return line_of(stated) or attribute(stated, "datetime") or None
    for line in text_of(last).split("\n"):
        words = re.sub(r"\s*<https?://[^>]*>", "", line).rpartition("»")[2].strip()
        if len(words) <= 60 and (is_date(words) or find_clock(words) or RELATIVE.search(words)):
            return words
    return None


def marks_of(row: LexborNode) -> str:
    """Classes, styles and pictures of a row, where phpBB says that it is pinned or locked."""
    nodes = [row, *row.css("dl, dt, td, img, span")[:30]]
    names = ("class", "style", "src", "background")
    return " ".join(attribute(node, name) for node in nodes for name in names).lower()


def board_name(page: Page) -> str | None:
    """The name of the board that the page lists or the topic is in."""
    heading = part(page, None, "board_name", HEADING)
    if heading is not None and line_of(heading):
        return line_of(heading)
    trail = [
        line_of(link)
        for link in every(page, None, TRAIL)
        if phpbb_url.board_id(absolute(page, attribute(link, "href")) or "")
    ]
    return trail[-1] or None if trail else None

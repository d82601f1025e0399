"""Lists of vBulletin 5: rows `tr.topic-item[data-node-id]`, boards `a.forum-title`."""

import re

from selectolax.lexbor import LexborNode

from crawler.reading import BoardRead, ThreadRead
from spiders.dates import find_clock, is_date, moment_at, moment_in
from spiders.engines import vbulletin5_url
from spiders.nodes import classes_of, line_of
from spiders.page import Page
from spiders.pick import attribute, every, first, number_in, part, selector
from spiders.urls import absolute

ROWS = "tr.topic-item[data-node-id], .topic-item[data-node-id], tr[data-node-id].js-topic-item"
TITLE = "a.js-topic-title[href], a.topic-title[href]"
BOARDS = (
    "a.forum-title[href], a.subforum-title[href], .forum-item .forum-info a[href], "
    "[data-channel-id] .forum-info a[href], .subforum-list a[href], .js-forum-title[href]"
)
CRUMBS = "#breadcrumbs a[href], .breadcrumbs a[href], [itemtype*='BreadcrumbList'] a[href]"
LAST = ".cell-lastpost .post-date, .lastpost-date, .cell-lastpost time, .lastpost .post-date"


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards; none for the board that the page itself is."""
    here = vbulletin5_url.place_of(page.url)
    own = here.native_id if here and here.kind == "board" else None
    found: dict[str, BoardRead] = {}
    for link in every(page, None, selector(page, "board", BOARDS)):
        url, name = absolute(page, attribute(link, "href")), line_of(link)
        place = vbulletin5_url.place_of(url) if url else None
        if not url or not name or place is None or place.kind != "board":
            continue
        if place.native_id != own and place.native_id not in found:
            first_url = vbulletin5_url.first_page(url)
            found[place.native_id] = BoardRead(place.native_id, name[:200], first_url)
    return list(found.values())


def rows(page: Page) -> list[LexborNode]:
    """Rows of a board that lead to a thread."""
    found = every(page, None, selector(page, "row", ROWS))
    return [row for row in found if part(page, row, "title", TITLE) is not None]


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board; a thread that was moved away leaves a row that is none."""
    board = board_name(page)
    found = [row_of(page, row, board) for row in rows(page)]
    return list({thread.native_id: thread for thread in found if thread}.values())


def row_of(page: Page, row: LexborNode, board: str | None) -> ThreadRead | None:
    """One row; None for one that leads to no thread."""
    link = part(page, row, "title", TITLE)
    url = absolute(page, attribute(link, "href"))
    place = vbulletin5_url.place_of(url) if url else None
    if link is None or url is None or place is None or place.kind != "thread":
        page.note("row_without_thread", attribute(link, "href"))
        return None
    marks = classes_of(row)
    if "redirect" in marks or first(page, row, ".vb-icon-topic-moved, .js-topic-redirect"):
        return None
    info = first(page, row, ".topic-info")
    last, raw = last_post_in(page, row)
    return ThreadRead(
        native_id=place.native_id,
        title=line_of(link),
        url=vbulletin5_url.first_page(url),
        author=line_of(part(page, info or row, "author", "a[href*='/member/'], a")) or None,
        replies=number_in(line_of(part(page, row, "replies", ".posts-count"))),
        last_post_at=moment_at(page, last, raw) if last is not None and raw else None,
        last_post_raw=raw,
        sticky="sticky" in marks,
        locked=bool(marks & {"closed", "locked"}),
        board=board,
    )


def last_post_in(page: Page, row: LexborNode) -> tuple[LexborNode | None, str | None]:
    """The node of a row's last date and the date as written: a mark, else the cell's last line."""
    node = part(page, row, "last_post", LAST)
    if node is not None:
        return node, line_of(node) or None
    cell = first(page, row, ".cell-lastpost, .lastpost")
    words = re.sub(r"^.*?,\s*(?=\S)", "", line_of(cell)) if cell is not None else ""
    stated = is_date(words) or find_clock(words) is not None or moment_in(page, words) is not None
    return (cell, words) if words and stated else (None, None)


def board_name(page: Page) -> str | None:
    """Name of the board that the page lists or the thread is in: the last crumb with one."""
    names = []
    for link in every(page, None, CRUMBS):
        place = vbulletin5_url.place_of(absolute(page, attribute(link, "href")) or "")
        if place and place.kind == "board" and line_of(link):
            names.append(line_of(link))
    here = vbulletin5_url.place_of(page.url)
    if here and here.kind == "board":
        title = line_of(first(page, None, "h1.main-title, .main-title, .module-title h1"))
        return title or (names[-1] if names else None)
    return names[-1] if names else None

"""Lists of MyBB: rows of a board, links to boards."""

from selectolax.lexbor import LexborNode

from crawler.reading import BoardRead, ThreadRead
from spiders.dates import moment_at
from spiders.engines import mybb_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import (
    ancestor,
    attribute,
    every,
    first,
    id_after,
    number_in,
    part,
    selector,
    until_break,
)
from spiders.urls import absolute


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards, without breadcrumbs and the page's own board."""
    here = mybb_url.board_id(page.url)
    skipped = {
        link.mem_id
        for link in every(page, None, ".navigation a, .breadcrumb a, .tcat a[href*='sortby']")
    }
    found: dict[str, BoardRead] = {}
    for link in every(page, None, selector(page, "board", "a[href*='orum']")):
        url = absolute(page, attribute(link, "href"))
        name = line_of(link)
        if not url or not name or link.mem_id in skipped:
            continue
        native_id = mybb_url.board_id(url)
        if native_id and native_id != here and native_id not in found:
            found[native_id] = BoardRead(native_id, name[:200], mybb_url.first_page(url))
    return list(found.values())


def rows(page: Page) -> list[LexborNode]:
    """The titles of a board's rows."""
    titles = every(page, None, selector(page, "row", "[id^='tid_']"))
    return [title for title in titles if id_after("tid_", title.id or "")]


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    board = board_name(page)
    found = [row_of(page, title, board) for title in rows(page)]
    return [thread for thread in found if thread]


def row_of(page: Page, title: LexborNode, board: str | None) -> ThreadRead | None:
    """One row; None (with a problem) when it links nowhere."""
    native_id = id_after("tid_", title.id or "") or ""
    link = first(page, title, "a[href]") or (title if title.tag == "a" else None)
    url = absolute(page, attribute(link, "href"))
    row = ancestor(title, frozenset({"tr", "li"})) or title.parent
    if link is None or not url or row is None:
        page.note("row_without_link", f"tid_{native_id}")
        return None
    last = part(page, row, "last_post", ".lastpost")
    last_raw = until_break(last) or None
    author = part(page, row, "author", ".author")
    return ThreadRead(
        native_id=native_id,
        title=line_of(link),
        url=mybb_url.first_page(url),
        author=line_of(first(page, author, "a") or author).rstrip(" ,") or None,
        replies=replies_in(page, row),
        posted_at=moment_at(page, part(page, row, "started", ".thread_start_datetime")),
        last_post_at=moment_at(page, last, last_raw),
        last_post_raw=last_raw,
        sticky="forumdisplay_sticky" in (row.html or ""),
        locked=is_closed(page, row),
        board=board,
    )


def replies_in(page: Page, row: LexborNode) -> int | None:
    """The count that links to the list of posters."""
    node = part(page, row, "replies", "a[href*='whoposted' i], a[onclick*='whoPosted']")
    return number_in(line_of(node)) if node else None


def is_closed(page: Page, row: LexborNode) -> bool:
    """Whether a row's folder picture says that the thread is closed."""
    mark = first(page, row, ".thread_status, img[src*='folder']")
    return "close" in f"{attribute(mark, 'class')} {attribute(mark, 'src')}"


def board_name(page: Page) -> str | None:
    """The name of the board that the page lists."""
    return line_of(part(page, None, "board_name", ".navigation .active")) or None

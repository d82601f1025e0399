"""Lists of Vanilla: rows `#Discussion_12`, boards `#Category_3`, modern and table layouts."""

from selectolax.lexbor import LexborNode

from crawler.reading import BoardRead, ThreadRead
from spiders.dates import moment_at
from spiders.engines import vanilla_url
from spiders.nodes import classes_of, line_of
from spiders.page import Page
from spiders.pick import attribute, every, first, first_of, id_after, number_in, part, selector
from spiders.urls import absolute

ROWS = "[id^='Discussion_'], .ItemDiscussion[id]"
BOARDS = (
    "[id^='Category_'] a[href], .CategoryName a[href], .ItemContent.Category .TitleWrap a[href], "
    ".ChildCategories a[href]"
)
CRUMBS = ".Breadcrumbs a[href], .CrumbLabel a[href]"
TITLE = ".Title a[href], a.Title[href], .DiscussionName a[href]"
COUNT = ".CommentCount, .CountComments, .MItem.MCount.CommentCount"
LAST = ".LastCommentDate time, .LastUser time, .LastUser .CommentDate, .LastCommentDate"


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards; none for the board that the page itself is."""
    here = vanilla_url.place_of(page.url)
    own = here.native_id if here and here.kind == "board" else None
    found: dict[str, BoardRead] = {}
    for link in every(page, None, selector(page, "board", BOARDS)):
        url, name = absolute(page, attribute(link, "href")), line_of(link)
        place = vanilla_url.place_of(url) if url else None
        if not url or not name or place is None or place.kind != "board":
            continue
        if place.native_id not in found and place.native_id not in (own, "discussions"):
            first_url = vanilla_url.first_page(url)
            found[place.native_id] = BoardRead(place.native_id, name[:200], first_url)
    return list(found.values())


def rows(page: Page) -> list[tuple[str, LexborNode, LexborNode]]:
    """Id, frame and title link of each row of a board."""
    found = []
    for row in every(page, None, selector(page, "row", ROWS)):
        native_id = id_after("Discussion_", row.id or "")
        link = title_in(page, row)
        if native_id and link is not None:
            found.append((native_id, row, link))
    return found


def title_in(page: Page, row: LexborNode) -> LexborNode | None:
    """The link to the thread itself, and not to its newest comment or a later page."""
    for link in every(page, row, selector(page, "title", TITLE)):
        place = vanilla_url.place_of(absolute(page, attribute(link, "href")) or "")
        if place and place.kind == "thread" and line_of(link):
            return link
    return None


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board; a thread that stands above the others and among them counts once."""
    board = board_name(page)
    found = [row_of(page, *row, board) for row in rows(page) if not is_moved(row[1])]
    return list({thread.native_id: thread for thread in found}.values())


def is_moved(row: LexborNode) -> bool:
    """Whether a row is what stays behind of a thread that was moved away."""
    return bool(classes_of(row) & {"Redirect", "Type-Redirect"})


def row_of(
    page: Page, native_id: str, row: LexborNode, link: LexborNode, board: str | None
) -> ThreadRead:
    """One row."""
    url = absolute(page, attribute(link, "href")) or page.url
    last = part(page, row, "last_post", LAST)
    raw = date_words(last)
    marks = classes_of(row)
    return ThreadRead(
        native_id=native_id,
        title=line_of(link),
        url=vanilla_url.first_page(url),
        author=starter_in(page, row),
        replies=replies_in(page, row),
        last_post_at=moment_at(page, last, raw) if last is not None else None,
        last_post_raw=raw,
        sticky=bool(marks & {"Announcement", "Announcements"})
        or first(page, row, ".Tag-Announcement") is not None,
        locked="Closed" in marks or first(page, row, ".Tag-Closed") is not None,
        board=name_in(page, row) or board,
    )


def date_words(node: LexborNode | None) -> str | None:
    """A date as written: whole in a title (`May 3, 2019 10:00AM`), short in the words (`May 3`)."""
    return attribute(node, "title") or line_of(node) or None


def starter_in(page: Page, row: LexborNode) -> str | None:
    """Who opened the thread: the table's column, a name beside the title, else its picture's."""
    css = selector(page, "author", ".FirstUser .UserLink, .DiscussionAuthor a, .FirstUser a")
    for node in every(page, row, css):
        if line_of(node):
            return line_of(node)
    picture = first_of(page, row, "a.IndexPhoto", ".IndexPhoto img", "a.PhotoWrap")
    return attribute(picture, "title") or attribute(picture, "alt") or None


def replies_in(page: Page, row: LexborNode) -> int | None:
    """The count of comments: exact in a title (`1,234 comments`), short in the words (`1.2K`)."""
    node = part(page, row, "replies", COUNT)
    exact = attribute(first(page, node, "[title]"), "title") if node is not None else ""
    number = number_in(exact)
    return number if number is not None else number_in(line_of(node))


def name_in(page: Page, row: LexborNode) -> str | None:
    """Name of the board that a row of the list of all threads names."""
    return line_of(first(page, row, ".MItem.Category a, .CategoryName a, .Category a")) or None


def board_name(page: Page) -> str | None:
    """Name of the board that the page lists or the thread is in: the last crumb with one."""
    names = []
    for link in every(page, None, CRUMBS):
        place = vanilla_url.place_of(absolute(page, attribute(link, "href")) or "")
        if place and place.kind == "board" and place.native_id != "discussions" and line_of(link):
            names.append(line_of(link))
    return names[-1] if names else None

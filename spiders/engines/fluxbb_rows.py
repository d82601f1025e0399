"""Lists of FluxBB and PunBB: rows of a board, links to boards, crumbs."""

import re

from selectolax.lexbor import LexborNode

from crawler.reading import BoardRead, ThreadRead
from spiders.dates import moment_at
from spiders.engines import fluxbb_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import attribute, every, first, first_of, number_in, part, selector
from spiders.urls import absolute

CRUMBS = ".crumbs a, .linkst ul a, .linksb ul a, .postlinksb ul a, #brd-crumbs-top a"
ROWS = "#vf tr, [id^='topic'].main-item, [id^='topic'][class*='item']"
BOARDS = "[id^='idx'] a, .main-category a, .blocktable h3 a, .main-item h3 a, [id^='forum'] h3 a"
BY = re.compile(
    r"^(?:by|von|par|por|от|автор:?|da|door|przez|av|af|di|de|od|autor:?|작성자:?|作者:?)[\s:]+",
    re.I,
)
LOCKED = re.compile(r"(?<![a-z])i?closed(?:text)?(?![a-z])", re.I)
STICKY = re.compile(r"(?<![a-z])i?sticky(?:text)?(?![a-z])", re.I)
MOVED = re.compile(r"(?<![a-z])i?moved(?:text)?(?![a-z])", re.I)


def crumbs(page: Page) -> list[LexborNode]:
    """Links of the path to the page, in page order."""
    return every(page, None, CRUMBS)


def boards(page: Page) -> list[BoardRead]:
    """Links to boards on the same host, without the page's own board and those of crumbs."""
    here = fluxbb_url.place_of(page.url)
    own = here.native_id if here and here.kind == "board" else None
    skipped = {link.mem_id for link in crumbs(page)}
    found: dict[str, BoardRead] = {}
    for link in every(page, None, selector(page, "board", BOARDS)):
        url = same_site(page, attribute(link, "href"))
        place = fluxbb_url.place_of(url) if url else None
        name = line_of(link)
        if not url or not place or place.kind != "board" or not name or link.mem_id in skipped:
            continue
        if place.native_id != own and place.native_id not in found:
            first_url = fluxbb_url.first_page(url)
            found[place.native_id] = BoardRead(place.native_id, name[:200], first_url)
    return list(found.values())


def same_site(page: Page, href: str) -> str | None:
    """A link's absolute URL where it stays on the page's host; boards may lead elsewhere."""
    url = absolute(page, href)
    return url if url and host_of(url) == host_of(page.url) else None


def host_of(url: str) -> str:
    """Host and port of an absolute URL, lower case."""
    return url.partition("://")[2].partition("/")[0].partition("?")[0].lower()


def rows(page: Page) -> list[tuple[LexborNode, LexborNode]]:
    """Rows of a board with the link of their title; those without one lead to no thread."""
    found = []
    for row in every(page, None, selector(page, "row", ROWS)):
        link = title_in(page, row)
        if link is not None:
            found.append((row, link))
    return found


def title_in(page: Page, row: LexborNode) -> LexborNode | None:
    """The link to the thread itself, and not to its last post or a later page."""
    for link in every(page, row, selector(page, "title", "a[href]")):
        url = absolute(page, attribute(link, "href"))
        place = fluxbb_url.place_of(url) if url else None
        if place and place.kind == "thread" and place.page == 1 and line_of(link):
            return link
    return None


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board; those of threads that were moved away are none."""
    board = board_name(page)
    found = [row_of(page, row, link, board) for row, link in rows(page)]
    return [thread for thread in found if thread]


def row_of(page: Page, row: LexborNode, link: LexborNode, board: str | None) -> ThreadRead | None:
    """One row; None for a thread that was moved away."""
    url = absolute(page, attribute(link, "href")) or page.url
    place = fluxbb_url.place_of(url)
    last = last_post_in(page, row, link)
    counted = part(page, row, "replies", ".info-replies, .tc2")
    replies = number_in(line_of(counted))
    marks = marks_of(row)
    if place is None or MOVED.search(marks) or (last is None and replies is None):
        return None
    raw = line_of(last) or None
    if replies is None:
        page.note("row_without_replies", url)
    return ThreadRead(
        native_id=place.native_id,
        title=line_of(link),
        url=fluxbb_url.first_page(url),
        author=starter_in(page, row),
        replies=replies,
        last_post_at=moment_at(page, last, raw) if last else None,
        last_post_raw=raw,
        sticky=STICKY.search(marks) is not None,
        locked=LOCKED.search(marks) is not None,
        board=board,
    )


def last_post_in(page: Page, row: LexborNode, title: LexborNode) -> LexborNode | None:
    """The link to the newest post, whose words are its date."""
    own = page.selectors.get("last_post")
    if own:
        return part(page, row, "last_post", "")
    links = [
        link
        for link in every(page, row, ".tcr a[href], .info-lastpost a[href], a[href*='#p']")
        if fluxbb_url.post_id(absolute(page, attribute(link, "href")) or "")
        and link.mem_id != title.mem_id
    ]
    return links[-1] if links else None


def starter_in(page: Page, row: LexborNode) -> str | None:
    """Name of the account that opened a thread, without the word before it."""
    node = part(page, row, "author", ".tcl .byuser, .item-starter, .byuser")
    name = first_of(page, node, "cite", "a") if node else None
    return (line_of(name) if name else name_after_by(line_of(node))) or None


def name_after_by(words: str) -> str:
    """The name in `by name`, in whatever language; a name without such a word as it is."""
    if match := BY.match(words):
        return words[match.end() :].strip()
    return words.partition(" ")[2].strip() or words


def marks_of(row: LexborNode) -> str:
    """Classes of a row, its icon and the labels before its title."""
    nodes = [row, *row.css(".icon, .stickytext, .closedtext, .movedtext, .item-status em")[:20]]
    return " ".join(attribute(node, "class") for node in nodes)


def board_name(page: Page) -> str | None:
    """Name of the board that the page lists or the thread is in."""
    names = [
        line_of(link)
        for link in crumbs(page)
        if (place := fluxbb_url.place_of(absolute(page, attribute(link, "href")) or ""))
        and place.kind == "board"
    ]
    if names:
        return names[-1] or None
    title = first(page, None, "h1.main-title a.permalink, h1 a.permalink")
    place = fluxbb_url.place_of(absolute(page, attribute(title, "href")) or "")
    if place and place.kind == "board":
        return line_of(title) or None
    return line_of(first(page, None, "#vf > h2")) or None


def last_crumb(page: Page) -> str | None:
    """The words of the last crumb, which PunBB 1.2 writes without a link."""
    items = every(page, None, ".linkst li, .crumbs li")
    return line_of(items[-1]).lstrip("»›/→ \u00a0") or None if items else None

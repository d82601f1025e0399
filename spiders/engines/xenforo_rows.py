"""Lists of XenForo: rows of a board, links to boards."""

import re

from selectolax.lexbor import LexborNode

from crawler.reading import BoardRead, ThreadRead
from spiders.dates import moment_at
from spiders.engines import xenforo_url
from spiders.nodes import SPACE, line_of
from spiders.page import Page
from spiders.pick import attribute, every, first, number_in, part, selector
from spiders.urls import absolute

ROW = (
    ".structItem--thread, li.discussionListItem[id^='thread-'], "
    ".structItem[class*='threadListItem']"
)
SIDE = ".p-body-sidebar, .sidebar, .block--similarContents, .similarThreads, [data-widget-key]"
TITLE = ".structItem-title a, h3.title a, .title a"
NODE = ".node-title a, .node .nodeTitle a, .nodeList .nodeTitle a, .subNodeLink, .subNodeList a"
LAST = (
    ".structItem-cell--latest time, .structItem-latestDate, .lastPostInfo .dateTime, "
    ".lastPostInfo .DateTime"
)
LOCKED = ".blockStatus-message--locked, .threadAlerts .locked, .lockedAlert"
REPLIES = re.compile(r"repl|ответ|antwort|répons|respuest", re.I)


def rows(page: Page) -> list[LexborNode]:
    """A board's rows; lists of similar or new threads in side boxes are none."""
    side = {row.mem_id for box in every(page, None, SIDE) for row in every(page, box, ROW)}
    return [row for row in every(page, None, selector(page, "row", ROW)) if row.mem_id not in side]


def threads(page: Page, board: str | None) -> list[ThreadRead]:
    """Rows of a board."""
    found = [row_of(page, row, board) for row in rows(page)]
    return [thread for thread in found if thread]


def row_of(page: Page, row: LexborNode, board: str | None) -> ThreadRead | None:
    """One row; None (with a problem) when it links to no thread."""
    link, url = title_link(page, row)
    native_id = id_of(row) or (xenforo_url.thread_id(url) if url else None)
    if link is None or not url or not native_id:
        page.note("row_without_thread", line_of(row)[:120])
        return None
    last = part(page, row, "last_post", LAST)
    started = part(page, row, "started", ".structItem-startDate time, .startDate .DateTime")
    account = part(
        page, row, "author", ".structItem-parts .username, .posterDate .username, .username"
    )
    classes = attribute(row, "class").split()
    return ThreadRead(
        native_id=native_id,
        title=line_of(link),
        url=xenforo_url.first_page(url),
        author=attribute(row, "data-author") or line_of(account) or None,
        replies=replies_in(page, row),
        posted_at=moment_at(page, started),
        last_post_at=moment_at(page, last),
        last_post_raw=line_of(last) or None,
        sticky="sticky" in classes
        or has(page, row, ".structItem-status--sticky, .iconKey .sticky"),
        locked="locked" in classes
        or has(page, row, ".structItem-status--locked, .iconKey .locked"),
        board=board,
    )


def title_link(page: Page, row: LexborNode) -> tuple[LexborNode | None, str | None]:
    """The link with the thread's title, labels (prefixes of the software) aside."""
    for link in every(page, row, selector(page, "title", TITLE)):
        url = absolute(page, attribute(link, "href"))
        classes = attribute(link, "class").split()
        if url and xenforo_url.thread_id(url) and not {"labelLink", "prefixLink"} & set(classes):
            return link, url
    return None, None


def id_of(row: LexborNode) -> str | None:
    """The thread's id in the row's class or id."""
    signs = f"{attribute(row, 'class')} {row.id or ''}"
    match = re.search(r"(?:js-threadListItem-|(?:^|\s)thread-)([0-9]{1,12})(?:\s|$)", signs)
    return match[1] if match else None


def has(page: Page, row: LexborNode, css: str) -> bool:
    """Whether a row holds a mark."""
    return first(page, row, css) is not None


def replies_in(page: Page, row: LexborNode) -> int | None:
    """The count of replies; None for a redirect, which shows a dash."""
    own = page.selectors.get("replies")
    if own:
        return number_in(line_of(part(page, row, "replies", "")))
    pairs = every(page, row, ".structItem-cell--meta dl, .stats dl, dl.pairs")
    for pair in pairs:
        if REPLIES.search(line_of(first(page, pair, "dt"))):
            return number_in(line_of(first(page, pair, "dd")))
    return number_in(line_of(first(page, pairs[0], "dd"))) if pairs else None


def title_of(node: LexborNode | None) -> str:
    """A thread's title without the labels before it."""
    if node is None:
        return ""
    if node.tag == "meta":
        return SPACE.sub(" ", attribute(node, "content"))
    if node.tag == "title":
        return re.sub(r"\s+\|[^|]*$", "", line_of(node))
    words = []
    for child in node.iter(include_text=True):
        classes = attribute(child, "class").split() if child.tag != "-text" else []
        if {"label", "labelLink", "prefix", "label-append", "prefixLink"} & set(classes):
            continue
        words.append(child.text_content or "" if child.tag == "-text" else child.text())
    return SPACE.sub(" ", "".join(words)).strip()


def is_locked(page: Page) -> bool:
    """Whether a thread page says that the thread is closed."""
    return first(page, None, LOCKED) is not None


def boards(page: Page) -> list[BoardRead]:
    """Links to boards, by the lists of nodes."""
    here = xenforo_url.board_id(page.url)
    found: dict[str, BoardRead] = {}
    for link in every(page, None, selector(page, "board", NODE)):
        url = absolute(page, attribute(link, "href"))
        native_id = xenforo_url.board_id(url) if url else None
        name = line_of(link)
        if url and native_id and name and native_id != here and native_id not in found:
            found[native_id] = BoardRead(native_id, name[:200], xenforo_url.first_page(url))
    return list(found.values())

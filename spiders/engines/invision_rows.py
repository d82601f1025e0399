"""Lists of Invision: rows of a forum, links to forums."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from crawler.reading import BoardRead, ThreadRead
from spiders.dates import moment_at
from spiders.engines import invision_url
from spiders.nodes import SPACE, classes_of, line_of
from spiders.page import Page
from spiders.pick import ancestor, attribute, every, first, first_of, number_in, part, selector
from spiders.urls import absolute

ROW = "tr[id^='trow_'], [data-rowid]"
LINK = "a[href*='topic']"
NAMED = (
    "a[id^='tid-link'], a.topic_title, [data-ips-hook='title'] a, .ipsDataItem_title a, "
    ".ipsData__title a, h4 a, h3 a"
)
MAIN = "#ipsLayout_mainArea, #ipsLayout_main, #content, #ipbwrapper, #ipboard_body"
SIDE = (
    "#ipsLayout_sidebar, .ipsWidget, [data-blockid], .cWidgetContainer, #index_stats, "
    "#similar_topics, #ipsLayout_header, #ipsLayout_footer, #header_bar, #primary_nav, "
    ".ipsMenu, .ipsfocus-sidebar"
)
TRAIL = (
    ".ipsBreadcrumb, [data-role='breadcrumbList'], #secondary_navigation, .breadcrumb, "
    "#navstrip, ol.breadcrumb, [itemtype*='BreadcrumbList']"
)
NO_BOARD = (
    "[data-categoryid] > h2, .cForumTitle, h2.maintitle, h3.maintitle, .ipsDataItem_lastPoster, "
    ".ipsData__last, .last_post, .col_c_post, .col_f_post, .pagination, .ipsPagination, "
    ".ipsStreamItem, [data-rowid], tr[id^='trow_'], #forum_jump, "
    ".forum_rules, [data-role='commentContent']"
)
PROFILE = "a[href*='/profile/'], a[href*='/user/'], a[href*='showuser='], [hovercard-id]"
META = ".ipsDataItem_meta, .ipsData__meta, .col_f_content .desc, .desc, .col_f_starter"
LAST = ".ipsDataItem_lastPoster, .ipsData__last, .last_post, .col_f_post"
REPLIES = (
    "[data-stattype$='comments']", "[data-stattype*='answers']", ".col_f_views li", ".stats li",
    ".ipsDataItem_stats li",
)  # fmt: skip
PINNED = re.compile(
    r"pinned|sticky|важн|закреп|прикреп|wichtig|angepinnt|gepinnt|épingl|importante?|fijado|"
    r"destacado|przypięt|fissat|置顶",
    re.I,
)
PINS = "i[class*='fa-thumb'], .ipsBadge--pinned, .ipsBadge_pinned, [data-ips-hook*='pinned']"
LOCKS = "i[class*='fa-lock'], .ipsBadge--locked, img[src*='closed'], img[src*='locked']"
STARTED = re.compile(
    r"^(?:started by|by|от|автор:?|начато|начал|создал|gestartet von|erstellt von|von|par|por|"
    r"iniciado por|di|przez)\s+(?P<name>.{1,60}?)(?:,\s|\s*$)",
    re.I,
)


def main_of(page: Page) -> LexborNode | None:
    """The part of a page that is neither header, menu nor footer; None for the whole page."""
    return first(page, None, MAIN)


def within(page: Page, css: str, wanted: str) -> set[int]:
    """Ids of the elements `wanted` that stand inside boxes."""
    return {node.mem_id for box in every(page, None, css) for node in every(page, box, wanted)}


def rows(page: Page) -> list[tuple[LexborNode, LexborNode]]:
    """A forum's rows with the links to their topics; rows of side boxes are none."""
    own = selector(page, "row", ROW)
    side = within(page, SIDE, own)
    found = []
    for row in every(page, None, own):
        link = title_link(page, row) if row.mem_id not in side else None
        if link is not None:
            found.append((row, link))
        elif (row.id or "").startswith("trow_") and row.mem_id not in side:
            page.note("row_without_topic", line_of(row)[:120])
    return found


def title_link(page: Page, row: LexborNode) -> LexborNode | None:
    """The link with a topic's title: of the places for it, else the first that has words."""
    for css in (selector(page, "title", NAMED), LINK):
        for link in every(page, row, css):
            url = absolute(page, attribute(link, "href"))
            if line_of(link) and url and invision_url.kind(url) == "thread":
                return link
    return None


def id_of(row: LexborNode) -> str | None:
    """The topic's id in the row's own attributes."""
    stated = attribute(row, "data-rowid") or (row.id or "").removeprefix("trow_")
    return stated if re.fullmatch(r"[0-9]{1,12}", stated) else None


def threads(page: Page, board: str | None) -> list[ThreadRead]:
    """Rows of a forum, each topic once; what is left of a moved topic is no row."""
    found: dict[str, ThreadRead] = {}
    for row, link in rows(page):
        url = absolute(page, attribute(link, "href")) or ""
        native_id = invision_url.item_id(url, "topic")
        if native_id and id_of(row) in (None, native_id) and native_id not in found:
            found[native_id] = replace(row_of(page, row, link, url), board=board)
    return list(found.values())


def row_of(page: Page, row: LexborNode, link: LexborNode, url: str) -> ThreadRead:
    """One row."""
    last = last_in(page, row)
    meta = first(page, row, META)
    started = first_of(page, row, "[itemprop='dateCreated']") or first(page, meta or row, "time")
    return ThreadRead(
        native_id=invision_url.item_id(url, "topic") or "",
        title=title_of(link),
        url=invision_url.first_page(url),
        author=author_in(page, row, meta),
        replies=replies_in(page, row),
        posted_at=moment_at(page, started),
        last_post_at=moment_at(page, last),
        last_post_raw=line_of(last) or attribute(last, "datetime") or None,
        sticky=is_sticky(page, row),
        locked=first(page, row, LOCKS) is not None,
    )


def title_of(node: LexborNode | None) -> str:
    """A title without the badges, prefixes and icons beside it."""
    words: list[str] = []
    stack = [node] if node is not None else []
    while stack:
        here = stack.pop()
        if here.tag == "-text":
            words.append(here.text_content or "")
        elif not is_badge(here):
            stack += reversed(list(here.iter(include_text=True)))
    return SPACE.sub(" ", "".join(words)).strip()


def is_badge(node: LexborNode) -> bool:
    """Whether an element inside a title is none of its words."""
    names = classes_of(node)
    return node.tag in ("i", "script", "style", "-comment", "button") or any(
        name.startswith(("ipsBadge", "ipsTag", "ipsPrefix", "topic_prefix", "ipsIndicator"))
        for name in names
    )


def author_in(page: Page, row: LexborNode, meta: LexborNode | None) -> str | None:
    """Who opened a topic: the account's link beside its title, or a guest's bare name."""
    if page.selectors.get("author"):
        return line_of(part(page, row, "author", "")) or None
    for link in every(page, meta, PROFILE) if meta is not None else []:
        if line_of(link):
            return line_of(link)
    match = STARTED.match(line_of(meta)[:200])
    return match["name"].strip() if match else None


def last_in(page: Page, row: LexborNode) -> LexborNode | None:
    """The node that dates the newest post."""
    if page.selectors.get("last_post"):
        return part(page, row, "last_post", "")
    box = first(page, row, LAST)
    if box is None:
        return None
    dated = first_of(page, box, "time", "abbr[title]")
    if dated is not None:
        return dated
    lines = [line for line in every(page, box, "li, a") if re.search("[0-9]", line_of(line))]
    jumps = [line for line in lines if invision_url.user_id(attribute(line, "href")) is None]
    return jumps[-1] if jumps else None


def replies_in(page: Page, row: LexborNode) -> int | None:
    """The count of replies, from the first of a row's figures."""
    own = page.selectors.get("replies")
    node = part(page, row, "replies", "") if own else first_of(page, row, *REPLIES)
    exact = first(page, node, "[data-stat-value]") if node is not None else None
    count = number_in(attribute(exact, "data-stat-value") or line_of(node))
    if count is None:
        stated = attribute(first(page, row, "meta[itemprop='interactionCount']"), "content")
        count = number_in(stated) if stated.startswith("UserComments") else None
    return count


def is_sticky(page: Page, row: LexborNode) -> bool:
    """Whether a row is pinned: by its icon, else by the words of a badge."""
    if first(page, row, PINS) is not None:
        return True
    badges = every(page, row, ".ipsBadge, .topic_prefix, .ipsBadge_green")[:6]
    return any(PINNED.search(f"{line_of(each)} {attribute(each, 'title')}") for each in badges)


def boards(page: Page) -> list[BoardRead]:
    """Links to forums and subforums, without categories, breadcrumbs and side boxes."""
    own = selector(page, "board", "a[href*='forum']")
    skipped = within(page, f"{SIDE}, {TRAIL}, {NO_BOARD}", own)
    here = invision_url.item_id(page.url, "forum")
    found: dict[str, BoardRead] = {}
    for link in every(page, main_of(page), own):
        url = absolute(page, attribute(link, "href"))
        native_id = invision_url.item_id(url, "forum")
        name = line_of(link) or (attribute(link, "title") if link.tag == "a" else "")
        plain = url and invision_url.kind(url) == "board" and not invision_url.place_of(url)
        if not plain or not native_id or link.mem_id in skipped or native_id == here:
            continue
        if name and native_id not in found and not is_control(link, url or ""):
            found[native_id] = BoardRead(native_id, name[:200], invision_url.first_page(url or ""))
    return list(found.values())


def is_control(link: LexborNode, url: str) -> bool:
    """Whether a link to a forum sorts, filters or marks instead of naming it."""
    if attribute(link, "role") == "menuitem" or "data-action" in link.attributes:
        return True
    if re.search(r"sort|filter|prune_day|do=|page=", url):
        return True
    return ancestor(link, frozenset({"nav", "footer"}), limit=6) is not None


def board_name(page: Page) -> str | None:
    """The forum that a page lists or its topic is in, as the breadcrumb names it."""
    names = [
        line_of(link)
        for trail in every(page, None, TRAIL)
        for link in every(page, trail, "a[href]")
        if invision_url.item_id(absolute(page, attribute(link, "href")), "forum")
    ]
    return next((name for name in reversed(names) if name), None)

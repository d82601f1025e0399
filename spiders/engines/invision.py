"""Invision Power Board 3 and Invision Community 4 and 5: read by ids and data attributes."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.engines import invision_account, invision_posts, invision_rows, invision_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import attribute, every, first, first_of, number_in, part, selector
from spiders.signs import BANNED, is_signed_in, sign_of, words_of
from spiders.urls import absolute

NAME = "invision"
MARKS = (
    "body[data-pageapp], html[data-ips-path], [data-ips-hook], [data-ipsquote], #ipsLayout_body, "
    "#ipsLayout_header, #ipboard_body, .post_block[id^='post_id_'], tr[id^='trow_'].__topic, "
    "[data-controller*='core.front.'], [data-controller*='core.global.'], "
    "[data-controller*='forums.front.'], #ipsErrorMessage, .ipsApp"
)
SCRIPT = re.compile(r"ipb\.vars\[['\"]|ipb\.topic\.|ipsSettings\s*=|ips\.setSetting\(|IPBoard\(")
TABLE = (
    "#forum_table, table.topic_list, [data-tableid='topics'], [data-ips-hook='topicListTable'], "
    ".cForumTopicTable, .cTopicList, .no_messages, [data-controller*='core.global.core.table']"
)
ERROR = (
    "#elError, .ipsErrorPage, #ipsErrorMessage, .ipsMessage_error, [data-pagecontroller='error']"
)
AREA = "#elError, #ipsLayout_mainArea, #ipsLayout_main, #content, #ipboard_body"
GONE = re.compile(
    r"(?:could ?n[o']t|cannot|can't|unable to) (?:locate|find) (?:the|that|what)|"
    r"couldn't find that|has been (?:deleted|removed)|"
    r"(?:не удалось|невозможно) найти|не найден|nicht gefunden|"
    r"pas (?:pu )?(?:être )?(?:trouv|localis)|no (?:hemos|se) (?:podido|pudo) encontrar|"
    r"2[FST]173/1\b",
    re.I,
)
REFUSED = re.compile(
    r"not available for your account|permission|not allowed|нет (?:прав|доступа)|недоступ|"
    r"keine (?:berechtigung|zugriff)|nicht verfügbar|autorisation|permiso|2F176/|1F173/|2F173/H|"
    r"10139",
    re.I,
)
LOGIN_FORM = (
    "form#login, #login_form, #elSignIn, [data-ips-hook='login'], "
    "[data-controller*='core.front.core.login'], #ipsLayout_mainArea input[type='password']"
)
CLOSED = re.compile(r"locked|closed|закрыт|geschlossen|fermé|cerrado|chius[oa]|zamknięt", re.I)
PER_PAGE = re.compile(r"perPage:\s*([0-9]{1,4})")
PAGER = (
    ".pagination a[href], .ipsPagination a[href], [data-ipspagination] a[href], "
    "[data-ips-pagination] a[href], link[rel='next'], a[rel='next']"
)


def detect(page: Page) -> bool:
    """Tell by data attributes and ids, else by the scripts that every page of it carries."""
    if first(page, None, MARKS) is not None:
        return True
    scripts = every(page, None, "script:not([src])")[:60]
    return any(SCRIPT.search((script.text() or "")[:20_000]) for script in scripts)


def state(page: Page) -> PageState:
    """Tell what the page is; a refusal is `login` for a guest, `forbidden` for an account."""
    if invision_posts.frames(page) or invision_rows.rows(page):
        return "ok"
    if first(page, None, ERROR) is not None or page.status >= 400:
        return refusal(page)
    if invision_rows.boards(page):
        return "ok"
    if invision_url.kind(page.url) == "board" and first(page, None, TABLE) is not None:
        return "empty"
    return "ok" if account(page) else refusal(page)


def refusal(page: Page) -> PageState:
    """What a page without content is; the sign-in box of the header tells nothing."""
    words = words_of(page, AREA)
    sign = sign_of(page, AREA)
    if sign in ("banned", "challenge", "maintenance"):
        return sign
    if BANNED.search(words):
        return "banned"
    if GONE.search(words):
        return "not_found"
    if REFUSED.search(words):
        return "forbidden" if is_signed_in(page) else "login"
    if first(page, None, ERROR) is None and first(page, None, LOGIN_FORM) is not None:
        return "login"
    return sign or "unknown"


def boards(page: Page) -> list[BoardRead]:
    """Links to forums and subforums."""
    return [] if invision_posts.frames(page) else invision_rows.boards(page)


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a forum."""
    if invision_posts.frames(page):
        return []
    return invision_rows.threads(page, listed_board(page))


def listed_board(page: Page) -> str | None:
    """The name of the forum that a page lists."""
    if invision_url.kind(page.url) == "board" and (title := line_of(heading(page))):
        return title
    return invision_rows.board_name(page)


def heading(page: Page) -> LexborNode | None:
    """The node of a page's own title."""
    return first_of(
        page, None, "h1.ipsType_pagetitle", "h1.ipsType_pageTitle", ".ipsPageHeader h1",
        ".main_topic_title", "h1[itemprop='name']", "#ipsLayout_mainArea h1", "h1[itemprop]",
    )  # fmt: skip


def thread(page: Page) -> ThreadRead | None:
    """The topic that a topic page shows."""
    if not invision_posts.frames(page):
        return None
    native_id = invision_posts.topic_of(page)
    if not native_id:
        page.note("thread_without_id", page.url)
        return None
    return ThreadRead(
        native_id=native_id,
        title=topic_title(page),
        url=invision_url.first_page(invision_posts.topic_url(page)),
        locked=is_locked(page),
        board=invision_rows.board_name(page),
    )


def topic_title(page: Page) -> str:
    """The topic's title, without badges and prefixes."""
    own = part(page, None, "thread_title", "") if page.selectors.get("thread_title") else None
    if title := invision_rows.title_of(own or heading(page)):
        return title
    if title := attribute(first(page, None, "meta[property='og:title']"), "content"):
        return title
    return re.sub(r"\s+-\s+[^-]{1,80}$", "", line_of(first(page, None, "title")))


def is_locked(page: Page) -> bool:
    """Whether a topic is closed: by its lock, else by the words in place of the reply button."""
    if first(page, None, invision_posts.LOCKED) is not None:
        return True
    boxes = every(page, None, ".topic_buttons, .cTopicPostArea .ipsType_warning")[:4]
    return any(CLOSED.search(line_of(box)[:300]) for box in boxes)


def posts(page: Page) -> list[PostRead]:
    """Posts of a topic page."""
    found = [
        read
        for frame in invision_posts.frames(page)
        if (read := invision_posts.post_of(page, frame)) is not None
    ]
    before = posts_before(page)
    if before is None or any(read.position for read in found):
        return found
    return [replace(read, position=before + place) for place, read in enumerate(found, 1)]


def posts_before(page: Page) -> int | None:
    """How many posts come before the page; None where it does not say."""
    asked = invision_url.asked(page.url)
    if asked is None or invision_url.canonical(page.url) != page.url.partition("#")[0]:
        stated = attribute(first(page, None, "link[rel='canonical']"), "href")
        asked = invision_url.asked(absolute(page, stated) or "")
    if asked is None or asked.what != "topic":
        return None
    if asked.page == 0 or asked.mark == "st":
        return asked.page
    pager = first(page, None, "[data-ipspagination-perpage], [data-ips-pagination-per-page]")
    size = attribute(pager, "data-ipspagination-perpage") or attribute(
        pager, "data-ips-pagination-per-page"
    )
    if not size and (match := PER_PAGE.search(page.text)):
        size = match[1]
    return asked.page * (number_in(size) or 0) if number_in(size) else None


def account(page: Page) -> AccountRead | None:
    """The account that a profile page shows."""
    return None if invision_posts.frames(page) else invision_account.account(page)


def next_page(page: Page) -> str | None:
    """The page that continues a forum or topic: of its pages after this one, the nearest."""
    own = page.selectors.get("next_page")
    if own:
        url = absolute(page, attribute(part(page, None, "next_page", ""), "href"))
        return canonical(url) if url else None
    here = invision_url.asked(page.url)
    if here is None:
        return renamed_next(page)
    later: dict[int, str] = {}
    for link in every(page, None, selector(page, "pager", PAGER)):
        url = absolute(page, attribute(link, "href"))
        found = invision_url.asked(url) if url else None
        if not url or not found or (found.what, found.number) != (here.what, here.number):
            continue
        if found.plain and found.page > here.page:
            later[found.page] = canonical(url)
    return later[min(later)] if later else None


def renamed_next(page: Page) -> str | None:
    """The next page of a board whose URLs are rewritten into another form."""
    if not (invision_posts.frames(page) or invision_rows.rows(page)):
        return None
    link = first_of(page, None, "link[rel='next']", "a[rel='next']", ".ipsPagination_next a")
    url = absolute(page, attribute(link, "href"))
    return canonical(url) if url and canonical(url) != canonical(page.url) else None


def kind(url: str) -> PageKind | None:
    """What a URL of Invision leads to."""
    return invision_url.kind(url)


def canonical(url: str) -> str:
    """The one form of a URL of Invision."""
    return invision_url.canonical(url)

"""FluxBB 1.4 and 1.5, PunBB 1.2 to 1.4: read by `#p12`, `#vf`, `#topic12` and their URLs."""

import re

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import moment_in
from spiders.engines import fluxbb_posts, fluxbb_rows, fluxbb_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import attribute, every, first, first_of, labelled, number_in, part, selector
from spiders.profile import account_of
from spiders.signs import is_challenge, sign_of, words_of
from spiders.text import text_of
from spiders.urls import absolute

NAME = "fluxbb"
MARKS = (
    ".pun[id^='pun'], #punwrap, #brdheader #brdmenu, #brdmain, #brd-wrap #brd-main, "
    "[id^='brd-'].brd-page, .blockpost[id^='p'] .postmsg, .blocktable#vf, .blocktable[id^='idx']"
)
AREA = "#msg, #maint, #punmaint, .blockform, #brdmain, #brd-main"
"""What holds a page's own words: the head of every page tells guests that they are guests."""
GONE = re.compile(
    r"bad request|link you followed is incorrect or outdated|неверный запрос|"
    r"ссылк\w+[^.]{0,40}(?:неверн|некоррект|устарел|недействит)|(?:ungültige|fehlerhafte) anfrage|"
    r"mauvaise requête|requête (?:invalide|erronée|incorrecte)|lien que vous avez suivi|"
    r"solicitud (?:incorrecta|errónea)|richiesta (?:errata|non valida)|błędne żądanie|"
    r"nieprawidłowe żądanie|pedido inválido|onjuist verzoek",
    re.I,
)
NEXT = "link[rel='next'], a[rel='next'], .pagelink a, .paging a, .pagepost a, #brd-pagepost-top a"


def detect(page: Page) -> bool:
    """Tell by the ids that FluxBB and PunBB give to a page and to its parts."""
    return first(page, None, MARKS) is not None


def state(page: Page) -> PageState:
    """Tell what the page is."""
    if fluxbb_posts.frames(page) or threads(page):
        return "ok"
    if kind(page.url) == "index" and boards(page):
        return "ok"
    if is_list(page):
        return "ok" if boards(page) else "empty"
    if account(page):
        return "ok"
    sign = notice_of(page)
    return "ok" if sign is None and boards(page) else sign or "unknown"


def is_list(page: Page) -> bool:
    """Whether a page is a board, even one without threads."""
    return first(page, None, "#vf, .main-forum, #brd-viewforum .main-item.empty") is not None


def notice_of(page: Page) -> PageState | None:
    """What a page without content is; None when nothing tells."""
    area = AREA if first(page, None, AREA) is not None else None
    words = words_of(page, area)
    if GONE.search(words) and not is_challenge(page, words):
        return "not_found"
    return sign_of(page, area)


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards."""
    return [] if fluxbb_posts.frames(page) else fluxbb_rows.boards(page)


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    return [] if fluxbb_posts.frames(page) else fluxbb_rows.threads(page)


def thread(page: Page) -> ThreadRead | None:
    """The thread that a thread page shows."""
    if not fluxbb_posts.frames(page):
        return None
    url = own_url(page)
    place = fluxbb_url.place_of(url) if url else None
    if url is None or place is None:
        page.note("thread_without_id", page.url)
        return None
    return ThreadRead(
        native_id=place.native_id,
        title=title_of(page),
        url=fluxbb_url.first_page(url),
        locked=is_closed(page),
        board=fluxbb_rows.board_name(page),
    )


def own_url(page: Page) -> str | None:
    """URL of the thread that the page shows: its own, else (a jump to a post) as its links say."""
    place = fluxbb_url.place_of(page.url)
    if place and place.kind == "thread":
        return page.url
    for link in [*every(page, None, "link[rel='canonical'], h1 a.permalink"),
                 *fluxbb_rows.crumbs(page), *every(page, None, NEXT)]:  # fmt: skip
        url = absolute(page, attribute(link, "href"))
        place = fluxbb_url.place_of(url) if url else None
        if place and place.kind == "thread":
            return url
    for link in every(page, None, "a[href*='post.php?tid='], form[action*='post.php?tid=']"):
        target = attribute(link, "href") or attribute(link, "action")
        if match := re.search(r"tid=([0-9]{1,12})", target):
            return absolute(page, f"viewtopic.php?id={match[1]}")
    return None


def title_of(page: Page) -> str:
    """The thread's title: of the page's head, of the crumbs, else of its first post."""
    node = part(page, None, "thread_title", "h1.main-title a.permalink, h1 a.permalink")
    if node is not None:
        return line_of(node)
    for link in reversed(fluxbb_rows.crumbs(page)):
        place = fluxbb_url.place_of(absolute(page, attribute(link, "href")) or "")
        if place and place.kind == "thread" and line_of(link):
            return line_of(link)
    plain = fluxbb_rows.last_crumb(page)
    head = first_of(page, None, ".firstpost .postright h3", ".blockpost .postright h3", "title")
    return plain or re.sub(r"^re:\s+", "", line_of(head), flags=re.I)


def is_closed(page: Page) -> bool:
    """Whether the place of the reply link holds words instead (FluxBB), or the title a mark."""
    for node in every(page, None, ".postlink"):
        if line_of(node) and first(page, node, "a[href]") is None:
            return True
    title = first(page, None, "h1.main-title")
    link = first(page, title, "a.permalink") if title else None
    return link is not None and not line_of(title).startswith(line_of(link))


def posts(page: Page) -> list[PostRead]:
    """Posts of a thread page."""
    return [fluxbb_posts.post_of(page, *frame) for frame in fluxbb_posts.frames(page)]


def account(page: Page) -> AccountRead | None:
    """The account that a profile page (`profile.php?id=4`) shows."""
    native_id = fluxbb_url.user_id(page.url)
    frame = first(page, None, "#viewprofile, .user-ident, .profile, .data-group")
    if native_id is None or frame is None or fluxbb_posts.frames(page):
        return None
    name = first_of(page, None, "#viewprofile dd", ".user-ident .username", ".username")
    found = account_of(page, name, native_id)
    if found is None or found.joined_at:
        return found
    words = text_of(first(page, None, "#brd-main") or frame)
    return AccountRead(
        name=found.name,
        native_id=native_id,
        rank=line_of(first(page, None, ".usertitle")) or found.rank,
        joined_at=moment_in(page, labelled(words, fluxbb_posts.JOINED)),
        posts=number_in(labelled(words, fluxbb_posts.POSTS)),
        reputation=found.reputation,
    )


def next_page(page: Page) -> str | None:
    """The page that continues a board or thread: the lowest one after this."""
    own = page.selectors.get("next_page")
    if own:
        url = absolute(page, attribute(part(page, None, "next_page", ""), "href"))
        return canonical(url) if url else None
    shown = own_url(page) if fluxbb_posts.frames(page) else page.url
    here = fluxbb_url.place_of(shown or "")
    if here is None:
        return None
    number = here.page if shown == page.url else number_shown(page)
    later: dict[int, str] = {}
    for link in every(page, None, selector(page, "pages", NEXT)):
        url = absolute(page, attribute(link, "href"))
        place = fluxbb_url.place_of(url) if url else None
        if url and place and (place.kind, place.native_id) == (here.kind, here.native_id):
            later[place.page] = canonical(url)
    after = [each for each in later if each > number]
    return later[min(after)] if after else None


def number_shown(page: Page) -> int:
    """The number of the page as its page links mark it; 1 without any."""
    for node in every(page, None, ".pagelink strong, .paging strong"):
        if line_of(node).isdecimal():
            return number_in(line_of(node)) or 1
    return 1


def kind(url: str) -> PageKind | None:
    """What a URL of FluxBB or PunBB leads to."""
    return fluxbb_url.kind(url)


def canonical(url: str) -> str:
    """The one form of a URL of FluxBB or PunBB."""
    return fluxbb_url.canonical(url)

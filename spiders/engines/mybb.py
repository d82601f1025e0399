"""MyBB 1.6 and 1.8: read by the ids `post_1`, `pid_1`, `tid_1`, which themes keep."""

import re
from datetime import datetime

from selectolax.lexbor import LexborNode

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import moment_at, moment_in
from spiders.engines import mybb_rows, mybb_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import (
    ancestor,
    attribute,
    every,
    first,
    id_after,
    labelled,
    number_in,
    part,
    selector,
)
from spiders.profile import account_of
from spiders.signs import sign_of
from spiders.text import body_of, text_of
from spiders.urls import absolute

NAME = "mybb"
GENERATOR = re.compile(r"MyBB Group|my_post_key|MyBB\.(?:whoPosted|quickLogin)|mybb\.com", re.I)
PROFILE = "a[href*='action=profile'], a[href*='user-'], a[href*='User-']"
POSTS = re.compile(r"posts?|сообщений|сообщения|beiträge|messages|mensajes|постов", re.I)
JOINED = re.compile(
    r"joined|registered|зарегистрирован|регистрация|registriert seit|inscription|registro", re.I
)
REPUTATION = re.compile(r"reputation|репутация|bewertung|réputation|reputación", re.I)
NOT_BODY = frozenset({"fieldset", "edited_post", "post_edit", "signature"})


def detect(page: Page) -> bool:
    """Tell by MyBB's own script names and copyright, or by its ids."""
    if GENERATOR.search(page.text[:400_000]) and re.search(
        r"showthread\.php|forumdisplay\.php|[Tt]hread-|[Ff]orum-|member\.php", page.text
    ):
        return True
    return first(page, None, "[id^='post_'] [id^='pid_'], span[id^='tid_']") is not None


def state(page: Page) -> PageState:
    """Tell what the page is."""
    if bodies(page) or mybb_rows.rows(page):
        return "ok"
    if mybb_url.kind(page.url) == "index" and boards(page):
        return "ok"
    if is_list(page):
        return "ok" if boards(page) else "empty"
    if account(page):
        return "ok"
    sign = sign_of(page, "#content")
    if sign is None and boards(page) and detect(page):
        return "ok"
    return sign or "unknown"


def is_list(page: Page) -> bool:
    """Whether a page is a board, even one without threads: it can be sorted."""
    return first(page, None, "a[href*='sortby=subject'], a[href*='sortby=lastpost']") is not None


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards."""
    return [] if bodies(page) else mybb_rows.boards(page)


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    return [] if bodies(page) else mybb_rows.threads(page)


def thread(page: Page) -> ThreadRead | None:
    """The thread that a thread page shows."""
    if not bodies(page):
        return None
    native_id = mybb_url.thread_id(page.url) or stated_thread_id(page)
    if not native_id:
        page.note("thread_without_id", page.url)
        return None
    title = part(page, None, "thread_title", ".navigation .active") or first(
        page, None, "td.thead strong, .thead strong, title"
    )
    trail = [
        link
        for link in every(page, None, ".navigation > a, .breadcrumb a")
        if mybb_url.board_id(absolute(page, attribute(link, "href")) or "")
    ]
    url = mybb_url.first_page(page.url)
    if mybb_url.thread_id(url) is None:
        url = absolute(page, f"showthread.php?tid={native_id}") or url
    return ThreadRead(
        native_id=native_id,
        title=line_of(title),
        url=url,
        locked=first(page, None, ".closed_button, img[src*='closed.'], a.thread_closed")
        is not None,
        board=line_of(trail[-1]) if trail else None,
    )


def stated_thread_id(page: Page) -> str | None:
    """The thread's id in the page's own forms and links."""
    node = first(page, None, "input[name='tid'][value]")
    if node and attribute(node, "value").isdigit():
        return attribute(node, "value")
    for link in every(
        page, None, "a[href*='printthread'], a[href*='newreply'], a[href*='threaded']"
    ):
        if match := re.search(r"tid=([0-9]{1,12})", attribute(link, "href")):
            return match[1]
    return None


def bodies(page: Page) -> list[LexborNode]:
    """The bodies of a thread page's posts."""
    found = every(page, None, selector(page, "body", "[id^='pid_']"))
    return [node for node in found if id_after("pid_", node.id or "")]


def posts(page: Page) -> list[PostRead]:
    """Posts of a thread page."""
    around = {node.id or "": node for node in every(page, None, "[id^='post_']")}
    found = []
    for body in bodies(page):
        native_id = id_after("pid_", body.id or "") or ""
        holder = around.get(f"post_{native_id}") or ancestor(body, frozenset({"table"}))
        if holder is None:
            page.note("post_without_frame", f"pid_{native_id}")
            holder = body
        found.append(post_of(page, native_id, holder, body))
    return found


def post_of(page: Page, native_id: str, holder: LexborNode, body: LexborNode) -> PostRead:
    """One post."""
    text = body_of(body, NOT_BODY)
    author = author_in(page, holder)
    stated = first(page, holder, ".author_statistics, .post_author_info")
    stats = text_of(stated)
    raw, date, note = date_in(page, holder)
    signature = part(page, holder, "signature", ".signature")
    link = permalink_in(page, holder)
    if author is None:
        page.note("post_without_author", native_id)
    return PostRead(
        native_id=native_id,
        text=text.text,
        position=number_in(line_of(link)),
        author=line_of(author) or None,
        author_id=mybb_url.user_id(attribute(author, "href")),
        author_rank=rank_in(page, holder),
        author_joined_at=moment_in(page, labelled(stats, JOINED)),
        author_posts=number_in(labelled(stats, POSTS)),
        author_reputation=labelled(stats, REPUTATION),
        posted_at=moment_at(page, date, raw, outside=note),
        posted_raw=raw,
        edited_at=edited_in(page, holder),
        url=mybb_url.post_url(absolute(page, attribute(link, "href")), native_id),
        signature=text_of(signature) or None,
        quotes=text.quotes,
    )


def author_in(page: Page, holder: LexborNode) -> LexborNode | None:
    """The account's link, or the bare name of a guest."""
    own = page.selectors.get("author")
    if own:
        return part(page, holder, "author", "")
    frame = first(page, holder, ".author_information, .post_author") or holder
    for link in every(page, frame, PROFILE):
        if line_of(link):
            return link
    return first(page, frame, ".largetext, strong")


def rank_in(page: Page, holder: LexborNode) -> str | None:
    """The group or title under the name."""
    small = part(page, holder, "rank", ".author_information > .smalltext, .post_author .smalltext")
    return text_of(small).split("\n")[0] or None


def date_in(
    page: Page, holder: LexborNode
) -> tuple[str | None, LexborNode | None, LexborNode | None]:
    """A post's date as written, the node that holds it, and the note on an edit in that node."""
    node = part(page, holder, "date", ".post_date, .post_head .smalltext, .tcat .smalltext")
    if node is None:
        return None, None, None
    note = first(page, node, ".post_edit, .edited_post")
    raw = line_of(node)
    if (words := line_of(note)) and raw.endswith(words):
        raw = raw[: -len(words)].strip()
    return raw or None, node, note


def edited_in(page: Page, holder: LexborNode) -> datetime | None:
    """When the edit note says that the post was changed."""
    note = part(page, holder, "edited", ".edited_post, .post_edit")
    words = line_of(note)
    if not words:
        return None
    name = line_of(first(page, note, "a"))
    cut = words.partition(f" {name}")[0] if name else words
    cut = re.split(r"\bEdited [0-9]|\bEdit Reason", cut)[0][:110]
    return moment_at(page, note, cut.partition(":")[2] or cut)


def permalink_in(page: Page, holder: LexborNode) -> LexborNode | None:
    """The link that carries a post's number (`#12`)."""
    for link in every(page, holder, "a[href*='pid'], a[href*='post-']"):
        if re.fullmatch(r"(?:\w{1,12}:? ?)?#[0-9,]{1,9}", line_of(link)):
            return link
    return None


def account(page: Page) -> AccountRead | None:
    """The account that a profile page (`member.php?action=profile`) shows."""
    native_id = mybb_url.user_id(page.url)
    active = first(page, None, ".navigation .active, .breadcrumb .active")
    if native_id is None or bodies(page) or active is None:
        return None
    name = first(page, None, "td .largetext strong, fieldset .largetext strong, h1 .largetext")
    return account_of(page, name, native_id)


def next_page(page: Page) -> str | None:
    """The page that continues a board or thread."""
    css = "a.pagination_next, link[rel='next'], a[rel='next']"
    in_trail = {
        link.mem_id for link in every(page, None, ".navigation a, .pagination_breadcrumb a")
    }
    for link in every(page, None, selector(page, "next_page", css)):
        url = absolute(page, attribute(link, "href"))
        if url and link.mem_id not in in_trail:
            return canonical(url)
    return None


def kind(url: str) -> PageKind | None:
    """What a URL of MyBB leads to."""
    return mybb_url.kind(url)


def canonical(url: str) -> str:
    """The one form of a URL of MyBB."""
    return mybb_url.canonical(url)

"""vBulletin 3 and 4: read by `post_message_1`, `thread_title_1`, `postcount1`; themes keep them."""

import re
from datetime import datetime

from selectolax.lexbor import LexborNode

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.date_words import DAY_WORD
from spiders.dates import find_clock, is_date, moment_at, moment_in
from spiders.engines import vbulletin_rows, vbulletin_url
from spiders.nodes import classes_of, line_of
from spiders.page import Page
from spiders.pick import (
    ancestor,
    attribute,
    every,
    first,
    first_of,
    id_after,
    labelled,
    number_in,
    part,
    selector,
)
from spiders.profile import account_of
from spiders.signs import sign_of
from spiders.text import Body, body_of, text_of
from spiders.urls import absolute

NAME = "vbulletin"
GENERATOR = re.compile(
    r"content=\"vBulletin [34]|vbulletin[_-](?:global|menu|md5|important|textedit|core)|"
    r"var vb_disable_ajax|vBulletin\.(?:init|elements)|SESSIONURL\s*=|vB_Editor|YUI\.vBulletin|"
    r"(?:Powered by|Работает на) vBulletin",
    re.I,
)
FIVE = re.compile(r"data-node-id=|content=\"vBulletin 5|js/header-rollup-5", re.I)
USER = (
    ".username_container .username, .bigusername, .userinfo .username, [id^='postmenu_'] a, "
    "[id^='postmenu_']"
)
JOINED = re.compile(
    r"join date|регистрация|registriert seit|date d'inscription|fecha de ingreso", re.I
)
POSTS = re.compile(r"posts|сообщений|beiträge|messages|mensajes", re.I)
CLIMB = 14
MOST_QUOTES = 500


def detect(page: Page) -> bool:
    """Tell by the software's script variables, generator or footer."""
    text = page.text[:600_000]
    return bool(GENERATOR.search(text)) and not FIVE.search(text)


def state(page: Page) -> PageState:
    """Tell what the page is."""
    if bodies(page) or vbulletin_rows.titles(page):
        return "ok"
    sign = sign_of(page, ".standard_error, .body_wrapper, .panelsurround, .panel")
    if is_list(page):
        return "ok" if boards(page) else "empty"
    if boards(page) or account(page):
        return "ok"
    return sign or "unknown"


def is_list(page: Page) -> bool:
    """Whether a page is a board, even one without threads."""
    css = "#threadlist, #threadslist, #thread_inlinemod_form, #forumdisplaypopups"
    return first(page, None, css) is not None


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards."""
    return [] if bodies(page) else vbulletin_rows.boards(page)


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    return [] if bodies(page) else vbulletin_rows.threads(page)


def thread(page: Page) -> ThreadRead | None:
    """The thread that a thread page shows."""
    if not bodies(page):
        return None
    native_id = vbulletin_url.thread_id(page.url) or stated_id(page)
    if not native_id:
        page.note("thread_without_id", page.url)
        return None
    title = part(
        page, None, "thread_title", "#pagetitle .threadtitle a, .threadtitle a, .threadtitle"
    )
    title = title or next(reversed(every(page, None, "td.navbar strong, h1")), None)
    script = "showthread.php" in page.url
    plain = page.url.partition("showthread.php")[0] + f"showthread.php?t={native_id}"
    return ThreadRead(
        native_id=native_id,
        title=line_of(title) or line_of(first(page, None, "title")),
        url=plain if script else first_of_thread(page),
        locked=first(page, None, "img[src*='threadclosed'], .closed-thread") is not None,
        board=vbulletin_rows.board_name(page),
    )


def first_of_thread(page: Page) -> str:
    """The first page of a thread with a friendly URL, without its page number."""
    stated = absolute(page, attribute(first(page, None, "link[rel='canonical']"), "href"))
    url = stated if stated and vbulletin_url.thread_id(stated) else page.url
    front = attribute(first(page, None, "a[rel='start'][href]"), "href")
    return vbulletin_url.first_page(absolute(page, front) or url)


def stated_id(page: Page) -> str | None:
    """The thread's id in the page's own forms, links and script variables."""
    field = first(
        page, None, "input[name='searchthreadid'], input[name='threadid'], input[name='t']"
    )
    value = attribute(field, "value")
    if value.isdigit():
        return value
    match = re.search(
        r"(?:printthread|newreply|threadrate|subscription)\.php\?[^\"'<>]{0,80}?\bt=([0-9]{1,12})|"
        r"var threadid = ([0-9]{1,12})",
        page.text,
    )
    return (match[1] or match[2]) if match else None


def bodies(page: Page) -> list[LexborNode]:
    """The bodies of a thread page's posts."""
    found = every(page, None, selector(page, "body", "[id^='post_message_']"))
    return [node for node in found if id_after("post_message_", node.id or "")]


def posts(page: Page) -> list[PostRead]:
    """Posts of a thread page."""
    return [
        post_of(page, body, id_after("post_message_", body.id or "") or "") for body in bodies(page)
    ]


def frame_of(body: LexborNode, native_id: str) -> LexborNode:
    """What holds a post with its author: `li#post_1` (4), `table#post1` or `div#edit1` (3)."""
    above = body.parent
    for _ in range(CLIMB):
        if above is None or above.tag in ("body", "html"):
            break
        if above.id in (f"post_{native_id}", f"post{native_id}", f"edit{native_id}"):
            return above
        above = above.parent
    return body


def post_of(page: Page, body: LexborNode, native_id: str) -> PostRead:
    """One post."""
    frame = frame_of(body, native_id)
    # vBulletin 4 writes the whole body as a blockquote
    text = words_of(page, first(page, body, ".postcontent") or body)
    account = part(page, frame, "author", USER)
    if not line_of(account):
        page.note("post_without_author", native_id)
    stats = stats_of(page, frame)
    date, raw = date_in(page, frame)
    return PostRead(
        native_id=native_id,
        text=text.text,
        position=position_in(page, frame, native_id),
        author=line_of(account) or None,
        author_id=vbulletin_url.user_id(attribute(account, "href")),
        author_rank=line_of(part(page, frame, "rank", ".usertitle")) or None,
        author_joined_at=moment_in(page, labelled(stats, JOINED)),
        author_posts=number_in(labelled(stats, POSTS)),
        posted_at=moment_at(page, date, raw) if date is not None and raw else None,
        posted_raw=raw,
        edited_at=edited_in(page, frame),
        url=f"{vbulletin_url.canonical(page.url)}#post{native_id}",
        signature=text_of(part(page, frame, "signature", ".signature")) or None,
        quotes=text.quotes,
    )


def words_of(page: Page, body: LexborNode) -> Body:
    """The words of a post, and whom it quotes: vBulletin 3 quotes in a table under a caption."""
    for cell in every(page, body, "td.alt2")[:MOST_QUOTES]:
        table = ancestor(cell, frozenset({"table"}))
        caption = table.prev if table is not None else None
        while caption is not None and caption.tag != "div":
            caption = caption.prev
        if caption is not None and "smallfont" in classes_of(caption):
            caption.attrs["class"] = "citation"
        said = first(page, cell, "div")
        name = first(page, said, "strong") if said is not None else None
        if said is not None and name is not None and line_of(name):
            said.attrs["class"] = "citation"
            cell.attrs["data-author"] = line_of(name)[:120]
    return body_of(body)


def stats_of(page: Page, frame: LexborNode) -> str:
    """Lines `label: value` beside the name: a list in vBulletin 4, plain lines in 3."""
    pairs = []
    for label in every(page, frame, "dl.userinfo_extra dt")[:12]:
        value = label.next
        while value is not None and value.tag != "dd":
            value = value.next
        pairs.append(f"{line_of(label).rstrip(':')}: {line_of(value)}")
    return "\n".join(pairs) or text_of(first_of(page, frame, ".userinfo", "td.alt2"))


def date_in(page: Page, frame: LexborNode) -> tuple[LexborNode | None, str | None]:
    """The node of a post's date and the date as written."""
    node = part(page, frame, "date", ".postdate .date, .posthead .date, .postdate")
    if node is not None:
        return node, line_of(node) or None
    for cell in every(page, frame, "td.thead, .thead, td.tcat")[:6]:
        words = re.sub(r"#\s*[0-9]{1,6}\s*$|^#\s*[0-9]{1,6}", "", line_of(cell)).strip()
        if len(words) <= 60 and (is_date(words) or DAY_WORD.search(words)) and find_clock(words):
            return cell, words
    return None, None


def position_in(page: Page, frame: LexborNode, native_id: str) -> int | None:
    """The post's number in the thread: the name of its `postcount` anchor, else `#12`."""
    for node in every(page, frame, f"#postcount{native_id}, .postcounter"):
        number = number_in(attribute(node, "name")) if "postcount" in (node.id or "") else None
        number = number or number_in(line_of(node))
        if number:
            return number
    return None


def edited_in(page: Page, frame: LexborNode) -> datetime | None:
    """When the note "Last edited by …; date at time" says that the post was changed."""
    words = line_of(part(page, frame, "edited", ".lastedited, div.smallfont > em"))
    match = re.search(
        r"(?:;|\bat\b|\bam\b|\bon\b)\s*(.{6,50}?)\.?(?:\s+(?:reason|grund)\b.*)?$",
        words[:300],
        re.I,
    )
    return moment_in(page, re.sub(r"\s+(?:at|um)\s+", ", ", match[1])) if match else None


def account(page: Page) -> AccountRead | None:
    """The account that a profile page (`member.php`) shows."""
    native_id = vbulletin_url.user_id(page.url)
    if native_id is None or bodies(page):
        return None
    name = first(page, None, "#userinfo .member_username, .member_username, #username_box h1")
    return account_of(page, name, native_id) if name is not None else None


def next_page(page: Page) -> str | None:
    """The page that continues a board or thread."""
    css = selector(
        page, "next_page", "a[rel='next'], .pagenav a[rel='next'], .prev_next a[rel='next']"
    )
    for link in every(page, None, css):
        url = absolute(page, attribute(link, "href"))
        if url:
            return canonical(url)
    return None


def kind(url: str) -> PageKind | None:
    """What a URL of vBulletin leads to."""
    return vbulletin_url.kind(url)


def canonical(url: str) -> str:
    """The one form of a URL of vBulletin."""
    return vbulletin_url.canonical(url)

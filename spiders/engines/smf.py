"""Simple Machines Forum 2.0 and 2.1: read by `msg_1`, `subject_1` and `topic=`/`board=` URLs."""

import re
from datetime import datetime

from selectolax.lexbor import LexborNode

from crawler.reading import BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import moment_at, moment_in
from spiders.engines import smf_url
from spiders.page import Page
from spiders.pick import ancestor, attribute, every, first, id_after, labelled, number_in, part, selector
from spiders.signs import sign_of
from spiders.text import body_of, line_of, text_of
from spiders.urls import absolute

NAME = "smf"
GENERATOR = re.compile(r"smf_(?:scripturl|theme_url|default_theme_url|session_id)|Simple Machines Forum")
ROW = frozenset({"tr"})
TRAIL = ".navigate_section a, .linktree a, .nav a, #linktree a"
PROFILE = "a[href*='action=profile'], a[href*='/profile/']"
ACCOUNT = re.compile(r"action=profile[;&]u=|profile/.*u[=,]?[0-9]|action,profile;u=", re.I)
POSTS = re.compile(r"posts?|сообщений|сообщения|beiträge|messages|mensajes|messaggi", re.I)
JOINED = re.compile(r"joined|registered|date registered|зарегистрирован|регистрация|registriert", re.I)
KARMA = re.compile(r"karma|reputation|карма|репутация|likes", re.I)
REPLY = re.compile(r"(?:#|№)\s*([0-9]{1,7})")
REPLIES = re.compile(r"([0-9][0-9,.\s]{0,9})\s*(?:replies|reply|ответ\w*|antwort\w*|réponses?|respuestas?)", re.I)
REPLIES_LABEL = re.compile(r"repl(?:y|ies)|ответ\w*|antworten|réponses|respuestas", re.I)
QUOTED = re.compile("[«»]")


def detect(page: Page) -> bool:
    """Tell by SMF's own script variables, or by its ids."""
    if GENERATOR.search(page.text[:400_000]):
        return True
    return first(page, None, "#forumposts [id^='msg_'], #messageindex [id^='msg_']") is not None


def state(page: Page) -> PageState:
    """Tell what the page is."""
    if bodies(page) or titles(page) or boards(page):
        return "ok"
    if is_list(page):
        return "empty"
    return sign_of(page, "#main_content_section, #content_section, #bodyarea") or "unknown"


def is_list(page: Page) -> bool:
    """Whether a page is a board, even one without topics."""
    if smf_url.kind(page.url) != "board" and smf_url.item_id(page.url, "board") is None:
        return False
    return first(page, None, "#messageindex, #topic_container, a[href*='sort=subject']") is not None


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and child boards, without breadcrumbs and the page's own board."""
    here = smf_url.item_id(page.url, "board")
    skipped = {link.mem_id for link in every(page, None, TRAIL)}
    found: dict[str, BoardRead] = {}
    if bodies(page):
        return []
    for link in every(page, None, selector(page, "board", "a[href*='board']")):
        url = absolute(page, attribute(link, "href"))
        native_id = smf_url.item_id(url, "board") if url else None
        name = line_of(link)
        usable = native_id and url and smf_url.kind(url) == "board" and link.mem_id not in skipped
        paged = "nav" in attribute(link, "class").lower() or name.strip("«»<>. ").isdigit()
        if not usable or not name or paged or native_id in (here, None) or native_id in found:
            continue
        if is_side_link(link, url or ""):
            continue
        found[native_id or ""] = BoardRead(native_id or "", name[:200], smf_url.first_page(url or ""))
    return list(found.values())


def is_side_link(link: LexborNode, url: str) -> bool:
    """Whether a link to a board only marks, sorts, jumps to a post, or is in a last-post column."""
    return smf_url.start_of(url) > 0 or bool(re.search(r"sort[=,]|#new|unread", attribute(link, "href")))


def titles(page: Page) -> list[LexborNode]:
    """Links to the topics of a board's rows."""
    if bodies(page):
        return []
    frames = every(page, None, selector(page, "row", "span[id^='msg_'], td.subject span[id^='msg_']"))
    found = []
    for frame in frames:
        link = first(page, frame, "a[href*='topic']")
        if link is not None and id_after("msg_", frame.id or ""):
            found.append(link)
    return found


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    board = board_name(page)
    found = [row_of(page, link, board) for link in titles(page)]
    return [thread for thread in found if thread]


def row_of(page: Page, link: LexborNode, board: str | None) -> ThreadRead | None:
    """One row; None (with a problem) when it leads to no topic."""
    url = absolute(page, attribute(link, "href"))
    native_id = smf_url.item_id(url, "topic") if url else None
    row = row_around(link)
    if not url or not native_id or row is None:
        page.note("row_without_topic", attribute(link, "href"))
        return None
    last = part(page, row, "last_post", ".lastpost")
    last_raw = last_date(last)
    author = part(page, row, "author", "p " + PROFILE.replace(", ", ", p "))
    marks = marks_of(row)
    return ThreadRead(
        native_id=native_id,
        title=line_of(link),
        url=smf_url.first_page(url),
        author=line_of(author) or started_by(row),
        replies=replies_in(page, row),
        last_post_at=moment_at(page, last, last_raw) if last else None,
        last_post_raw=last_raw,
        sticky="sticky" in marks,
        locked="lock" in marks,
        board=board,
    )


def row_around(link: LexborNode) -> LexborNode | None:
    """The table row (2.0), or the box (2.1) that also holds the last post."""
    row = ancestor(link, ROW)
    if row is not None:
        return row
    above = link.parent
    for _ in range(8):
        if above is None:
            return None
        if above.css_first(".lastpost, .lastpost_text") is not None:
            return above
        above = above.parent
    return None


def marks_of(row: LexborNode) -> str:
    """Classes and pictures of a row, where SMF says that it is sticky or locked."""
    own = [row, *row.css("td, .icons span, .info, .board_icon span, img")]
    signs = " ".join(f"{attribute(node, 'class')} {attribute(node, 'src')}" for node in own[:60])
    return re.sub(r"quick_?lock|stickyicon_off", "", signs.lower())


def started_by(row: LexborNode) -> str | None:
    """The name of a guest in «Started by name»."""
    paragraph = row.css_first("p.floatleft, td.subject p")
    words = line_of(paragraph)
    match = re.match(r"(?:started by|автор|от|начато|begonnen von)\s+(.{1,80})$", words, re.I)
    return match[1] if match else None


def replies_in(page: Page, row: LexborNode) -> int | None:
    """The count of replies, from `Replies: 5` (2.1) or `5 Replies` (2.0)."""
    stats = text_of(part(page, row, "replies", ".board_stats, .stats"))
    if (value := labelled(stats, REPLIES_LABEL)) is not None:
        return number_in(value)
    match = REPLIES.search(stats[:300])
    return number_in(match[1]) if match else None


def last_date(node: LexborNode | None) -> str | None:
    """The date in the column of the last post, without the name beside it."""
    for line in text_of(node).split("\n"):
        words = re.sub(r"\s*<https?://[^>]*>", "", line)
        words = re.sub(r"^last post:?\s*", "", words, flags=re.I)
        if re.search(r"[0-9]{1,2}:[0-9]{2}|[0-9]{4}|ago\b", words):
            return re.split(r"\s+(?:by|от)\s+", words)[0].strip()
    return None


def board_name(page: Page) -> str | None:
    """The name of the board that the page lists or the topic is in."""
    names = [
        line_of(link)
        for link in every(page, None, TRAIL)
        if smf_url.item_id(absolute(page, attribute(link, "href")) or "", "board")
    ]
    return names[-1] or None if names else None


def thread(page: Page) -> ThreadRead | None:
    """The topic that a topic page shows."""
    if not bodies(page):
        return None
    native_id = smf_url.item_id(page.url, "topic") or stated_topic(page)
    if not native_id:
        page.note("thread_without_id", page.url)
        return None
    url = smf_url.first_page(page.url)
    if smf_url.item_id(url, "topic") is None:
        url = smf_url.shaped(url, "topic", native_id, "0")
    return ThreadRead(
        native_id=native_id,
        title=topic_title(page),
        url=url,
        locked=first(page, None, ".button_strip_locked, img[src*='locked'], .main_icons.lock") is not None,
        board=board_name(page),
    )


def stated_topic(page: Page) -> str | None:
    """The topic's id in the page's own links."""
    for link in every(page, None, "link[rel='canonical'], a[href*='printpage'], form[action*='topic']"):
        href = attribute(link, "href") or attribute(link, "action")
        if match := re.search(r"topic[=,]([0-9]{1,12})", href):
            return match[1]
    return None


def topic_title(page: Page) -> str:
    """The topic's title, without what SMF writes around it."""
    node = part(page, None, "thread_title", "#top_subject")
    if node is not None:
        title = line_of(node)
        title = re.sub(r"\s*\((?:read|прочитано|gelesen|lu|leído)\s+[0-9.,\s]+\S*\)$", "", title, flags=re.I)
        return re.sub(r"^(?:topic|тема|thema|sujet|tema):\s+", "", title, flags=re.I)
    trail = [
        link
        for link in every(page, None, TRAIL)
        if smf_url.item_id(absolute(page, attribute(link, "href")) or "", "topic")
    ]
    return line_of(trail[-1] if trail else first(page, None, "title"))


def bodies(page: Page) -> list[LexborNode]:
    """The bodies of a topic page's posts."""
    found = every(page, None, selector(page, "body", "div[id^='msg_']"))
    return [node for node in found if id_after("msg_", node.id or "")]


def posts(page: Page) -> list[PostRead]:
    """Posts of a topic page."""
    found = []
    for body in bodies(page):
        native_id = id_after("msg_", body.id or "") or ""
        holder = frame_of(body, native_id)
        found.append(post_of(page, native_id, holder, body))
    return found


def frame_of(body: LexborNode, native_id: str) -> LexborNode:
    """What holds a post with its author: `#msg1` (2.1), else what encloses `.poster`."""
    above = body.parent
    for _ in range(10):
        if above is None:
            break
        if above.id == f"msg{native_id}" or "post_wrapper" in attribute(above, "class").split():
            return above
        if above.css_first(".poster, .poster_info, td[width='16%']") is not None:
            return above
        above = above.parent
    return body


def post_of(page: Page, native_id: str, holder: LexborNode, body: LexborNode) -> PostRead:
    """One post."""
    text = body_of(body)
    account = author_in(page, holder)
    stats = text_of(first(page, holder, ".user_info, .poster ul, .poster .smalltext"))
    raw, date, position = date_in(page, holder, native_id)
    if not account:
        page.note("post_without_author", native_id)
    return PostRead(
        native_id=native_id,
        text=text.text,
        position=position,
        author=line_of(account) or None,
        author_id=smf_url.user_id(attribute(account, "href")),
        author_rank=line_of(part(page, holder, "rank", ".membergroup, .postgroup")) or None,
        author_joined_at=moment_in(page, labelled(stats, JOINED)),
        author_posts=number_in(labelled(stats, POSTS)),
        author_reputation=labelled(stats, KARMA),
        posted_at=moment_at(page, date, raw) if date else None,
        posted_raw=raw,
        edited_at=edited_in(page, holder),
        url=post_url(page, native_id),
        signature=text_of(part(page, holder, "signature", ".signature")) or None,
        quotes=text.quotes,
    )


def author_in(page: Page, holder: LexborNode) -> LexborNode | None:
    """The account's link, or the bare name of a guest."""
    own = page.selectors.get("author")
    if own:
        return part(page, holder, "author", "")
    frame = first(page, holder, ".poster h4, .poster, .poster_info") or holder
    for link in every(page, frame, PROFILE):
        if line_of(link):
            return link
    return first(page, holder, ".poster h4, .poster b, b")


def date_in(
    page: Page, holder: LexborNode, native_id: str
) -> tuple[str | None, LexborNode | None, int | None]:
    """Date as written, its node, and the place: `Reply #12` is the thirteenth post."""
    node = part(page, holder, "date", ".postinfo a.smalltext, .keyinfo .smalltext, .postinfo .smalltext")
    if node is None:
        return None, None, None
    words = QUOTED.sub("", line_of(node)).strip()
    numbered = f"{attribute(node, 'title')} {words}"
    reply = re.match(r"[^0-9:#№]{0,40}(?:#|№)\s*([0-9]{1,7})", numbered)
    raw = re.sub(r"^[^0-9:#№]{0,40}(?:#|№)\s*[0-9]{1,7}\s*", "", words)
    raw = re.sub(r"^(?:reply\s*)?(?:on|le|am|el|il|em)?\s*:\s*", "", raw, flags=re.I).strip()
    position = int(reply[1]) + 1 if reply else None
    if position is None and smf_url.start_of(page.url) == 0 and is_first(page, native_id):
        position = 1
    return raw or None, node, position


def is_first(page: Page, native_id: str) -> bool:
    """Whether a post is the first of its page."""
    found = bodies(page)
    return bool(found) and found[0].id == f"msg_{native_id}"


def edited_in(page: Page, holder: LexborNode) -> datetime | None:
    """When the note «Last Edit: … by …» says that the post was changed."""
    words = QUOTED.sub("", line_of(part(page, holder, "edited", ".modified"))).strip()
    if not words:
        return None
    words = re.split(r"\s+(?:by|от|von|par|por|da)\s+", words)[0].partition(":")[2] or words
    return moment_in(page, words.strip()[:110])


def post_url(page: Page, native_id: str) -> str | None:
    """Permanent link of a post: its topic at the message."""
    topic = smf_url.item_id(page.url, "topic") or stated_topic(page)
    if not topic:
        return None
    return f"{smf_url.shaped(page.url, 'topic', topic, f'msg{native_id}')}#msg{native_id}"


def next_page(page: Page) -> str | None:
    """The page that continues a board or topic: the one that starts next after this one."""
    own = page.selectors.get("next_page")
    if own:
        url = absolute(page, attribute(part(page, None, "next_page", ""), "href"))
        return canonical(url) if url else None
    what = "topic" if bodies(page) else "board"
    number, start = smf_url.item_id(page.url, what), smf_url.start_of(page.url)
    later = {}
    for link in every(page, None, ".pagelinks a[href], .pagesection a[href], a.navPages[href], a.nav_page"):
        url = absolute(page, attribute(link, "href"))
        if url and smf_url.item_id(url, what) == number and smf_url.start_of(url) > start:
            later[smf_url.start_of(url)] = canonical(url)
    return later[min(later)] if later else None


def kind(url: str) -> PageKind | None:
    """What a URL of SMF leads to."""
    return smf_url.kind(url)


def canonical(url: str) -> str:
    """The one form of a URL of SMF."""
    return smf_url.canonical(url)

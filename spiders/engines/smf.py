"""Simple Machines Forum 2.0 and 2.1: read by `msg_1`, `subject_1` and `topic=`/`board=` URLs."""

import re
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import moment_at, moment_in
from spiders.engines import smf_rows, smf_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import (
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

NAME = "smf"
GENERATOR = re.compile(
    r"smf_(?:scripturl|theme_url|default_theme_url|session_id)|Simple Machines Forum"
)
PROFILE = "a[href*='action=profile'], a[href*='/profile/']"
POSTS = re.compile(r"posts?|сообщений|сообщения|beiträge|messages|mensajes|messaggi", re.I)
JOINED = re.compile(
    r"joined|registered|date registered|зарегистрирован|регистрация|registriert", re.I
)
KARMA = re.compile(r"karma|reputation|карма|репутация|likes", re.I)
QUOTED = re.compile("[«»]")


def detect(page: Page) -> bool:
    """Tell by SMF's own script variables, or by its ids."""
    if GENERATOR.search(page.text[:400_000]):
        return True
    return first(page, None, "#forumposts [id^='msg_'], #messageindex [id^='msg_']") is not None


def state(page: Page) -> PageState:
    """Tell what the page is."""
    if bodies(page) or smf_rows.titles(page) or boards(page):
        return "ok"
    if is_list(page):
        return "empty"
    if account(page):
        return "ok"
    return sign_of(page, "#main_content_section, #content_section, #bodyarea") or "unknown"


def is_list(page: Page) -> bool:
    """Whether a page is a board, even one without topics."""
    if smf_url.kind(page.url) != "board" and smf_url.item_id(page.url, "board") is None:
        return False
    return first(page, None, "#messageindex, #topic_container, a[href*='sort=subject']") is not None


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and child boards."""
    return [] if bodies(page) else smf_rows.boards(page)


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    return [] if bodies(page) else smf_rows.threads(page)


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
        locked=first(page, None, ".button_strip_locked, img[src*='locked'], .main_icons.lock")
        is not None,
        board=smf_rows.board_name(page),
    )


def stated_topic(page: Page) -> str | None:
    """The topic's id in the page's own links."""
    for link in every(
        page, None, "link[rel='canonical'], a[href*='printpage'], form[action*='topic']"
    ):
        href = attribute(link, "href") or attribute(link, "action")
        if match := re.search(r"topic[=,]([0-9]{1,12})", href):
            return match[1]
    return None


def topic_title(page: Page) -> str:
    """The topic's title, without what SMF writes around it."""
    node = part(page, None, "thread_title", "#top_subject")
    if node is not None:
        title = line_of(node)
        title = re.sub(
            r"\s*\((?:read|прочитано|gelesen|lu|leído)\s+[0-9.,\s]+\S*\)$", "", title, flags=re.I
        )
        return re.sub(r"^(?:topic|тема|thema|sujet|tema):\s+", "", title, flags=re.I)
    trail = [
        link
        for link in every(page, None, smf_rows.TRAIL)
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
    if found and found[0].position is None and smf_url.start_of(page.url) == 0:
        found[0] = replace(found[0], position=1)
    return found


def frame_of(body: LexborNode, native_id: str) -> LexborNode:
    """What holds a post with its author: `#msg1` (2.1), else what encloses `.poster`."""
    above = body.parent
    for _ in range(10):
        if above is None:
            break
        if above.tag in ("form", "body", "html"):
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
    raw, date, position = date_in(page, holder)
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
        posted_at=posted_in(page, date, raw),
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


def date_in(page: Page, holder: LexborNode) -> tuple[str | None, LexborNode | None, int | None]:
    """Date as written, its node, and the place: `Reply #12` is the thirteenth post."""
    node = part(
        page, holder, "date", ".postinfo a.smalltext, .keyinfo .smalltext, .postinfo .smalltext"
    )
    if node is None:
        return None, None, None
    words = QUOTED.sub("", line_of(node)).strip()
    numbered = f"{attribute(node, 'title')} {words}"
    reply = re.match(r"[^0-9:#№]{0,40}(?:#|№)\s*([0-9]{1,7})", numbered)
    raw = re.sub(r"^[^0-9:#№]{0,40}(?:#|№)\s*[0-9]{1,7}\s*", "", words)
    raw = re.sub(r"^(?:reply\s*)?(?:on|le|am|el|il|em)?\s*:\s*", "", raw, flags=re.I).strip()
    position = int(reply[1]) + 1 if reply else None
    return raw or None, node, position


def posted_in(page: Page, date: LexborNode | None, raw: str | None) -> datetime | None:
    """When a post was written; the link's title is its subject, so it tells no date."""
    stated = first(page, date, "time[datetime]") if date else None
    return moment_at(page, stated) if stated else moment_in(page, raw)


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


def account(page: Page) -> AccountRead | None:
    """The account that a profile page (`action=profile`) shows."""
    native_id = smf_url.user_id(page.url)
    if native_id is None or bodies(page):
        return None
    name = first(page, None, "#basicinfo .username h4, #basicinfo h4")
    group = first(page, name, ".position") if name else None
    shown = line_of(name).removesuffix(line_of(group)).strip()
    return account_of(page, shown, native_id)


def next_page(page: Page) -> str | None:
    """The page that continues a board or topic: the one that starts next after this one."""
    own = page.selectors.get("next_page")
    if own:
        url = absolute(page, attribute(part(page, None, "next_page", ""), "href"))
        return canonical(url) if url else None
    what = "topic" if bodies(page) else "board"
    number, start = smf_url.item_id(page.url, what), smf_url.start_of(page.url)
    later = {}
    for link in every(
        page, None, ".pagelinks a[href], .pagesection a[href], a.navPages[href], a.nav_page"
    ):
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

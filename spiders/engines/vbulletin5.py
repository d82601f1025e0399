"""vBulletin 5 and 6: read by `data-node-id`, `itemprop` and the `js-` classes that themes keep."""

import re
from datetime import UTC, datetime

from selectolax.lexbor import LexborNode

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import moment_at, moment_in, sane
from spiders.engines import vbulletin5_rows, vbulletin5_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import (
    ancestor,
    attribute,
    every,
    first,
    first_of,
    labelled,
    number_in,
    part,
    selector,
)
from spiders.profile import account_of
from spiders.signs import sign_of
from spiders.text import body_of, text_of
from spiders.urls import absolute

NAME = "vbulletin5"
GENERATOR = re.compile(r"<meta[^>]{0,80}content=\"vBulletin [56]\b", re.I)
MARKS = (
    "#vb-page-body, .b-post[data-node-id], .topic-item[data-node-id] .js-topic-title, "
    "tr.forum-item[data-channel-id], .canvas-layout-container .canvas-widget[data-widget-id]"
)
AREA = ".page-message, .message-page-wrapper, .error-page, .js-error-page, #login-form, #content"
POSTS = "[data-node-id].b-post, [data-node-id].js-post, [data-node-id].b-comment"
BODY = ".js-post__content-text, .b-comment__content-text, .js-comment__content, [itemprop='text']"
NAME_OF = (
    ".b-userinfo__details .author a[href]",
    ".author a[href]",
    "[itemprop='author'] [itemprop='name']",
    ".b-comment__userinfo a[href], a.b-comment__author",
    "a[href*='/member/']:not(.avatar)",
    "[itemprop='author']",
    ".author",
)
"""Where a post's author stands, best first."""
JOINED = re.compile(
    r"join date|joined|регистрация|registriert seit|dabei seit|date d'inscription|"
    r"fecha de ingreso",
    re.I,
)
COUNT = re.compile(r"posts?|сообщени[йя]|beiträge|messages|mensajes", re.I)
ENTRY = frozenset({"li", "div", "article"})


def detect(page: Page) -> bool:
    """Tell by the generator, or by the ids and data attributes of the software."""
    return bool(GENERATOR.search(page.text[:60_000])) or first(page, None, MARKS) is not None


def state(page: Page) -> PageState:
    """Tell what the page is."""
    if account(page) or bodies(page) or vbulletin5_rows.rows(page):
        return "ok"
    if is_list(page):
        return "ok" if boards(page) else "empty"
    sign = sign_of(page, AREA if first(page, None, AREA) is not None else None)
    return "ok" if boards(page) and sign in (None, "login") else sign or "unknown"


def is_list(page: Page) -> bool:
    """Whether a page is a board, even one without threads."""
    css = ".topic-list-container, .topic-list, .js-topic-list, #topic-tab, .topics-tab"
    here = vbulletin5_url.place_of(page.url)
    return bool(here and here.kind == "board" and first(page, None, css))


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards."""
    return [] if bodies(page) else vbulletin5_rows.boards(page)


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    return [] if bodies(page) else vbulletin5_rows.threads(page)


def thread(page: Page) -> ThreadRead | None:
    """The thread that a thread page shows."""
    if not bodies(page):
        return None
    stated = absolute(page, attribute(first(page, None, "link[rel='canonical']"), "href"))
    urls = [page.url, *([stated] if stated else [])]
    place = next((found for url in urls if (found := vbulletin5_url.place_of(url))), None)
    if place is None or place.kind != "thread":
        page.note("thread_without_id", page.url)
        return None
    title = part(
        page,
        None,
        "thread_title",
        "h1.js-main-title, h1.main-title, .js-post-title, .b-post__title",
    )
    return ThreadRead(
        native_id=place.native_id,
        title=line_of(title) or line_of(first(page, None, "title")),
        url=vbulletin5_url.first_page(page.url),
        locked=first(page, None, ".js-topic-closed, .b-icon__lock, .vb-icon-lock") is not None,
        board=vbulletin5_rows.board_name(page),
    )


def bodies(page: Page) -> list[tuple[LexborNode, LexborNode]]:
    """Entry and body of each post and comment of a thread page, in page order."""
    if user_page(page):
        return []
    found = []
    for entry in every(page, None, selector(page, "post", POSTS)):
        body = part(page, entry, "body", BODY)
        if body is not None and owner_of(body) == attribute(entry, "data-node-id"):
            found.append((entry, body))
    return found


def owner_of(body: LexborNode) -> str:
    """The id of the nearest entry around a body: comments lie within their post."""
    entry = ancestor(body, ENTRY)
    for _ in range(14):
        if entry is None or attribute(entry, "data-node-id"):
            break
        entry = ancestor(entry, ENTRY)
    return attribute(entry, "data-node-id")


def posts(page: Page) -> list[PostRead]:
    """Posts of a thread page, comments on a post right after it."""
    return [post_of(page, entry, body) for entry, body in bodies(page)]


def post_of(page: Page, entry: LexborNode, body: LexborNode) -> PostRead:
    """One post."""
    native_id = attribute(entry, "data-node-id")
    text = body_of(body)
    account = author_of(page, entry)
    if account is None:
        page.note("post_without_author", native_id)
    stats = stats_of(page, entry)
    date = part(page, entry, "date", "time[itemprop='dateCreated'], .b-post__timestamp, .post-date")
    raw = line_of(date) or None
    return PostRead(
        native_id=native_id,
        text=text.text,
        position=number_in(line_of(first(page, entry, ".b-post__count, .js-show-post-link"))),
        author=line_of(account) or None,
        author_id=vbulletin5_url.user_id(absolute(page, attribute(account, "href")) or ""),
        author_rank=line_of(part(page, entry, "rank", ".usertitle")) or None,
        author_joined_at=moment_in(page, labelled(stats, JOINED)),
        author_posts=number_in(labelled(stats, COUNT)),
        posted_at=published(page, entry) or moment_at(page, date, raw),
        posted_raw=raw,
        edited_at=edited_in(page, entry),
        url=f"{vbulletin5_url.canonical(page.url)}#post{native_id}",
        signature=text_of(
            part(page, entry, "signature", ".b-post__signature, .post-signature, .signature")
        )
        or None,
        quotes=text.quotes,
    )


def author_of(page: Page, entry: LexborNode) -> LexborNode | None:
    """The node of the author's name; None where a post names nobody."""
    if page.selectors.get("author"):
        return part(page, entry, "author", "")
    for css in NAME_OF:
        for node in every(page, entry, css):
            if line_of(node):
                return node
    return None


def published(page: Page, entry: LexborNode) -> datetime | None:
    """The epoch that an entry carries: exact, whatever zone and words its date is shown in."""
    value = attribute(entry, "data-node-publishdate")
    if not re.fullmatch(r"[0-9]{8,11}", value):
        return None
    return sane(page, datetime.fromtimestamp(int(value), UTC), value)


def stats_of(page: Page, entry: LexborNode) -> str:
    """Lines `label: value` beside the name."""
    lines = []
    for item in every(page, entry, ".b-userinfo__additional-info li, .post-userinfo li")[:12]:
        label = line_of(first(page, item, "label")).rstrip(": ")
        value = line_of(item).removeprefix(label).lstrip(": ")
        lines.append(f"{label}: {value}")
    return "\n".join(lines)


def edited_in(page: Page, entry: LexborNode) -> datetime | None:
    """When the note «Last edited by …; 03-05-2018, 10:00 PM.» says that the post was changed."""
    node = part(page, entry, "edited", ".b-post__edit-details, .post-edit-details, .js-post-edited")
    words = line_of(node)
    match = re.search(
        r";\s*([^;]{6,50}?)\.?(?:\s+(?:reason|grund|причина)\b.*)?$", words[:300], re.I
    )
    return moment_in(page, match[1]) if match else None


def user_page(page: Page) -> str | None:
    """The id of the account whose profile the page is."""
    return vbulletin5_url.user_id(page.url)


def account(page: Page) -> AccountRead | None:
    """The account that a profile page (`/member/12-name`) shows."""
    native_id = user_page(page)
    frame = first(page, None, ".profileContainer, .profile-acct, .profile-container")
    name = first_of(page, frame, ".profile-acct .username", ".username", "h1")
    if native_id is None or frame is None or name is None:
        return None
    found = account_of(page, line_of(name), native_id)
    if found is None:
        return None
    facts = "\n".join(line_of(item) for item in every(page, frame, ".profile-info-item")[:20])
    return AccountRead(
        name=found.name,
        native_id=native_id,
        rank=line_of(first(page, frame, ".usertitle")) or found.rank,
        joined_at=moment_in(page, labelled(facts, JOINED)) or found.joined_at,
        posts=number_in(labelled(facts, COUNT)) or found.posts,
        reputation=found.reputation,
    )


def next_page(page: Page) -> str | None:
    """The page that continues a board or thread."""
    here = vbulletin5_url.place_of(page.url)
    css = (
        "a.js-pagenav-next-button[href], link[rel='next'][href], a[rel='next'][href], "
        ".pagenav a.right-arrow[href], .pagenav-controls a.right-arrow[href]"
    )
    for link in every(page, None, selector(page, "next_page", css)):
        url = absolute(page, attribute(link, "href"))
        place = vbulletin5_url.place_of(url) if url else None
        if url and place and here and place.native_id == here.native_id and place.page > here.page:
            return canonical(url)
    return None


def kind(url: str) -> PageKind | None:
    """What a URL of vBulletin 5 leads to."""
    return vbulletin5_url.kind(url)


def canonical(url: str) -> str:
    """The one form of a URL of vBulletin 5."""
    return vbulletin5_url.canonical(url)

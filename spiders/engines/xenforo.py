"""XenForo 2, and XenForo 1 where its markup allows: read by `data-content`, `data-author`, ids."""

import re

from selectolax.lexbor import LexborNode

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import moment_at
from spiders.engines import xenforo_rows, xenforo_url
from spiders.nodes import SPACE, line_of
from spiders.page import Page
from spiders.pick import attribute, every, first, first_of, number_in, part, selector
from spiders.profile import account_of
from spiders.signs import sign_of
from spiders.text import body_of, text_of
from spiders.urls import absolute

NAME = "xenforo"
GENERATOR = re.compile(r"<html[^>]{0,1000}\bid=\"(?:XF|XenForo)\"|XenForo\.(?:_|ready)|XF\.config")
POST = (
    "article[data-content^='post-'], .message[data-content^='post-'], li.message[id^='post-'], "
    ".js-post[id^='js-post-']"
)
BODY = ".message-body .bbWrapper, .message-userContent .bbWrapper, .messageText, .bbWrapper"
DATE = (
    ".message-attribution-main time, .message-attribution time, .messageMeta .DateTime, "
    ".datePermalink .DateTime, header time[datetime], time[datetime]"
)
USER = (".message-name .username", ".userText .username", ".username", ".message-name")
TRAIL = ".p-breadcrumbs a, .breadcrumb a.crumb, .breadcrumb a, [itemtype$='BreadcrumbList'] a"
NOT_BODY = frozenset({"messageTextEndMarker", "message-signature", "js-unfurl-favicon"})
JOINED = re.compile(r"join|регистр|registr|inscri|mitglied", re.I)
MESSAGES = re.compile(r"messages?|posts|сообщени|beiträge|mensajes", re.I)
SCORE = re.compile(r"reaction|likes|reputation|реакци|симпат|points|reaktion", re.I)


def detect(page: Page) -> bool:
    """Tell by the root element's id, the scripts, or posts with `data-content`."""
    if GENERATOR.search(page.text[:400_000]):
        return True
    return (
        first(page, None, "[data-content^='post-'][data-author], .structItem--thread") is not None
    )


def state(page: Page) -> PageState:
    """Tell what the page is: XenForo 2 names its template in the root element."""
    if frames(page) or xenforo_rows.rows(page):
        return "ok"
    template = attribute(first(page, None, "html"), "data-template")
    if template.startswith("login"):
        return "login"
    if boards(page):
        return "ok"
    if template == "forum_view" or first(page, None, ".discussionList, .structItemContainer"):
        return "empty"
    if account(page):
        return "ok"
    area = ".p-body-pageContent, .p-body-main, #content"
    sign = sign_of(page, area)
    if sign is None and template == "error" and page.status in (404, 410):
        return "not_found"
    return sign or ("error" if template == "error" else "unknown")


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards on an index or board page."""
    if frames(page):
        return []
    return xenforo_rows.boards(page)


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    if frames(page):
        return []
    return xenforo_rows.threads(page, board_name(page))


def board_name(page: Page) -> str | None:
    """The name of the board that the page lists, or that the thread is in."""
    if not frames(page) and (
        title := part(page, None, "board_name", "h1.p-title-value, .titleBar h1")
    ):
        return line_of(title) or None
    trail = [
        line_of(link)
        for link in every(page, None, TRAIL)
        if xenforo_url.board_id(absolute(page, attribute(link, "href")) or "")
    ]
    return trail[-1] or None if trail else None


def thread(page: Page) -> ThreadRead | None:
    """The thread that a thread page shows."""
    if not frames(page):
        return None
    key = attribute(first(page, None, "html"), "data-content-key")
    link = attribute(first(page, None, "link[rel='canonical']"), "href")
    stated = absolute(page, link) or ""
    native_id = xenforo_url.thread_id(page.url) or key.removeprefix("thread-")
    native_id = native_id or xenforo_url.thread_id(stated) or ""
    if not native_id.isdigit():
        page.note("thread_without_id", page.url)
        return None
    title = part(page, None, "thread_title", "h1.p-title-value, .titleBar h1, h1")
    if title is None or first(page, title, "nav, div") is not None:
        title = first(page, None, "meta[property='og:title'], title") or title
    return ThreadRead(
        native_id=native_id,
        title=xenforo_rows.title_of(title),
        url=xenforo_url.first_page(
            page.url if xenforo_url.thread_id(page.url) else stated or page.url
        ),
        locked=xenforo_rows.is_locked(page),
        board=board_name(page),
    )


def frames(page: Page) -> list[LexborNode]:
    """The frames of a thread page's posts, each with its id."""
    found, seen = [], set()
    for node in every(page, None, selector(page, "post", POST)):
        native_id = id_of(node)
        if native_id and native_id not in seen:
            seen.add(native_id)
            found.append(node)
    return found


def id_of(frame: LexborNode) -> str | None:
    """The post's id in `data-content`, else in the element's id."""
    for value in (attribute(frame, "data-content"), frame.id or ""):
        if match := re.fullmatch(r"(?:js-)?post-([0-9]{1,15})", value):
            return match[1]
    return None


def posts(page: Page) -> list[PostRead]:
    """Posts of a thread page."""
    return [post_of(page, frame, id_of(frame) or "") for frame in frames(page)]


def post_of(page: Page, frame: LexborNode, native_id: str) -> PostRead:
    """One post."""
    body = part(page, frame, "body", BODY)
    if body is None:
        page.note("post_without_body", native_id)
    text = body_of(body, NOT_BODY) if body else None
    own = page.selectors.get("author")
    account = part(page, frame, "author", "") if own else first_of(page, frame, *USER)
    date = part(page, frame, "date", DATE)
    edited = part(
        page, frame, "edited", ".message-lastEdit time, .editDate .DateTime, .message-lastEdit"
    )
    signature = part(
        page, frame, "signature", ".message-signature .bbWrapper, .message-signature, .signature"
    )
    facts = facts_of(page, frame)
    return PostRead(
        native_id=native_id,
        text=text.text if text else "",
        position=position_in(page, frame),
        author=attribute(frame, "data-author") or line_of(account) or None,
        author_id=attribute(account, "data-user-id")
        or xenforo_url.user_id(attribute(account, "href")),
        author_rank=line_of(part(page, frame, "rank", ".userTitle, .message-userTitle")) or None,
        author_joined_at=moment_at(page, value_of(facts, JOINED)),
        author_posts=number_in(line_of(value_of(facts, MESSAGES))),
        author_reputation=line_of(value_of(facts, SCORE)) or None,
        posted_at=moment_at(page, date),
        posted_raw=line_of(date) or None,
        edited_at=moment_at(page, edited),
        url=permalink_of(page, native_id),
        signature=text_of(signature) or None,
        quotes=text.quotes if text else (),
    )


def facts_of(page: Page, frame: LexborNode) -> list[tuple[str, LexborNode]]:
    """Labels and values beside the name: joined, messages, reaction score."""
    found = []
    for pair in every(page, frame, ".message-userExtras dl, .extraUserInfo dl, .userExtra dl")[:12]:
        name, value = first(page, pair, "dt"), first(page, pair, "dd")
        if name is not None and value is not None:
            icon = attribute(first(page, name, "[title], [data-original-title]"), "title")
            found.append((f"{line_of(name)} {icon}", value))
    return found


def value_of(facts: list[tuple[str, LexborNode]], label: re.Pattern[str]) -> LexborNode | None:
    """The value whose label matches."""
    return next((value for name, value in facts if label.search(name)), None)


def position_in(page: Page, frame: LexborNode) -> int | None:
    """The post's number in the thread (`#12`)."""
    for link in every(page, frame, ".message-attribution-opposite a, .postNumber, a[href*='post']"):
        if re.fullmatch(r"#\s?[0-9][0-9.,\s]{0,9}", words := SPACE.sub(" ", line_of(link))):
            return number_in(words)
    return None


def permalink_of(page: Page, native_id: str) -> str | None:
    """Permanent link of a post: its page of the thread at the post's anchor."""
    if not xenforo_url.thread_id(page.url):
        return None
    return f"{xenforo_url.canonical(page.url)}#post-{native_id}"


def account(page: Page) -> AccountRead | None:
    """The account that a member page shows."""
    native_id = xenforo_url.user_id(page.url)
    if not native_id or frames(page):
        return None
    name = first_of(page, None, ".memberHeader-name .username", ".memberHeader-name", "h1.username")
    return account_of(page, name, native_id)


def next_page(page: Page) -> str | None:
    """The page that continues a board or thread."""
    css = "a.pageNav-jump--next, link[rel='next'], a[rel='next'], .PageNav a.text:last-of-type"
    here = xenforo_url.page_in(page.url)
    for link in every(page, None, selector(page, "next_page", css)):
        url = absolute(page, attribute(link, "href"))
        if url and ("next_page" in page.selectors or xenforo_url.page_in(url) == here + 1):
            return canonical(url)
    return None


def kind(url: str) -> PageKind | None:
    """What a URL of XenForo leads to."""
    return xenforo_url.kind(url)


def canonical(url: str) -> str:
    """The one form of a URL of XenForo."""
    return xenforo_url.canonical(url)

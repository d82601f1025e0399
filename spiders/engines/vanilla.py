"""Vanilla 2, 3 and 4: read by `#Discussion_12`, `#Comment_34` and `.Message`; themes keep them.

A thread's opening post has no number of its own there: its id is `d` and the thread's.
"""

import re

from selectolax.lexbor import LexborNode

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import moment_at
from spiders.engines import vanilla_rows, vanilla_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import attribute, every, first, first_of, id_after, number_in, part, selector
from spiders.profile import account_of
from spiders.signs import sign_of
from spiders.text import Body, body_of, text_of
from spiders.urls import absolute

NAME = "vanilla"
SCRIPT = re.compile(
    r"gdn\s*=\s*window\.gdn|gdn\.meta\s*=|applications/vanilla/|/vanilla/js/|vanillicon"
)
MARKS = (
    "body[id^='vanilla_'], body.Vanilla, .DataList.Discussions, .MessageList.DataList.Comments, "
    "[id^='Comment_'].ItemComment .Message, .ItemDiscussion .Message, "
    "#Form_User_SignIn, body[class*='Section-Discussion']"
)
AREA = "#Content, .SplashInfo, .Center, #Popup"
POSTS = "[id^='Comment_'], [id^='Discussion_']"
BODY = ".Message"
NAME_OF = "a.Username, .Author a[href*='/profile/'], .AuthorWrap a[href*='/profile/']"
NOT_BODY = frozenset({"Signature", "UserSignature", "Reactions", "QuoteAuthor", "QuoteFolding"})


def detect(page: Page) -> bool:
    """Tell by the software's script variable, or by the classes that its pages keep."""
    return bool(SCRIPT.search(page.text[:200_000])) or first(page, None, MARKS) is not None


def state(page: Page) -> PageState:
    """Tell what the page is."""
    if frames(page) or vanilla_rows.rows(page) or account(page):
        return "ok"
    if boards(page):
        return "ok"
    sign = sign_of(page, AREA if first(page, None, AREA) is not None else None)
    if sign is None and is_list(page):
        return "empty"
    return sign or "unknown"


def is_list(page: Page) -> bool:
    """Whether a page is a board, even one without threads."""
    place = vanilla_url.place_of(page.url)
    css = ".Empty, .DataList.Discussions, body[class*='Section-DiscussionList']"
    return bool(place and place.kind == "board" and first(page, None, css))


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards."""
    return [] if frames(page) else vanilla_rows.boards(page)


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    return [] if frames(page) else vanilla_rows.threads(page)


def thread(page: Page) -> ThreadRead | None:
    """The thread that a thread page shows."""
    if not frames(page):
        return None
    url = own_url(page)
    place = vanilla_url.place_of(url) if url else None
    if url is None or place is None:
        page.note("thread_without_id", page.url)
        return None
    title = part(page, None, "thread_title", ".PageTitle h1, #Item_0 h1, .Discussion h1, h1")
    closed = first(page, None, ".DiscussionClosed, .Foot.Closed, .MessageForm .Closed, .Tag-Closed")
    return ThreadRead(
        native_id=place.native_id,
        title=line_of(title) or line_of(first(page, None, "title")),
        url=vanilla_url.first_page(url),
        locked=closed is not None,
        board=vanilla_rows.board_name(page),
    )


def own_url(page: Page) -> str | None:
    """URL of the thread that the page shows: its own, else (a jump to a comment) the stated one."""
    stated = attribute(first(page, None, "link[rel='canonical']"), "href")
    for url in (page.url, absolute(page, stated)):
        place = vanilla_url.place_of(url) if url else None
        if url and place and place.kind == "thread":
            return url
    return None


def frames(page: Page) -> list[tuple[str, LexborNode, LexborNode]]:
    """Id, frame and body of each post, in page order; `d12` for the post that opens thread 12."""
    found = []
    for node in every(page, None, selector(page, "post", POSTS)):
        own = node.id or ""
        comment, opening = id_after("Comment_", own), id_after("Discussion_", own)
        body = part(page, node, "body", BODY)
        if body is not None and (comment or opening):
            found.append((comment or f"d{opening}", node, body))
    return found


def posts(page: Page) -> list[PostRead]:
    """Posts of a thread page; the opening post stands on the first page only."""
    return [post_of(page, *frame) for frame in frames(page)]


def post_of(page: Page, native_id: str, frame: LexborNode, body: LexborNode) -> PostRead:
    """One post."""
    text = words_of(page, body)
    account = author_of(page, frame)
    if account is None:
        page.note("post_without_author", native_id)
    date = part(page, frame, "date", ".DateCreated time, .Permalink time, .CommentInfo time, time")
    raw = vanilla_rows.date_words(date)
    edited = part(page, frame, "edited", ".DateUpdated time")
    return PostRead(
        native_id=native_id,
        text=text.text,
        author=line_of(account) or None,
        author_id=attribute(account, "data-userid")
        or vanilla_url.user_id(absolute(page, attribute(account, "href")) or ""),
        author_rank=line_of(part(page, frame, "rank", ".RoleTitle, .Rank, .UserTitle")) or None,
        author_joined_at=moment_at(page, first(page, frame, ".JoinDate time, .DateJoined time")),
        author_posts=number_in(line_of(first(page, frame, ".PostCount b, .PostCount"))),
        posted_at=moment_at(page, date, raw),
        posted_raw=raw,
        edited_at=moment_at(page, edited) if edited is not None else None,
        url=post_url(page, native_id),
        signature=text_of(part(page, frame, "signature", ".Signature, .UserSignature")) or None,
        quotes=text.quotes,
    )


def author_of(page: Page, frame: LexborNode) -> LexborNode | None:
    """The account's link; pictures with a link come before it."""
    for node in every(page, frame, selector(page, "author", NAME_OF)):
        if line_of(node):
            return node
    return None


def post_url(page: Page, native_id: str) -> str | None:
    """Permanent link of a post."""
    if native_id.startswith("d"):
        url = own_url(page)
        return vanilla_url.first_page(url) if url else None
    route = f"/discussion/comment/{native_id}"
    shown, in_query = vanilla_url.route_of(page.url)
    front = "" if in_query else shown.partition("/discussion/")[0]
    return f"{vanilla_url.with_route(page.url, front + route)}#Comment_{native_id}"


def words_of(page: Page, body: LexborNode) -> Body:
    """The words of a post, and whom it quotes: `rel` of the quotation, else its caption."""
    for block in every(page, body, "blockquote.UserQuote, blockquote.Quote")[:200]:
        caption = first_of(page, block, ".QuoteAuthor a", ".QuoteAuthor")
        name = attribute(block, "rel") or line_of(caption)
        if name:
            block.attrs["data-author"] = re.sub(r"\s+(?:said|wrote)\s*:$", "", name)[:120]
    return body_of(body, NOT_BODY)


def account(page: Page) -> AccountRead | None:
    """The account that a profile page (`/profile/12/name`) shows."""
    named = vanilla_url.USER.search(page.url)
    frame = first(page, None, ".Profile, dl.About, .AboutBlock, body.Profile")
    if named is None or frame is None or frames(page):
        return None
    name = first_of(page, None, ".User h1", "h1.H", ".Profile h1", "h1")
    return account_of(page, name, vanilla_url.user_id(page.url))


def next_page(page: Page) -> str | None:
    """The page that continues a board or thread."""
    own = own_url(page) if frames(page) else page.url
    here = vanilla_url.place_of(own or "")
    css = "a.Next[href], a[rel='next'][href], link[rel='next'][href], .Pager a[href]"
    if own is None or here is None:
        return None
    number = here.page if own == page.url else number_shown(page)
    later: dict[int, str] = {}
    for link in every(page, None, selector(page, "next_page", css)):
        url = absolute(page, attribute(link, "href"))
        place = vanilla_url.place_of(url) if url else None
        if url and place and (place.kind, place.native_id) == (here.kind, here.native_id):
            later[place.page] = canonical(url)
    after = [each for each in later if each > number]
    return later[min(after)] if after else None


def number_shown(page: Page) -> int:
    """The number of the page as its page links mark it; 1 without any."""
    return number_in(line_of(first(page, None, ".Pager .Highlight, .Pager a.Highlight"))) or 1


def kind(url: str) -> PageKind | None:
    """What a URL of Vanilla leads to."""
    return vanilla_url.kind(url)


def canonical(url: str) -> str:
    """The one form of a URL of Vanilla."""
    return vanilla_url.canonical(url)

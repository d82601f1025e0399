"""phpBB 3 (prosilver, subsilver2) and 2: read by `p123` ids and anchors, and by its URLs."""

import re
from datetime import datetime

from selectolax.lexbor import LexborNode

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import moment_at, moment_in
from spiders.engines import phpbb_rows, phpbb_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import attribute, every, first, first_of, labelled, number_in, part, selector
from spiders.profile import account_of
from spiders.signs import sign_of
from spiders.text import body_of, text_of
from spiders.urls import absolute

NAME = "phpbb"
SAYS_SO = re.compile(r"phpbb", re.I)
OWN_URL = re.compile(
    r"view(?:topic|forum)\.php(?:/[^\"'?]{0,200})?\?(?:[^\"'<>]{0,200}[?&;])?[tfp]="
)
BODIES = (".postbody .content", ".content", "div.postbody", "span.postbody", ".postbody")
NOT_BODY = frozenset({"gensmall", "genmed", "signature"})
POSTED = re.compile(
    r"(?:posted|добавлено|сообщение|verfasst|posté(?: le)?|publié|publicado|enviado|napisane|"
    r"wysłany|geplaatst|inviato|messaggio da)\s*:?\s*(.{6,60}?)"
    r"(?=\s+(?:post subject|заголовок|titel|sujet|título|temat|onderwerp|oggetto|betreff)|$)",
    re.I,
)
JOINED = re.compile(
    r"joined|registered|зарегистрирован\w*|registriert|inscri(?:t|ption).{0,12}|registrado|"
    r"dołączył\w*|iscritto.{0,8}|lid geworden.{0,8}",
    re.I,
)
POSTS = re.compile(r"posts?|сообщения|beiträge|messages?|mensajes|posty|messaggi|berichten", re.I)
NOTED = re.compile(r"edited|редактировалось|geändert|édition|modifié|editado|modificato", re.I)
EDITED = re.compile(
    r"(?:on|at|:|am|le|от|el|il)\s+([^\n]{6,60}?)(?:,\s+(?:edited|всего)|;|\.|$)", re.I
)
TITLE = (
    "h2.topic-title a, h2 a[href*='viewtopic'], #pageheader h2 a, a.titles, a.maintitle, h2 a, h2"
)
CLIMB = 12


def detect(page: Page) -> bool:
    """Tell by the software's name together with its URLs or its root id."""
    text = page.text[:600_000]
    if re.search(r"<(?:body|html)[^>]{0,500}\bid=[\"']phpbb[\"']", text):
        return True
    if not SAYS_SO.search(text):
        return False
    return (
        bool(OWN_URL.search(text))
        or re.search(r"(?:topictitle|forumtitle|ucp\.php)", text) is not None
    )


def state(page: Page) -> PageState:
    """Tell what the page is."""
    if frames(page) or phpbb_rows.titles(page) or boards(page):
        return "ok"
    if account(page):
        return "ok"
    sign = sign_of(page, "#page-body, #pagecontent, #wrapcentre, #message")
    if sign is None and phpbb_url.kind(page.url) == "board" and detect(page):
        return "empty"
    empties = ".forumbg ul.topiclist.topics, a[href*='mode=post']"
    if sign in (None, "not_found") and phpbb_url.kind(page.url) == "board":
        return "empty" if first(page, None, empties) is not None else sign or "unknown"
    return sign or "unknown"


def boards(page: Page) -> list[BoardRead]:
    """Links to boards and sub-boards."""
    return [] if frames(page) else phpbb_rows.boards(page)


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a board."""
    return [] if frames(page) else phpbb_rows.threads(page)


def thread(page: Page) -> ThreadRead | None:
    """The topic that a topic page shows."""
    if not frames(page):
        return None
    title = part(page, None, "thread_title", TITLE)
    url = absolute(page, attribute(title, "href")) or ""
    url = url if phpbb_url.topic_id(url) else stated_url(page)
    native_id = phpbb_url.topic_id(page.url) or phpbb_url.topic_id(url)
    if not native_id:
        page.note("thread_without_id", page.url)
        return None
    own = page.url if phpbb_url.topic_id(page.url) else url
    return ThreadRead(
        native_id=native_id,
        title=line_of(title) or line_of(first(page, None, "title")),
        url=phpbb_url.first_page(own),
        locked=first(page, None, ".locked-icon, img[src*='topic_locked'], img[src*='reply-locked']")
        is not None,
        board=phpbb_rows.board_name(page),
    )


def stated_url(page: Page) -> str:
    """The topic's URL in the page's own links."""
    css = "link[rel='canonical'], a[href*='viewtopic.php'][href*='t='], form[action*='t=']"
    for link in every(page, None, css)[:40]:
        url = absolute(page, attribute(link, "href") or attribute(link, "action")) or ""
        if phpbb_url.topic_id(url):
            return url
    return ""


def frames(page: Page) -> list[tuple[str, LexborNode]]:
    """Native ids and frames of a topic page's posts, in page order."""
    found: dict[str, LexborNode] = {}
    for node in every(page, None, selector(page, "post", "div.post[id^='p'], div[id^='p'].post")):
        if match := re.fullmatch(r"p([0-9]{1,12})", node.id or ""):
            found.setdefault(match[1], node)
    if found or "post" in page.selectors or not SAYS_SO.search(page.text):
        return list(found.items())
    for anchor in every(page, None, "a[name], a[id]"):
        name = attribute(anchor, "name") or anchor.id or ""
        match = re.fullmatch(r"p?([0-9]{1,12})", name)
        frame = frame_of(anchor) if match else None
        if match and frame is not None:
            found.setdefault(match[1], frame)
    return list(found.items())


def frame_of(anchor: LexborNode) -> LexborNode | None:
    """What holds a post with its author: the first element around its anchor that has a body."""
    above = anchor.parent
    for _ in range(CLIMB):
        if above is None or above.tag in ("body", "html"):
            return None
        if above.tag in ("tr", "table", "div", "li") and above.css_first(".postbody, .content"):
            return above
        above = above.parent
    return None


def posts(page: Page) -> list[PostRead]:
    """Posts of a topic page."""
    counted = phpbb_url.topic_id(page.url) is not None
    start = phpbb_url.start_of(page.url)
    return [
        post_of(page, native_id, frame, start + place if counted else None)
        for place, (native_id, frame) in enumerate(frames(page), 1)
    ]


def post_of(page: Page, native_id: str, frame: LexborNode, position: int | None) -> PostRead:
    """One post."""
    body = body_in(page, frame)
    if body is None:
        page.note("post_without_body", native_id)
    text = body_of(body, NOT_BODY) if body is not None else None
    account = part(
        page, frame, "author",
        ".author .username, .author .username-coloured, .author strong, .postauthor, .name b, "
        ".name, .postprofile .username, .postprofile .username-coloured",
    )  # fmt: skip
    if not line_of(account):
        page.note("post_without_author", native_id)
    stats = text_of(first(page, frame, ".postprofile, .postdetails, td.profile"))
    date, raw = date_in(page, frame)
    profile = first(page, frame, "a[href*='viewprofile']")
    return PostRead(
        native_id=native_id,
        text=text.text if text else "",
        position=position,
        author=line_of(account) or None,
        author_id=phpbb_url.user_id(attribute(profile, "href")),
        author_rank=line_of(part(page, frame, "rank", ".profile-rank, .rank")) or None,
        author_joined_at=moment_in(page, labelled(stats, JOINED)),
        author_posts=number_in(labelled(stats, POSTS)),
        posted_at=moment_at(page, date, raw) if date is not None and raw else None,
        posted_raw=raw,
        edited_at=edited_in(page, frame),
        url=post_url(page, native_id),
        signature=text_of(part(page, frame, "signature", ".signature, [id^='sig']")) or None,
        quotes=text.quotes if text else (),
    )


def body_in(page: Page, frame: LexborNode) -> LexborNode | None:
    """The body of a post; phpBB 2 closes it before each quotation, so its cell is the whole."""
    own = page.selectors.get("body")
    body = part(page, frame, "body", "") if own else first_of(page, frame, *BODIES)
    if body is not None and body.tag == "span" and body.parent is not None:
        return body.parent if body.parent.tag == "td" else body
    return body


def date_in(page: Page, frame: LexborNode) -> tuple[LexborNode | None, str | None]:
    """The node of a post's date and the date as written."""
    node = part(page, frame, "date", "p.author time, .author time, time[datetime]")
    if node is not None:
        return node, line_of(node) or None
    author = first(page, frame, "p.author, .author")
    words = line_of(author).rpartition("»")[2].strip()
    if author is not None and words and any(sign.isdigit() for sign in words):
        return author, words[:100]
    for small in every(page, frame, ".gensmall, .postdetails, td.gensmall"):
        if match := POSTED.search(line_of(small)[:300]):
            return small, match[1].strip()
    return None, None


def edited_in(page: Page, frame: LexborNode) -> datetime | None:
    """When the note "Last edited by … on …" says that the post was changed."""
    note = part(page, frame, "edited", ".notice, .post-notice, span.gensmall")
    stated = first(page, note, "time[datetime]") if note is not None else None
    if stated is not None:
        return moment_at(page, stated)
    words = line_of(note)
    if not re.search(
        r"(?i)edited|редактировалось|geändert|édition|modifié|editado|modificato", words
    ):
        return None
    found = [match[1] for match in EDITED.finditer(words[:300])]
    return moment_in(page, found[-1].strip()) if found else None


def post_url(page: Page, native_id: str) -> str | None:
    """Permanent link of a post: the page that the software finds for it."""
    if phpbb_url.name_of(page.url) == "viewtopic.php":
        front = page.url.partition("viewtopic.php")[0]
        return f"{front}viewtopic.php?p={native_id}#p{native_id}"
    return f"{phpbb_url.canonical(page.url)}#p{native_id}"


def account(page: Page) -> AccountRead | None:
    """The account that a profile page (`memberlist.php?mode=viewprofile`) shows."""
    native_id = phpbb_url.user_id(page.url)
    if native_id is None or "viewprofile" not in page.url or frames(page):
        return None
    title = first(page, None, "h2.memberlist-title, #viewprofile h2, #page-body h2, h2")
    name = first(page, None, "#viewprofile dd .username, dl.details dd span, .username-coloured")
    shown = line_of(name) or line_of(title).rpartition(" - ")[2]
    facts = first(page, None, "dl.details, #viewprofile, td.gen") is not None
    return account_of(page, shown, native_id) if facts else None


def next_page(page: Page) -> str | None:
    """The page that continues a board or topic: the one that starts next after this one."""
    own = page.selectors.get("next_page")
    if own:
        url = absolute(page, attribute(part(page, None, "next_page", ""), "href"))
        return canonical(url) if url else None
    of = phpbb_url.topic_id if frames(page) else phpbb_url.board_id
    shown = thread(page) if frames(page) else None
    number, start = (shown.native_id if shown else of(page.url)), phpbb_url.start_of(page.url)
    later = {}
    for link in every(page, None, "a[href*='start='], .pagination a[href], a[href$='.html']"):
        url = absolute(page, attribute(link, "href"))
        same = url and number and of(url) == number and phpbb_url.kind(url)
        if url and same and phpbb_url.start_of(url) > start:
            later[phpbb_url.start_of(url)] = canonical(url)
    return later[min(later)] if later else None


def kind(url: str) -> PageKind | None:
    """What a URL of phpBB leads to."""
    return phpbb_url.kind(url)


def canonical(url: str) -> str:
    """The one form of a URL of phpBB."""
    return phpbb_url.canonical(url)

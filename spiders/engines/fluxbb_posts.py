"""Posts of FluxBB and PunBB: `div.blockpost#p12`, or PunBB 1.3's `.post` around `#p12.posthead`."""

import re
from datetime import datetime

from selectolax.lexbor import LexborNode

from crawler.reading import PostRead
from spiders.dates import moment_at, moment_in
from spiders.engines import fluxbb_url
from spiders.nodes import classes_of, line_of
from spiders.page import Page
from spiders.pick import (
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
from spiders.quotes import author_in
from spiders.text import Body, body_of, text_of
from spiders.urls import absolute

BODY = ".postmsg:not(.postsignature), .entry-content"
NOT_BODY = frozenset({"postedit", "lastedit", "postsignature", "sig-content"})
UNREAD = "attribution"
"""A class whose content `body_of` leaves out."""
NAME = "dt a[href], li.username a[href], .post-byline a[href]"
GUEST = "dt strong, li.username, .post-byline strong, dt"
POSTS = re.compile(
    r"posts?|messages?|сообщени[йя]|beiträge|mensajes|messaggi|posty|berichten", re.I
)
JOINED = re.compile(
    r"registered|registration date|зарегистрирован(?:а)?|registriert|inscription|inscrit|"
    r"registrado|registrato|registro|zarejestrowany|geregistreerd",
    re.I,
)
REPUTATION = re.compile(r"reputation|karma|репутация|карма|уважение|réputation|reputación", re.I)
MOST_QUOTES = 2000
LINKS = (
    ".post-link a[href]",
    "h2 a[href*='pid=']",
    "h2 a[href*='#p']",
    "h3 a.permalink[href]",
    "a.permalink[href]",
)
"""Where a post's date stands: on its permanent link."""


def frames(page: Page) -> list[tuple[str, LexborNode, LexborNode]]:
    """Id, frame and body of each post, in page order."""
    found = []
    for node in every(page, None, selector(page, "post", "div[id^='p'], article[id^='p']")):
        native_id = id_after("p", node.id or "")
        if not native_id:
            continue
        holder = node.parent if "posthead" in classes_of(node) and node.parent else node
        body = part(page, holder, "body", BODY)
        if body is not None:
            found.append((native_id, holder, body))
    return found


def post_of(page: Page, native_id: str, holder: LexborNode, body: LexborNode) -> PostRead:
    """One post."""
    text = words_of(page, body)
    link = first_of(page, holder, *LINKS)
    date = part(page, holder, "date", ", ".join(LINKS)) or first(page, holder, "h2 > span")
    raw = date_words(page, date)
    account = author_of(page, holder)
    stats = text_of(first(page, holder, ".postleft dl, .author-info, .postleft"))
    if account is None:
        page.note("post_without_author", native_id)
    return PostRead(
        native_id=native_id,
        text=text.text,
        position=position_in(page, holder),
        author=line_of(account) or None,
        author_id=fluxbb_url.user_id(absolute(page, attribute(account, "href")) or ""),
        author_rank=line_of(part(page, holder, "rank", ".usertitle")) or None,
        author_joined_at=moment_in(page, labelled(stats, JOINED)),
        author_posts=number_in(labelled(stats, POSTS)),
        author_reputation=labelled(stats, REPUTATION),
        posted_at=moment_at(page, date, raw) if raw else None,
        posted_raw=raw,
        edited_at=edited_in(page, holder),
        url=post_url(page, link, native_id),
        signature=text_of(part(page, holder, "signature", ".postsignature, .sig-content")) or None,
        quotes=text.quotes,
    )


def date_words(page: Page, date: LexborNode | None) -> str | None:
    """A post's date as written, without its number before it."""
    words = line_of(date)
    if date is not None and date.tag == "span":
        number = line_of(first(page, date, ".conr"))
        words = words.removeprefix(number).strip()
    return words or None


def author_of(page: Page, holder: LexborNode) -> LexborNode | None:
    """The account's link, or the bare name of a guest."""
    if page.selectors.get("author"):
        return part(page, holder, "author", "")
    for link in every(page, holder, NAME):
        if line_of(link) and fluxbb_url.user_id(absolute(page, attribute(link, "href")) or ""):
            return link
    return next((node for node in every(page, holder, GUEST) if line_of(node)), None)


def position_in(page: Page, holder: LexborNode) -> int | None:
    """A post's place in the thread, from `#12`."""
    words = line_of(first(page, holder, "h2 .conr, .post-num, .conr"))
    match = re.search(r"#?\s*([0-9][0-9 ,.\u00a0\u202f]{0,9})", words[:40])
    return number_in(match[1]) if match else None


def edited_in(page: Page, holder: LexborNode) -> datetime | None:
    """When the note «Last edited by … (…)» says that the post was changed."""
    words = line_of(part(page, holder, "edited", ".postedit em, .lastedit, p.postedit"))
    match = re.search(r"\(([^()]{4,60})\)\W*$", words[-120:])
    return moment_in(page, match[1]) if match else None


def post_url(page: Page, link: LexborNode | None, native_id: str) -> str | None:
    """Permanent link of a post."""
    url = absolute(page, attribute(link, "href"))
    if not url or fluxbb_url.post_id(url) != native_id:
        url = absolute(page, f"viewtopic.php?pid={native_id}")
    return f"{fluxbb_url.canonical(url)}#p{native_id}" if url else None


def words_of(page: Page, body: LexborNode) -> Body:
    """The words of a post, and whom it quotes: the caption stands before or in a quotation."""
    for block in every(page, body, "blockquote")[:MOST_QUOTES]:
        box = block.parent
        inner = child_of(block, "div")
        caption = child_of(inner, "h4") if inner else None
        if caption is None and box is not None and "quotebox" in classes_of(box):
            caption = child_of(box, "cite")
        if caption is None:
            continue
        if name := quoted_in(caption):
            block.attrs["data-author"] = name
        caption.attrs["class"] = UNREAD
    for caption in every(page, body, ".codebox h4")[:MOST_QUOTES]:
        caption.attrs["class"] = UNREAD
    return body_of(body, NOT_BODY)


def child_of(node: LexborNode, tag: str) -> LexborNode | None:
    """The first child of a node with that tag."""
    return next((each for each in node.iter() if each.tag == tag), None)


def quoted_in(caption: LexborNode) -> str | None:
    """The name in `name wrote:`, in whatever language; None for a caption without a name."""
    if name := author_in(caption):
        return name
    words = line_of(caption)
    return words.rpartition(" ")[0].strip()[:120] or None if words.endswith(":") else None

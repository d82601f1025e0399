"""Posts of Invision: `#post_id_12` (3), `#elComment_12` with its quote data (4, 5)."""

import re
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborNode

from crawler.reading import PostRead
from spiders.dates import from_epoch, moment_at, moment_in, sane
from spiders.engines import invision_authors, invision_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import (
    attribute,
    every,
    first,
    first_of,
    part,
    selector,
    until_break,
)
from spiders.text import body_of, text_of
from spiders.urls import absolute, without_session

POST = "[id^='post_id_'], [id^='elComment_'], article[data-commentid]"
NUMBERED = re.compile(r"(?:post_id_|elComment_)([0-9]{1,19})")
BODY = (
    "[data-role='commentContent'], [itemprop='commentText'], .entry-content, .post_body .post, "
    ".ipsComment_content .ipsType_richText"
)
DATE = (
    "abbr.published", "[itemprop='commentTime']", "a[href*='findComment'] time",
    ".ipsComment_meta time", ".ipsEntry__date time", ".ipsEntry__header time",
    ".ipsComment_header time", "a[href*='#comment'] time", ".posted_info",
)  # fmt: skip
EDITED = "p.edit, .ipsEdited, [data-excludequote], .ipsEntry__edited, [data-ips-hook='postEdited']"
SIGNATURE = "[data-role='memberSignature'], .signature"
LOCKED = (
    ".ipsMessage i[class*='fa-lock'], .ipsMessage--locked, "
    "[data-role='replyArea'] i[class*='fa-lock'], "
    ".cTopicPostArea i[class*='fa-lock'], .topic_buttons img[src*='closed'], "
    ".ipsPageHeader i[class*='fa-lock'], .ipsType_pageTitle i[class*='fa-lock']"
)
TOPIC = re.compile(r"ipb\.topic\.topic_id\s*=\s*([0-9]{1,12})")


def frames(page: Page) -> list[LexborNode]:
    """What holds a forum's posts with their authors; comments on files and blogs are none."""
    found = []
    for node in every(page, None, selector(page, "post", POST)):
        wrap = first(page, node, "[data-commentapp]")
        ours = attribute(wrap, "data-commentapp") in ("", "forums")
        if ours and number_of(node) and body_in(page, node) is not None:
            found.append(node)
    return found


def number_of(node: LexborNode) -> str | None:
    """The post's id."""
    match = NUMBERED.fullmatch(node.id or "")
    stated = attribute(node, "data-commentid")
    return match[1] if match else stated if re.fullmatch(r"[0-9]{1,19}", stated) else None


def body_in(page: Page, frame: LexborNode) -> LexborNode | None:
    """What holds a post's own words."""
    return part(page, frame, "body", BODY)


def post_of(page: Page, frame: LexborNode) -> PostRead | None:
    """One post."""
    native_id, body = number_of(frame), body_in(page, frame)
    if native_id is None or body is None:
        return None
    data = invision_authors.quoted_data(page, frame)
    text = body_of(body, frozenset({"edit", "signature", "ipsEdited", "rep_bar"}))
    edited = part(page, frame, "edited", EDITED)
    author = invision_authors.author_in(page, frame, data)
    if not author:
        page.note("post_without_author", native_id)
    date = date_in(page, frame)
    raw = raw_in(date)
    return PostRead(
        native_id=native_id,
        text=without_note(text.text, edited),
        position=position_in(page, frame),
        author=author,
        author_id=invision_authors.author_id_in(page, frame, data),
        author_rank=invision_authors.rank_in(page, frame),
        author_joined_at=invision_authors.joined_in(page, frame),
        author_posts=invision_authors.count_in(page, frame),
        author_reputation=invision_authors.reputation_in(page, frame),
        posted_at=posted_in(page, date, raw, data),
        posted_raw=raw,
        edited_at=edited_in(page, edited),
        url=link_of(page, frame, native_id),
        signature=text_of(part(page, frame, "signature", SIGNATURE)) or None,
        quotes=text.quotes,
    )


def without_note(text: str, note: LexborNode | None) -> str:
    """A body without the edit note that version 4 writes at its end."""
    words = text_of(note)
    return text.removesuffix(words).rstrip() if words else text


def date_in(page: Page, frame: LexborNode) -> LexborNode | None:
    """The node that dates a post."""
    if page.selectors.get("date"):
        return part(page, frame, "date", "")
    found = first_of(page, frame, *DATE)
    if found is not None:
        return found
    inside = {
        node.mem_id
        for box in every(page, frame, f"{BODY}, {invision_authors.PANE}, {EDITED}, {SIGNATURE}")
        for node in every(page, box, "time")
    }
    return next((node for node in every(page, frame, "time") if node.mem_id not in inside), None)


def raw_in(date: LexborNode | None) -> str | None:
    """The date as the page writes it, without the word before it."""
    words = re.sub(
        r"^(?:posted|отправлено|опубликовано|geschrieben)\s+", "", line_of(date), flags=re.I
    )
    return words or attribute(date, "title") or attribute(date, "datetime") or None


def posted_in(
    page: Page, date: LexborNode | None, raw: str | None, data: dict[str, Any]
) -> datetime | None:
    """When a post was written: by its date, else by its quote data."""
    moment = moment_at(page, date, raw) if date is not None else None
    if moment is None and (stamp := from_epoch(invision_authors.stated(data, "timestamp") or "")):
        return sane(page, stamp, str(data["timestamp"]))
    return moment


def position_in(page: Page, frame: LexborNode) -> int | None:
    """The place in the topic, from a permanent link such as `#12`."""
    for link in every(page, frame, ".post_id a, a[rel='bookmark'], a[href*='findComment']")[:4]:
        if match := re.fullmatch(r"#\s*([0-9]{1,7})", line_of(link)):
            return int(match[1])
    return None


def edited_in(page: Page, note: LexborNode | None) -> datetime | None:
    """When the note «Edited by …, …» says that the post was changed."""
    if note is None:
        return None
    stamp = first(page, note, "time, abbr[title]")
    if stamp is not None:
        return moment_at(page, stamp)
    words = until_break(note).rstrip(" .")
    return moment_in(page, re.split(r"[,:]\s", words, maxsplit=1)[-1][:110])


def link_of(page: Page, frame: LexborNode, native_id: str) -> str | None:
    """Permanent link of a post."""
    url = topic_url(page)
    return invision_url.post_url(url, native_id, numbered=not (frame.id or "").startswith("post_"))


def topic_of(page: Page) -> str | None:
    """The topic's id: from its URL, its canonical link, its scripts or its quote data."""
    for url in (page.url, canonical_link(page)):
        if found := invision_url.item_id(url, "topic"):
            return found
    if match := TOPIC.search(page.text):
        return match[1]
    body = first(page, None, "body[data-pagecontroller='topic'][data-pageid]")
    if (number := attribute(body, "data-pageid")).isdigit():
        return number
    posts = frames(page)
    topic = (
        invision_authors.stated(invision_authors.quoted_data(page, posts[0]), "contentid")
        if posts
        else None
    )
    return topic if topic and topic.isdigit() else None


def topic_url(page: Page) -> str:
    """A URL of the topic: the page's own, or its canonical link where that tells more."""
    if invision_url.item_id(page.url, "topic"):
        return page.url
    return canonical_link(page) or without_session(page.url)


def canonical_link(page: Page) -> str | None:
    """The page's own word for its URL."""
    return absolute(page, attribute(first(page, None, "link[rel='canonical']"), "href"))

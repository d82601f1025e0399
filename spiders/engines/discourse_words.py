"""What a post on Discourse says: its `cooked` HTML without captions and previews of links."""

from selectolax.lexbor import LexborNode

from spiders.engines import json_values as values
from spiders.engines.json_values import Row
from spiders.page import Page
from spiders.pick import attribute
from spiders.text import Body, body_of, text_of

UNREAD = "attribution"
"""A class whose content `body_of` leaves out."""
MOST_PARTS = 2000
CHROME = ".lightbox-wrapper .meta, .poll-info, .poll-buttons"
"""File names under pictures, counts and buttons of polls."""


def body_in(page: Page, row: Row) -> Body:
    """The words of a post; empty where Discourse shows a notice in their place."""
    if removal_of(page, row):
        return Body("")
    cooked = values.text_at(page, row, "cooked")
    if cooked is None:
        return Body("")
    return body_of(prepared(values.markup_of(page, cooked)))


def prepared(root: LexborNode) -> LexborNode:
    """The same markup: quotations name whom they quote, previews of links are their address."""
    for preview in root.css("aside.onebox")[:MOST_PARTS]:
        link = preview.css_first("header a[href], a[href]")
        source = attribute(preview, "data-onebox-src") or attribute(link, "href")
        preview.insert_before(f" {source} ")
        preview.attrs["class"] = UNREAD
    for quote in root.css("aside.quote")[:MOST_PARTS]:
        block, title = quote.css_first("blockquote"), quote.css_first(".title")
        if block is not None and (name := attribute(quote, "data-username")):
            block.attrs["data-author"] = name
        if title is not None:
            title.attrs["class"] = UNREAD
    for part in root.css(CHROME)[:MOST_PARTS]:
        part.attrs["class"] = UNREAD
    return root


def removal_of(page: Page, row: Row) -> str | None:
    """Who took a text away; None where it stands."""
    if values.flag_at(page, row, "user_deleted"):
        return "deleted by its author"
    if values.flag_at(page, row, "cooked_hidden"):
        return "hidden after flags"
    return None


def signature_of(page: Page, row: Row) -> str | None:
    """The account's signature (the plugin `discourse-signatures`); None without one."""
    if not isinstance(row.get("user_signature"), str):
        return None
    signature = values.text_at(page, row, "user_signature")
    return text_of(values.markup_of(page, signature)) or None if signature else None


def tags_of(page: Page, row: Row) -> str | None:
    """A thread's tags, separated by commas: texts, or objects with a name (Discourse 3.5)."""
    found = values.value_at(page, row, "tags")
    names = []
    for tag in found[:50] if isinstance(found, list) else []:
        name = tag.get("name") if isinstance(tag, dict) else tag
        if isinstance(name, str) and name.strip():
            names.append(values.line_at(page, {"tag": name}, "tag") or "")
    return ", ".join(names) or None

"""What a post on Bluesky says: its text with whole links, the page it shows, what it quotes."""

from crawler.reading import Quote
from spiders.engines import json_values as values
from spiders.engines.json_values import Row
from spiders.page import Page
from spiders.text import essence_of

MOST_FACETS = 200
"""Links of one post that are looked at."""
MOST_EMBEDS = 8
"""Embeds in embeds that are looked at."""


def text_of(page: Page, record: Row) -> str:
    """The post's words; a link that the text shortens stands whole behind them.

    Facets count in bytes of UTF-8 (app.bsky.richtext.facet), so the text is cut as bytes.
    """
    value = values.value_at(page, record, "text")
    if not isinstance(value, str) or len(value) > values.LONGEST_TEXT:
        return values.text_at(page, record, "text") or ""
    raw = value.encode("utf-8", "surrogatepass")
    parts, place = [], 0
    for start, end, uri in links_in(page, record, raw):
        if start >= place and essence_of(uri) not in raw[start:end].decode("utf-8", "replace"):
            parts += [raw[place:end], f" <{uri}>".encode()]
            place = end
    whole = b"".join([*parts, raw[place:]]).decode("utf-8", "surrogatepass")
    return values.text_at(page, {"text": whole}, "text") or ""


def links_in(page: Page, record: Row, raw: bytes) -> list[tuple[int, int, str]]:
    """Start, end and target of the links in a text, in order."""
    found = []
    for facet in values.rows_at(page, record, "facets")[:MOST_FACETS]:
        start = values.count_at(page, facet, "index", "byteStart")
        end = values.count_at(page, facet, "index", "byteEnd")
        for feature in values.rows_at(page, facet, "features")[:4]:
            uri = values.line_at(page, feature, "uri")
            if uri and start is not None and end is not None and is_between(raw, start, end):
                found.append((start, end, uri))
    return sorted(found)


def is_between(raw: bytes, start: int, end: int) -> bool:
    """Whether a span lies in a text of UTF-8 and ends between two characters."""
    return start < end <= len(raw) and (end == len(raw) or raw[end] & 0xC0 != 0x80)


def embeds_in(page: Page, post: Row) -> list[Row]:
    """What a post shows below its text, as the server presents it; media and record apart."""
    waiting: list[Row] = [values.row_at(page, post, "embed")]
    found: list[Row] = []
    while waiting and len(found) < MOST_EMBEDS:
        embed = waiting.pop(0)
        found.append(embed)
        if isinstance(embed.get("media"), dict):
            waiting.append(embed["media"])
    return found


def links_shown(page: Page, post: Row, text: str) -> list[str]:
    """Title and address of the pages that a post shows; an address in the text is not repeated."""
    lines = []
    for embed in embeds_in(page, post):
        uri = values.line_at(page, embed, "external", "uri")
        title = values.line_at(page, embed, "external", "title")
        known = uri is not None and essence_of(uri) in text
        lines += [line for line in (title, None if known else uri) if line]
    return lines


def quotes_in(page: Page, post: Row) -> tuple[Quote, ...]:
    """The posts that a post quotes; a deleted or blocked one is none."""
    found = []
    for embed in embeds_in(page, post):
        record = values.row_at(page, embed, "record")
        if isinstance(record.get("record"), dict):
            # app.bsky.embed.recordWithMedia holds a record in a record
            record = record["record"]
        text = text_of(page, values.row_at(page, record, "value"))
        if text:
            found.append(Quote(values.name_at(page, record, "author", "handle"), text))
    return tuple(found)

"""Rows of a mixed shop that sell goods outside the taxonomy: cards, documents, leads."""

import re
from collections.abc import Sequence

from nlp.assets import Mention
from nlp.choice import is_no_goods
from nlp.findings import Price
from nlp.hits import Hit
from nlp.post import Page, Post

_ROW = 90
"""Longest row, in characters."""
_FRONT = 16
"""Characters of a row, after its marks, in which its goods are named."""
_MARKS = re.compile(r"(?:[\W_]|\d{1,2}[.)])*")
_ALSO = re.compile(
    r"\b(?:ask|on request|in pm|in dm|also|too|спрашивай\w*|тоже|также|отдельно|по запросу|в лс"
    r"|цена в|también|tambem|também|consultar|auch|auf anfrage)\b|另有|也有|أيضا|ايضا",
    re.IGNORECASE,
)
"""Words of rows that name goods without a price."""

Row = tuple[str, int]
"""Part and number of a line."""


def foreign_rows(post: Post, mentions: Sequence[Mention]) -> dict[Row, Hit]:
    """Rows of the text that sell other goods beside the post's own, with the words that say so."""
    if "offtopic" not in post.text.cues:
        return {}
    page = post.text
    taken = {m.line for m in mentions if m.page is page}
    found: dict[Row, Hit] = {}
    for hit in page.cues["offtopic"]:
        line = page.line_of(hit.start)
        if line not in taken and not is_no_goods(page, hit) and _is_row(page, line, hit):
            found.setdefault((page.part, line), hit)
    return found


def row_of(post: Post, price: Price) -> Row:
    """The line in which a price stands."""
    page = post.title if price.span.part == "title" else post.text
    return page.part, page.line_of(page.place(price.span)[0])


def _is_row(page: Page, line: int, hit: Hit) -> bool:
    """Whether a line is short, opens with the goods, and has a price or offers them."""
    text = page.line(line)
    marks = _MARKS.match(text)
    opening = page.line_bounds(line)[0] + (marks.end() if marks else 0)
    front = page.text.clean[opening : hit.start]
    if len(text.strip()) > _ROW or len(front) > _FRONT or "," in front:
        return False
    return line in page.priced_lines or bool(_ALSO.search(text))

"""What the place of a mention says: headings over priced rows, rows of a list, own prices."""

import re
from collections.abc import Sequence

from nlp.assets import Mention

_TABLE_HEAD = 6
"""Lines from a heading to the first priced row of its table: a sentence, column names, a rule."""


def opens_rows(mention: Mention) -> bool:
    """Whether a heading is followed by a priced line."""
    page, line = mention.page, mention.line
    opens = mention.start - page.line_bounds(line)[0] <= 8 or page.line(line).rstrip().endswith(":")
    if line in page.priced_lines or not opens:
        return False
    return any(line + i in page.priced_lines for i in range(1, _TABLE_HEAD + 1))


_ITEM = 40
"""Longest row, in characters, of which a weak word at its beginning names the goods."""


def is_item(mention: Mention) -> bool:
    """Whether a short priced row is all about a mention: `дедики - 5$`."""
    row = mention.page.line(mention.line)
    before = row[: mention.start - mention.page.line_bounds(mention.line)[0]]
    return mention.weight == 3 and len(row.strip()) <= _ITEM and not re.search(r"\w", before)


def heads_row(mention: Mention) -> bool:
    """Whether a priced row, or the heading of some, begins with a mention: `Dedicated: E3 90$`."""
    opening = mention.start - mention.page.line_bounds(mention.line)[0]
    return opening <= 4 and (mention.weight == 3 or opens_rows(mention))


def leads_price(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether a price follows a mention in its line, with no other mention between them."""
    near = [m.start for m in others if _same_line(m, mention) and m.start > mention.start]
    until = min(near, default=len(mention.page.text.clean))
    prices = mention.page.prices_by_line.get(mention.line, [])
    return any(mention.end <= at < until for at in prices)


def has_own_price(mention: Mention, body: Sequence[Mention]) -> bool:
    """Whether a mention has a price of its own beside a body that has one: `VPS 5$, dedi 90$`."""
    if not leads_price(mention, body):
        return False
    before = [m for m in body if _same_line(m, mention) and m.start < mention.start]
    return any(leads_price(m, [mention]) for m in before)


def _same_line(one: Mention, other: Mention) -> bool:
    return one.page is other.page and one.line == other.line

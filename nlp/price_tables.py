"""Tables in plain text: header rows, cells, and which column an amount stands in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.currencies import AFTER_SIGN, AFTER_WORD, currency_of
from nlp.folded import folded
from nlp.price_headings import PRICE_WORD
from nlp.price_units import Unit, period_in, unit_after

RULER = " |-—=_+\t:*~"
"""Characters of a line that only draws a rule."""
_CELLS = re.compile(r"\s*\|\s*|\t+|\s{2,}")
_CELL_CURRENCY = folded(rf"{AFTER_SIGN}|(?<![^\W_]){AFTER_WORD}")


@dataclass(frozen=True, slots=True)
class Column:
    """A price column of a table."""

    cell: int
    """Number of the cell in its row, from 0."""
    per: Unit | None
    """What its header says that prices are per."""
    currency: str | None
    """The currency its header names."""


def cells_of(text: str) -> list[tuple[int, int]]:
    """Start and end of each cell of a row, without bars and blanks around."""
    cells: list[tuple[int, int]] = []
    at = len(text) - len(text.lstrip(" |\t"))
    stop = len(text.rstrip(" |\t"))
    for m in _CELLS.finditer(text, at, stop):
        cells.append((at, m.start()))
        at = m.end()
    cells.append((at, stop))
    return [cell for cell in cells if cell[0] <= cell[1]]


def columns_in(header: str, below: Sequence[str]) -> tuple[Column, ...]:
    """Price columns of a header row: periods, `Price`, a currency; empty when it is none."""
    if not any(gap in header for gap in ("|", "\t", "  ")):
        return ()
    cells = cells_of(header)
    if len(cells) < 2 or len(header) > 200:
        return ()
    columns: list[Column] = []
    for i, (start, end) in enumerate(cells):
        cell = header[start:end]
        if len(cell) > 40:
            return ()
        per = period_in(cell) or unit_after("/" + cell)
        currency = _cell_currency(cell)
        if per is not None or currency or (PRICE_WORD.search(cell) and i > 0):
            columns.append(Column(i, per, currency))
    rows = [row for row in below if row.strip(RULER)]
    alike = any(abs(len(cells_of(row)) - len(cells)) <= 1 for row in rows)
    return tuple(columns) if alike else ()


def _cell_currency(cell: str) -> str | None:
    m = _CELL_CURRENCY.search(cell)
    return None if m is None or m[0].lower() in ("р", "u", "r") else currency_of(m[0])[0]


def column_at(row: str, columns: Sequence[Column], at: int) -> Column | None:
    """The price column in which a place of a row stands, or None."""
    if not columns:
        return None
    cells = cells_of(row)
    i = next((n for n, (start, end) in enumerate(cells) if start <= at <= end), None)
    exact = next((c for c in columns if c.cell == i), None)
    if exact is None and len(columns) == 1 and i == len(cells) - 1:
        return columns[0]
    return exact

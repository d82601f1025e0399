"""How values are written on the desk's pages."""

import json
from typing import Any

from markupsafe import Markup

from crawler.boundaries.inert import defang
from crawler.desk.asset_types import asset_name

LABEL = 200
"""Characters of a text in a chart."""


def say(value: object) -> str:
    """Any value as harmless text; empty for None."""
    return "" if value is None else defang(str(value))


def when(value: str | None) -> str:
    """A moment as people read it, UTC: `2026-03-01 09:30`."""
    return (value or "")[:16].replace("T", " ")


def usd(value: float | None) -> str:
    """An amount in US dollars, without the sign; empty for None."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) or value >= 1000 else f"{value:,.2f}"


def whole(value: int) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}"


def number(value: float) -> str:
    """A number as short as it can be."""
    return f"{value:,.8f}".rstrip("0").rstrip(".")


def json_block(rows: list[dict[str, Any]]) -> Markup:
    """Rows as JSON for a data block of a page: nothing in it can end the block."""
    plain = [
        {k: say(v[:LABEL]) if isinstance(v, str) else v for k, v in row.items()} for row in rows
    ]
    text = json.dumps(plain, ensure_ascii=True)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


_UNLABELLED = {
    '<select name="_filter_column': "Column",
    '<select name="_filter_op': "Comparison",
    '<select name="_sort"': "Sort by",
    '<input type="text" name="_filter_value': "Value",
    '<textarea id="sql-editor"': "SQL",
    '<div class="table-wrapper"': "Rows",
}
"""How fields of Datasette's own pages begin that no label names, and their names."""


def labelled(page: str) -> Markup:
    """A page of Datasette with names for its fields; a wide table can be scrolled by keyboard.

    Values cannot be mistaken for fields: their `<` are escaped.
    """
    # Markup would escape what is put into it
    html = str(page)
    for start, label in _UNLABELLED.items():
        tag, rest = start.split(" ", 1)
        more = ' tabindex="0" role="region"' if tag == "<div" else ""
        html = html.replace(start, f'{tag}{more} aria-label="{label}" {rest}')
    return Markup(html)


_COLUMNS = '<dl class="column-descriptions">', "</dl>"
"""Around what the columns of a table mean."""


def columns_last(page: str) -> Markup:
    """A table's page with what its columns mean behind the rows.

    Moved here, not by styles: a page is shown as it comes, and would jump.
    """
    start, end = _COLUMNS
    before, opened, rest = str(page).partition(start)
    said, closed, behind = rest.partition(end)
    return Markup("".join((before, behind, opened, said, closed)))


FILTERS = {
    "say": say,
    "when": when,
    "usd": usd,
    "whole": whole,
    "number": number,
    "asset_name": asset_name,
    "json_block": json_block,
    "labelled": labelled,
    "columns_last": columns_last,
}
"""Filters of the templates, by name."""

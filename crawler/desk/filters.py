"""How values are written on the desk's pages."""

import json
from typing import Any

from markupsafe import Markup

from crawler.desk.asset_types import asset_name
from crawler.inert import defang


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
    plain = [{k: say(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows]
    text = json.dumps(plain, ensure_ascii=True)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


FILTERS = {
    "say": say,
    "when": when,
    "usd": usd,
    "whole": whole,
    "number": number,
    "asset_name": asset_name,
    "json_block": json_block,
}
"""Filters of the templates, by name."""

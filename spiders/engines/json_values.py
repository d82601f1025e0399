"""Typed values out of JSON that anyone may have written: any key may be of any type.

A value that is absent or null is None without a word; one of a wrong type is None, with a
problem. Text comes without control characters and lone surrogates.
"""

import re
from datetime import UTC, datetime
from typing import Any, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.boundaries.text import clean_text
from crawler.reading import PageState
from spiders.dates import from_iso, sane
from spiders.guard import danger_in
from spiders.nodes import SPACE
from spiders.page import Page
from spiders.signs import sign_of

Row: TypeAlias = dict[str, Any]
"""A JSON object."""
LONGEST_TEXT = 400_000
"""Characters of one text."""
LONGEST_LINE = 2000
"""Characters of a title, a name or a URL."""
LONGEST_NAME = 300
MOST_ROWS = 5000
"""Members of one list."""
LARGEST = 10**12
"""No count is larger."""
NATIVE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@~-]{0,127}")
NEEDS_ACCOUNT = re.compile(
    r"requires? an? (?:authenticated|logged[- ]in) user|auth(?:entication|orization)? ?"
    r"(?:required|missing)|access token|not[ _]logged[ _]in|log ?in required|unauthorized",
    re.I,
)
BY_STATUS: dict[int, PageState] = {
    401: "login",
    403: "forbidden",
    404: "not_found",
    410: "not_found",
}


def value_at(page: Page, row: Row, *path: str) -> Any:
    """What stands at a path of keys; None where a part of the path is missing or null."""
    found: Any = row
    for place, key in enumerate(path):
        if not isinstance(found, dict):
            wrong(page, ".".join(path[:place]), "object", found)
            return None
        found = found.get(key)
        if found is None:
            return None
    return found


def wrong(page: Page, where: str, wanted: str, value: Any) -> None:
    """Record a value of a wrong type or beyond its bounds."""
    shown = clean_text(repr(value)[:80]) if isinstance(value, str | int | float) else ""
    page.note("wrong_type", f"{where}: expected {wanted}, got {type(value).__name__} {shown}")


def text_at(page: Page, row: Row, *path: str) -> str | None:
    """A text with its line breaks, trimmed; None when it is blank."""
    value = value_at(page, row, *path)
    if value is None:
        return None
    if not isinstance(value, str):
        wrong(page, ".".join(path), "text", value)
        return None
    if len(value) > LONGEST_TEXT:
        page.note("text_too_long", f"{'.'.join(path)}: {len(value)} characters")
    return clean_text(value[:LONGEST_TEXT]).strip() or None


def line_at(page: Page, row: Row, *path: str) -> str | None:
    """A text on one line, at most `LONGEST_LINE` characters."""
    text = text_at(page, row, *path)
    return SPACE.sub(" ", text[:LONGEST_LINE]).strip() or None if text else None


def name_at(page: Page, row: Row, *path: str) -> str | None:
    """The name of an account, at most `LONGEST_NAME` characters."""
    line = line_at(page, row, *path)
    return line[:LONGEST_NAME] if line else None


def count_at(page: Page, row: Row, *path: str) -> int | None:
    """A whole number from 0 to `LARGEST`."""
    value = value_at(page, row, *path)
    if value is None:
        return None
    if type(value) is int and 0 <= value <= LARGEST:
        return value
    wrong(page, ".".join(path), "count", value)
    return None


def id_at(page: Page, row: Row, *path: str) -> str | None:
    """An id as text: a whole number, or a short text of the signs that ids are made of."""
    value = value_at(page, row, *path)
    if value is None:
        return None
    if type(value) is int and 0 <= value < 10**20:
        return str(value)
    if isinstance(value, str) and NATIVE_ID.fullmatch(value):
        return value
    wrong(page, ".".join(path), "id", value)
    return None


def moment_of(page: Page, row: Row, *path: str) -> datetime | None:
    """A moment, UTC, from ISO 8601 or an epoch in seconds; an absurd one is None."""
    value = value_at(page, row, *path)
    if value is None:
        return None
    moment = None
    if isinstance(value, str):
        moment = from_iso(value[:64], page.zone)
    elif type(value) in (int, float) and 0 < value < 10**11:
        moment = datetime.fromtimestamp(int(value), UTC)
    if moment is None:
        wrong(page, ".".join(path), "moment", value)
        return None
    return sane(page, moment, str(value)[:64])


def flag_at(page: Page, row: Row, *path: str) -> bool:
    """True or false; false where it is absent."""
    value = value_at(page, row, *path)
    if value is None or isinstance(value, bool):
        return bool(value)
    wrong(page, ".".join(path), "true or false", value)
    return False


def row_at(page: Page, row: Row, *path: str) -> Row:
    """An object; an empty one where there is none."""
    value = value_at(page, row, *path)
    if value is None or isinstance(value, dict):
        return value or {}
    wrong(page, ".".join(path), "object", value)
    return {}


def rows_at(page: Page, row: Row, *path: str) -> list[Row]:
    """The objects in a list, in order, at most `MOST_ROWS`; empty where there is none."""
    value = value_at(page, row, *path)
    return [] if value is None else rows_in(page, value, ".".join(path))


def rows_in(page: Page, value: Any, where: str) -> list[Row]:
    """The objects in a value that should be a list; members of other types are problems."""
    if not isinstance(value, list):
        wrong(page, where, "list", value)
        return []
    if len(value) > MOST_ROWS:
        page.note("too_many_rows", f"{where}: {len(value)}, {MOST_ROWS} are read")
    rows = []
    for each in value[:MOST_ROWS]:
        if isinstance(each, dict):
            rows.append(each)
        else:
            wrong(page, f"{where}[]", "object", each)
    return rows


def markup_of(page: Page, html: str) -> LexborNode:
    """The body of one text's markup; empty, with a problem, where parsing would take too long."""
    if danger := danger_in(html):
        page.note("hostile_markup", danger)
        html = ""
    return LexborHTMLParser(f"<body>{html}</body>").css("body")[0]


def notice_of(page: Page) -> PageState:
    """What a page without content is: by HTTP status and JSON error, or its words (HTML)."""
    data = page.data
    if not isinstance(data, dict):
        if data is None and page.text.lstrip()[:1] == "<":
            return sign_of(page) or BY_STATUS.get(page.status, "unknown")
        return "error" if page.status >= 500 else BY_STATUS.get(page.status, "unknown")
    stated = data.get("error")
    words = " ".join(each for each in (stated, data.get("message")) if isinstance(each, str))
    if NEEDS_ACCOUNT.search(words[:500]):
        return "login"
    for status in (page.status, stated):
        if type(status) is int and (status in BY_STATUS or 500 <= status < 600):
            return BY_STATUS.get(status, "error")
    return "unknown"

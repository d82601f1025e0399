"""The last look at a reading: whatever an engine let through, its values are of sound size.

Text has no control characters and an end, numbers fit into the database, moments are possible.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from crawler.boundaries.text import clean_text
from crawler.reading import Problem, Quote, Reading

Row = TypeVar("Row")
LONGEST = {"text": 1_000_000, "signature": 100_000, "name": 300, "author": 300, "native_id": 200}
"""Characters, by field."""
LONGEST_LINE = 2000
"""Characters of every other field."""
LARGEST = 2**53
"""No number is larger: beyond it, JSON and spreadsheets round."""
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=366)
"""How far a moment may lie ahead of the page's: boards announce, and clocks are wrong."""
MOST_ROWS = 10_000
"""Rows of one kind on a page."""
MOST_FIELDS = 200

Note = Callable[[str, str], None]


def bounded(reading: Reading, fetched_at: datetime) -> Reading:
    """The reading with sound values; a problem for each field that had others."""
    found: dict[str, Problem] = {}

    def note(name: str, what: str) -> None:
        found.setdefault(name, Problem("out_of_bounds", f"{name}: {what}"))

    def rows(name: str, many: tuple[Row, ...]) -> tuple[Row, ...]:
        if len(many) > MOST_ROWS:
            note(name, f"{len(many)} on one page, {MOST_ROWS} are kept")
        return tuple(sound(each, fetched_at, note) for each in many[:MOST_ROWS])

    changed = replace(
        reading,
        boards=rows("boards", reading.boards),
        threads=rows("threads", reading.threads),
        posts=rows("posts", reading.posts),
        thread=sound(reading.thread, fetched_at, note) if reading.thread else None,
        account=sound(reading.account, fetched_at, note) if reading.account else None,
    )
    return replace(changed, problems=(*reading.problems, *found.values())) if found else changed


def sound(row: Row, fetched_at: datetime, note: Note) -> Row:
    """A row with sound values; itself where it has no others."""
    changes = {}
    for each in fields(row):  # type: ignore[arg-type]
        value = getattr(row, each.name)
        if value and (better := sound_value(each.name, value, fetched_at, note)) != value:
            changes[each.name] = better
    return replace(row, **changes) if changes else row  # type: ignore[type-var]


def sound_value(name: str, value: Any, fetched_at: datetime, note: Note) -> Any:
    """A field's value as it may be kept."""
    if isinstance(value, str):
        return sound_text(name, value, note)
    if isinstance(value, datetime):
        if OLDEST <= value <= fetched_at + AHEAD:
            return value
        note(name, f"{value:%Y-%m-%d} cannot be")
        return None
    if isinstance(value, int) and abs(value) > LARGEST:
        note(name, f"a number of {len(str(value)[:400])} digits")
        return None
    if isinstance(value, Mapping):
        return {
            sound_text("field", key, note)[:100]: sound_text(name, text, note)
            for key, text in list(value.items())[:MOST_FIELDS]
        }
    if isinstance(value, tuple):
        quotes = [each for each in value[:MOST_FIELDS] if isinstance(each, Quote)]
        return tuple(sound(each, fetched_at, note) for each in quotes)
    return value


def sound_text(name: str, text: str, note: Note) -> str:
    """A text without control characters, cut at its field's limit."""
    limit = LONGEST.get(name, LONGEST_LINE)
    if len(text) > limit:
        note(name, f"{len(text)} characters, {limit} are kept")
        text = text[:limit]
    return clean_text(text)

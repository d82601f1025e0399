"""Values of a shard's rows: each of the type, form and size that a column of ours has, or none."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, get_type_hints

from crawler.boundaries.text import clean_text
from crawler.clock import stamp
from crawler.records import TABLES

TIME = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z")
OLDEST = "1995-01-01T00:00:00Z"
"""No page of a site that is read is older."""
LARGEST = 2**53
LONG = 1_000_000
"""Characters of a text."""
SHORT = 4_000
"""Characters of any other value."""
LONG_NAMES = frozenset({"text", "quoted", "fields"})
SEEN = frozenset(
    ["first_seen", "last_seen", "seen_at", "fetched_at", "started_at", "finished_at", "read_at",
     "began_at", "gone_at"]
)  # fmt: skip
"""Moments that a machine of ours saw: a wrong one spoils its row."""
CLAIMED = frozenset({"posted_at", "last_post_at", "joined_at", "edited_at"})
"""Moments that pages state: a wrong one is none."""
ADDRESS = re.compile(r"(?:https?|import)://[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,3900}|")
FORMS = {
    "source_id": re.compile(r"[a-z][a-z0-9_]{1,39}"),
    "url": ADDRESS,
    "last_url": ADDRESS,
    "sha256": re.compile(r"[0-9a-f]{64}"),
    "state": re.compile(r"[a-z_]{1,20}"),
    "status": re.compile(r"[a-z_]{1,20}"),
    "kind": re.compile(r"[a-z_]{1,60}"),
    "warc_file": re.compile(r"[a-z][a-z0-9_]{1,39}/[A-Za-z0-9_-]{1,80}\.warc\.gz|"),
    **dict.fromkeys(("thread_id", "account_id", "post_id", "page_id", "version_id"),
                    re.compile(r"[0-9a-f]{24}")),
}  # fmt: skip


class ValueRefusedError(ValueError):
    """A value that no column of ours can hold; its text names the column."""


def reader_of(table: str, moment: datetime) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A function from a row as it stands in a shard to one of our types, in clean text.

    The function raises `ValueRefusedError`. `moment` is now: nobody saw anything later.
    """
    hints = get_type_hints(TABLES[table])
    latest = stamp(moment + timedelta(days=1))
    columns = [
        (name, kind_of(hint), type(None) in getattr(hint, "__args__", ()))
        for name, hint in hints.items()
    ]

    def read(row: dict[str, Any]) -> dict[str, Any]:
        return {
            name: value_of(name, row.get(name), kind, optional=optional, latest=latest)
            for name, kind, optional in columns
        }

    return read


def kind_of(hint: Any) -> type:
    """The type of a column beside None."""
    return next(kind for kind in (str, int) if kind in getattr(hint, "__args__", (hint,)))


def value_of(name: str, value: Any, kind: type, *, optional: bool, latest: str) -> Any:
    """A value as its column holds it.

    Raises:
        ValueRefusedError: it can hold none like it.
    """
    if value is None and optional:
        return None
    if type(value) is not kind:
        raise ValueRefusedError(f"{name}: {type(value).__name__} where {kind.__name__} belongs")
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueRefusedError(f"{name}: {value} is no sensible number")
        return value
    return text_of(name, str(value), latest)


def text_of(name: str, value: str, latest: str) -> str | None:
    """A text as its column holds it; None for a moment that a page states and that is none.

    Raises:
        ValueRefusedError: it can hold none like it.
    """
    if name in CLAIMED:
        return value if is_time(value, latest) else None
    if name in SEEN and not is_time(value, latest):
        raise ValueRefusedError(f"{name}: '{value[:40]}' is no moment that anybody saw")
    longest = LONG if name in LONG_NAMES else SHORT
    if len(value) > longest:
        raise ValueRefusedError(f"{name}: {len(value)} characters, at most {longest} are taken")
    form = FORMS.get(name)
    if form and not form.fullmatch(value):
        raise ValueRefusedError(f"{name}: '{value[:60]}' has not the form of one")
    # what has a form of its own holds nothing to clean; long texts are cleaned with their hash
    return value if form or name in LONG_NAMES else clean_text(value)


@lru_cache(maxsize=1 << 16)
def is_time(value: str, latest: str) -> bool:
    """Whether a text is a moment as rows hold it, not in the future."""
    if not TIME.fullmatch(value) or not OLDEST <= value <= latest:
        return False
    try:
        datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return False
    return True

"""What an export is asked for: format, filters as in the desk's search, since when, which label."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crawler.clock import stamp
from crawler.desk.finding import query_of
from crawler.desk.search import BANDS, FACETS, search_of
from crawler.exporting.labels import LEVELS
from crawler.ids import id_of
from crawler.source_fields import minutes_of
from crawler.store.database import Store
from nlp.lexicon import load_lexicon

FORMATS = {"stix": "json", "misp": "json", "csv": "csv", "ndjson": "ndjson", "parquet": "parquet"}
"""Formats and the endings of their files."""
LAST = "last"
"""Since the newest export of the same format, filters and label."""
FILTERS = ("q", "provider", *FACETS["listings"])
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "intent": ("offer", "wanted"),
    "state": ("active", "sold", "closed", "gone"),
    "band": BANDS,
}


class AskedError(ValueError):
    """An export is asked for that cannot be made; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An export as it is asked for."""

    format: str
    """One of `FORMATS`."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """Values by name, out of `FILTERS`."""
    since: str | None = None
    """A time (UTC) as rows hold it, `last`, or None for everything."""
    tlp: str | None = None
    """Highest label that may leave; None: each source's own."""
    partition: bool = False
    """For parquet: a folder of files by month and source."""

    @property
    def told(self) -> str:
        """The filters as JSON, in a fixed order; empty without any."""
        return json.dumps(dict(sorted(self.filters.items())), ensure_ascii=False) if (
            self.filters
        ) else ""  # fmt: skip

    @property
    def scope(self) -> str:
        """Stable id of format, filters and label."""
        return id_of("export", self.format, self.told, self.tlp or "source")

    def query(self) -> tuple[str, dict[str, str | int]]:
        """SQL for rows of `listings_now`, newest first, and its parameters."""
        search = search_of({"what": "listings", **self.filters})
        inner, params = query_of(search)
        condition, more = "1", dict[str, str]()
        if "provider" in self.filters:
            condition = "(m.provider_id = :provider or m.provider = :provider collate nocase)"
            more = {"provider": self.filters["provider"]}
        sql = f"select m.* from ({inner}) m where {condition} order by m.at desc, m.post_id, m.id"
        return sql, {**params, **more, "limit": -1}


def check(store: Store, asked: Asked) -> None:
    """Refuse what no row can match.

    Raises:
        AskedError: a format, label, filter or value is unknown.
    """
    known: dict[str, Collection[str]] = {
        "format": FORMATS,
        "--tlp": LEVELS,
        "--asset-type": (*load_lexicon().assets, "other"),
        "--source": [row["id"] for row in store.rows("select id from sources order by id")],
        **{f"--{name}": values for name, values in _CHOICES.items()},
    }
    values = {f"--{name.replace('_', '-')}": value for name, value in asked.filters.items()}
    for name, value in {"format": asked.format, "--tlp": asked.tlp, **values}.items():
        if value is not None and name in known and value not in known[name]:
            allowed = ", ".join(known[name]) or "none yet: crawl one first"
            raise AskedError(f"{name}: '{value}' is unknown; use one of: {allowed}")
    if asked.partition and asked.format != "parquet":
        raise AskedError(f"--partition: '{asked.format}' is one file; only parquet is parted")


def since_of(text: str | None, now: datetime) -> str | None:
    """`--since` as rows hold times: a day, a time (UTC without a zone), an age such as 7d, `last`.

    Raises:
        AskedError: it is none of these.
    """
    if text is None or text == LAST:
        return text
    if re.fullmatch(r"[1-9]\d{0,4}[mhdw]", text):
        return stamp(now - timedelta(minutes=minutes_of(text)))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise AskedError(
            f"--since: '{text}' is no time; write 2026-03-01, 2026-03-01T09:30:00Z, 7d or last"
        ) from error
    return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))

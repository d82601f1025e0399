"""What is searched for: words, days, facets; and the facets of what was found."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from crawler.desk.asking import Row
from crawler.folding import folded_query

WINDOW = 600
"""Newest rows that a search looks through at a time."""
PAGE = 25
"""Rows a page."""
BANDS = ("under 10", "10 to 50", "50 to 200", "200 to 1000", "1000 and more", "no price")
"""Price bands in order."""
FACETS = {
    "listings": ("asset_type", "intent", "state", "source", "country", "language", "band"),
    "posts": ("intent", "source", "language"),
}
"""What can be chosen, by kind of search."""
WORDS = ("q", "since", "until", "before")
"""What else is asked; `before` is where an earlier window ended."""
_SHORT = 4
"""Characters of a last word from which on it may be unfinished: shorter ones begin too many."""
_NUMBER = re.compile(r"[0-9]{1,15}")
_PLACE = re.compile(r"[0-9TZ:-]{1,20}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
COLUMNS = {"source": "source_id"}
"""Columns whose name is not that of their facet."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for."""

    what: str = "listings"
    """listings or posts."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Words, days and facets by name; unknown names are left out."""
    page: int = 1
    """Which page, from 1."""

    def link(self, **changes: str | int | None) -> str:
        """The address of this search with something changed; None takes a choice away."""
        wanted = {"what": self.what, **self.chosen, **changes}
        if "page" not in changes:
            wanted.pop("page", None)
        return "/search?" + urlencode({k: v for k, v in wanted.items() if v not in (None, "")})


def search_of(args: Mapping[str, str]) -> Search:
    """The search that an address asks for; what makes no sense is left out (NUL ends FTS5's)."""
    what = args.get("what", "listings")
    what = what if what in FACETS else "listings"
    given = {k: args.get(k, "").replace("\0", " ").strip()[:200] for k in (*WORDS, *FACETS[what])}
    chosen = {k: v for k, v in given.items() if v}
    for name in ("since", "until"):
        if name in chosen and not _DAY.fullmatch(chosen[name]):
            del chosen[name]
    place = _NUMBER if "q" in chosen else _PLACE
    if "before" in chosen and not place.fullmatch(chosen["before"]):
        del chosen["before"]
    page = args.get("page", "1")
    last = WINDOW // PAGE
    return Search(what, chosen, min(max(int(page), 1), last) if page[:4].isdecimal() else 1)


def csv_of(rows: list[Row]) -> str:
    """Matches as CSV with a header; empty without a match."""
    out = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()


def facets_of(search: Search, rows: list[Row]) -> list[Row]:
    """Each facet with its values, counted, most used first; price bands in their order."""
    facets = []
    for name in FACETS[search.what]:
        counts: Counter[str] = Counter()
        for row in rows:
            counts.update(values_of(name, row))
        values = counts.most_common(14)
        if name == "band":
            values.sort(key=lambda pair: BANDS.index(pair[0]) if pair[0] in BANDS else 9)
        facets.append({"name": name, "chosen": search.chosen.get(name), "values": values})
    return facets


def values_of(name: str, row: Row) -> list[str]:
    """A row's values of a facet."""
    if name == "country":
        return str(row["countries"] or "").split()
    value = row[COLUMNS.get(name, name)]
    return [str(value)] if value else []


def match_of(words: str) -> str:
    """What people type as an FTS5 query: every word quoted, so that no operator is left.

    A last word of some length may be unfinished; text in double quotes stays a phrase.
    """
    parts = re.findall(r'"([^"]*)"|([^\s"]+)', words)
    terms = [folded_query(phrase or word) for phrase, word in parts]
    terms = [term for term in terms if any(map(str.isalnum, term))]
    quoted = [f'"{term}"' for term in terms]
    if quoted and not words.rstrip().endswith('"') and _may_go_on(terms[-1]):
        quoted[-1] += "*"
    return " ".join(quoted)


def _may_go_on(term: str) -> bool:
    """Whether a last word may be unfinished: a long one, or one lone Chinese sign."""
    return len(term) >= _SHORT or (len(term) == 1 and not term.isascii())

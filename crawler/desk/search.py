"""Search over listings and posts: words, filters, facets.

Facets are counted over the newest matches only, so that a page takes as long on a large database
as on a small one.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from crawler.desk.asking import Asking, Row
from crawler.folding import folded_query

SAMPLE = 1_000
"""Newest matches that are counted and can be paged through."""
PAGE = 25
"""Rows a page."""
BANDS = ("under 10", "10 to 50", "50 to 200", "200 to 1000", "1000 and more", "no price")
"""Price bands in order."""
FACETS = {
    "listings": ("asset_type", "intent", "state", "source", "country", "language", "band"),
    "posts": ("intent", "source", "language"),
}
"""What can be chosen, by kind of search."""
WORDS = ("q", "since", "until")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COLUMNS = {"source": "source_id"}
_POST_COLUMNS = """
p.id as post_id, p.source_id, p.posted_at, coalesce(p.posted_at, p.first_seen) as at, p.gone_at,
a.name as account, t.title, substr(v.text, 1, 280) as snippet, n.intent,
substr(n.languages || ' ', 1, instr(n.languages || ' ', ' ') - 1) as language
"""


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
    page = args.get("page", "1")
    last = SAMPLE // PAGE
    return Search(what, chosen, min(max(int(page), 1), last) if page[:4].isdecimal() else 1)


async def matches(desk: Asking, search: Search, limit: int = SAMPLE) -> list[Row]:
    """The newest matches, newest first."""
    sql, params = query_of(search)
    return await desk.rows(sql, {**params, "limit": limit})


async def search_page(desk: Asking, search: Search) -> Row:
    """What the search page shows."""
    rows = await matches(desk, search)
    start = (search.page - 1) * PAGE
    return {
        "search": search,
        "total": len(rows),
        "capped": len(rows) >= SAMPLE,
        "all": rows,
        "rows": rows[start : start + PAGE],
        "facets": facets_of(search, rows),
        "pages": -(-len(rows) // PAGE),
    }


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
    value = row[_COLUMNS.get(name, name)]
    return [str(value)] if value else []


def query_of(search: Search) -> tuple[str, dict[str, str]]:
    """SQL and its parameters; rows come newest first."""
    params: dict[str, str] = {}
    where = ["1"]
    words = match_of(search.chosen.get("q", ""))
    if words:
        params["q"] = words
    for name in FACETS[search.what]:
        if name in search.chosen:
            where.append(condition_of(search.what, name))
            params[name] = search.chosen[name]
    time = "n.at" if search.what == "listings" else "p.posted_at"
    if "since" in search.chosen:
        where.append(f"{time} >= :since")
        params["since"] = search.chosen["since"]
    if "until" in search.chosen:
        where.append(f"{time} < :until || 'T99'")
        params["until"] = search.chosen["until"]
    condition = " and ".join(where)
    maker = _listings_sql if search.what == "listings" else _posts_sql
    return maker(condition, bool(words)), params


def condition_of(what: str, name: str) -> str:
    """The condition of one facet."""
    if name == "country":
        return "' ' || n.countries || ' ' like '% ' || :country || ' %'"
    if what == "posts":
        return {
            "intent": "n.intent = :intent",
            "source": "p.source_id = :source",
            "language": "n.languages || ' ' like :language || ' %'",
        }[name]
    return f"n.{_COLUMNS.get(name, name)} = :{name}"


def _listings_sql(condition: str, words: bool) -> str:
    if not words:
        return f"select n.* from listings_now n where {condition} order by n.at desc limit :limit"
    return (
        "select n.* from post_versions_fts f join post_versions v on v.rowid = f.rowid "
        f"join listings_now n on n.version_id = v.id where f.post_versions_fts match :q "
        f"and {condition} order by f.rowid desc limit :limit"
    )


def _posts_sql(condition: str, words: bool) -> str:
    joins = (
        "join threads t on t.id = p.thread_id left join accounts a on a.id = p.account_id "
        "left join analyses n on n.post_version_id = v.id"
    )
    if not words:
        return (
            f"select {_POST_COLUMNS} from posts p join post_versions v on v.id = p.version_id "
            f"{joins} where {condition} order by p.posted_at desc limit :limit"
        )
    return (
        f"select {_POST_COLUMNS} from post_versions_fts f "
        "join post_versions v on v.rowid = f.rowid join posts p on p.version_id = v.id "
        f"{joins} where f.post_versions_fts match :q and {condition} "
        "order by f.rowid desc limit :limit"
    )


def match_of(words: str) -> str:
    """What people type as an FTS5 query: every word quoted, so that no operator is left.

    A last word may be unfinished; text in double quotes stays a phrase.
    """
    parts = re.findall(r'"([^"]*)"|([^\s"]+)', words)
    terms = [folded_query(phrase or word) for phrase, word in parts]
    terms = [term for term in terms if any(map(str.isalnum, term))]
    quoted = [f'"{term}"' for term in terms]
    if quoted and not words.rstrip().endswith('"'):
        quoted[-1] += "*"
    return " ".join(quoted)

"""How a search is answered.

A page looks through a window: the newest rows that an index gives, by words or by one facet. What
else is chosen filters them, and facets are counted over what is left. So a page takes as long on a
large database as on a small one; when the window was full the page says how far back it looked and
leads on from there, and nothing is left out silently.
"""

from crawler.desk.asking import Asking, Row
from crawler.desk.search import COLUMNS, FACETS, PAGE, WINDOW, Search, facets_of, match_of

_NARROW = """
n.id, n.asset_type, n.intent, n.state, n.source_id, n.countries, n.language, n.band, n.at
"""
_INDEXED = ("asset_type", "source", "band", "language")
"""Facets of listings with an index that gives the newest first."""
_POST_COLUMNS = """
p.id as id, p.id as post_id, p.source_id, p.posted_at, p.gone_at,
coalesce(p.posted_at, p.first_seen) as at,
a.name as account, t.title, substr(v.text, 1, 280) as snippet, n.intent,
substr(n.languages || ' ', 1, instr(n.languages || ' ', ' ') - 1) as language
"""
_POST_JOINS = """
left join threads t on t.id = p.thread_id left join accounts a on a.id = p.account_id
left join analyses n on n.post_version_id = v.id
"""


async def search_page(desk: Asking, search: Search) -> Row:
    """What the search page shows."""
    window, rows = await _window(desk, search)
    start = (search.page - 1) * PAGE
    shown = rows[start : start + PAGE]
    full = window["looked"] >= WINDOW
    return {
        "search": search,
        "total": len(rows),
        "looked": window["looked"],
        "back_to": window["back_to"],
        "further": search.link(before=str(window["place"])) if full else None,
        "rows": await whole_rows(desk, search, shown),
        "facets": facets_of(search, rows),
        "pages": -(-len(rows) // PAGE),
    }


async def matches(desk: Asking, search: Search, limit: int = WINDOW) -> list[Row]:
    """The matches of a window as whole rows, newest first."""
    _, rows = await _window(desk, search)
    return await whole_rows(desk, search, rows[:limit])


async def whole_rows(desk: Asking, search: Search, rows: list[Row]) -> list[Row]:
    """Rows with all their columns, in the same order; those of posts have them already."""
    if search.what == "posts" or not rows:
        return rows
    ids = [row["id"] for row in rows]
    holes = ", ".join("?" * len(ids))
    found = await desk.rows(f"select * from listings_now where id in ({holes})", ids)
    by_id = {row["id"]: row for row in found}
    return [by_id[known] for known in ids if known in by_id]


async def _window(desk: Asking, search: Search) -> tuple[Row, list[Row]]:
    """What the window holds (rows looked at, how far back) and the matches in it, newest first."""
    sql, params, left = window_of(search)
    named = {name: search.chosen[name] for name in left}
    where = " and ".join(["id is not null", *map(fits, left)])
    rows = await desk.rows(f"select * from ({sql}) where {where}", {**params, **named})
    if "q" in params:
        told = "select count(*) as looked, min(rowid) as place, null as back_to"
        window = await desk.row(f"{told} from {_texts(params)}", params)
    else:
        told = "select count(*) as looked, min(place) as place, min(at) as back_to"
        window = await desk.row(f"{told} from ({sql})", params)
    return window or {"looked": 0, "back_to": None, "place": None}, rows


def window_of(search: Search) -> tuple[str, dict[str, str | int], list[str]]:
    """The window's SQL, its parameters, and the facets that are left to be looked at."""
    params: dict[str, str | int] = {"limit": WINDOW}
    chosen = [name for name in FACETS[search.what] if name in search.chosen]
    words = match_of(search.chosen.get("q", ""))
    inside = [] if words else [name for name in chosen if name in _INDEXED][:1]
    if search.what == "posts":
        inside = [name for name in inside if name == "source"]
    where = ["1"]
    for name in inside:
        column = f"{'p' if search.what == 'posts' else 'n'}.{COLUMNS.get(name, name)}"
        where.append(f"{column} = :{name}")
        params[name] = search.chosen[name]
    where += _times(search, params)
    if words:
        params["q"] = words
    maker = _listings_window if search.what == "listings" else _posts_window
    if "before" in search.chosen:
        params["before"] = int(search.chosen["before"]) if words else search.chosen["before"]
    return maker(" and ".join(where), words=bool(words), params=params), params, [
        name for name in chosen if name not in inside
    ]  # fmt: skip


def _times(search: Search, params: dict[str, str | int]) -> list[str]:
    time = "n.at" if search.what == "listings" else "p.posted_at"
    where = []
    if "since" in search.chosen:
        where.append(f"{time} >= :since")
        params["since"] = search.chosen["since"]
    if "until" in search.chosen:
        where.append(f"{time} < :until || 'T99'")
        params["until"] = search.chosen["until"]
    return where


def _listings_window(condition: str, *, words: bool, params: dict[str, str | int]) -> str:
    if words:
        return (
            f"select {_NARROW}, f.rowid as place from {_texts(params)} f "
            f"left join listings_now n on n.version_rowid = f.rowid and {condition} "
            "order by f.rowid desc"
        )
    before = " and n.at < :before" if "before" in params else ""
    return (
        f"select {_NARROW}, n.at as place from listings_now n where {condition}{before} "
        "order by n.at desc limit :limit"
    )


def _posts_window(condition: str, *, words: bool, params: dict[str, str | int]) -> str:
    if words:
        return (
            f"select {_POST_COLUMNS}, f.rowid as place from {_texts(params)} f "
            "left join post_versions v on v.rowid = f.rowid "
            f"left join posts p on p.version_id = v.id and {condition} {_POST_JOINS} "
            "order by f.rowid desc"
        )
    before = " and p.posted_at < :before" if "before" in params else ""
    return (
        f"select {_POST_COLUMNS}, p.posted_at as place from posts p "
        f"join post_versions v on v.id = p.version_id {_POST_JOINS} where {condition}{before} "
        "order by p.posted_at desc limit :limit"
    )


def _texts(params: dict[str, str | int]) -> str:
    """The newest texts with the words: one row each at least, with a listing or without."""
    before = "and rowid < :before " if "before" in params else ""
    return (
        "(select rowid from post_versions_fts where post_versions_fts match :q "
        f"{before}order by rowid desc limit :limit)"
    )


def fits(name: str) -> str:
    """The condition that a row of a window has the chosen value of a facet."""
    if name == "country":
        return "' ' || countries || ' ' like '% ' || :country || ' %'"
    return f"{COLUMNS.get(name, name)} = :{name}"


def query_of(search: Search) -> tuple[str, dict[str, str]]:
    """SQL of all listings that match, without a window, and its parameters; newest first."""
    params: dict[str, str | int] = {}
    where = ["1", *_times(search, params)]
    for name in FACETS["listings"]:
        if name in search.chosen:
            column = f"n.{COLUMNS.get(name, name)}"
            where.append(
                "' ' || n.countries || ' ' like '% ' || :country || ' %'"
                if name == "country"
                else f"{column} = :{name}"
            )
            params[name] = search.chosen[name]
    words = match_of(search.chosen.get("q", ""))
    source = "listings_now n"
    if words:
        params["q"] = words
        source = "post_versions_fts f cross join listings_now n on n.version_rowid = f.rowid"
        where.append("f.post_versions_fts match :q")
    told = {name: str(value) for name, value in params.items()}
    return f"select n.* from {source} where {' and '.join(where)} order by n.at desc", told

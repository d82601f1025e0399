"""Whether two databases hold the same: the one definition of it.

Equal are all tables, ids and histories. Left out are moments of fetching (whether there is one
counts), what counts runs, the log of what was done, and the notice that a kill left a record of the
evidence unfinished.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

LEFT_OUT = frozenset({"_sqlite_migrations", "runs", "run_figures", "exports", "audit"})
"""Tables that tell of runs and deeds, not of the market."""
MOMENTS = frozenset(
    {"first_seen", "last_seen", "seen_at", "gone_at", "read_at", "fetched_at", "ended_at",
     "decided_at", "silent_since"}
)  # fmt: skip
OF_RUNS = frozenset(
    {"run_id", "page_id", "warc_file", "warc_offset", "export_id", "version_rowid",
     "posted_raw", "last_post_raw"}
)  # fmt: skip
"""Columns that say which run brought a row, where it lies, or when in words like "2 hours ago"."""
OF_KILLS = "evidence_mended"
"""Kind of issue that only a killed run brings."""
WORDS = ("bulletproof", "rdp", "vouch", "escrow")
"""Words whose texts the search must find in both."""

Dump = dict[str, list[str]]


def dump(database: Path) -> Dump:
    """What a database holds, by table, in a fixed order."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn:
        conn.row_factory = sqlite3.Row
        names = [
            row["name"]
            for row in conn.execute("select name from sqlite_master where type = 'table'")
            if "_fts" not in row["name"] and row["name"] not in LEFT_OUT
        ]
        held = {name: table(conn, name) for name in sorted(names)}
        held["found by words"] = found(conn)
    return held


def table(conn: sqlite3.Connection, name: str) -> list[str]:
    """A table's rows as text; those of the evidence's index each once, without their ids."""
    held = [dict(row) for row in conn.execute(f"select * from [{name}]")]
    rows = [plain(name, row) for row in held if row.get("kind") != OF_KILLS]
    return sorted(set(rows) if name == "pages" else rows)


def plain(name: str, row: dict[str, Any]) -> str:
    """A row as text, moments of fetching replaced by whether there is one."""
    if name == "pages":
        # boards show "2 hours ago", so their bytes differ
        del row["id"], row["sha256"]
    if name == "exported":
        # the hash of an offer with its moments
        del row["sha256"]
    if row.get("how") == "edit":
        row["at"] = "when it was noticed"
    kept = {
        key: value is not None if key in MOMENTS else value
        for key, value in row.items()
        if key not in OF_RUNS
    }
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def found(conn: sqlite3.Connection) -> list[str]:
    """Which texts the search finds."""
    sql = (
        "select v.id from post_versions_fts f join post_versions v on v.rowid = f.rowid "
        "where post_versions_fts match ? order by 1"
    )
    return [f"{word}: {row[0]}" for word in WORDS for row in conn.execute(sql, (word,))]


def doubled(database: Path) -> list[str]:
    """Listings, posts and texts that stand twice."""
    keys = {
        "listings": "post_version_id, intent, asset_type",
        "posts": "source_id, native_id",
        "post_versions": "post_id, sha256",
        "frontier": "source_id, url",
    }
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn:
        return [
            f"{name}: {row}"
            for name, key in keys.items()
            for row in conn.execute(f"select {key} from {name} group by {key} having count(*) > 1")
        ]


def differences(calm: Dump, other: Dump) -> list[str]:
    """What differs between two databases, a few lines a table."""
    lines = []
    for name in sorted(calm.keys() | other.keys()):
        one, two = calm.get(name, []), other.get(name, [])
        missing = sorted(set(one) - set(two))
        more = sorted(set(two) - set(one))
        if missing or more or len(one) != len(two):
            lines.append(f"{name}: {len(one)} rows, {len(two)} here")
            lines += [f"  lacks {row[:600]}" for row in missing[:2]]
            lines += [f"  has   {row[:600]}" for row in more[:2]]
    return lines

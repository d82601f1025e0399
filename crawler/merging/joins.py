"""How two rows of the same id become one, whichever comes first and however often.

Each column is the least or the greatest of both, or belongs to a group of columns that are taken
together from the row whose group is greater (or less). All of these are joins of a semilattice:
commutative, associative, idempotent. Nothing is decided by who was merged last.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from crawler.records import TABLES
from crawler.store.database import Store

LOWEST, HIGHEST = "-9e999", "x'ff'"
"""What stands for null: it is never preferred. SQLite sorts numbers, texts, blobs in this order."""
TLP_RANK = (
    "case {c} when 'red' then 5 when 'amber+strict' then 4 when 'amber' then 3 "
    "when 'green' then 2 when 'clear' then 1 else 6 end"
)
"""Labels from least to most strict; one that is unknown is the strictest."""


@dataclass(frozen=True, slots=True)
class Join:
    """How a table's rows are joined; columns that no field names stay as they were first read."""

    least: tuple[str, ...] = ()
    """Columns of which the least value counts."""
    most: tuple[str, ...] = ()
    """Columns of which the greatest value counts."""
    latest: tuple[tuple[str, ...], ...] = ()
    """Groups that are taken from the row whose group is greater, first column first."""
    earliest: tuple[tuple[str, ...], ...] = ()
    """Groups that are taken from the row whose group is less."""
    parents: tuple[tuple[str, str], ...] = ()
    """Columns and the tables in which their rows must be, else the row is refused."""


JOINS: dict[str, Join] = {
    "sources": Join(
        latest=(("name", "kind", "engine", "url", "languages", "access", "basis", "every"),),
        # the worst grade counts: A is the best one
        most=("credibility",),
    ),
    "runs": Join(
        most=(
            "pages",
            "posts_seen",
            "posts_new",
            "posts_changed",
            "threads_skipped",
            "bytes",
            "issues",
            "dropped",
            "masked",
            "full",
        ),
        least=("started_at",),
        latest=(("finished_at", "status", "reason"),),
        parents=(("source_id", "sources"),),
    ),
    "run_figures": Join(
        most=("total", "filled"), parents=(("run_id", "runs"), ("source_id", "sources"))
    ),
    "pages": Join(
        most=("kind", "state", "sha256", "status"),
        latest=(("warc_file", "warc_offset"),),
        parents=(("run_id", "runs"), ("source_id", "sources")),
    ),
    "threads": Join(
        least=("first_seen", "posted_at", "author"),
        most=("list_url",),
        # a board says more of a thread than the thread itself
        latest=(("last_seen", "title", "url"), ("last_post_at", "replies", "board", "sticky")),
        parents=(("source_id", "sources"),),
    ),
    "accounts": Join(
        least=("first_seen", "joined_at"),
        most=("native_id",),
        latest=(("last_seen", "rank", "post_count", "reputation", "signature"),),
        parents=(("source_id", "sources"),),
    ),
    "posts": Join(
        least=("first_seen",),
        latest=(
            ("last_seen", "thread_id", "edited_at", "version_id", "position", "account_id", "url"),
        ),
        earliest=(("posted_at", "posted_raw"),),
        parents=(("thread_id", "threads"), ("account_id", "accounts")),
    ),
    "post_versions": Join(
        earliest=(("seen_at", "page_id"),), parents=(("post_id", "posts"), ("page_id", "pages"))
    ),
    "thread_reads": Join(
        latest=(("read_at", "last_post_at", "replies", "last_post_raw", "last_url"),),
        parents=(("source_id", "sources"),),
    ),
    "drops": Join(
        least=("first_seen",),
        most=("last_seen", "times", "thread", "sha256"),
        parents=(("source_id", "sources"),),
    ),
    "issues": Join(
        least=("first_seen",),
        latest=(("last_seen", "run_id"),),
        parents=(("source_id", "sources"),),
    ),
    "walks": Join(latest=(("began_at",),), parents=(("source_id", "sources"),)),
}
"""The tables that are merged, parents before children. Others are the home's own, or follow."""


def join_sql(table: str) -> str:
    """An insert that joins a row with the one that is there, and writes nothing where it is so."""
    names = [field.name for field in fields(TABLES[table])]
    merged = merged_columns(table, JOINS[table])
    sets = ", ".join(f"[{name}] = {value}" for name, value in merged.items())
    changed = " or ".join(f"t.[{name}] is not {value}" for name, value in merged.items())
    return (
        f"insert into {table} as t ({', '.join(f'[{name}]' for name in names)}) "
        f"values ({', '.join(f':{name}' for name in names)}) "
        f"on conflict ([{names[0]}]) do update set {sets} where {changed}"
    )


def merged_columns(table: str, join: Join) -> dict[str, str]:
    """SQL of each column that a join can change."""
    merged: dict[str, str] = {}
    for name in join.least:
        merged[name] = f"iif({null(name, 'excluded', HIGHEST)} < {null(name, 't', HIGHEST)}, "
        merged[name] += f"excluded.[{name}], t.[{name}])"
    for name in join.most:
        merged[name] = f"iif({null(name, 'excluded', LOWEST)} > {null(name, 't', LOWEST)}, "
        merged[name] += f"excluded.[{name}], t.[{name}])"
    for groups, sign, nothing in ((join.latest, ">", LOWEST), (join.earliest, "<", HIGHEST)):
        for group in groups:
            ours = ", ".join(null(name, "t", nothing) for name in group)
            theirs = ", ".join(null(name, "excluded", nothing) for name in group)
            wins = f"({theirs}) {sign} ({ours})"
            for name in group:
                merged[name] = f"iif({wins}, excluded.[{name}], t.[{name}])"
    if table == "sources":
        ranks = [TLP_RANK.format(c=f"{side}.[tlp]") for side in ("excluded", "t")]
        merged["tlp"] = f"iif({ranks[0]} > {ranks[1]}, excluded.[tlp], t.[tlp])"
    return merged


def null(name: str, side: str, stand_in: str) -> str:
    """A column for comparison: null as something that is never preferred."""
    return f"coalesce({side}.[{name}], {stand_in})"


def fold(store: Store, table: str, rows: Iterable[dict[str, Any]]) -> int:
    """Join rows with those that are there; how many were written. Call it inside a transaction."""
    before = store.conn.total_changes
    store.conn.executemany(join_sql(table), rows)
    return store.conn.total_changes - before

"""Tables that pages are read from, brought up to date by the queries in `data/summaries`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

from crawler.home import DATA
from crawler.records import TABLES
from crawler.store.database import Store, upsert_sql

FOLDER = DATA / "summaries"
CACHE_KIB = 256 * 1024
"""Memory for pages of the database while summaries are made: rows are looked up all over it."""


def summarise(store: Store, *, everything: bool = False) -> int:
    """Make the summary tables say what the other tables say; how many rows were written.

    Reads all, writes only what changed. `everything` fills them from scratch. Call it inside a
    transaction, after providers, ads, marks, proposals and the search index.
    """
    with large_cache(store):
        return sum(
            refresh(store, table, path.read_text("utf-8"), everything=everything)
            for table, path in summary_files().items()
        )


@contextmanager
def large_cache(store: Store) -> Iterator[None]:
    """Give the connection more memory for a while."""
    usual = store.rows("pragma cache_size")[0][0]
    store.execute(f"pragma cache_size = {-CACHE_KIB}")
    try:
        yield
    finally:
        store.execute(f"pragma cache_size = {usual}")


def summary_files(folder: Path = FOLDER) -> dict[str, Path]:
    """Queries by the name of the table that they fill, in the order in which they must run."""
    return {path.stem.split("-", 1)[1]: path for path in sorted(folder.glob("*.sql"))}


def refresh(store: Store, table: str, query: str, *, everything: bool = False) -> int:
    """Make a table say what a query says and nothing else; how many rows were written."""
    columns = [field.name for field in fields(TABLES[table])]
    names = ", ".join(f"[{column}]" for column in columns)
    store.execute(f"create temp table fresh as select {names} from ({query}\n)")
    gone = "" if everything else " where id not in (select id from temp.fresh)"
    written = store.execute(f"delete from {table}{gone}")
    written += store.execute(merge_sql(table, tuple(columns)))
    store.execute("drop table temp.fresh")
    return written


def merge_sql(table: str, columns: tuple[str, ...]) -> str:
    """A statement that takes over the rows of `fresh` which are new or not as they were."""
    values = f"values ({', '.join('?' * len(columns))})"
    start, _, rest = upsert_sql(table, columns).partition(values)
    names = ", ".join(f"[{column}]" for column in columns)
    return f"{start}select {names} from temp.fresh where true{rest}"

"""Tables that pages are read from, brought up to date by the queries in `data/summaries`."""

from dataclasses import fields
from pathlib import Path

from crawler.home import DATA
from crawler.records import TABLES
from crawler.store.database import Store, upsert_sql

FOLDER = DATA / "summaries"


def summarise(store: Store, *, everything: bool = False) -> int:
    """Make the summary tables say what the other tables say; how many rows were written.

    Reads all, writes only what changed. `everything` fills them from scratch. Call it inside a
    transaction, after providers, ads, marks, proposals and the search index.
    """
    return sum(
        refresh(store, table, path.read_text("utf-8"), everything=everything)
        for table, path in summary_files().items()
    )


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
    start, _, rest = upsert_sql(table, columns, {}).partition(
        f"values ({', '.join(f':{column}' for column in columns)})"
    )
    names = ", ".join(f"[{column}]" for column in columns)
    return f"{start}select {names} from temp.fresh where true{rest}"

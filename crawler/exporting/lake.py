"""The database as Parquet files by month and source, with the same views for DuckDB.

It is a copy of the database in another form, for those who may read the database: nothing is
chosen, masked or labelled. What is passed on to others is an `export`.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from crawler.records import TABLES
from crawler.schema import columns_of, view_files
from crawler.store.database import Store

BATCH = 50_000
"""Rows that are spread over the folders at a time."""
VIEWS = "views.sql"
PARTS = ("month", "source")
_AT = re.compile(r"(?<![\w.\"'])at(?![\w\"'(])")
_TYPES = {str: pa.string(), int: pa.int64(), float: pa.float64()}
_POST = "substr(coalesce(p.posted_at, p.first_seen), 1, 7), p.source_id"
_TEXT = "join post_versions v on v.id = t.post_version_id join posts p on p.id = v.post_id"
_OFFER = (
    "join listings l on l.id = t.listing_id join post_versions v on v.id = l.post_version_id "
    "join posts p on p.id = v.post_id"
)
PARTED: dict[str, tuple[str, str]] = {
    "threads": ("substr(coalesce(t.posted_at, t.first_seen), 1, 7), t.source_id", ""),
    "posts": ("substr(coalesce(t.posted_at, t.first_seen), 1, 7), t.source_id", ""),
    "post_versions": (_POST, "join posts p on p.id = t.post_id"),
    "analyses": (_POST, _TEXT),
    "listings": (_POST, _TEXT),
    "contact_mentions": (_POST, _TEXT),
    "ad_posts": (_POST, _TEXT),
    "prices": (_POST, _OFFER),
    "attributes": (_POST, _OFFER),
    "listings_now": ("substr(t.at, 1, 7), t.source_id", ""),
    "repricings": ("substr(t.at, 1, 7), t.source_id", ""),
}
"""Month and source of a table's rows, and the joins that tell them."""
WHOLE = (
    "sources", "runs", "frontier", "accounts", "contacts", "providers", "provider_members",
    "provider_links", "marks", "providers_now", "asset_sellers", "month_prices", "day_counts",
    "month_counts", "asset_types_now", "reposted_ads", "mining_signs", "early_sales", "totals",
)  # fmt: skip
"""Tables of one file each."""
MACROS = """\
create or replace macro julianday(moment) as epoch(moment::timestamptz) / 86400.0 + 2440587.5;
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What a lake holds."""

    tables: int
    rows: int
    files: int
    bytes: int


def write_lake(
    store: Store, folder: Path, progress: Callable[[int, int], None] | None = None
) -> Written:
    """Write the lake, in the place of an older one; what it holds.

    Raises:
        OSError: the place cannot be written.
    """
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    rows = 0
    store.conn.execute("begin")
    try:
        for name in (*WHOLE, *PARTED):
            rows += write_table(store, name, part / name)
            if progress:
                progress(rows, 0)
    finally:
        store.conn.rollback()
    (part / VIEWS).write_text(views_sql(), "utf-8")
    old = folder.with_name(f".{folder.name}.old")
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    files = list(folder.rglob("*.parquet"))
    for path in files:
        path.chmod(0o600)
    size = sum(path.stat().st_size for path in files)
    return Written(len(WHOLE) + len(PARTED), rows, len(files), size)


def write_table(store: Store, name: str, folder: Path) -> int:
    """Write one table; how many rows."""
    columns = columns_of(TABLES[name])
    fields = [pa.field(column, _TYPES[kind]) for column, kind in columns.items()]
    selected = ", ".join(f"t.[{column}]" for column in columns)
    if name == "post_versions":
        fields.append(pa.field("rowid", pa.int64()))
        selected += ", t.rowid"
    parts, joins = PARTED.get(name, ("", ""))
    if parts:
        fields += [pa.field(part, pa.string()) for part in PARTS]
        selected += f", {parts}"
    schema = pa.schema(fields)
    count = 0
    for number, batch in enumerate(
        batches(store, f"select {selected} from {name} t {joins}", schema)
    ):
        count += batch.num_rows
        write_batch(folder, batch, number, parted=bool(parts))
    if not count:
        write_empty(folder, schema, parted=bool(parts))
    return count


def batches(store: Store, sql: str, schema: pa.Schema) -> Iterator[pa.Table]:
    """Rows of a query, many at a time."""
    cursor = store.conn.execute(sql)
    while rows := cursor.fetchmany(BATCH):
        columns: list[Any] = list(zip(*map(tuple, rows), strict=True))
        arrays = [
            pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)
        ]
        yield pa.Table.from_arrays(arrays, schema=schema)


def write_batch(folder: Path, table: pa.Table, number: int, *, parted: bool) -> None:
    """Write rows, where a table is parted to the folders of their month and source."""
    if not parted:
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, folder / f"{number}.parquet", compression="zstd")
        return
    parts = pa.schema([table.schema.field(part) for part in PARTS])
    ds.write_dataset(
        table,
        folder,
        format="parquet",
        partitioning=ds.partitioning(parts, flavor="hive"),
        basename_template=f"{number}-{{i}}.parquet",
        existing_data_behavior="overwrite_or_ignore",
        max_partitions=10_000,
        file_options=ds.ParquetFileFormat().make_write_options(compression="zstd"),
    )


def write_empty(folder: Path, schema: pa.Schema, *, parted: bool) -> None:
    """Write a file without rows, so that a table without any is there too."""
    if parted:
        folder = folder / "month=none" / "source=none"
        schema = pa.schema([field for field in schema if field.name not in PARTS])
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(schema.empty_table(), folder / "0.parquet")


def in_duckdb(path: Path) -> str:
    """A view's query without comments; `at`, a word of DuckDB's own, in quotes."""
    lines = path.read_text("utf-8").splitlines()
    sql = "\n".join(line for line in lines if not line.lstrip().startswith("--"))
    return _AT.sub('"at"', sql.rstrip().rstrip(";"))


def views_sql() -> str:
    """Statements that make tables and views of a lake, for DuckDB started in its folder."""
    statements = [MACROS]
    for name in WHOLE:
        statements.append(
            f"create or replace view {name} as from read_parquet('{name}/*.parquet');"
        )
    for name in PARTED:
        statements.append(
            f"create or replace view {name} as from read_parquet('{name}/*/*/*.parquet', "
            "hive_partitioning = true, hive_types_autocast = false);"
        )
    for name, path in view_files().items():
        statements.append(f"create or replace view {name} as\n{in_duckdb(path)};")
    return "\n".join(statements) + "\n"

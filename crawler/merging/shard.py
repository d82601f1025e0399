"""A shard as it is read: somebody else's SQLite file, of which nothing is trusted."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.records import TABLES
from crawler.schema import columns_of, required_of

LONGEST = 16 * 1024 * 1024
"""Bytes of one value, or of one statement of its schema."""
ABSENT: dict[str, Any] = {"dropped": 0, "masked": 0}
"""What stands in columns that older releases lack."""
BATCH = 500


class ShardError(ValueError):
    """A file cannot be merged; its text names the file, the reason and the remedy."""


@dataclass(frozen=True, slots=True)
class Shard:
    """An open shard."""

    path: Path
    """Its SQLite file."""
    evidence: Path | None
    """Its folder of WARC files; None for a database alone."""
    conn: sqlite3.Connection

    def rows(self, table: str) -> Iterator[list[dict[str, Any]]]:
        """Rows of a table in batches, as they stand there; nothing for a table that it lacks.

        Raises:
            ShardError: the table cannot be read to its end.
        """
        there = self.columns(table)
        names = [name for name in columns_of(TABLES[table]) if name in there]
        if not there:
            return
        # no condition and no join: a hostile schema has no keys to look rows up by
        sql = f"select {', '.join(f'[{name}]' for name in names)} from main.[{table}]"
        try:
            cursor = self.conn.execute(sql)
            while batch := cursor.fetchmany(BATCH):
                yield [ABSENT | dict(zip(names, row, strict=True)) for row in batch]
        except sqlite3.Error as error:
            raise ShardError(
                f"{self.path}: {table}: cannot be read: {error}; ask for a new copy"
            ) from error

    def columns(self, table: str) -> set[str]:
        """The columns of a plain table; nothing where there is none.

        Raises:
            ShardError: something else has its name, or columns that we need are not there.
        """
        found = self.conn.execute(
            "select type, sql from main.sqlite_schema where name = ?", (table,)
        ).fetchall()
        if not found:
            return set()
        if found[0][0] != "table" or str(found[0][1]).lower().lstrip().startswith("create virtual"):
            raise ShardError(f"{self.path}: '{table}' is no plain table; refuse this file")
        columns = self.conn.execute(f"pragma main.table_xinfo([{table}])").fetchall()
        computed = [row[1] for row in columns if row[6]]
        names = {row[1] for row in columns} - set(computed)
        record = TABLES[table]
        lacking = required_of(record) - names - set(ABSENT)
        if computed or lacking:
            what = ", ".join(sorted([*computed, *lacking]))[:200]
            raise ShardError(
                f"{self.path}: {table}: columns that are computed or missing: {what}; "
                "refuse this file, or ask for one that Rackrent wrote"
            )
        return names


@contextmanager
def opened(path: Path) -> Iterator[Shard]:
    """A shard by its home folder or its database, open for reading in one snapshot.

    Raises:
        ShardError: there is no such file, it is damaged, or no database of Rackrent's.
    """
    file = path / "market.db" if path.is_dir() else path
    evidence = path / "evidence" if path.is_dir() and (path / "evidence").is_dir() else None
    if not file.is_file():
        raise ShardError(f"{file}: no such file; name a home folder or a database")
    # without a write-ahead log nothing may be written beside somebody else's file
    alone = "" if file.with_name(f"{file.name}-wal").exists() else "&immutable=1"
    try:
        conn = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro{alone}", uri=True, timeout=30)
    except sqlite3.Error as error:
        raise ShardError(f"{file}: cannot be opened: {error}") from error
    try:
        harden(conn)
        check(conn, file)
        yield Shard(file, evidence, conn)
    finally:
        conn.close()


def harden(conn: sqlite3.Connection) -> None:
    """Take from a hostile schema what it could act with."""
    conn.isolation_level = None
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    conn.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1)
    conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
    for pragma in ("trusted_schema=off", "query_only=on", "cell_size_check=on", "mmap_size=0"):
        conn.execute(f"pragma {pragma}")


def check(conn: sqlite3.Connection, file: Path) -> None:
    """Begin the snapshot, and refuse what is no sound database of Rackrent's.

    Raises:
        ShardError: it is none.
    """
    try:
        conn.execute("begin")
        faults = [row[0] for row in conn.execute("pragma main.quick_check(3)")]
        known = {row[0] for row in conn.execute("select name from main.sqlite_schema")}
    except sqlite3.Error as error:
        raise ShardError(f"{file}: {error}; name a database that Rackrent wrote") from error
    if faults != ["ok"]:
        raise ShardError(f"{file}: damaged: {'; '.join(map(str, faults))[:300]}; ask for a copy")
    if not {"sources", "posts", "post_versions"} <= known:
        raise ShardError(f"{file}: holds no tables of Rackrent's; name a market.db")

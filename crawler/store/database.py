"""An open database: pragmas, migrations, transactions, guarded upserts."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import fields
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler.backup import BackupError, make_backup
from crawler.boundaries.secrets import hide_rows
from crawler.clock import now
from crawler.schema import is_outdated, migrate
from crawler.storage import StorageError, is_of_storage, told

BUSY_S = 30.0
"""How long a writer waits for another one, seconds."""
WAL_MOST = 64 << 20
"""Size to which the write-ahead log is cut back once nobody reads an older state, bytes."""

Params = Mapping[str, Any] | tuple[Any, ...]
Merges = tuple[tuple[str, str], ...]


class Store:
    """The database, open for writing by this process."""

    def __init__(self, path: Path) -> None:
        """Open or create the file and bring it to the newest schema.

        Raises:
            StorageError: the file is no database, or its folder cannot be written.
        """
        self.path = path
        self.fault: str | None = None
        """Why something could not be written; None while all could."""
        self.commits = 0
        """Transactions of this process that were kept."""
        self._mark = (0, 0)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.conn = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
            self.conn.row_factory = sqlite3.Row
            for pragma in (
                "journal_mode=wal", "synchronous=normal", "foreign_keys=on",
                f"journal_size_limit={WAL_MOST}",
            ):  # fmt: skip
                self.conn.execute(f"pragma {pragma}")
            self.db = Database(self.conn)
            with self.transaction():
                # the lock of this transaction keeps a second process from backing up too
                if is_outdated(self.db):
                    make_backup(path, path.parent / "backups", now())
                migrate(self.db)
        except BackupError as error:
            raise StorageError(
                f"{path}: is of an older release and cannot be backed up before its upgrade: "
                f"{error}"
            ) from error
        except (sqlite3.DatabaseError, OSError) as error:
            raise StorageError(told(path, error, "cannot be opened for writing: ")) from error

    def close(self) -> None:
        """Close the file."""
        self.conn.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside commits together or not at all.

        Raises:
            StorageError: the database cannot be written; nothing of it was kept.
        """
        try:
            self.conn.execute("begin immediate")
            before = self.conn.total_changes
            self._mark = (0, before)
            yield
            mark, marked_at = self._mark
            if mark or self.conn.total_changes != before:
                self._set_mark(mark if self.conn.total_changes == marked_at else 0)
            self.conn.commit()
        except BaseException as error:
            self._undo()
            if isinstance(error, sqlite3.Error) and self._is_to_blame(error):
                raise StorageError(self.fault) from error
            raise
        self.commits += 1

    @property
    def mark(self) -> int:
        """What the last transaction that changed anything said with `keep_mark`; 0: nothing."""
        return int(self.rows("pragma user_version")[0][0])

    def keep_mark(self, mark: int) -> None:
        """Leave a number in the file that holds until anything is changed by any process.

        Call it at the end of a transaction; it is kept with it.
        """
        self._mark = (mark, self.conn.total_changes)

    def _set_mark(self, mark: int) -> None:
        """Write the mark where it is another one."""
        if self.mark != mark:
            self.conn.execute(f"pragma user_version = {mark}")

    def _undo(self) -> None:
        """Roll back what is open; SQLite has done so itself after some errors."""
        with suppress(sqlite3.Error):
            self.conn.rollback()

    def _is_to_blame(self, error: sqlite3.Error) -> bool:
        """Whether the database itself is at fault, which is remembered."""
        if is_of_storage(error):
            self.fault = told(self.path, error)
        return is_of_storage(error)

    def rows(self, sql: str, params: Params = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        try:
            return self.conn.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            self._is_to_blame(error)
            raise

    def execute(self, sql: str, params: Params = ()) -> int:
        """Run one statement; rows changed."""
        changed = self.conn.execute(sql, params).rowcount
        if changed > 0 and not self.conn.in_transaction:
            self._set_mark(0)
        return changed

    def upsert(
        self, table: str, records: Iterable[Any], merge: Mapping[str, str] | None = None
    ) -> None:
        """Write records; a row that would not change is not touched.

        `merge` says what becomes of a column that exists already, by name in `MERGES`; by default
        the new value is taken.
        """
        self._write(table, records, tuple((merge or {}).items()))

    def add(self, table: str, records: Iterable[Any]) -> int:
        """Write those records whose row is not there yet; how many. Quicker than `upsert`."""
        return self._write(table, records, ONLY_NEW)

    def _write(self, table: str, records: Iterable[Any], merges: Merges) -> int:
        """Write records, with what becomes of columns of rows that exist; rows written."""
        kept = tuple(records)
        if not kept:
            return 0
        columns, values_of = columns_of(kept[0].__class__)
        rows = hide_rows([values_of(record) for record in kept])
        written = self.conn.executemany(upsert_sql(table, columns, merges), rows).rowcount
        if written > 0 and not self.conn.in_transaction:
            self._set_mark(0)
        return written


MERGES = {
    "new": "excluded.{c}",
    "old": "",
    "fill": "coalesce(excluded.{c}, {t}.{c})",
    "first": "coalesce({t}.{c}, excluded.{c})",
    "earliest": "min({t}.{c}, excluded.{c})",
    "latest": "max({t}.{c}, excluded.{c})",
    "sum": "{t}.{c} + excluded.{c}",
    # of two post versions; the order in which they were analysed must not count
    "posted_first": "(select v.id from post_versions v join posts p on p.id = v.post_id where "
    "v.id in ({t}.{c}, excluded.{c}) order by coalesce(p.posted_at, v.seen_at), v.id limit 1)",
}
"""How an old and a new value of a column become one; `old` leaves the column alone."""
ONLY_NEW: Merges = (("", "old"),)
"""Rows that exist are left alone."""


@cache
def columns_of(record: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """A record's columns, and what takes their values from one of its kind."""
    columns = tuple(field.name for field in fields(record))
    if len(columns) == 1:
        return columns, lambda row: (getattr(row, columns[0]),)
    return columns, attrgetter(*columns)


@cache
def upsert_sql(table: str, columns: tuple[str, ...], merges: Merges = ()) -> str:
    """An insert that updates an existing row only where a value changes.

    `merges` are names of columns with what becomes of them; see `Store.upsert`.
    """
    key, *others = columns
    names = ", ".join(f"[{c}]" for c in columns)
    values = ", ".join("?" * len(columns))
    insert = f"insert into {table} ({names}) values ({values}) on conflict ([{key}]) do"
    merge = dict.fromkeys(others, "new") | dict(merges)
    if merges == ONLY_NEW:
        merge = {}
    merged = {
        c: MERGES[how].format(c=f"[{c}]", t=table)
        for c, how in merge.items()
        # an index is written anew for every column that is set, changed or not
        if how != "old"
    }
    if not merged:
        return f"{insert} nothing"
    sets = ", ".join(f"[{c}] = {value}" for c, value in merged.items())
    changed = " or ".join(f"{table}.[{c}] is not {value}" for c, value in merged.items())
    return f"{insert} update set {sets} where {changed}"

"""A PostgreSQL server, as the shared frontier uses it: one connection, made anew when it broke."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.rows import dict_row

from crawler.frontiers import sql
from crawler.frontiers.contract import FrontierError

CONNECT_S = 15
STATEMENT_MS = 30_000
LOCK = 7_402_114
"""The advisory lock under which tables are made: any number that others do not use."""

Connection = psycopg.Connection[dict[str, Any]]


class Server:
    """A connection to the server."""

    def __init__(self, dsn: str) -> None:
        """Connect, and make the tables where there are none.

        Raises:
            FrontierError: the server cannot be reached or used.
        """
        self._dsn = dsn
        self._conn: Connection | None = None
        with self.transaction() as conn:
            prepare(conn)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Everything inside commits together or not at all.

        Raises:
            FrontierError: the server does not answer as it should.
        """
        try:
            if self._conn is None or self._conn.broken or self._conn.closed:
                self._conn = connect(self._dsn)
            with self._conn.transaction():
                yield self._conn
        except psycopg.Error as error:
            raise FrontierError(
                f"the shared frontier does not answer as it should: {plain(error)}; "
                "see that the server runs and this machine may use it, then crawl again"
            ) from None

    def run(self, statement: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One statement in a transaction of its own; its rows."""
        with self.transaction() as conn:
            cursor = conn.execute(statement, params)
            return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """Close the connection."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None


def connect(dsn: str) -> Connection:
    """A connection with bounded waits."""
    conn = psycopg.connect(
        dsn, row_factory=dict_row, autocommit=True, connect_timeout=CONNECT_S,
        application_name="rackrent", keepalives_idle=30, keepalives_interval=10,
        keepalives_count=3,
    )  # fmt: skip
    conn.execute(f"set statement_timeout = {STATEMENT_MS}")
    conn.execute("set timezone = 'UTC'")
    return conn


def prepare(conn: Connection) -> None:
    """Make the tables where there are none.

    Raises:
        FrontierError: another release made them.
    """
    conn.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
    there = one(conn, "select to_regclass('frontier_version') is not null as there")["there"]
    if not there:
        conn.execute(sql.TABLES)
        conn.execute("insert into frontier_version values (%s)", (sql.VERSION,))
    version = one(conn, "select max(version) as version from frontier_version")["version"]
    if version != sql.VERSION:
        raise FrontierError(
            f"the shared frontier has tables of version {version}, this release knows "
            f"{sql.VERSION}: run the same release on all machines"
        )


def one(conn: Connection, statement: str, params: Mapping[str, Any] = {}) -> dict[str, Any]:
    """The one row of a statement."""
    row = conn.execute(statement, params).fetchone()
    if row is None:
        raise FrontierError("the shared frontier lost a row of its own; make it anew")
    return row


def plain(error: psycopg.Error) -> str:
    """What went wrong, on one line, without the address that the driver may repeat."""
    said = " ".join(str(error).split())[:200]
    return said if "://" not in said and "password=" not in said else type(error).__name__

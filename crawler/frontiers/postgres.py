"""The frontier of many machines: PostgreSQL, leases that expire, rows locked with `skip locked`."""

import os
import secrets
import socket
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from crawler.frontiers import sql
from crawler.frontiers.contract import LEASE_S, DeadLetter, Learned
from crawler.frontiers.rows import columns_of, row_of
from crawler.frontiers.server import Connection, Server, one
from crawler.records import FrontierRow, ThreadReadRow
from crawler.store.queue import MAX_TRIES, Link


class PostgresQueue:
    """The shared frontier of one source, as this worker sees it. Each call is a transaction."""

    shared = True

    def __init__(
        self, dsn: str, source_id: str, *, sweep_minutes: float | None = None,
        lease_s: float = LEASE_S,
    ) -> None:  # fmt: skip
        """Connect, and make the tables where there are none.

        `sweep_minutes` is how often every thread is opened again; None: never by itself.

        Raises:
            FrontierError: the server cannot be reached or used.
        """
        self._server = Server(dsn)
        self._source_id, self.lease_s, self._sweep = source_id, lease_s, sweep_minutes
        self._worker = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._round = 0
        self._mine: set[str] = set()
        self._server.run(
            "insert into frontier_sites (source_id) values (%(source)s) on conflict do nothing",
            self._params(),
        )

    def begin(self, *, full: bool) -> bool:
        """Join the round that is under way, or begin one: its first worker says how it reads."""
        with self._server.transaction() as conn:
            site = one(conn, sql.BEGIN, self._params())
            if site["is_open"]:
                live = one(conn, sql.IS_LIVE, self._params(beat=site["beat_at"]))["live"]
                if live:
                    self._round = site["round"]
                    conn.execute(sql.BEAT, self._params())
                    return bool(site["is_full"])
            sweep = {"full": full, "sweep": self._sweep}
            begun = one(conn, sql.NEW_ROUND, self._params(**sweep))
            self._round = begun["round"]
            conn.execute(sql.REVIVE, self._params(all=True))
            return bool(begun["is_full"])

    def add(self, links: Sequence[Link], *, full: bool) -> int:
        """Queue what this round has to fetch."""
        with self._server.transaction() as conn:
            return self._add(conn, links, full=full)

    def lease(self, limit: int, pace_s: float = 0.0) -> list[FrontierRow]:
        """Pages that are due; with a pace one at a time, whoever asks."""
        slot = sql.PACED if pace_s > 0 else sql.UNPACED
        most = 1 if pace_s > 0 else limit
        with self._server.transaction() as conn:
            conn.execute(sql.EXPIRE, self._params(most=MAX_TRIES))
            rows = conn.execute(
                sql.LEASE.format(slot=slot), self._params(limit=most, pace=pace_s)
            ).fetchall()
        self._mine |= {row["id"] for row in rows}
        rows.sort(key=lambda row: (-row["priority"], row["seq"]))
        return [row_of(row, self._round) for row in rows]

    def renew(self) -> None:
        """Make this worker's leases last anew."""
        with self._server.transaction() as conn:
            conn.execute(sql.RENEW, self._params())
            conn.execute(sql.BEAT, self._params())

    def put_back(self, row_id: str) -> None:
        """Give back a page that was not asked for; nothing for one that is settled."""
        if row_id in self._mine:
            self._run(sql.PUT_BACK, id=row_id)
            self._mine.discard(row_id)

    def ack(self, row_id: str, learned: Learned) -> int:
        """Links, what was learned and the done mark, in one transaction."""
        with self._server.transaction() as conn:
            skipped = self._add(conn, learned.links, full=learned.full)
            if learned.read:
                conn.execute(sql.KEEP_READ, asdict(learned.read))
            if learned.dropped:
                conn.execute(sql.KEEP_DROP, self._params(thread=learned.dropped))
            conn.execute(sql.DONE, {"id": row_id})
        self._mine.discard(row_id)
        return skipped

    def kept(self, row_id: str, links: Sequence[Link]) -> None:
        """Nothing: pages of this frontier are acknowledged."""

    def fail(self, row_id: str, wait_s: float, detail: str) -> bool:
        """Count a failed fetch."""
        self._mine.discard(row_id)
        rows = self._run(sql.FAIL, id=row_id, wait=wait_s, detail=detail[:300], most=MAX_TRIES)
        return bool(rows) and rows[0]["state"] == "failed"

    def give_up(self, row_id: str, detail: str) -> None:
        """Leave a page to the next round."""
        self._run(sql.GIVE_UP, id=row_id, detail=detail[:300])
        self._mine.discard(row_id)

    def close_page(self, row_id: str) -> None:
        """A page that may not be asked for."""
        self._run(sql.DONE, id=row_id)
        self._mine.discard(row_id)

    def tries(self, row_id: str) -> int:
        """Failed fetches of a page."""
        rows = self._run("select tries from frontier_pages where id = %(id)s", id=row_id)
        return int(rows[0]["tries"]) if rows else 0

    def count_pending(self) -> int:
        """Pages still to fetch."""
        counted = "select count(*) as n from frontier_pages where source_id = %(source)s"
        return int(self._run(f"{counted} and state = 'pending'")[0]["n"])

    def dead_letters(self) -> list[DeadLetter]:
        """Pages that were given up."""
        rows = self._run(
            "select source_id, url, kind, tries, detail from frontier_pages "
            "where source_id = %(source)s and state = 'failed' order by url"
        )
        return [DeadLetter(**row) for row in rows]

    def retry_dead(self) -> int:
        """Queue the dead letters again."""
        with self._server.transaction() as conn:
            return conn.execute(sql.REVIVE, self._params(all=False)).rowcount

    def reads_of(self, native_ids: Sequence[str]) -> dict[str, ThreadReadRow]:
        """How threads were when any worker last read them to their end."""
        rows = self._run(
            "select * from frontier_reads where source_id = %(source)s "
            "and native_id = any(%(natives)s)",
            natives=list(native_ids),
        )
        return {row["native_id"]: ThreadReadRow(**row) for row in rows}

    def dropped(self, native_ids: Sequence[str]) -> set[str]:
        """Which threads no worker may open again."""
        rows = self._run(sql.DROPPED, natives=list(native_ids))
        return {row["thread"] for row in rows}

    def hold(self, wait_s: float) -> None:
        """Hand out nothing for a while."""
        self._run(sql.HOLD, wait=wait_s)

    def pause(self, reason: str | None) -> None:
        """Stop everybody, or let them go on."""
        self._run(
            "update frontier_sites set paused_reason = %(reason)s where source_id = %(source)s",
            reason=reason and reason[:300],
        )

    def paused_reason(self) -> str | None:
        """Why nobody may read the source."""
        rows = self._run("select paused_reason from frontier_sites where source_id = %(source)s")
        return rows[0]["paused_reason"] if rows else None

    def end(self) -> None:
        """Give back what is left, end the round where nothing is pending, and close."""
        try:
            with self._server.transaction() as conn:
                conn.execute(sql.PUT_ALL_BACK, self._params())
                conn.execute(sql.END_ROUND, self._params())
        finally:
            self._server.close()

    def _add(self, conn: Connection, links: Sequence[Link], *, full: bool) -> int:
        if not links:
            return 0
        params = self._params(full=full, **columns_of(self._source_id, links))
        skipped = int(one(conn, sql.SKIPPED, params)["n"])
        conn.execute(sql.ADD, params)
        return skipped

    def _params(self, **more: Any) -> dict[str, Any]:
        return {
            "source": self._source_id,
            "worker": self._worker,
            "round": self._round,
            "lease": self.lease_s,
            **more,
        }

    def _run(self, statement: str, **more: Any) -> list[dict[str, Any]]:
        return self._server.run(statement, self._params(**more))

"""The schedule's own database: which slot was given to which run, and what is still to do.

It survives reboots, and a `kill -9` between any two statements: a slot is written before its crawl
starts, so a run is never given out twice and never forgotten.
"""

import sqlite3
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler.clock import moment_of, stamp

TABLES = """
create table if not exists anchors (source_id text primary key, at text not null);
create table if not exists slots (
    source_id text not null, slot text not null, state text not null, attempt integer not null,
    missed integer not null, started_at text not null, finished_at text, exit_code integer,
    retry_at text, reason text, primary key (source_id, slot)
) without rowid;
create table if not exists beats (
    id integer primary key, at text not null, pid integer not null, jobs integer not null
);
create table if not exists wants (
    chore text primary key, first_at text not null, last_at text not null
);
"""
OPEN = "started"
AGAIN = "again"
"""The slot's run was cut off or failed in a way that may pass: it is tried again."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot that was given to a run; all times are UTC stamps."""

    source_id: str
    slot: str
    """The nominal moment."""
    state: str
    """started, done, again, fresh (a run by hand stood for it)."""
    attempt: int
    """Which try it was, from 1 on."""
    missed: int
    """Older slots that this one stands for too."""
    started_at: str
    finished_at: str | None = None
    exit_code: int | None = None
    retry_at: str | None = None
    """Earliest moment of the next try."""
    reason: str | None = None
    """Why it is not simply done."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A scheduler's sign of life."""

    at: datetime
    """When, UTC."""
    pid: int
    """Its process."""
    jobs: int
    """Crawls under way."""


class Ledger:
    """The open database of the schedule; one process writes it."""

    def __init__(self, path: Path) -> None:
        """Open or create the file."""
        self.conn = sqlite3.connect(path, timeout=30, isolation_level=None)
        self.conn.row_factory = sqlite3.Row
        self.conn.execute("pragma journal_mode=wal")
        self.conn.execute("pragma synchronous=normal")
        self.conn.executescript(TABLES)

    def close(self) -> None:
        """Close the file."""
        self.conn.close()

    def anchor(self, source_id: str, moment: datetime) -> datetime:
        """From when on a source is scheduled: as kept, else the moment given, which is kept."""
        self.conn.execute("insert or ignore into anchors values (?, ?)", (source_id, stamp(moment)))
        return self.kept_anchor(source_id) or moment

    def kept_anchor(self, source_id: str) -> datetime | None:
        """From when on a source is scheduled; None before a scheduler has met it."""
        rows = self.conn.execute("select at from anchors where source_id = ?", (source_id,))
        return next((moment_of(row["at"]) for row in rows), None)

    def last(self, source_id: str) -> Slot | None:
        """The newest slot that was given out; None before the first."""
        rows = self.conn.execute(
            "select * from slots where source_id = ? order by slot desc limit 1", (source_id,)
        ).fetchall()
        return Slot(**rows[0]) if rows else None

    def open_slots(self) -> list[Slot]:
        """Slots whose runs began and did not end."""
        rows = self.conn.execute("select * from slots where state = ?", (OPEN,)).fetchall()
        return [Slot(**row) for row in rows]

    def keep(self, slot: Slot) -> None:
        """Write a slot as it stands now."""
        values = asdict(slot)
        names = ", ".join(f":{name}" for name in values)
        self.conn.execute(f"insert or replace into slots values ({names})", values)

    def reopen(self, moment: datetime) -> list[Slot]:
        """Have runs that a crash or a reboot cut off tried again; which."""
        lost = self.open_slots()
        for slot in lost:
            self.keep(
                replace(
                    slot,
                    state=AGAIN,
                    finished_at=stamp(moment),
                    retry_at=stamp(moment),
                    reason="the machine or the scheduler was stopped",
                )
            )
        return lost

    def forget_future(self, moment: datetime) -> None:
        """Take back what was written under a clock that was ahead and has been set back."""
        at = stamp(moment)
        self.conn.execute("delete from slots where started_at > ? and state <> ?", (at, OPEN))
        self.conn.execute("update anchors set at = ? where at > ?", (at, at))
        self.conn.execute(
            "update wants set first_at = min(first_at, ?), last_at = min(last_at, ?)", (at, at)
        )

    def newest(self, source_id: str | None, limit: int) -> list[Slot]:
        """The newest slots of a source, or of all, newest first."""
        rows = self.conn.execute(
            "select * from slots where source_id = coalesce(?, source_id) "
            "order by started_at desc, source_id limit ?",
            (source_id, limit),
        )
        return [Slot(**row) for row in rows]

    def beat(self, moment: datetime, pid: int, jobs: int) -> None:
        """Say that the scheduler lives."""
        self.conn.execute(
            "insert or replace into beats values (1, ?, ?, ?)", (stamp(moment), pid, jobs)
        )

    def last_beat(self) -> Beat | None:
        """The last sign of life; None when there never was one."""
        rows = self.conn.execute("select at, pid, jobs from beats").fetchall()
        return Beat(moment_of(rows[0]["at"]), rows[0]["pid"], rows[0]["jobs"]) if rows else None

    def want(self, chore: str, moment: datetime) -> None:
        """Ask for a chore: it is done once, however often it was asked for."""
        at = stamp(moment)
        self.conn.execute(
            "insert into wants values (?, ?, ?) on conflict do update set last_at = ?",
            (chore, at, at, at),
        )

    def wanted(self, chore: str) -> tuple[datetime, datetime] | None:
        """When a chore was asked for first and last; None when it is not wanted."""
        rows = self.conn.execute("select * from wants where chore = ?", (chore,)).fetchall()
        return (moment_of(rows[0]["first_at"]), moment_of(rows[0]["last_at"])) if rows else None

    def did(self, chore: str, begun: datetime) -> None:
        """A chore that began then is done; if it was asked for since, it is wanted still."""
        at = stamp(begun)
        self.conn.execute("delete from wants where chore = ? and last_at <= ?", (chore, at))
        self.conn.execute("update wants set first_at = last_at where chore = ?", (chore,))

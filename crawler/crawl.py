"""One crawl of one source: its lock, run row, evidence file and verdict."""

import logging
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from crawler.archive import Archive, Run
from crawler.clock import follow_the_machine, now
from crawler.crawl_lock import take_lock
from crawler.frontiers.address import open_queue
from crawler.frontiers.contract import FrontierError, PageQueue
from crawler.frontiers.local import LocalQueue
from crawler.health import Ending, judge
from crawler.home import Home
from crawler.intake import guard_at
from crawler.opening import open_run
from crawler.reading import Problem
from crawler.records import RunRow
from crawler.source import Source
from crawler.source_fields import is_within
from crawler.storage import StorageError
from crawler.store import runs
from crawler.store.database import WAL_MOST, Store
from crawler.store.evidence import keep_exchanges
from crawler.store.fetched import Exchange, Fetched

logger = logging.getLogger(__name__)

RETRY_STATUS = frozenset({408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""HTTP statuses that say "not now": the page is asked for again later."""
WAITS_S = (2.0, 10.0, 30.0)
"""Least pause before the next try of a page, by failed tries so far, seconds."""
LOGINS_TO_PAUSE = 3
"""Login pages in a row that mean a lost session."""


class SourcePausedError(RuntimeError):
    """The source is paused; its text says why and how to resume."""


class Crawl:
    """Everything that the parts of one running crawl share."""

    def __init__(
        self,
        home: Home,
        source: Source,
        *,
        full: bool,
        any_hour: bool = False,
        frontier: str | None = None,
    ) -> None:
        """Take the source's lock and open its run; `frontier` is the address of a shared one.

        Raises:
            FrontierError: the shared frontier cannot be used.
            SourceBusyError: another process holds the lock.
            SourcePausedError: the source is paused.
            SourceError: the intake guard's terms cannot be used.
            StorageError: the database cannot be used.
        """
        home.make()
        self.home = home
        self.source = source
        self.full = full
        self.guard = guard_at(home)
        self.any_hour = any_hour
        """Whether active hours do not count: an operator asked for it."""
        self.robots_delay_s = 0.0
        """Pause that robots.txt asks for, seconds."""
        self.pause_reason: str | None = None
        self._fault: str | None = None
        self._wal_told = False
        self.logins_in_a_row = 0
        self.is_open = source.session is None
        """Whether pages may be asked for: a source with a session waits until we are let in."""
        self.signed_in = False
        """Whether the last page that could tell showed that we are logged in."""
        self.address = 0
        """Which of the source's addresses answers: 0 is the first, then its mirrors."""
        self.browser_cookies: tuple[Mapping[str, Any], ...] = ()
        """What the browser's session looks like now."""
        self.hold_until: datetime | None = None
        """Until when the site asked not to be asked."""
        self.lock_path = home.locks / f"{source.id}.lock"
        """Written now and then, which shows that the crawl lives."""
        self._lock = take_lock(self.lock_path, source.id)
        self.store = Store(home.database)
        self._shared = open_queue(frontier, source) if frontier else None
        self._open_run(home)

    @property
    def fault(self) -> str | None:
        """What makes it impossible to go on: as was told, or storage that took something not."""
        lost = self.store.fault or self.archive.fault
        return self._fault or (f"storage: {lost}" if lost else None)

    @fault.setter
    def fault(self, text: str) -> None:
        self._fault = text

    def _open_run(self, home: Home) -> None:
        """Begin the run and its evidence.

        Raises:
            SourcePausedError: the source is paused.
            StorageError: the evidence cannot be written; the run's row says so.
        """
        shared, source = self._shared, self.source
        paused = shared.paused_reason() if shared else None
        if shared and not paused:
            self.full = shared.begin(full=self.full)
            # when all threads are opened again is the frontier's to know
            source = source.model_copy(update={"sweep_every": None})
        with self.store.transaction():
            runs.keep_source(self.store, self.source)
            if reason := paused or runs.paused_reason(self.store, self.source.id):
                raise SourcePausedError(
                    f"{self.source.id}: paused: {reason}; "
                    f"resume it with `rackrent crawl --resume {self.source.id}`"
                )
            opened = open_run(
                self.store, home.evidence, source, full=self.full, shared=shared is not None
            )
            self.run, self.full = opened.run, bool(opened.run.full)
            self.queue: PageQueue = shared or LocalQueue(self.store, source.id, self.run.id)
            if shared is None:
                self.queue.begin(full=self.full)
            self.note(None, opened.notices, now())
        run = Run(self.run.id, self.source.id, self.run.started_at, self.full)
        try:
            self.archive = Archive(home.evidence, run)
        except StorageError as error:
            with self.store.transaction():
                runs.finish_run(self.store, self.run.id, now(), "failed", f"storage: {error}")
            raise

    def fail_page(self, row_id: str, url: str, problem: Problem, wait_s: float = 0) -> None:
        """Count a failed fetch; an issue once the page is given up."""
        moment = now()
        with self.store.transaction():
            wait_s = max(wait_s, WAITS_S[min(self.queue.tries(row_id), len(WAITS_S) - 1)])
            if self.queue.fail(row_id, wait_s, f"{problem.kind}: {problem.detail}"):
                self.note(url, [problem], moment)
        logger.warning("%s: %s: %s", url, problem.kind, problem.detail)

    @property
    def is_resting(self) -> bool:
        """Whether the source's active hours are over."""
        hours = self.source.active_hours
        return bool(
            hours and not self.any_hour and not is_within(hours, self.source.timezone, now())
        )

    def hold(self, url: str, wait_s: float, status: int) -> None:
        """Ask nothing of the site for a while, because it says so; visible in `issues`."""
        moment = now()
        until = moment + timedelta(seconds=wait_s)
        self.hold_until = max(until, self.hold_until or until)
        self.queue.hold(wait_s)
        with self.store.transaction():
            self.note(url, [Problem("rate_limited", f"status {status}: asked to wait")], moment)
        logger.warning("%s: status %d: nothing is asked for %.0f s", url, status, wait_s)

    def next_address(self, url: str) -> bool:
        """Go on at the source's next address when the one of this URL does not answer.

        Whether there is one; false for a URL of an address that was left already.
        """
        addresses = self.source.addresses
        if self.address + 1 >= len(addresses) or not url.startswith(addresses[self.address]):
            return False
        self.address += 1
        text = f"{addresses[self.address - 1]} does not answer; going on at "
        with self.store.transaction():
            self.note(url, [Problem("mirror_used", text + addresses[self.address])], now())
        logger.warning("%s%s", text, addresses[self.address])
        return True

    def keep_aside(
        self, kind: str, exchanges: Iterable[Exchange], state: str | None = None
    ) -> None:
        """Index responses that brought no rows."""
        kept = Fetched(self.source.id, self.run.id, kind, tuple(exchanges))
        with self.store.transaction():
            keep_exchanges(self.store, kept, state)

    def note(self, url: str | None, problems: Iterable[Problem], moment: datetime) -> None:
        """Write issues of this run. Call it inside a transaction."""
        runs.keep_issues(
            self.store, self.source.id, self.run.id, url, problems, moment=moment
        )  # fmt: skip

    def refuse(self, row_id: str | None, url: str, problem: Problem) -> None:
        """A request that policy forbids: an issue, and never tried again."""
        with self.store.transaction():
            self.note(url, [problem], now())
            if row_id:
                self.queue.close_page(row_id)
        logger.warning("%s: %s: %s", url, problem.kind, problem.detail)

    def watch_wal(self) -> None:
        """Tell once that a reader which never ends keeps the write-ahead log growing."""
        wal = self.store.path.with_name(f"{self.store.path.name}-wal")
        if self._wal_told or not wal.exists() or wal.stat().st_size <= WAL_MOST:
            return
        self._wal_told = True
        text = f"{wal}: over {WAL_MOST >> 20} MB: something reads the database without an end"
        with self.store.transaction():
            self.note(None, [Problem("wal_grows", text)], now())
        logger.warning("%s", text)

    def close_entry(self, obstacle: str) -> None:
        """End a run before its first page: no session, or no way out."""
        if obstacle.startswith("proxy:"):
            self.fault = obstacle
        else:
            self.pause(obstacle)

    @property
    def is_over(self) -> bool:
        """Whether no further page may be asked for in this run."""
        return self.is_resting or self.fault is not None or self.pause_reason is not None

    def pause(self, reason: str) -> None:
        """Stop reading this source until its operator resumes it."""
        self.pause_reason = reason
        with self.store.transaction():
            self.queue.pause(reason)

    def finish(self, reason: str) -> RunRow:
        """Give the verdict, close everything; the run's row, also where it cannot be written."""
        ended = Ending(
            reason, self.pause_reason, self.fault, self.is_resting, shared=self.queue.shared
        )
        try:
            verdict = judge(self.store, self.source, self.run.id, ended)
            with self.store.transaction():
                runs.finish_run(self.store, self.run.id, now(), verdict.status, verdict.reason)
            row = runs.load_run(self.store, self.run.id)
        except (sqlite3.Error, StorageError) as error:
            row = replace(self.run, status="failed", reason=self.fault or f"storage: {error}")
        self.close()
        return row

    def close(self) -> None:
        """Close files and give the lock back."""
        self.archive.close()
        try:
            self.queue.end()
        except FrontierError as error:
            logger.error("%s: the end of the run was not told: %s", self.run.id, error)
        try:
            self.store.close()
        except sqlite3.Error as error:
            logger.error("%s: closing failed: %s", self.store.path, error)
        follow_the_machine()
        self._lock.release()

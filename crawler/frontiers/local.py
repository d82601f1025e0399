"""The frontier of one machine: rows beside the posts, in the same SQLite file.

A page's rows, links and done mark commit in one transaction (`keep_page`). The source's lock makes
this process the only worker, so leases are known in memory and end with it.
"""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

from crawler.clock import now
from crawler.frontiers.contract import DeadLetter, Learned
from crawler.records import FrontierRow, ThreadReadRow
from crawler.store import queue, runs
from crawler.store.database import Store
from crawler.store.drops import dropped_threads
from crawler.store.queue import Link
from crawler.store.reads import reads_of

_DEAD = """
select f.source_id, f.url, f.kind, f.tries, (
    select i.kind || ': ' || i.detail from issues i
    where i.source_id = f.source_id and i.url = f.url order by i.last_seen desc, i.id limit 1
) as detail
from frontier f where f.source_id = ? and f.state = 'failed' order by f.url
"""

FEWEST, MOST = 4, 64
"""Pages that are read ahead: more each time, as long as no links come between."""


class LocalQueue:
    """The frontier in the home's database. All writes but `ack` are made inside a transaction."""

    shared = False
    lease_s = float("inf")

    def __init__(
        self, store: Store, source_id: str, run_id: str, clock: Callable[[], datetime] = now
    ) -> None:
        """Open the frontier of a source, whose lock this process holds, for a run."""
        self._store, self._source_id, self._run_id = store, source_id, run_id
        self._clock = clock
        self._leased: set[str] = set()
        self._ahead: deque[FrontierRow] = deque()
        self._reach = FEWEST

    def begin(self, *, full: bool) -> bool:
        """Give dead letters another chance."""
        self._look_anew()
        queue.revive(self._store, self._source_id)
        return full

    def add(self, links: Sequence[Link], *, full: bool) -> int:
        """Queue what this run has to fetch."""
        self._look_anew()
        return queue.add_links(self._store, self._source_id, self._run_id, links, full=full)

    def lease(self, limit: int, pace_s: float = 0.0) -> list[FrontierRow]:
        """Pages that are due; one process keeps the pace by itself."""
        if len(self._ahead) < limit:
            self._look_ahead(limit)
        fresh = [self._ahead.popleft() for _ in range(min(limit, len(self._ahead)))]
        self._leased.update(row.id for row in fresh)
        while self._ahead and self._ahead[-1].priority < 0:
            # it failed once: another such page may be due before it, when it is its turn
            self._ahead.pop()
        return fresh

    def _look_ahead(self, limit: int) -> None:
        """Read the pages that come next, of those that are due."""
        most = len(self._leased) + max(limit, self._reach)
        rows = queue.due(self._store, self._source_id, self._clock(), most)
        self._ahead = deque(row for row in rows if row.id not in self._leased)
        self._reach = min(2 * self._reach, MOST)

    def _look_anew(self) -> None:
        """Forget what was read ahead: pages came that may be first."""
        self._ahead.clear()
        self._reach = FEWEST

    def renew(self) -> None:
        """Nothing expires while this process lives."""

    def put_back(self, row_id: str) -> None:
        """The page is pending all the while; nothing for one that is settled."""
        if row_id in self._leased:
            self._leased.discard(row_id)
            self._look_anew()

    def kept(self, row_id: str, links: Sequence[Link]) -> None:
        """`keep_page` has committed a page's rows, its links and its done mark."""
        self._leased.discard(row_id)
        if links:
            self._look_anew()

    def ack(self, row_id: str, learned: Learned) -> int:
        """Mark a page done, in a transaction of its own; `keep_page` does both in one."""
        with self._store.transaction():
            skipped = queue.add_links(
                self._store, self._source_id, self._run_id, learned.links, full=learned.full
            )
            if learned.read:
                self._store.upsert("thread_reads", [learned.read])
            queue.mark_done(self._store, row_id)
        self.kept(row_id, learned.links)
        return skipped

    def fail(self, row_id: str, wait_s: float, detail: str) -> bool:
        """Count a failed fetch; why stands in `issues`."""
        self.put_back(row_id)
        return queue.mark_failed(self._store, row_id, self._clock(), wait_s)

    def give_up(self, row_id: str, detail: str) -> None:
        """Leave a page to the next run; why stands in `issues`."""
        self.put_back(row_id)
        queue.give_up(self._store, row_id)

    def close_page(self, row_id: str) -> None:
        """A page that may not be asked for."""
        self.put_back(row_id)
        queue.mark_done(self._store, row_id)

    def tries(self, row_id: str) -> int:
        """Failed fetches of a page."""
        (row,) = self._store.rows("select tries from frontier where id = ?", (row_id,))
        return int(row["tries"])

    def count_pending(self) -> int:
        """Pages still to fetch."""
        return queue.count_pending(self._store, self._source_id)

    def dead_letters(self) -> list[DeadLetter]:
        """Pages that were given up, with the newest issue of their address."""
        rows = self._store.rows(_DEAD, (self._source_id,))
        return [DeadLetter(**dict(row)) for row in rows]

    def retry_dead(self) -> int:
        """Queue the dead letters again."""
        self._look_anew()
        return queue.revive(self._store, self._source_id)

    def reads_of(self, native_ids: Sequence[str]) -> dict[str, ThreadReadRow]:
        """How threads were when they were last read to their end."""
        return reads_of(self._store, self._source_id, native_ids)

    def dropped(self, native_ids: Sequence[str]) -> set[str]:
        """Which threads must not be opened again."""
        return dropped_threads(self._store, self._source_id, native_ids)

    def hold(self, wait_s: float) -> None:
        """One process holds by itself."""

    def pause(self, reason: str | None) -> None:
        """Stop the source, or resume it."""
        if reason is None:
            runs.resume_source(self._store, self._source_id)
        else:
            runs.pause_source(self._store, self._source_id, reason)

    def paused_reason(self) -> str | None:
        """Why the source is paused."""
        return runs.paused_reason(self._store, self._source_id)

    def end(self) -> None:
        """The store is closed by whoever opened it."""
        self._leased.clear()
        self._look_anew()

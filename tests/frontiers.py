"""The two frontiers, as the tests of their contract use them."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crawler.frontiers.contract import PageQueue
from crawler.frontiers.local import LocalQueue
from crawler.frontiers.postgres import PostgresQueue
from crawler.store.database import Store
from crawler.store.queue import Link
from tests.pages import HOST, START, Board

LEASE_S = 0.4


@dataclass
class Local:
    """The frontier in SQLite, with a clock of its own."""

    folder: Path
    passed: float = 0.0

    def now(self) -> datetime:
        return START + timedelta(days=1, seconds=round(self.passed))

    def worker(self) -> PageQueue:
        """A worker of the next run; the one before it has died."""
        board = Board(Store(self.folder / "market.db"), hour=int(self.passed))
        self.passed += 1
        made = LocalQueue(board.store, "board", board.begin(), self.now)
        made.begin(full=False)
        return made

    def same_round(self, worker: PageQueue) -> PageQueue:
        """SQLite has one worker: the next process starts with empty hands in a new run."""
        return self.worker()

    def wait(self, seconds: float) -> None:
        self.passed += seconds


@dataclass
class Shared:
    """The frontier in PostgreSQL."""

    address: str

    def worker(self) -> PageQueue:
        """A worker of a new round."""
        made = PostgresQueue(self.address, "board", lease_s=LEASE_S)
        made.begin(full=False)
        return made

    def same_round(self, worker: PageQueue) -> PageQueue:
        """Another worker, while the round is under way."""
        return self.worker()

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)


def link(name: str, **more: object) -> Link:
    return Link(f"{HOST}/{name}", "thread", **more)  # type: ignore[arg-type]


def names(worker: PageQueue, limit: int = 100, pace_s: float = 0) -> list[str]:
    return [row.url.rpartition("/")[2] for row in worker.lease(limit, pace_s)]

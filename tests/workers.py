"""Several workers on one slow board: what each asked for, and what their shards hold together."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from crawler.frontiers.postgres import PostgresQueue
from tests.live.board import made_boards
from tests.live.crawls import lab_at
from tests.live.server import Site, serve
from tests.live.skins import mybb
from tests.market import ROOT

SOURCE = "live"
LEASE_S = 3
"""How long a dead worker keeps its pages in these trials, seconds."""
READY_S = 60.0


@contextmanager
def slow_board(threads: int, latency_s: float) -> Iterator[Site]:
    """A board whose answers take their time."""
    with serve(Site(mybb, made_boards(threads), latency_s=latency_s)) as site:
        yield site


def start_worker(home: Path, site: Site, address: str) -> "subprocess.Popen[bytes]":
    """Start a worker with a home of its own."""
    lab_at(home, site)
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "forum", "-a", f"source={SOURCE}"],
        cwd=ROOT,
        env=os.environ | {
            "RACKRENT_HOME": str(home),
            "RACKRENT_FRONTIER": address,
            "RACKRENT_LEASE_S": str(LEASE_S),
        },
        stdout=subprocess.DEVNULL,
        stderr=(home / "worker.log").open("wb"),
    )  # fmt: skip


def start_together(
    homes: Sequence[Path], site: Site, address: str
) -> "list[subprocess.Popen[bytes]]":
    """Start workers that ask for their first page at the same moment, when all are ready."""
    with closing_queue(address) as queue:
        queue.hold(READY_S)
        workers = [start_worker(home, site, address) for home in homes]
        ends = time.monotonic() + READY_S
        while time.monotonic() < ends and not all(map(is_ready, homes)):
            time.sleep(0.1)
        queue.release()
    return workers


def is_ready(home: Path) -> bool:
    """Whether a worker has begun its run."""
    return b"Spider opened" in (home / "worker.log").read_bytes()


class Holder(PostgresQueue):
    """A frontier that can end a hold before its time."""

    def release(self) -> None:
        """Let everybody ask again."""
        self._run("update frontier_sites set next_at = 'epoch' where source_id = %(source)s")


@contextmanager
def closing_queue(address: str) -> Iterator[Holder]:
    """The board's frontier, for whoever watches."""
    queue = Holder(address, SOURCE)
    try:
        yield queue
    finally:
        queue.end()


def seconds_of(site: Site) -> float:
    """From the first page that was asked for to the end of the last one."""
    return site.asked_at[-1] - site.asked_at[0] + site.latency_s


def finish(workers: "Sequence[subprocess.Popen[bytes]]", timeout: float = 180) -> list[int]:
    """Wait for workers; their exit codes."""
    return [worker.wait(timeout) for worker in workers]

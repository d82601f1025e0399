"""Measures a shared frontier: two workers against one on a slow site, and a worker that is killed.

Prints a table; `--json FILE` keeps the figures. The site answers in 100 ms, one page at a time a
worker; time counts from the first page that is asked for to the last one.
"""

import argparse
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.frontier import AHEAD  # noqa: E402
from crawler.home import Home  # noqa: E402
from crawler.merging.run import merge  # noqa: E402
from scripts.measure import Measure, median_of, report  # noqa: E402
from tests.live.server import Site  # noqa: E402
from tests.market import rows  # noqa: E402
from tests.postgres import database, postgres  # noqa: E402
from tests.workers import finish, seconds_of, slow_board, start_together  # noqa: E402

LATENCY_S = 0.1


@dataclass(frozen=True, slots=True)
class Crawled:
    """One crawl of the site."""

    workers: int
    pages: int
    """Different pages that were asked for."""
    again: int
    """Pages that were asked for twice."""
    seconds: float
    lost: int
    """Posts that the merged shards lack."""

    @property
    def speed(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds


def crawled(server: str, threads: int, workers: int, kill_after: int | None = None) -> Crawled:
    """Crawl a fresh site; with `kill_after` the first worker is killed after so many pages."""
    with (
        tempfile.TemporaryDirectory(prefix="rr-") as name,
        slow_board(threads, LATENCY_S) as site,
        database(server) as address,
    ):
        homes = [Path(name) / f"worker{number}" for number in range(workers)]
        running = start_together(homes, site, address)
        if kill_after is not None:
            while len(site.asked) < kill_after:
                time.sleep(0.01)
            running[0].send_signal(signal.SIGKILL)
        finish(running)
        return measured(site, workers, Path(name) / "merged", homes)


def measured(site: Site, workers: int, folder: Path, homes: list[Path]) -> Crawled:
    """What a crawl brought, all shards merged."""
    home = Home(folder)
    merge(home, homes)
    posts = sum(len(thread.posts) for board in site.boards for thread in board.threads)
    found = rows(home.database, "select count(*) as n from posts")[0]["n"]
    different = len(set(site.asked))
    return Crawled(workers, different, len(site.asked) - different, seconds_of(site), posts - found)


def rounds_of(server: str, threads: int, repeats: int) -> list[tuple[Crawled, Crawled]]:
    """Crawls by one and by two workers, in turn."""
    rounds = []
    for _ in range(repeats):
        one, two = crawled(server, threads, 1), crawled(server, threads, 2)
        rounds.append((one, two))
        print(f"1 worker {one.speed:.2f} pages/s, 2 workers {two.speed:.2f}", flush=True)
    return rounds


def measures_of(
    rounds: list[tuple[Crawled, Crawled]], kills: list[Crawled], threads: int
) -> list[Measure]:
    """The figures and their bars."""
    how = f"a board of {threads} threads, {1000 * LATENCY_S:.0f} ms an answer"
    ratio = median_of(
        "2 workers / 1 on a shared frontier, pages/s",
        [two.speed / one.speed for one, two in rounds],
        1.8,
        "higher",
        note=f"{how}, from the first page that is asked for to the last",
    )
    each = [crawl for pair in rounds for crawl in pair]
    return [
        ratio,
        most_of("Pages fetched twice by two workers", [c.again for c in each], 0, how),
        most_of("Posts lost by two workers", [c.lost for c in each], 0, how),
        most_of("One of two killed: posts lost", [c.lost for c in kills], 0, how),
        most_of("One of two killed: pages fetched again", [c.again for c in kills], AHEAD, how),
    ]


def most_of(name: str, rounds: list[int], bar: int, note: str) -> Measure:
    """A count whose worst round counts."""
    values = tuple(float(each) for each in rounds)
    return Measure(name, max(values), "count", bar, "lower", values, note)


def main() -> None:
    """Measure, print, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with postgres() as server:
        rounds = rounds_of(server, asked.threads, asked.rounds)
        kills = [
            crawled(server, asked.threads, 2, kill_after=asked.threads // 3)
            for _ in range(asked.kills)
        ]
    measures = measures_of(rounds, kills, asked.threads)
    report(measures, asked.json)


if __name__ == "__main__":
    main()

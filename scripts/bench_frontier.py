"""Measures a shared frontier: two workers against one on a slow site, and a worker that is killed.

Prints a table; `--json FILE` keeps the figures. The site answers in 100 ms, one page at a time a
worker; time counts from the first page that is asked for to the last one.
"""

import argparse
import json
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.home import Home  # noqa: E402
from crawler.merging.run import merge  # noqa: E402
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


def main() -> None:
    """Measure, print, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=240)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    one: list[Crawled] = []
    two: list[Crawled] = []
    with postgres() as server:
        for _ in range(options.repeats):
            one.append(crawled(server, options.threads, 1))
            two.append(crawled(server, options.threads, 2))
            print(
                f"1 worker {one[-1].speed:.2f} pages/s, 2 workers {two[-1].speed:.2f}", flush=True
            )
        killed = crawled(server, options.threads, 2, kill_after=options.threads // 3)
    ratio = statistics.median(b.speed / a.speed for a, b in zip(one, two, strict=True))
    again = sum(each.again for each in (*one, *two))
    lost = sum(each.lost for each in (*one, *two))
    print(f"2 workers / 1, median of {options.repeats}: {ratio:.2f} (bar 1.8)")
    print(f"pages fetched twice: {again}; posts lost: {lost} (bar 0)")
    print(f"one of two killed: {killed.lost} posts lost, {killed.again} pages again (bar 0; 2)")
    if options.json:
        figures = {"ratio": ratio, "again": again, "lost": lost, "killed": asdict(killed)}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

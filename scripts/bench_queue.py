"""Measures the frontier's cost: one crawl with our queue in SQLite, and with Scrapy's in memory.

One spider fetches a board from a local server, follows its lists to its threads and reads nothing;
only the scheduler differs. Ours commits a page's done mark and links in a transaction of its own
(a real crawl shares that of the page's rows). Each figure is the slope between a small and a large
board, so that starting up does not count; medians of `--rounds`, interleaved.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.http import Response

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.crawl import Crawl  # noqa: E402
from crawler.frontiers.contract import Learned  # noqa: E402
from crawler.home import Home  # noqa: E402
from crawler.reading import PageKind  # noqa: E402
from crawler.source import find_source  # noqa: E402
from crawler.store.queue import Link  # noqa: E402
from scripts.bench_site import served  # noqa: E402
from scripts.measure import median_of, report  # noqa: E402
from tests.live.crawls import SOURCE  # noqa: E402
from tests.live.skins import mybb  # noqa: E402

FEWER, MORE = 200, 2200
"""Threads of the two boards."""
BAR = 0.9
KINDS = ("memory", "sqlite")
LINKS = re.compile(
    rb'<a href="((?:forumdisplay\.php\?fid=\d+(?:&amp;page=(?!1")\d+)?|showthread\.php\?tid=\d+))"'
)
PRIORITY = {"board": 20, "thread": 0}


def linked(root: str, body: bytes) -> Iterator[tuple[str, PageKind]]:
    """URL and kind of the lists and threads that a page links to, without a parser."""
    for found in dict.fromkeys(LINKS.findall(body)):
        url = f"{root}/{found.decode().replace('&amp;', '&')}"
        yield url, "board" if b"forumdisplay" in found else "thread"


class InMemory(Spider):
    """The crawl with Scrapy's own scheduler: its memory queue and its filter of duplicates."""

    name = "in-memory"
    custom_settings: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        # Scrapy's default starts a hundred tasks a response, which slows both
        "CONCURRENT_ITEMS": 4,
    }
    root = ""
    fetched = 0

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the index."""
        yield Request(self.root + mybb.START, meta={"kind": "index"})

    def parse(self, response: Response, **_: Any) -> Iterator[Request]:
        """Ask for what a list links to."""
        self.fetched += 1
        if response.meta["kind"] != "thread":
            for url, kind in linked(self.root, response.body):
                yield Request(url, priority=PRIORITY[kind], meta={"kind": kind})


class InSqlite(InMemory):
    """The crawl with our scheduler over the home's database."""

    name = "in-sqlite"
    custom_settings: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        **InMemory.custom_settings, "SCHEDULER": "crawler.frontier.Frontier",
    }  # fmt: skip
    home = Path()
    crawl: Crawl

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler, *args: Any, **kwargs: Any) -> "InSqlite":
        """Open a run, as a real crawl does."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        home = Home(cls.home)
        spider.crawl = Crawl(home, find_source(home, "bench"), full=True)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Queue the index."""
        link = Link(self.root + mybb.START, "index", priority=30)
        yield Request(self.root + mybb.START, dont_filter=True, meta={"link": link})

    def parse(self, response: Response, **_: Any) -> Iterator[Request]:
        """Tell the frontier that a page is done and what it links to."""
        self.fetched += 1
        meta, links = response.meta, []
        if meta["kind"] != "thread":
            links = [
                Link(url, kind, PRIORITY[kind]) for url, kind in linked(self.root, response.body)
            ]
        self.crawl.queue.ack(meta["frontier_id"], Learned(links))
        self.crawler.engine.scheduler.release(meta["frontier_id"])  # type: ignore[union-attr]
        yield from ()

    def on_fetch_error(self, failure: Any) -> None:
        """A page that does not come ends the measurement."""
        sys.exit(f"a page did not come: {failure.value}")

    def closed(self, reason: str) -> None:
        """Give the run's verdict, as a real crawl does."""
        self.crawl.finish(reason)


@dataclass(frozen=True, slots=True)
class Took:
    """What a crawl took, start and all."""

    pages: int
    wall_s: float
    cpu_s: float


def crawled(kind: str, root: str, concurrency: int) -> Took:
    """One crawl of a board in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="rr-") as folder:
        command = [sys.executable, "-m", "scripts.bench_queue"]
        options = ["--child", kind, "--root", root, "--home", folder]
        done = subprocess.run(
            [*command, *options, "--concurrency", str(concurrency)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return Took(**json.loads(done.stdout))


def crawl_here(kind: str, root: str, folder: Path, concurrency: int) -> None:
    """Crawl in this process; prints what it took as JSON."""
    spider = {"memory": InMemory, "sqlite": InSqlite}[kind]
    spider.root = root
    if kind == "sqlite":
        home = Home(folder)
        home.make()
        host = root.partition("://")[2]
        source = SOURCE.format(
            source_id="bench", engine=mybb.NAME, root=root, start=mybb.START, host=host
        )
        (home.sources / "bench.yml").write_text(f"{source}page_budget: 1000000\n", "utf-8")
        InSqlite.home = folder
    process = AsyncCrawlerProcess(
        {"CONCURRENT_REQUESTS": concurrency, "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency}
    )
    crawler = process.create_crawler(spider)
    process.crawl(crawler)
    process.start()
    stats, used = crawler.stats.get_stats(), os.times()
    took = stats["finish_time"] - stats["start_time"]
    pages = getattr(crawler.spider, "fetched", 0)
    print(json.dumps({"pages": pages, "wall_s": took.total_seconds(),
                      "cpu_s": used.user + used.system}))  # fmt: skip


def slope(kind: str, sites: list[tuple[str, list[str]]], concurrency: int) -> tuple[float, float]:
    """Wall and processor time of a page, seconds: the difference of two boards."""
    few, many = (crawled(kind, root, concurrency) for root, _ in sites)
    for took, (_, targets) in zip((few, many), sites, strict=True):
        if took.pages != len(targets):
            sys.exit(f"{kind}: {took.pages} pages came, the board has {len(targets)}")
    pages = many.pages - few.pages
    return (many.wall_s - few.wall_s) / pages, (many.cpu_s - few.cpu_s) / pages


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=MORE, help="of the larger board")
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--root", help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        crawl_here(asked.child, asked.root, asked.home, asked.concurrency)
        return
    wall: dict[str, list[float]] = {kind: [] for kind in KINDS}
    cpu: dict[str, list[float]] = {kind: [] for kind in KINDS}
    with served(FEWER) as small, served(asked.threads) as large:
        for _ in range(asked.rounds):
            for kind in KINDS:
                wall_s, cpu_s = slope(kind, [small, large], asked.concurrency)
                wall[kind].append(wall_s)
                cpu[kind].append(cpu_s)
            print(
                *(f"{k}: {1 / wall[k][-1]:.0f} pages/s, {1000 * cpu[k][-1]:.2f} ms" for k in KINDS),
                sep=" · ", flush=True,
            )  # fmt: skip
    note = (
        f"slope between boards of {FEWER} and {asked.threads} threads of 40 kB, "
        f"{asked.concurrency} requests at a time, one spider that follows links and reads nothing; "
    )
    measures = [
        median_of(
            f"SQLite frontier / Scrapy's memory queue, {name}",
            [a / b for a, b in zip(costs["memory"], costs["sqlite"], strict=True)],
            BAR,
            "higher",
            note=note + how,
        )
        for name, how, costs in (
            ("pages/s", "by the clock", wall),
            ("by processor time", "by processor time of the crawl's process", cpu),
        )
    ]
    report(measures, asked.json)


if __name__ == "__main__":
    main()

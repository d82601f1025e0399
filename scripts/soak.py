"""`make soak`: a crawl of 20,000 pages in one process; is its memory flat, does it leave anything?

Prints pages, memory at its peak and its slope (MB a thousand pages), open descriptors, and
processes left behind; exit code 1 when one of them is out of its bounds.
"""

import argparse
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.home import Home  # noqa: E402
from scripts.stops import SOURCE  # noqa: E402
from tests.live.board import Board, View, made_boards  # noqa: E402
from tests.live.skins import mybb  # noqa: E402

MOST_SLOPE_MB = 1.0
"""Megabytes that a thousand pages may add."""
MOST_PEAK_MB = 350.0
"""Megabytes that the crawl and its children may hold together."""
MOST_DESCRIPTORS = 5
"""By how many the open descriptors of the crawl may grow."""
WARM = 0.25
"""Share of the pages after which caches are full and the slope counts."""
LOOK_S = 1.0
PAGES_A_THREAD = 1.27
"""Pages of a board that come with a thread: its own, and its share of lists."""


@dataclass
class Soak:
    """What was seen of the crawl's process."""

    pages: list[int] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)
    """Of the crawl's process."""
    family_mb: list[float] = field(default_factory=list)
    """Of it and its children, shared memory counted each time."""
    descriptors: list[int] = field(default_factory=list)
    left: int = 0
    """Processes that outlived the crawl."""

    @property
    def slope_mb(self) -> float:
        """Megabytes that a thousand pages add, by least squares, once it is warm."""
        points = [
            (pages / 1000, held)
            for pages, held in zip(self.pages, self.memory_mb, strict=True)
            # what is freed at the end would hide what was added
            if WARM * self.pages[-1] <= pages < self.pages[-1]
        ]
        middle = [sum(values) / len(points) for values in zip(*points, strict=True)]
        over = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
        return over / max(sum((x - middle[0]) ** 2 for x, _ in points), 1e-9)

    @property
    def grown(self) -> int:
        """How many more descriptors were open later than until it was warm."""
        warm = int(len(self.descriptors) * WARM)
        return max(self.descriptors[warm:]) - max(self.descriptors[: warm + 1])

    @property
    def is_flat(self) -> bool:
        """Whether everything is within its bounds."""
        flat = self.slope_mb <= MOST_SLOPE_MB and self.grown <= MOST_DESCRIPTORS
        return flat and max(self.family_mb) <= MOST_PEAK_MB and not self.left


def serve(threads: int, told: Connection) -> None:
    """Serve a board of so many threads, in a process of its own."""
    boards = made_boards(threads)
    by_number = {thread.number: thread for board in boards for thread in board.threads}
    listed = {board.number: board.newest_first() for board in boards}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = page(self.path).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    class Sorted(Board):
        def newest_first(self) -> list:  # type: ignore[type-arg]
            return listed[self.number]

    sorted_boards = {b.number: Sorted(b.number, b.name, b.private, b.threads) for b in boards}

    def page(path: str) -> str:
        asked, view = mybb.asked(path), View("", boards)
        if asked is None or asked.what == "index":
            return mybb.index(view)
        if asked.what == "board":
            return mybb.board(view, sorted_boards[asked.number], asked.page)
        return mybb.thread(view, by_number[asked.number], asked.page)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.send(f"127.0.0.1:{server.server_address[1]}")
    server.serve_forever()


def pages_of(home: Home) -> int:
    """Pages that the run has read."""
    with (
        suppress(sqlite3.OperationalError),
        closing(sqlite3.connect(f"file:{home.database}?mode=ro", uri=True)) as conn,
    ):
        return int(conn.execute("select coalesce(max(pages), 0) from runs").fetchone()[0])
    return 0


def soak(home: Home, host: str, pages: int) -> Soak:
    """Crawl, looking at the process every second."""
    home.make()
    text = SOURCE.format(mode="soak", host=host, delay_s=0)
    (home.sources / "soak.yml").write_text(f"{text}page_budget: {pages}\n", "utf-8")
    with (home.logs / "soak.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", "forum", "-a", "source=soak"],
            cwd=ROOT,
            env=os.environ | {"RACKRENT_HOME": str(home.root)},
            stdout=log,
            stderr=log,
        )
    seen, family, crawl = Soak(), set[psutil.Process](), psutil.Process(process.pid)
    while process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            children = crawl.children(recursive=True)
            held = [each.memory_info().rss / 1e6 for each in (crawl, *children)]
            descriptors = crawl.num_fds()
            family |= set(children)
            if crawl.status() == psutil.STATUS_ZOMBIE or descriptors == 0 or held[0] == 0:
                continue
            seen.pages.append(pages_of(home))
            seen.memory_mb.append(held[0])
            seen.family_mb.append(sum(held))
            seen.descriptors.append(descriptors)
        time.sleep(LOOK_S)
    _, alive = psutil.wait_procs(family, timeout=3)
    seen.left = len(alive)
    return seen


def main() -> None:
    """Run, print the figures; exit code 1 when one is out of its bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    asked = parser.parse_args()
    here, there = multiprocessing.Pipe()
    threads = int(asked.pages / PAGES_A_THREAD)
    server = multiprocessing.Process(target=serve, args=(threads, there), daemon=True)
    server.start()
    folder = Path(tempfile.mkdtemp(prefix="rackrent-soak-"))
    began = time.monotonic()
    seen = soak(Home(folder), here.recv(), asked.pages)
    print(
        f"{pages_of(Home(folder))} pages in {time.monotonic() - began:.0f} s · "
        f"memory {seen.memory_mb[-1]:.0f} MB, {seen.slope_mb:+.2f} MB a thousand pages · "
        f"with children at most {max(seen.family_mb):.0f} MB · "
        f"descriptors {max(seen.descriptors)}, {seen.grown:+d} · {seen.left} processes left"
    )
    server.kill()
    if not seen.is_flat:
        sys.exit(f"out of bounds; its home lies in {folder}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()

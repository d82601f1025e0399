"""A small board of the demo market in a process of its own; `/_day/3` turns to another day."""

import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.clock import moment_of, stamp  # noqa: E402
from crawler.demo.day import Day  # noqa: E402
from crawler.demo.market import market_on  # noqa: E402
from crawler.demo.server import ROBOTS  # noqa: E402
from crawler.demo.sites import SITES  # noqa: E402
from crawler.home import DATA, Home  # noqa: E402

SOURCE = "demo_mybb"
KEPT = frozenset({1, 4, 8, 9, 12, 14, 15, 28, 29, 35, 40, 48, 49, 50, 51})
"""Threads that stay: those that change from day to day, and some that do not."""


def small(day: int, anchor: datetime) -> Day:
    """The market of a day with a few of its threads."""
    whole = market_on(day, anchor)
    kept = tuple(thread for thread in whole.threads[SOURCE] if thread.id in KEPT)
    return replace(whole, threads={**whole.threads, SOURCE: kept})


class Site(ThreadingHTTPServer):
    """The board, as it stands on its day."""

    daemon_threads = True
    day: Day
    anchor: datetime


class Handler(BaseHTTPRequestHandler):
    """Answers for the board."""

    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        """Answer, or turn to another day."""
        if self.path.startswith("/_day/"):
            self.server.day = small(int(self.path.removeprefix("/_day/")), self.server.anchor)
            self.path = "/robots.txt"
        found = ROBOTS if self.path == "/robots.txt" else SITES[SOURCE](self.server.day, self.path)
        body = found.body.encode()
        self.send_response(found.status)
        self.send_header("Content-Type", found.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        """Answer until the client hangs up, or is killed."""
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep quiet."""


@contextmanager
def served(anchor: datetime) -> Iterator[str]:
    """Serve the board in a child process; its host and port."""
    process = subprocess.Popen(
        [sys.executable, __file__, stamp(anchor)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def turn_to(host: str, day: int) -> None:
    """Have the board stand as it does on a day."""
    urllib.request.urlopen(f"http://{host}/_day/{day}", timeout=10).close()


def write_source(home: Home, host: str) -> None:
    """The source file of the board in a home."""
    home.make()
    text = (DATA / "sources" / f"{SOURCE}.yml").read_text("utf-8")
    text = text.replace("127.0.0.1:8471", host).replace("pages: 40, posts: 300", "pages: 1")
    (home.sources / f"{SOURCE}.yml").write_text(text, "utf-8")


def main() -> None:
    """Serve until killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    site = Site(("127.0.0.1", 0), Handler)
    site.anchor = moment_of(sys.argv[1])
    site.day = small(1, site.anchor)
    print(f"127.0.0.1:{site.server_address[1]}", flush=True)
    threading.Thread(target=site.serve_forever).start()


if __name__ == "__main__":
    main()

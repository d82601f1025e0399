"""Whole crawls of a board that its scripts build: what a page takes once a crawl runs."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from crawler.home import Home
from scripts.bench_browser_site import WAIT_FOR, served_board
from tests.live.crawls import SOURCE
from tests.live.skins import mybb

ROOT = Path(__file__).resolve().parents[1]
FEWER = 10
"""Threads of the small board."""
BROWSER = (
    'page_budget: 1000000\nlimits: {{board_pages: 1000000}}\nbrowser: {{wait_for: "{wait}"}}\n'
)


def crawled_s(threads: int) -> float:
    """Seconds a page: the difference of a large board's crawl and a small one's."""
    (few, few_s), (many, many_s) = crawl(FEWER), crawl(FEWER + threads)
    return (many_s - few_s) / (many - few)


def crawl(threads: int) -> tuple[int, float]:
    """Pages and seconds of a board's crawl into a fresh home.

    Raises:
        SystemExit: pages or posts are missing.
    """
    with (
        served_board(threads) as (root, targets),
        tempfile.TemporaryDirectory(prefix="rr-") as name,
    ):
        home = Home(Path(name))
        home.make()
        host = root.partition("://")[2]
        source = SOURCE.format(
            source_id="bench", engine=mybb.NAME, root=root, start=mybb.START, host=host
        )
        text = source + BROWSER.format(wait=WAIT_FOR)
        (home.sources / "bench.yml").write_text(text, "utf-8")
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "forum", "-a", "source=bench"],
            cwd=ROOT, env=os.environ | {"RACKRENT_HOME": name}, capture_output=True, check=False,
        )  # fmt: skip
        taken_s = time.perf_counter() - begun
        with closing(sqlite3.connect(home.database)) as conn:
            row = conn.execute("select pages, posts_seen, status from runs").fetchone()
        if row is None or row[0] < len(targets) or not row[1]:
            sys.exit(f"{row} of {len(targets)} pages: {done.stderr.decode()[-1000:]}")
        return int(row[0]), taken_s

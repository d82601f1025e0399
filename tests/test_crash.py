"""`kill -9` of the command in the middle of a crawl; `tests/cases/ending.py` has the other ends."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from crawler.clock import now
from crawler.demo.market import market_on
from crawler.demo.server import serve_market
from crawler.home import DATA, Home
from tests.market import ROOT, rackrent, rows

SOURCE = "demo_mybb"


def write_source(home: Home, port: int, delay_s: float) -> None:
    """A slow copy of the demo's board, so that signals hit the middle of a crawl."""
    home.make()
    text = (DATA / "sources" / f"{SOURCE}.yml").read_text("utf-8")
    text = text.replace("127.0.0.1:8471", f"127.0.0.1:{port}")
    (home.sources / f"{SOURCE}.yml").write_text(text.replace("delay_s: 0", f"delay_s: {delay_s}"))


def count_pages(home: Home) -> int:
    if not home.database.exists():
        return 0
    try:
        (row,) = rows(home.database, "select count(*) as n from pages")
    except sqlite3.OperationalError:
        # the tables are not there yet
        return 0
    return int(row["n"])


def test_a_killed_command_takes_its_crawl_along(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    anchor = now().replace(second=0)
    with serve_market({}, anchor=anchor, day=1) as market:
        write_source(home, market.ports[SOURCE], 0.05)
        process = subprocess.Popen(
            [sys.executable, "-m", "crawler", "crawl", SOURCE],
            cwd=ROOT,
            env=os.environ | {"RACKRENT_HOME": str(home.root)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while count_pages(home) < 5 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.kill()
        process.wait(10)
        done = rackrent(home.root, "crawl", SOURCE)
    assert done.returncode == 0, done.stderr
    statuses = [row["status"] for row in rows(home.database, "select status from runs")]
    assert statuses == ["interrupted", "ok"]
    posts = sum(len(thread.posts) for thread in market_on(1, anchor).threads[SOURCE])
    assert rows(home.database, "select count(*) as n from posts") == [{"n": posts}]

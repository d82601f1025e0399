"""`kill -9` and Ctrl-C in the middle of a crawl: the next run completes it, nothing is doubled."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.clock import now
from crawler.demo.market import market_on
from crawler.demo.server import serve_market
from crawler.home import DATA, Home
from tests.market import EVIDENCE, ROOT, dump, rackrent, rows

SOURCE = "demo_mybb"
CLOCKS = frozenset({"first_seen", "last_seen", "seen_at", "page_id", "run_id"})


def write_source(home: Home, port: int, delay_s: float) -> None:
    """A slow copy of the demo's board, so that signals hit the middle of a crawl."""
    home.make()
    text = (DATA / "sources" / f"{SOURCE}.yml").read_text("utf-8")
    text = text.replace("127.0.0.1:8471", f"127.0.0.1:{port}")
    (home.sources / f"{SOURCE}.yml").write_text(text.replace("delay_s: 0", f"delay_s: {delay_s}"))


def start_crawl(home: Home) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "forum", "-a", f"source={SOURCE}"],
        cwd=ROOT,
        env=os.environ | {"RACKRENT_HOME": str(home.root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def count_pages(home: Home) -> int:
    if not home.database.exists():
        return 0
    try:
        (row,) = rows(home.database, "select count(*) as n from pages")
    except sqlite3.OperationalError:
        # the tables are not there yet
        return 0
    return int(row["n"])


def interrupt_at(home: Home, pages: int, with_signal: signal.Signals) -> None:
    """Start a crawl and send it a signal once the home holds so many pages."""
    process = start_crawl(home)
    deadline = time.monotonic() + 30
    while count_pages(home) < pages and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert process.poll() is None, "the crawl ended before the signal"
    process.send_signal(with_signal)
    process.wait(30)


@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_crawl_is_completed_by_the_next_run(
    tmp_path: Path, with_signal: signal.Signals
) -> None:
    calm, disturbed = Home(tmp_path / "calm"), Home(tmp_path / "disturbed")
    with serve_market({}, anchor=now().replace(second=0), day=1) as market:
        port = market.ports[SOURCE]
        write_source(calm, port, 0)
        assert start_crawl(calm).wait(60) == 0
        write_source(disturbed, port, 0.03)
        for pages in (4, 14, 30):
            interrupt_at(disturbed, pages, with_signal)
        assert start_crawl(disturbed).wait(60) == 0
    for table in EVIDENCE:
        assert dump(disturbed.database, table, CLOCKS) == dump(calm.database, table, CLOCKS)
    left = rows(disturbed.database, "select count(*) as n from frontier where state <> 'done'")
    assert left == [{"n": 0}]
    statuses = [row["status"] for row in rows(disturbed.database, "select status from runs")]
    assert statuses == ["interrupted"] * 3 + ["ok"]
    gone = rows(disturbed.database, "select * from posts where gone_at is not null")
    assert gone == []


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

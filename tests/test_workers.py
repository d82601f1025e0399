"""Two workers share a board through PostgreSQL; together they hold what one alone would."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.frontiers.address import address_of, secured, shown
from crawler.frontiers.contract import FrontierError
from crawler.home import Home
from crawler.merging.run import merge
from crawler.verify import verify_evidence
from tests.live.crawls import lab_at
from tests.live.server import Site
from tests.market import ROOT, dump, rows
from tests.postgres import database, postgres
from tests.workers import finish, is_ready, slow_board, start_together, start_worker

TABLES = ("threads", "accounts", "posts", "post_versions", "thread_reads")
CLOCKS = frozenset(
    # a board names itself in full, a thread of it by its section: the order of reading decides
    ["first_seen", "last_seen", "seen_at", "page_id", "run_id", "read_at", "gone_at", "board"]
)  # fmt: skip
THREADS = 8


@dataclass
class Trial:
    """A board, the frontier's address, and the homes of two workers and of who merges."""

    site: Site
    address: str
    homes: list[Path]
    merged: Home

    def round(self) -> list[str]:
        """Have both workers read what is to be read, and merge; what they asked for."""
        self.site.asked.clear()
        assert finish(start_together(self.homes, self.site, self.address)) == [0, 0]
        for done in merge(self.merged, self.homes):
            assert (done.refused, done.reasons) == ({}, [])
        return list(self.site.asked)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address


@pytest.fixture
def trial(server: str, tmp_path: Path) -> Iterator[Trial]:
    with slow_board(THREADS, 0.05) as site, database(server) as address:
        homes = [tmp_path / "one", tmp_path / "two"]
        yield Trial(site, address, homes, Home(tmp_path / "merged"))


def test_two_workers_hold_together_what_one_holds(trial: Trial, tmp_path: Path) -> None:
    asked = trial.round()
    assert len(asked) == len(set(asked))
    shares = [rows(home / "market.db", "select pages from runs")[0]["pages"]
              for home in trial.homes]  # fmt: skip
    assert min(shares) > 2
    alone = lab_at(tmp_path / "alone", trial.site)
    assert alone.crawl()["status"] == "ok"
    for table in TABLES:
        ours = dump(trial.merged.database, table, CLOCKS)
        assert ours == dump(alone.home.database, table, CLOCKS), table
    files = [path.name for path in trial.merged.evidence.rglob("*.warc.gz")]
    assert len(files) == 2
    verified = list(verify_evidence(trial.merged))[-1]
    assert (verified.files, verified.faults) == (2, [])
    # what was read is known to all: only what changed is opened, whoever read it before
    thread = trial.site.boards[0].threads[2]
    gone = thread.posts.pop()
    opened = [path for path in trial.round() if "showthread" in path]
    assert opened == [f"/showthread.php?tid={thread.number}{page}" for page in ("", "&page=2")]
    found = rows(trial.merged.database, "select native_id from posts where gone_at is not null")
    assert found == [{"native_id": str(gone.number)}]


def test_a_killed_worker_loses_nothing(trial: Trial) -> None:
    dead, alive = start_together(trial.homes, trial.site, trial.address)
    while len(trial.site.asked) < 5:
        time.sleep(0.01)
    dead.send_signal(signal.SIGKILL)
    dead.wait(10)
    assert finish([alive]) == [0]
    again = len(trial.site.asked) - len(set(trial.site.asked))
    # one that was fetched, and the next one
    assert again <= 2
    merge(trial.merged, trial.homes)
    expected = sum(len(thread.posts) for board in trial.site.boards for thread in board.threads)
    assert rows(trial.merged.database, "select count(*) as n from posts") == [{"n": expected}]


def test_a_source_that_one_worker_paused_is_paused_for_the_other(trial: Trial) -> None:
    from crawler.frontiers.postgres import PostgresQueue

    queue = PostgresQueue(trial.address, "live")
    queue.pause("a captcha")
    queue.end()
    worker = start_worker(trial.homes[0], trial.site, trial.address)
    assert worker.wait(60) != 0
    assert not is_ready(trial.homes[0])
    assert trial.site.asked == []
    assert "a captcha" in (trial.homes[0] / "worker.log").read_text("utf-8")


def test_a_password_stands_in_no_option_and_no_message(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    with pytest.raises(FrontierError, match="RACKRENT_FRONTIER"):
        address_of("postgresql://db.example/f?password=s3cret")
    for address in ("postgresql://me:s3cret@db.example/f",):
        done = subprocess.run(
            [sys.executable, "-m", "crawler", "crawl", "demo_mybb", "--frontier", address],
            cwd=ROOT, env=os.environ | {"RACKRENT_HOME": str(home.root)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert "RACKRENT_FRONTIER" in done.stderr
        assert "s3cret" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    "address", ["db.example", "sqlite:///x", "postgresql://", "postgresql://h:x/d"]
)
def test_a_wrong_address_is_told(address: str) -> None:
    with pytest.raises(FrontierError, match="RACKRENT_FRONTIER"):
        address_of(None, {"RACKRENT_FRONTIER": address})


def test_to_another_machine_the_way_is_encrypted() -> None:
    assert secured("postgresql://me@db.example/f").endswith("?sslmode=require")
    assert secured("postgresql://me@db.example/f?a=b").endswith("?a=b&sslmode=require")
    assert secured("postgresql://me@127.0.0.1/f") == "postgresql://me@127.0.0.1/f"
    assert secured("postgresql://h/f?sslmode=verify-full").endswith("sslmode=verify-full")
    assert shown("postgresql://me:secret@db.example:5433/f") == "postgresql://db.example:5433/f"

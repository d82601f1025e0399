"""Runs the cases of how runs end."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from crawler.cli import children
from crawler.cli.children import Child
from crawler.cli.exits import exit_of
from crawler.cli.running import outcome
from crawler.clock import now
from crawler.home import Home
from crawler.scheduling import timer
from crawler.store import runs
from crawler.store.database import Store
from scripts.stops import SOURCE, Stops, Trial, lost, served, start, stop_at
from tests.cases import Case, ending
from tests.cases.disks import command
from tests.live.board import made_boards
from tests.market import ROOT, rows
from tests.pages import board_at, source
from tests.scheduling import World, plan

SIGNALLED = {
    "sigterm-site-hangs": ("hang", signal.SIGTERM),
    "sigterm-site-drips": ("drip", signal.SIGTERM),
    "sigterm-long-parse": ("parse", signal.SIGTERM),
    "sigterm-endless-script": ("script", signal.SIGTERM),
    "sigint-in-the-middle": ("board", signal.SIGINT),
}
BOARDS = made_boards(12)
IN_TIME_S = 10.0


def write_source(home: Home, mode: str, host: str, extra: str = "") -> None:
    """The source file of a site that behaves in some way."""
    home.make()
    browser = "browser: {timeout_s: 60}\n" if mode == "script" else ""
    text = SOURCE.format(mode=mode, host=host, delay_s=0.1 if mode == "board" else 0)
    (home.sources / f"{mode}.yml").write_text(text + browser + extra, "utf-8")


def signalled(folder: Path, mode: str, number: signal.Signals) -> list[str]:
    """What is wrong after a signal to a crawl of a site; of a board, after the next run too."""
    done, asked, home = Stops(), threading.Event(), Home(folder / mode)
    with served(mode, BOARDS, asked) as host:
        write_source(home, mode, host)
        stop_at(done, home, Trial(mode, number, 0.7, asked))
        return done.faults + (lost(home, BOARDS) if mode == "board" else [])


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[list[str]]]]:
    """What is wrong by case; all signals are given side by side."""
    folder = tmp_path_factory.mktemp("stops")
    with ThreadPoolExecutor(len(SIGNALLED)) as pool:
        yield {
            name: pool.submit(signalled, folder, mode, number)
            for name, (mode, number) in SIGNALLED.items()
        }


def ended(process: "subprocess.Popen[bytes]", number: signal.Signals = signal.SIGTERM) -> int:
    """The exit code after a signal, which comes in time."""
    began = time.monotonic()
    process.send_signal(number)
    code = process.wait(60)
    assert time.monotonic() - began < IN_TIME_S
    return code


def wait_until(is_so: Callable[[], object], longest_s: float = 60) -> None:
    """Wait for something to be so."""
    ends = time.monotonic() + longest_s
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.05)


def locked(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    home.make()
    Store(home.database).close()
    with closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        other.execute("begin immediate")
        process = subprocess.Popen(
            [sys.executable, "-m", "crawler", "link"],
            cwd=ROOT,
            env=os.environ | {"RACKRENT_HOME": str(tmp_path)},
        )
        wait_until(lambda: is_opened(process.pid, home.database))
        time.sleep(0.3)
        assert ended(process) == 130
    with closing(Store(home.database)) as store:
        assert store.rows("pragma integrity_check")[0][0] == "ok"


def is_opened(pid: int, path: Path) -> bool:
    """Whether a process has a file open."""
    return str(path) in {file.path for file in psutil.Process(pid).open_files()}


def twice(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    asked, home = threading.Event(), Home(tmp_path)
    with served("hang", BOARDS, asked) as host:
        write_source(home, "hang", host)
        process = start(home, "hang")
        assert asked.wait(60)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        assert ended(process) == 130
    assert "Traceback" not in (home.logs / "command.log").read_text()


def scheduler(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    asked, home = threading.Event(), Home(tmp_path)
    with served("hang", BOARDS, asked) as host:
        write_source(home, "hang", host, "every: 1h\n")
        process = subprocess.Popen(
            [sys.executable, "-m", "crawler", "schedule", "run"],
            cwd=ROOT,
            env=os.environ | {"RACKRENT_HOME": str(tmp_path)},
            stderr=subprocess.DEVNULL,
        )
        assert asked.wait(60)
        family = psutil.Process(process.pid).children(recursive=True)
        assert ended(process) == 0
    assert len(family) >= 2 and psutil.wait_procs(family, timeout=1)[1] == []
    states = rows(home.schedule, "select state, exit_code from slots")
    assert states == [{"state": "again", "exit_code": 130}]


def killed(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    asked, home = threading.Event(), Home(tmp_path)
    with served("board", BOARDS, asked) as host:
        write_source(home, "board", host)
        process = start(home, "board")
        assert asked.wait(60)
        crawls = psutil.Process(process.pid).children()
        assert [crawl for crawl in crawls if "scrapy" in crawl.cmdline()]
        for crawl in crawls:
            crawl.kill()
        assert process.wait(30) == 1
        said = " ".join((home.logs / "command.log").read_text().split())
        assert "died" in said and "board.log" in said
        assert lost(home, BOARDS) == []


def stalled(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    asked, home = threading.Event(), Home(tmp_path)
    with served("hang", BOARDS, asked) as host:
        write_source(home, "hang", host)
        subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "forum", "-a", "source=hang",
             "-s", "STALLED_S=2", "-s", "FETCH_STALL_S=12"],
            cwd=ROOT,
            env=os.environ | {"RACKRENT_HOME": str(tmp_path)},
            capture_output=True,
            timeout=60,
            check=False,
        )  # fmt: skip
    (run,) = rows(home.database, "select status, reason from runs")
    assert run["status"] == "failed" and "stalled: nothing came for 2 s" in run["reason"]
    assert exit_of(run["status"], run["reason"]) == 4


def silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "SILENT_S", 0.5)
    board, lock = board_at(tmp_path), tmp_path / "board.lock"
    lock.touch()
    process = subprocess.Popen(["sh", "-c", "sleep 60 & sleep 60"])
    child = Child(source(), None, process, tmp_path / "log", lock)
    assert not child.is_silent()
    wait_until(lambda: psutil.Process(process.pid).children())
    family = psutil.Process(process.pid).children()
    time.sleep(0.6)
    os.utime(lock, (1, 1))
    assert not child.is_silent()
    time.sleep(0.6)
    assert child.is_silent()
    children.kill_child(child)
    assert psutil.wait_procs(family, timeout=2)[1] == []
    with board.store.transaction():
        runs.keep_source(board.store, board.source)
        runs.start_run(board.store, board.source, now(), full=True)
    row = outcome(board.store, child, hangs=True)
    assert row["status"] == "failed" and "no sign of life" in row["reason"]


def one_of_two(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    with (
        served("board", BOARDS, threading.Event()) as host,
        served("parse", BOARDS, threading.Event()) as other,
    ):
        write_source(home, "board", host)
        write_source(home, "parse", other)
        (home.evidence / "parse").write_text("in the way")
        done = command(tmp_path, "crawl", "board", "parse", "--no-analyse", "--no-alerts")
    assert done.returncode == 6, done.stderr
    found = {row["source_id"]: row for row in rows(home.database, "select * from runs")}
    assert found["board"]["status"] == "ok"
    assert re.match(r"storage: .*parse", found["parse"]["reason"])


def without_end(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    world = World(tmp_path, {"aa": plan("aa", every="24h")}, longest_min=10**6)
    keeper = world.boot()
    world.let_pass(keeper, timedelta(hours=30))
    first, second = world.of("aa")[:2]
    assert first.code == 130
    assert second.began - first.began < timedelta(hours=25)


def silent_timer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timer, "TICK_S", 0.05)
    assert timer.next_ring() == timer.TICK
    timer.BELL.put(signal.SIGTERM)
    assert timer.next_ring() == signal.SIGTERM


def chaos(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    done = subprocess.run(
        [sys.executable, "scripts/chaos.py", "--runs", "25", "--kills", "2"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    last = done.stdout.splitlines()[-1]
    kills = re.match(r"25 runs · (\d+) kills .* · 0 differences", last)
    assert kills and int(kills[1]) >= 25, last


TRIALS: dict[str, Callable[[Path, pytest.MonkeyPatch], None]] = {
    "sigterm-while-the-database-is-locked": locked,
    "sigterm-twice": twice,
    "sigterm-to-the-scheduler": scheduler,
    "crawl-killed": killed,
    "crawl-stalled": stalled,
    "crawl-silent": silent,
    "one-of-several-fails": one_of_two,
    "run-without-end": without_end,
    "timer-silent": silent_timer,
    "kill-at-random": chaos,
}


@pytest.mark.parametrize("case", ending.CASES, ids=lambda case: case.name)
def test_ending(
    case: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    faults: dict[str, Future[list[str]]],
) -> None:
    if case.name in SIGNALLED:
        assert faults[case.name].result() == []
    else:
        TRIALS[case.name](tmp_path, monkeypatch)

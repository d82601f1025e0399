"""`rackrent schedule`: a real scheduler that is killed and comes back, its list, its unit."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from crawler.home import Home
from crawler.scheduling.install import cron_line, unit_text
from crawler.scheduling.timer import only_scheduler
from crawler.source import find_source
from crawler.store.database import Store
from crawler.store.runs import keep_source, pause_source
from tests.commands import ran
from tests.market import ROOT, rackrent, rows
from tests.site import site, write_source

BOARD = "<html><body>nothing</body></html>"


def start(home: Home) -> "subprocess.Popen[str]":
    """A scheduler at work."""
    return subprocess.Popen(
        [sys.executable, "-m", "crawler", "schedule", "run", "--jobs", "2"],
        cwd=ROOT,
        env=os.environ | {"RACKRENT_HOME": str(home.root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(database: Path, sql: str) -> None:
    """Wait until a query of a database counts something."""
    deadline = time.monotonic() + 150
    while time.monotonic() < deadline:
        if database.exists() and count(database, sql):
            return
        time.sleep(0.1)
    raise AssertionError(f"never: {sql}")


def count(database: Path, sql: str) -> int:
    """What a query counts; 0 before its tables are there."""
    try:
        return int(next(iter(rows(database, sql)[0].values())))
    except sqlite3.OperationalError:
        return 0


def test_a_killed_scheduler_takes_its_crawls_along_and_takes_them_up_again(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with site({"/index.php": (200, BOARD)}, []) as host:
        write_source(home, host, "slow", "every: 1h\n")
        path = home.sources / "slow.yml"
        path.write_text(path.read_text().replace("delay_s: 0", "delay_s: 60"))
        first = start(home)
        # its second request comes after a minute: it is at work when the scheduler dies
        wait_for(home.database, "select count(*) from runs")
        first.kill()
        first.wait(10)
        path.write_text(path.read_text().replace("delay_s: 60", "delay_s: 0"))
        second = start(home)
        wait_for(home.schedule, "select count(*) from slots where state = 'done'")
        second.send_signal(signal.SIGTERM)
        assert second.wait(30) == 0
    statuses = [run["status"] for run in rows(home.database, "select status from runs")]
    assert statuses == ["interrupted", "degraded"]
    (slot,) = rows(home.schedule, "select attempt, state, exit_code from slots")
    assert slot == {"attempt": 2, "state": "done", "exit_code": 4}


def test_once_reads_what_is_due_and_analyses_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with site({"/index.php": (200, BOARD)}, []) as host:
        write_source(home, host, extra="every: 1m\n")
        done = rackrent(tmp_path, "schedule", "run", "--once")
    assert done.returncode == 0, done.stderr
    (slot,) = rows(home.schedule, "select source_id, state from slots")
    assert slot == {"source_id": "site", "state": "done"}
    assert "texts read" in (home.logs / "schedule.log").read_text()
    listed = json.loads(ran(tmp_path, "schedule", "list", "--json").out)
    assert listed["alive"] is False
    (line,) = listed["sources"]
    assert (line["source"], line["plan"]) == ("site", "every 1 min")
    assert line["next_run"] > "2026"


def test_a_paused_source_and_a_wrong_file_say_why_they_are_not_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    write_source(home, "127.0.0.1:9")
    write_source(home, "127.0.0.1:9", "wrong", "every: soon\n")
    with closing(Store(home.database)) as store, store.transaction():
        keep_source(store, find_source(home, "site"))
        pause_source(store, "site", "captcha: solve it in a browser")
    done = ran(tmp_path, "schedule", "list")
    assert done.code == 0
    assert "paused: captcha: solve it in a browser; then: rackrent sources resume site" in done.out
    assert "'soon' is not a duration" in done.out
    assert "no scheduler is at work" in done.err


def test_a_second_scheduler_is_refused_but_cron_is_not_bothered(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    with only_scheduler(home):
        second = ran(tmp_path, "schedule", "run")
        once = ran(tmp_path, "schedule", "run", "--once")
    assert second.code == 2
    assert "another `rackrent schedule run` is at work" in second.err
    assert once.code == 0


def test_ctrl_c_ends_an_idle_scheduler_with_130(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    scheduler = start(home)
    wait_for(home.schedule, "select count(*) from beats")
    scheduler.send_signal(signal.SIGINT)
    assert scheduler.wait(30) == 130


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("system", [True, False])
def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path, system: bool) -> None:
    home = Home(tmp_path / "a home at 100%")
    home.make()
    unit = tmp_path / "rackrent.service"
    unit.write_text(unit_text(home, system=system, jobs=3), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_is_hardened_and_may_write_the_home_only() -> None:
    lines = unit_text(Home(Path("/srv/rackrent")), system=False, jobs=3).splitlines()
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes"):
        assert line in lines
    assert [line for line in lines if line.startswith("ReadWritePaths")] == [
        'ReadWritePaths="/srv/rackrent"'
    ]
    assert any(line.endswith("schedule run --jobs 3") for line in lines)


def test_the_crontab_line_names_home_and_command_in_full() -> None:
    line = cron_line(Home(Path("/srv/a home")))
    assert line.startswith("*/10 * * * * RACKRENT_HOME='/srv/a home' /")
    assert line.endswith("schedule run --once")

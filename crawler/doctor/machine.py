"""Checks of the machine: Python, Chromium, room on the disk, the scheduler."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from crawler.chromium import find_chromium
from crawler.clock import now, stamp
from crawler.doctor.finding import Finding, fault, ok, quoted, warning
from crawler.doctor.sources import own_sources
from crawler.home import Home
from crawler.rendering.enclosed import REMEDY, reason_against
from crawler.scheduling.ledger import Ledger
from crawler.scheduling.timer import is_scheduler_alive

LEAST_PYTHON = (3, 11)
LEAST_FREE = 1 << 30
"""Room below which a crawl may fill the disk, bytes."""
SILENT = timedelta(minutes=30)
"""How long ago a scheduler's last sign of life may be; cron gives one every ten minutes."""
START_S = 30
"""How long Chromium may take to start, seconds."""


def python_checks(_: Home) -> Iterator[Finding]:
    """Whether Python and SQLite are new enough."""
    text = f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    if sys.version_info[:2] < LEAST_PYTHON:
        yield fault("python", f"{text}: 3.11 is needed", "apt-get install python3.11-venv")
    else:
        yield ok("python", text)


def chromium_checks(home: Home) -> Iterator[Finding]:
    """Whether a Chromium is there and starts; a fault only where a source needs it."""
    needing = [source.id for source in own_sources(home) if source.browser]
    say = fault if any(not name.startswith("demo_") for name in needing) else warning
    named = os.environ.get("RACKRENT_CHROMIUM")
    path = find_chromium()
    if path is None and named:
        text = f"RACKRENT_CHROMIUM={named}: is no program that can be started"
        yield say("chromium", text, "unset RACKRENT_CHROMIUM")
    elif path is None:
        text = f"no Chromium; sources that need it: {', '.join(needing)}"
        yield say("chromium", text, "apt-get install chromium")
    elif reason := reason_not_to_start(path):
        yield say("chromium", f"{path}: does not start: {reason}", "apt-get install chromium")
    else:
        yield ok("chromium", f"{path} starts")


def enclosure_checks(home: Home) -> Iterator[Finding]:
    """Whether browsers can have a network of their own; a fault only where a source wants it."""
    wanting = [
        source.id
        for source in own_sources(home)
        if source.browser and source.browser.isolation == "namespace"
    ]
    reason = reason_against()
    if reason is None:
        yield ok("enclosure", "browsers can have a network of their own (isolation: namespace)")
    elif wanting:
        text = f"isolation: namespace: {reason}; sources that want it: {', '.join(wanting)}"
        yield fault("enclosure", text, REMEDY)
    else:
        yield ok("enclosure", f"no isolation: namespace here: {reason}; no source wants it")


def reason_not_to_start(path: Path) -> str | None:
    """What Chromium says when it does not show an empty page; None when it does."""
    with tempfile.TemporaryDirectory(prefix="rackrent-doctor-") as profile:
        command = [
            str(path), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            f"--user-data-dir={profile}", "--dump-dom", "about:blank",
        ]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, timeout=START_S, text=True)
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
    if "<html" in done.stdout:
        return None
    return (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]


def disk_checks(home: Home) -> Iterator[Finding]:
    """Whether there is room for the next crawls and for a backup."""
    if not home.root.is_dir():
        return
    free = shutil.disk_usage(home.root).free
    need = max(LEAST_FREE, home.database.stat().st_size if home.database.exists() else 0)
    text = f"{home.root}: {free >> 20} MB free"
    if free < need:
        most = f"du -xh --max-depth=2 {quoted(home.root)}"
        remedy = f"make room: {most} shows where it went; old backups and logs may go"
        yield fault("disk", f"{text}, {need >> 20} MB are needed", remedy)
    else:
        yield ok("disk", text)


def schedule_checks(home: Home) -> Iterator[Finding]:
    """Whether the scheduler lives, where there ever was one."""
    if not home.schedule.exists():
        yield ok("schedule", "never used; `rackrent schedule install` sets it up")
        return
    try:
        with closing(Ledger(home.schedule)) as ledger:
            beat = ledger.last_beat()
    except sqlite3.DatabaseError as error:
        aside = f"{quoted(home.schedule)}.damaged"
        text = f"{home.schedule}: {error}; without it, runs are planned anew"
        yield fault("schedule", text, f"mv {quoted(home.schedule)} {aside}")
        return
    if is_scheduler_alive(home):
        yield ok("schedule", "a scheduler is at work")
    elif beat and now() - beat.at <= SILENT:
        yield ok("schedule", f"last sign of life at {stamp(beat.at)}")
    else:
        since = f"since {stamp(beat.at)}" if beat else "yet"
        text = f"no scheduler at work {since}: start the service; this reads what is due now"
        yield warning("schedule", text, "rackrent schedule run --once")

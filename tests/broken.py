"""Homes that are broken on purpose, by name; each says which check must tell."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive import Archive, Run
from crawler.backup import make_backup
from crawler.home import Home
from crawler.scheduling.ledger import Ledger
from tests.pages import START
from tests.site import write_source

SCHEMA = Path(__file__).parent / "schemas" / "m004_sellers.sql"
COOKIES = "board.example\tFALSE\t/\tFALSE\t2000000000\tsid\tsecret\n"

Break = Callable[[Home, pytest.MonkeyPatch], None]


def home_open_to_others(home: Home, _: pytest.MonkeyPatch) -> None:
    """Everybody on the machine may look into the home."""
    home.root.chmod(0o755)


def session_open_to_others(home: Home, _: pytest.MonkeyPatch) -> None:
    """Everybody may take over the account."""
    path = home.sessions / "board.json"
    path.write_text('{"cookies": [], "origins": []}')
    path.chmod(0o644)


def folder_missing(home: Home, _: pytest.MonkeyPatch) -> None:
    """Somebody deleted a folder."""
    home.logs.rmdir()


def file_in_the_way(home: Home, _: pytest.MonkeyPatch) -> None:
    """A file stands where a folder belongs."""
    home.evidence.rmdir()
    home.evidence.write_text("x")


def lock_in_the_way(home: Home, _: pytest.MonkeyPatch) -> None:
    """A folder stands where a lock belongs."""
    (home.locks / "board.lock").mkdir()


def clock_set_back(home: Home, _: pytest.MonkeyPatch) -> None:
    """Files are of tomorrow."""
    os.utime(home.database, (time.time() + 90_000,) * 2)


def unfinished_file(home: Home, _: pytest.MonkeyPatch) -> None:
    """A backup was killed half-way."""
    home.backups.mkdir()
    path = home.backups / "market-1.part"
    path.write_text("x")
    os.utime(path, (time.time() - 90_000,) * 2)


def wrong_source_file(home: Home, _: pytest.MonkeyPatch) -> None:
    """A source file holds a fault."""
    write_source(home, "board.example", "board", "every: soon\n")


def read_only_database(home: Home, _: pytest.MonkeyPatch) -> None:
    """The database cannot be written."""
    home.database.chmod(0o400)


def damaged_database_with_backup(home: Home, _: pytest.MonkeyPatch) -> None:
    """The disk ate the database; there is a backup."""
    make_backup(home.database, home.backups, START)
    harm(home.database)


def damaged_database_with_evidence(home: Home, _: pytest.MonkeyPatch) -> None:
    """The disk ate the database; there is only the evidence."""
    harm(home.database)


def harm(path: Path) -> None:
    """Overwrite the middle of a file."""
    with path.open("rb+") as stream:
        stream.seek(8192)
        stream.write(b"\xff" * (path.stat().st_size - 8192))


def older_schema(home: Home, _: pytest.MonkeyPatch) -> None:
    """The database is of an older release."""
    home.database.unlink()
    with closing(sqlite3.connect(home.database)) as conn:
        conn.executescript(SCHEMA.read_text("utf-8"))


def large_wal(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that never ended let the write-ahead log grow, then the power failed."""
    monkeypatch.setattr("crawler.doctor.data.WAL_MOST", 1 << 20)
    copy = home.root / "copy"
    copy.mkdir()
    with closing(sqlite3.connect(home.database)) as conn:
        conn.execute("pragma journal_mode=wal")
        conn.execute("pragma wal_autocheckpoint=0")
        conn.execute("create table bulk as select randomblob(2000000) as data")
        conn.commit()
        for path in home.root.glob("market.db*"):
            shutil.copy(path, copy)
    for path in copy.iterdir():
        shutil.move(path, home.root / path.name)
    copy.rmdir()


def damaged_backup(home: Home, _: pytest.MonkeyPatch) -> None:
    """The newest backup is not what was written."""
    path = make_backup(home.database, home.backups, START).path
    path.write_bytes(path.read_bytes() + b"x")


def torn_evidence(home: Home, _: pytest.MonkeyPatch) -> None:
    """A crawl was killed while it wrote a record."""
    archive = Archive(home.evidence, Run("board-20260301T090000Z", "board", "x", True))
    archive.close()
    path = home.evidence / archive.name
    path.write_bytes(path.read_bytes() + path.read_bytes()[:60])


def credentials_missing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment does not hold what a login form needs."""
    monkeypatch.delenv("BOARD_USER", raising=False)
    monkeypatch.setenv("BOARD_WORD", "x")
    login = "{url: 'http://board.example/', user_env: BOARD_USER, password_env: BOARD_WORD}"
    write_source(home, "board.example", "board", f"session: {{login: {login}}}\n")


def session_missing(home: Home, _: pytest.MonkeyPatch) -> None:
    """Nobody brought the session yet."""
    write_source(home, "board.example", "board", "session: {}\n")
    (home.root / "cookies.txt").write_text(f"# Netscape HTTP Cookie File\n{COOKIES}")


def scheduler_dead(home: Home, _: pytest.MonkeyPatch) -> None:
    """The scheduler died yesterday."""
    with closing(Ledger(home.schedule)) as ledger:
        ledger.beat(START, 1, 0)


def damaged_schedule(home: Home, _: pytest.MonkeyPatch) -> None:
    """The scheduler's database is no database."""
    home.schedule.write_bytes(b"no database" * 400)


def chromium_gone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names a Chromium that is not there."""
    monkeypatch.setenv("RACKRENT_CHROMIUM", "/nowhere/chromium")
    write_source(home, "board.example", "board", "browser: {}\n")


BROKEN: dict[str, tuple[Break, str]] = {
    "home open to others": (home_open_to_others, "privacy"),
    "session open to others": (session_open_to_others, "secrets"),
    "folder missing": (folder_missing, "folders"),
    "file in the way": (file_in_the_way, "folders"),
    "lock in the way": (lock_in_the_way, "locks"),
    "clock set back": (clock_set_back, "clock"),
    "unfinished file": (unfinished_file, "leftovers"),
    "wrong source file": (wrong_source_file, "source_files"),
    "read-only database": (read_only_database, "database"),
    "damaged database, backup": (damaged_database_with_backup, "database"),
    "damaged database, evidence": (damaged_database_with_evidence, "database"),
    "older schema": (older_schema, "schema"),
    "large write-ahead log": (large_wal, "wal"),
    "damaged backup": (damaged_backup, "backups"),
    "torn evidence": (torn_evidence, "evidence"),
    "credentials missing": (credentials_missing, "credentials"),
    "session missing": (session_missing, "sessions"),
    "scheduler dead": (scheduler_dead, "schedule"),
    "scheduler's database damaged": (damaged_schedule, "schedule"),
    "Chromium gone": (chromium_gone, "chromium"),
}

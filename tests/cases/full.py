"""Trials of whole commands on disks that are full or read-only."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from crawler.home import Home
from crawler.verify import verify_evidence
from tests.cases.disks import KB, command, fill, mount_read_only, small_disk
from tests.live.board import Post, made_boards
from tests.live.crawls import lab_at
from tests.live.server import Site, serve
from tests.live.skins import mybb
from tests.market import rows


@contextmanager
def board_on(folder: Path, threads: int = 12) -> Iterator[tuple[Home, list[Post]]]:
    """A board that is served, with a source file in a home there; its posts."""
    boards = made_boards(threads)
    posts = [post for board in boards for thread in board.threads for post in thread.posts]
    for post in posts:
        # what does not compress
        post.text += " " + " ".join(f"{hash((post.number, place)):x}" for place in range(400))
    with serve(Site(mybb, boards)) as site:
        yield lab_at(folder, site).home, posts


def assert_whole(home: Home, posts: list[Post]) -> None:
    """Every post is there once, the database is sound, and the evidence verifies."""
    found = [row["native_id"] for row in rows(home.database, "select native_id from posts")]
    assert sorted(found) == sorted(str(post.number) for post in posts)
    assert_sound(home)


def assert_sound(home: Home) -> None:
    """The database is sound, and the evidence verifies."""
    with closing(sqlite3.connect(home.database)) as conn:
        assert conn.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert [fault for done in verify_evidence(home) for fault in done.faults] == []


def full_in_a_crawl(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    with small_disk(tmp_path / "disk", 16) as disk, board_on(disk / "home") as (home, posts):
        assert command(home.root, "status").returncode == 0
        filler = fill(disk, but=220 * KB)
        done = command(home.root, "crawl", "live", "--no-analyse", "--no-alerts")
        said = done.stdout + done.stderr
        assert done.returncode == 6, said
        assert "kB free" in said and "make room" in " ".join(said.split()), said
        filler.unlink()
        assert_sound(home)
        assert command(home.root, "crawl", "live", "--no-analyse").returncode == 0
        assert_whole(home, posts)


def full_before_a_crawl(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    with small_disk(tmp_path / "disk", 4) as disk, board_on(disk / "home", 2) as (home, _posts):
        fill(disk, but=0)
        done = command(home.root, "crawl", "live")
        assert done.returncode == 6, done.stderr
        assert "make room" in done.stderr and "Traceback" not in done.stderr
        assert len(done.stderr.splitlines()) == 1


def full_log(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    with board_on(tmp_path, 3) as (home, posts):
        (home.logs / "live.log").symlink_to("/dev/full")
        done = command(home.root, "crawl", "live", "--no-analyse", "--no-alerts")
        assert done.returncode == 0, done.stderr
        assert_whole(home, posts)


def read_only(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    with small_disk(tmp_path / "disk", 16) as disk, board_on(disk / "home", 3) as (home, posts):
        assert command(home.root, "crawl", "live", "--no-analyse").returncode == 0
        before = shutil.copyfile(home.database, tmp_path / "before.db").read_bytes()
        mount_read_only(disk, read_only=True)
        done = command(home.root, "crawl", "live")
        assert done.returncode == 6, done.stderr
        assert "writable" in done.stderr and "Traceback" not in done.stderr
        mount_read_only(disk, read_only=False)
        assert home.database.read_bytes() == before
        assert command(home.root, "crawl", "live", "--no-analyse").returncode == 0
        assert_whole(home, posts)


TRIALS = {
    "disk-full-in-a-crawl": full_in_a_crawl,
    "disk-full-before-a-crawl": full_before_a_crawl,
    "log-full": full_log,
    "file-system-read-only": read_only,
}

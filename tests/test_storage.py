"""Backups that can be restored, evidence that is proven, manifests that are the same each time."""

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive, Original, Response, Run
from crawler.backup import BackupError, make_backup, sum_file
from crawler.crawl_lock import SourceBusyError, take_lock
from crawler.home import Home
from crawler.restore import restore_backup
from crawler.scheduling.timer import ScheduleRunsError, only_scheduler
from crawler.store import runs
from crawler.store.evidence import keep_exchanges
from crawler.store.fetched import Exchange, Fetched
from tests.commands import ran
from tests.market import rows
from tests.pages import START, Board, board_at, post

URL = "http://board.example/t?id="


def filled(home: Home) -> Board:
    """A home with a thread of two posts."""
    home.make()
    board = board_at(home.root)
    board.thread_page(board.begin(), [post(1), post(2, "VPS 9$")])
    return board


def test_a_backup_is_made_while_somebody_writes_and_is_restored(tmp_path: Path) -> None:
    home = Home(tmp_path)
    board = filled(home)
    with board.store.transaction():
        board.store.execute("update posts set native_id = 'unfinished'")
        done = make_backup(home.database, home.backups, START)
    assert rows(done.path, "select native_id from posts order by 1") == [
        {"native_id": "1"}, {"native_id": "2"},
    ]  # fmt: skip
    checked = subprocess.run(["sha256sum", "-c", sum_file(done.path).name], cwd=home.backups)
    assert checked.returncode == 0
    assert done.path.stat().st_mode & 0o077 == 0
    board.store.execute("delete from post_versions")
    board.store.close()
    restored = ran(tmp_path, "restore", str(done.path))
    assert restored.code == 0, restored.err
    assert rows(home.database, "select count(*) as n from post_versions") == [{"n": 2}]
    (aside,) = [
        p for p in tmp_path.glob("market.db.before-*") if p.suffix[-4:] not in ("-wal", "-shm")
    ]
    assert rows(aside, "select count(*) as n from post_versions") == [{"n": 0}]
    assert ran(tmp_path, "vacuum").out.endswith("integrity_check: ok\n")


def test_only_the_newest_backups_stay(tmp_path: Path) -> None:
    home = Home(tmp_path)
    filled(home).store.close()
    for day in range(5):
        done = make_backup(home.database, home.backups, START + timedelta(days=day), keep=3)
    assert [path.stem[7:15] for path in done.dropped] == ["20260302"]
    assert len(list(home.backups.glob("*.db"))) == len(list(home.backups.glob("*.sha256"))) == 3
    shown = json.loads(ran(tmp_path, "backup", "--to", str(tmp_path / "to"), "--json").out)
    assert Path(shown["path"]).parent == tmp_path / "to"


@pytest.mark.parametrize("harm", ["byte", "cut", "no sum", "no file"])
def test_what_is_not_the_backup_is_refused_and_nothing_changes(tmp_path: Path, harm: str) -> None:
    home = Home(tmp_path)
    filled(home).store.close()
    path = make_backup(home.database, home.backups, START).path
    before = home.database.read_bytes()
    data = bytearray(path.read_bytes())
    if harm == "byte":
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    elif harm == "cut":
        path.write_bytes(data[: len(data) // 2])
        sum_file(path).unlink()
    elif harm == "no sum":
        sum_file(path).unlink()
    else:
        path.unlink()
    with pytest.raises(BackupError):
        restore_backup(path, home.database, START, unsummed=harm == "cut")
    assert home.database.read_bytes() == before
    assert not list(tmp_path.glob("*.part")) and not list(tmp_path.glob("*before*"))


def test_a_database_that_is_damaged_is_no_backup(tmp_path: Path) -> None:
    home = Home(tmp_path)
    filled(home).store.close()
    with closing(sqlite3.connect(home.database)) as conn:
        conn.execute("pragma wal_checkpoint(truncate)")
    with home.database.open("rb+") as stream:
        stream.seek(20 * 4096)
        stream.write(b"\xff" * 4096 * 20)
    with pytest.raises(BackupError):
        make_backup(home.database, home.backups, START)
    assert list(home.backups.iterdir()) == []


def test_nothing_is_restored_under_a_crawl_or_a_scheduler(tmp_path: Path) -> None:
    home = Home(tmp_path)
    filled(home).store.close()
    path = make_backup(home.database, home.backups, START).path
    lock = take_lock(home.locks / "board.lock", "board")
    with pytest.raises(SourceBusyError):
        ran(tmp_path, "restore", str(path))
    lock.release()
    with only_scheduler(home), pytest.raises(ScheduleRunsError):
        ran(tmp_path, "vacuum")


def evidence_of(home: Home, pages: int = 3) -> Path:
    """A run's WARC file: pages, the first of them once more, all with their rows."""
    board = filled(home)
    run_id = board.begin()
    archive = Archive(home.evidence, Run(run_id, "board", "2026-03-01T11:00:00Z", True))
    for number in range(pages):
        keep(board, archive, f"{URL}{number}", f"<html>{number}</html>".encode() * 50)
    original = Original(f"{URL}0", "2026-03-01T11:00:00Z")
    keep(board, archive, f"{URL}0", b"<html>0</html>" * 50, original)
    archive.close()
    board.store.close()
    return home.evidence / archive.name


def keep(
    board: Board, archive: Archive, url: str, payload: bytes, original: Original | None = None
) -> None:
    """Archive a response and write its row."""
    headers = (("Content-Type", "text/html"),)
    ref = archive.keep(Response(url, board.now, 200, headers, payload, "thread"), original)
    exchange = Exchange(ref, url, 200, board.now, len(payload))
    with board.store.transaction():
        run_id = runs.run_id_of("board", board.now)
        keep_exchanges(board.store, Fetched("board", run_id, "other", (exchange,)))


def verified(home: Home) -> tuple[int, dict[str, Any]]:
    """Exit code and report of a verification; the test board's own page has no file."""
    done = ran(home.root, "evidence", "verify", "--json")
    report = json.loads(done.out)
    report["faults"] = [f for f in report["faults"] if f["kind"] != "file_missing"]
    return done.code, report


def test_sound_evidence_is_proven(tmp_path: Path) -> None:
    home = Home(tmp_path)
    evidence_of(home)
    with closing(sqlite3.connect(home.database)) as conn:
        conn.execute("delete from pages where warc_file not like '%T110000Z%'")
        conn.commit()
    done = ran(tmp_path, "evidence", "verify", "--json")
    report = json.loads(done.out)
    assert (done.code, report["faults"]) == (0, [])
    assert (report["files"], report["records"], report["unindexed"]) == (1, 5, 0)


def test_a_changed_payload_a_changed_row_and_a_torn_tail_are_found(tmp_path: Path) -> None:
    home = Home(tmp_path)
    path = evidence_of(home)
    with closing(sqlite3.connect(home.database)) as conn:
        conn.execute("update pages set sha256 = 'f00' where url = ?", (f"{URL}1",))
        conn.execute("update pages set warc_offset = 99999 where url = ?", (f"{URL}2",))
        conn.commit()
    with path.open("ab") as stream:
        stream.write(path.read_bytes()[:100])
    code, report = verified(home)
    assert code == 6
    kinds = sorted(fault["kind"] for fault in report["faults"])
    assert kinds == ["record_missing", "row_differs", "torn"]


def test_a_payload_that_was_exchanged_is_found_by_its_digests(tmp_path: Path) -> None:
    home = Home(tmp_path)
    path = evidence_of(home)
    unpacked = subprocess.run(["gzip", "-dc", str(path)], capture_output=True, check=True).stdout
    forged = unpacked.replace(b"<html>1</html>", b"<html>7</html>")
    members = [b"WARC/1.0" + part for part in forged.split(b"WARC/1.0")[1:]]
    path.write_bytes(b"".join(packed(member) for member in members))
    _, report = verified(home)
    kinds = {fault["kind"] for fault in report["faults"]}
    assert {"payload_changed", "record_changed"} <= kinds


def packed(data: bytes) -> bytes:
    """A gzip member."""
    return subprocess.run(["gzip", "-nc"], input=data, capture_output=True, check=True).stdout


def test_a_payload_that_is_only_repeated_is_missed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    path = evidence_of(home)
    other = path.with_name("board-20260301T120000Z.warc.gz")
    archive = Archive(home.evidence, Run("board-20260301T120000Z", "board", "x", True))
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    response = Response(f"{URL}9", moment, 200, (), b"never seen", "thread")
    archive.keep(response, Original(f"{URL}9", "2026-03-01T11:00:00Z"))
    archive.close()
    _, report = verified(home)
    (fault,) = report["faults"]
    assert (fault["kind"], fault["file"]) == ("original_missing", f"board/{other.name}")
    assert report["unindexed"] == 1


def test_a_days_manifest_is_the_same_each_time_and_sums_up_the_files(tmp_path: Path) -> None:
    home = Home(tmp_path)
    path = evidence_of(home)
    shutil.copy(path, path.with_name("board-20260302T000000Z.warc.gz"))
    assert ran(tmp_path, "evidence", "manifest", "2026-03-01").code == 0
    written = home.manifests / "2026-03-01.json"
    first = written.read_bytes()
    assert ran(tmp_path, "evidence", "manifest", "2026-03-01").code == 0
    assert written.read_bytes() == first
    (entry,) = json.loads(first)["files"]
    assert entry["file"] == f"board/{path.name}"
    assert entry["bytes"] == path.stat().st_size
    sums = subprocess.run(["sha256sum", "-c", "2026-03-01.json.sha256"], cwd=home.manifests)
    assert sums.returncode == 0
    lock = take_lock(home.locks / "board.lock", "board")
    with pytest.raises(SourceBusyError):
        ran(tmp_path, "evidence", "manifest", "2026-03-01")
    lock.release()
    assert ran(tmp_path, "evidence", "manifest", "2999-01-01").code == 2

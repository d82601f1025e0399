"""Runs the cases of storage."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler import soundness
from crawler.analyse import analyse
from crawler.archive import Archive, Response, Run
from crawler.archived import responses_in
from crawler.backup import BackupError, make_backup
from crawler.clock import follow_the_machine, moment_of, never_before, now, stamp
from crawler.crawl import Crawl
from crawler.crawl_lock import SourceBusyError, take_lock
from crawler.exporting.asked import Asked
from crawler.exporting.run import export
from crawler.home import Home
from crawler.opening import open_run
from crawler.settle import settle
from crawler.soundness import ensure_sound, open_sound
from crawler.storage import StorageError
from crawler.store.database import Store
from crawler.store.runs import keep_source
from crawler.verify import verify_evidence
from tests.cases import Case, storage
from tests.cases.disks import KB, no_room
from tests.cases.full import TRIALS as FULL
from tests.market import rows
from tests.pages import START, Board, board_at, dump, post, source
from tests.scheduling import MINUTE, World, plan

Trial = Callable[[Path, pytest.MonkeyPatch], None]
WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
ENOUGH = "make room|check space and permissions"


def response(number: int, size: int = 100) -> Response:
    """A page of the evidence that does not compress."""
    body = random.Random(number).randbytes(size)
    return Response(f"http://board.example/t?id={number}", WHEN, 200, (), body, "thread")


def evidence_record(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path, Run("r1", "s1", "2026-03-01T12:00:00Z", True))
    archive.keep(response(1))
    size = archive.path.stat().st_size
    with no_room(size + 2 * KB), pytest.raises(StorageError, match=f"r1.warc.gz: .*({ENOUGH})"):
        archive.keep(response(2, 20 * KB))
    assert archive.path.stat().st_size == size
    archive.keep(response(3))
    archive.close()
    assert [one.url[-1] for one in responses_in(archive.path)] == ["1", "3"]


def page_rows(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    board = board_at(tmp_path)
    run_id = board.begin()
    board.store.rows("pragma wal_checkpoint(truncate)")
    many = [post(number, f"RDP {number}$ " * 500) for number in range(40)]
    with no_room(60 * KB), pytest.raises(StorageError, match=f"market.db: .*({ENOUGH})"):
        board.thread_page(run_id, many)
    assert board.store.fault
    assert dump(board.store, "posts") == dump(board.store, "pages") == []
    assert board.thread_page(run_id, many).posts_new == len(many)
    assert board.store.rows("pragma integrity_check")[0][0] == "ok"


def sold(folder: Path) -> Board:
    """A board of sellers whose texts are not analysed yet."""
    board = board_at(folder)
    words = "Fresh RDP, admin rights, 9$ each, telegram @kiln_"
    posts = [post(number, f"{words}{number}", author=f"seller{number}") for number in range(30)]
    board.thread_page(board.begin(), posts)
    board.store.rows("pragma wal_checkpoint(truncate)")
    return board


def analysis(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    sold(tmp_path).store.close()
    with no_room(20 * KB), pytest.raises(StorageError, match=ENOUGH):
        analyse(Home(tmp_path))
    done = analyse(Home(tmp_path))
    assert (done.texts, done.providers) == (30, 30)


def linking(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    board = sold(tmp_path)
    analyse(Home(tmp_path))
    with board.store.transaction():
        for table in ("provider_members", "provider_links", "providers_now", "providers"):
            board.store.execute(f"delete from {table}")
    board.store.rows("pragma wal_checkpoint(truncate)")
    with no_room(4 * KB), pytest.raises(StorageError), board.store.transaction():
        settle(board.store)
    assert dump(board.store, "providers") == []
    with board.store.transaction():
        assert settle(board.store) == 30


def exporting(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    sold(tmp_path).store.close()
    analyse(Home(tmp_path))
    (tmp_path / ".x.ndjson.part").symlink_to("/dev/full")
    with pytest.raises(StorageError, match=r"x\.ndjson: No space left .* make room"):
        export(Home(tmp_path), Asked("ndjson"), to=tmp_path / "x.ndjson")
    assert list(tmp_path.glob("*ndjson*")) == []
    assert rows(tmp_path / "market.db", "select * from exported") == []
    assert export(Home(tmp_path), Asked("ndjson")).rows == 30


def backing_up(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    sold(tmp_path).store.close()
    home = Home(tmp_path)
    with no_room(40 * KB), pytest.raises(BackupError, match="check space and permissions"):
        make_backup(home.database, home.backups, START)
    assert list(home.backups.iterdir()) == []


def torn(tmp_path: Path, *, pointed: bool) -> tuple[Home, Store, Path]:
    """A home whose last run was killed in a record; `pointed`: rows point behind the damage."""
    home = Home(tmp_path)
    home.make()
    board = board_at(tmp_path)
    run_id = board.begin()
    archive = Archive(home.evidence, Run(run_id, "board", stamp(board.now), True))
    first, second = archive.keep(response(1)), archive.keep(response(2))
    archive.close()
    data = archive.path.read_bytes()
    if pointed:
        board.thread_page(run_id, [post(1)])
        changes = (archive.name, second.warc_offset, second.sha256)
        board.store.execute("update pages set warc_file = ?, warc_offset = ?, sha256 = ?", changes)
        harm = second.warc_offset + 30
        archive.path.write_bytes(data[:harm] + b"\x00" * 20 + data[harm + 20 :])
    else:
        archive.path.write_bytes(data + data[first.warc_offset : second.warc_offset - 20])
    return home, board.store, archive.path


def torn_last(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    home, store, path = torn(tmp_path, pointed=False)
    kinds = [fault.kind for fault in [*verify_evidence(home)][-1].faults]
    assert kinds == ["torn"]
    crawl = Crawl(home, source(), full=True)
    crawl.close()
    assert path.with_name(f"{path.name}.tail").stat().st_size > 0
    assert [*verify_evidence(home)][-1].faults == []
    (issue,) = dump(store, "issues")
    assert issue["kind"] == "evidence_mended" and path.name in issue["detail"]


def torn_middle(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    home, store, path = torn(tmp_path, pointed=True)
    before = path.read_bytes()
    Crawl(home, source(), full=True).close()
    assert path.read_bytes() == before
    assert "torn" in {fault.kind for fault in [*verify_evidence(home)][-1].faults}
    assert dump(store, "issues") == []


def content(database: Path) -> list[str]:
    """Everything that a database says, but for the index of words."""
    with closing(sqlite3.connect(database)) as conn:
        names = conn.execute("select name from sqlite_master where type = 'table'").fetchall()
        return sorted(
            f"{name} {row!r}"
            for (name,) in names
            if "_fts" not in name
            for row in conn.execute(f"select * from [{name}]")
        )


def flipped(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    board = board_at(tmp_path)
    for number in range(40):
        board.thread_page(board.begin(), [post(number, f"RDP {number}$ " * 40)])
    board.store.close()
    home, dice, found = Home(tmp_path), random.Random(7), 0
    sound, said = home.database.read_bytes(), content(home.database)
    for _trial in range(60):
        data = bytearray(sound)
        place = dice.randrange(len(data) - 2 * KB)
        data[place : place + 2 * KB] = dice.randbytes(2 * KB)
        for end in ("", "-wal", "-shm"):
            home.database.with_name(home.database.name + end).unlink(missing_ok=True)
        home.database.write_bytes(data)
        try:
            open_sound(home).close()
        except StorageError as error:
            assert "rackrent" in str(error)
            found += 1
        else:
            # what hit room that nothing uses
            assert content(home.database) == said
    assert found >= 20


def damaged_home(tmp_path: Path) -> Home:
    """A home with a post, whose database is damaged but can be opened."""
    home = Home(tmp_path)
    home.make()
    board = board_at(tmp_path)
    board.thread_page(board.begin(), [post(1)])
    board.store.close()
    make_backup(home.database, home.backups, START)
    with home.database.open("rb+") as stream:
        stream.seek(12 * 4096)
        stream.write(b"\xff" * 4096 * 20)
    return home


def damaged_restored(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    from tests.commands import ran
    from tests.site import write_source

    home = damaged_home(tmp_path)
    write_source(home, "board.example", "board")
    with pytest.raises(StorageError, match=r"damaged: .*rackrent restore") as told:
        ran(tmp_path, "crawl", "board")
    assert ran(tmp_path, "restore", str(told.value).rpartition("rackrent restore ")[2]).code == 0
    assert rows(home.database, "select native_id from posts") == [{"native_id": "1"}]


def damaged_rebuilt(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    home = damaged_home(tmp_path)
    for path in home.backups.iterdir():
        path.unlink()
    with pytest.raises(StorageError) as told:
        open_sound(home)
    assert f"rackrent replay {home.evidence} --db {home.database}" in str(told.value)


def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "market.db"
    with closing(Store(path)) as store:
        monkeypatch.setattr(soundness, "SMALL", 10)
        assert soundness.is_due(path, None)
        ensure_sound(Home(tmp_path), store)
    last = soundness.last_check(path)
    assert last and not soundness.is_due(path, last)
    for age, boot in ((25, last.boot), (-1, last.boot), (1, "another start")):
        then = soundness.Checked(stamp(now() - timedelta(hours=age)), boot, 0.1)
        assert soundness.is_due(path, then)
    for took_s, days, due in ((3.0, 2.9, False), (3.0, 3.1, True), (99.0, 6.9, False)):
        then = soundness.Checked(stamp(now() - timedelta(days=days)), last.boot, took_s)
        assert soundness.is_due(path, then) is due
    then = soundness.Checked(stamp(now() - timedelta(days=7.1)), last.boot, 99.0)
    assert soundness.is_due(path, then)
    monkeypatch.setattr(soundness, "SMALL", 1 << 20)
    assert soundness.is_due(path, last)


def clock_between(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    board = board_at(tmp_path)
    ahead = now() + timedelta(hours=1)
    board.hour = round((ahead - START) / timedelta(hours=1))
    first = board.begin()
    board.thread_page(first, [post(1), post(2, "RDP 5$")])
    begun = board.store.rows("select started_at from runs")[0][0]
    try:
        with board.store.transaction():
            opened = open_run(board.store, tmp_path, board.source, full=True)
        assert opened.run.started_at > begun
        assert [one.kind for one in opened.notices] == ["clock_set_back"]
        assert now() > moment_of(begun)
        board.hour = (now() - START) // timedelta(hours=1) + 1
        changes = board.thread_page(opened.run.id, [post(2, "RDP 6$")])
    finally:
        follow_the_machine()
    assert (changes.posts_changed, changes.posts_gone) == (1, 1)
    texts = board.store.rows(
        "select text from post_versions v join posts p on p.id = v.post_id "
        "where p.native_id = '2' order by v.seen_at"
    )
    assert [row["text"] for row in texts] == ["RDP 5$", "RDP 6$"]


def clock_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class SetBack(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - timedelta(days=1)

    try:
        never_before(now())
        before = now()
        monkeypatch.setattr("crawler.clock.datetime", SetBack)
        assert timedelta() <= now() - before < timedelta(seconds=5)
        follow_the_machine()
        assert now() - before < -timedelta(hours=23)
    finally:
        follow_the_machine()


def clock_scheduler(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    world = World(tmp_path, {"aa": plan("aa", every="6h")}, longest_min=3)
    keeper = world.boot()
    world.let_pass(keeper, timedelta(hours=13))
    before = len(world.of("aa"))
    while keeper.running:
        world.let_pass(keeper, MINUTE)
    world.now -= timedelta(days=2)
    world.let_pass(keeper, timedelta(hours=13))
    assert len(world.of("aa")) - before >= 2
    assert len(world.analyses) >= 3


def one_second(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    board = board_at(tmp_path)
    with board.store.transaction():
        keep_source(board.store, board.source)
    started = []
    try:
        for _run in range(3):
            with board.store.transaction():
                opened = open_run(board.store, tmp_path, board.source, full=True)
            started.append(opened.run.started_at)
            assert opened.notices == ()
    finally:
        follow_the_machine()
    assert started == sorted(set(started))
    assert len(dump(board.store, "runs")) == 3


def second_process(tmp_path: Path, _: pytest.MonkeyPatch) -> None:
    from crawler.cli.app import verdict_on

    home = Home(tmp_path)
    home.make()
    first = Crawl(home, source(), full=True)
    with pytest.raises(SourceBusyError) as told:
        take_lock(home.locks / "board.lock", "board", wait_s=0)
    assert verdict_on(told.value)[1] == 2
    assert first.finish("finished").status == "failed"
    take_lock(home.locks / "board.lock", "board", wait_s=0).release()


def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.store.database.BUSY_S", 0.1)
    board = board_at(tmp_path)
    run_id = board.begin()
    with closing(sqlite3.connect(tmp_path / "market.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(StorageError, match="another process writes it"):
            board.thread_page(run_id, [post(1)])
    assert dump(board.store, "posts") == []
    assert board.thread_page(run_id, [post(1)]).posts_new == 1


def endless_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    home.make()
    crawl = Crawl(home, source(), full=True)
    monkeypatch.setattr("crawler.crawl.WAL_MOST", 200 * KB)
    crawl.store.execute(f"pragma journal_size_limit = {200 * KB}")
    wal = tmp_path / "market.db-wal"
    with closing(sqlite3.connect(home.database, isolation_level=None)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from posts").fetchone()
        for number in range(300):
            with crawl.store.transaction():
                crawl.store.execute("update sources set name = ?", (f"{number}" * 200,))
        for _look in range(2):
            crawl.watch_wal()
        assert wal.stat().st_size > 200 * KB
    issues = dump(crawl.store, "issues")
    assert [issue["kind"] for issue in issues] == ["wal_grows"]
    for number in range(1200):
        crawl.store.execute("update sources set name = ?", (f"{number}",))
    assert wal.stat().st_size <= 5_000 * KB
    crawl.close()
    assert not wal.exists()


TRIALS: dict[str, Trial] = FULL | {
    "disk-full-in-an-evidence-record": evidence_record,
    "disk-full-in-a-page": page_rows,
    "disk-full-in-an-analysis": analysis,
    "disk-full-while-linking": linking,
    "disk-full-in-an-export": exporting,
    "disk-full-in-a-backup": backing_up,
    "torn-last-record": torn_last,
    "torn-record-in-the-middle": torn_middle,
    "database-bytes-flipped": flipped,
    "database-damaged-with-a-backup": damaged_restored,
    "database-damaged-without-a-backup": damaged_rebuilt,
    "large-database-checked-daily": large,
    "clock-set-back-between-runs": clock_between,
    "clock-set-back-in-a-run": clock_within,
    "clock-set-back-under-the-scheduler": clock_scheduler,
    "two-runs-in-one-second": one_second,
    "second-process-on-a-source": second_process,
    "database-locked-for-long": locked,
    "reader-that-never-ends": endless_reader,
}


@pytest.mark.parametrize("case", storage.CASES, ids=lambda case: case.name)
def test_storage(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    TRIALS[case.name](tmp_path, monkeypatch)

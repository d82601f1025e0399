"""Rows are idempotent, edits keep the old text, deletions are marked."""

from pathlib import Path

import pytest

from crawler.reading import Problem, Reading, ThreadRead
from crawler.records import TABLES
from crawler.storage import StorageError
from crawler.store.database import Store
from crawler.store.evidence import keep_page
from tests.pages import HOST, board_at, dump, post

EVIDENCE = ("threads", "accounts", "posts", "post_versions", "issues")


def test_a_second_run_changes_nothing_but_last_seen(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    first = board.thread_page(board.begin(), [post(1), post(2)])
    before = {table: dump(board.store, table, "last_seen") for table in EVIDENCE}
    second = board.thread_page(board.begin(), [post(1), post(2)])
    assert (first.posts_new, second.posts_new, second.posts_changed) == (2, 0, 0)
    assert {table: dump(board.store, table, "last_seen") for table in EVIDENCE} == before
    seen = {row["last_seen"] for row in dump(board.store, "posts")}
    assert seen == {"2026-03-01T11:00:00Z"}


def test_an_edit_adds_a_version_and_keeps_the_old_one(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    board.thread_page(board.begin(), [post(1, "RDP 5$")])
    changes = board.thread_page(board.begin(), [post(1, "RDP 7$")])
    assert changes.posts_changed == 1
    versions = board.store.rows("select text, seen_at from post_versions order by seen_at")
    assert [tuple(row) for row in versions] == [
        ("RDP 5$", "2026-03-01T10:00:00Z"),
        ("RDP 7$", "2026-03-01T11:00:00Z"),
    ]
    (now,) = board.store.rows(
        "select v.text from posts p join post_versions v on v.id = p.version_id"
    )
    assert now["text"] == "RDP 7$"


def test_a_text_that_comes_back_is_the_version_that_was_there(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    for text in ("A", "B", "A"):
        board.thread_page(board.begin(), [post(1, text)])
    assert len(dump(board.store, "post_versions")) == 2
    (now,) = board.store.rows(
        "select v.text from posts p join post_versions v on v.id = p.version_id"
    )
    assert now["text"] == "A"


def test_a_deleted_post_is_marked_gone_and_comes_back(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    board.thread_page(board.begin(), [post(1), post(2)])
    assert board.thread_page(board.begin(), [post(1)]).posts_gone == 1
    gone = {row["native_id"]: row["gone_at"] for row in dump(board.store, "posts")}
    assert gone == {"1": None, "2": "2026-03-01T11:00:00Z"}
    board.thread_page(board.begin(), [post(1), post(2)])
    assert {row["gone_at"] for row in dump(board.store, "posts")} == {None}


def test_a_walk_that_was_cut_in_two_marks_nothing_gone(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    board.thread_page(board.begin(), [post(1)])
    first_half = board.now
    last = board.begin()
    changes = board.thread_page(last, [post(2)], walk=first_half.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert changes.posts_gone == 0


def test_a_channel_page_marks_only_ids_between_those_it_shows(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    many = [post(number) for number in (1, 2, 3, 4)]
    board.thread_page(board.begin(), many, kind="channel")
    board.thread_page(board.begin(), [many[1], many[3]], kind="channel")
    gone = {row["native_id"] for row in dump(board.store, "posts") if row["gone_at"]}
    assert gone == {"3"}


def test_a_post_of_no_thread_is_kept_under_its_page(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    run_id = board.begin()
    keep_page(board.store, board.fetched(run_id, "thread", {}), Reading("ok", posts=(post(1),)))
    (row,) = board.store.rows("select t.native_id from posts p join threads t on t.id = thread_id")
    assert row["native_id"] == f"{HOST}/t?id=7"


def test_problems_become_issues_once(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    reading = Reading("unknown", problems=(Problem("unknown_page", "no posts"),))
    for _ in range(2):
        run_id = board.begin()
        keep_page(board.store, board.fetched(run_id, "thread", {}), reading)
    (row,) = dump(board.store, "issues")
    assert (row["kind"], row["first_seen"], row["last_seen"]) == (
        "unknown_page", "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z",
    )  # fmt: skip
    assert [run["issues"] for run in dump(board.store, "runs")] == [1, 1]


def test_a_thread_page_does_not_open_what_its_board_closed(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    run_id = board.begin()
    closed = ThreadRead("7", "Fresh RDP", f"{HOST}/t?id=7", locked=True, sticky=True)
    keep_page(board.store, board.fetched(run_id, "board", {}), Reading("ok", threads=(closed,)))
    board.thread_page(run_id, [post(1)])
    (row,) = dump(board.store, "threads")
    assert (row["state"], row["sticky"]) == ("closed", 1)


def test_a_failed_page_leaves_no_row(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    run_id = board.begin()
    bad = post(1, posted_at="not a moment")
    with pytest.raises(AttributeError):
        board.thread_page(run_id, [post(2), bad])
    assert {
        table: dump(board.store, table) for table in TABLES if table not in ("sources", "runs")
    } == {table: [] for table in TABLES if table not in ("sources", "runs")}


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "market.db"
    path.write_text("this is no database, and long enough to be read as one" * 20)
    with pytest.raises(StorageError, match=r"market\.db: cannot be opened"):
        Store(path)

"""The frontier: what is fetched again, what is left out, what survives a crash."""

import json
from datetime import timedelta
from pathlib import Path

from crawler.home import Home
from crawler.reading import Problem
from crawler.store import queue, runs
from crawler.store.database import Store
from crawler.store.queue import Link
from tests.market import rackrent
from tests.pages import HOST, Board, board_at
from tests.site import write_source

THREAD = Link(f"{HOST}/t?id=1", "thread", mark="3 replies")


def add(board: Board, run_id: str, *links: Link, full: bool = False) -> int:
    with board.store.transaction():
        return queue.add_links(board.store, board.source.id, run_id, links, full=full)


def due_urls(board: Board) -> list[str]:
    return [row.url for row in queue.due(board.store, board.source.id, board.now, 100)]


def finish(board: Board) -> None:
    for row in queue.due(board.store, board.source.id, board.now, 100):
        queue.mark_done(board.store, row.id)


def test_an_unchanged_thread_is_left_out_of_the_next_run(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    add(board, board.begin(), THREAD)
    finish(board)
    assert add(board, board.begin(), THREAD) == 1
    assert due_urls(board) == []


def test_a_changed_thread_is_fetched_again(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    add(board, board.begin(), THREAD)
    finish(board)
    changed = Link(THREAD.url, "thread", mark="4 replies")
    assert add(board, board.begin(), changed) == 0
    assert due_urls(board) == [THREAD.url]


def test_a_full_run_fetches_everything_again_but_once(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    add(board, board.begin(), THREAD)
    finish(board)
    run_id = board.begin()
    add(board, run_id, THREAD, full=True)
    assert due_urls(board) == [THREAD.url]
    finish(board)
    add(board, run_id, THREAD, full=True)
    assert due_urls(board) == []


def test_an_unread_thread_is_still_due_after_a_crash(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    add(board, board.begin(), THREAD)
    board.store.close()
    again = Board(Store(tmp_path / "market.db"), hour=board.hour)
    assert add(again, again.begin(), THREAD) == 0
    assert due_urls(again) == [THREAD.url]


def test_higher_priority_comes_first_then_older(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    links = [Link(f"{HOST}/{n}", "thread", priority=p) for n, p in (("a", 0), ("b", 20), ("c", 0))]
    add(board, board.begin(), *links)
    assert due_urls(board) == [f"{HOST}/b", f"{HOST}/a", f"{HOST}/c"]


def test_a_page_is_given_up_after_three_tries_and_revived_by_the_next_run(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    add(board, board.begin(), THREAD)
    (row,) = queue.due(board.store, board.source.id, board.now, 1)
    given_up = [queue.mark_failed(board.store, row.id, board.now, 60) for _ in range(3)]
    assert given_up == [False, False, True]
    assert queue.count_pending(board.store, board.source.id) == 0
    queue.revive(board.store, board.source.id)
    assert due_urls(board) == [THREAD.url]


def test_a_failed_page_waits(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    add(board, board.begin(), THREAD)
    (row,) = queue.due(board.store, board.source.id, board.now, 1)
    queue.mark_failed(board.store, row.id, board.now, 60)
    assert due_urls(board) == []
    later = board.now + timedelta(seconds=61)
    assert len(queue.due(board.store, board.source.id, later, 9)) == 1


def test_dead_letters_are_listed_and_queued_again(tmp_path: Path) -> None:
    home = Home(tmp_path)
    write_source(home, "board.example", "board")
    board = board_at(tmp_path)
    run_id = board.begin()
    add(board, run_id, THREAD)
    (row,) = queue.due(board.store, "board", board.now, 1)
    with board.store.transaction():
        queue.give_up(board.store, row.id)
        problem = Problem("http_error", "status 500")
        runs.keep_issues(board.store, "board", run_id, THREAD.url, [problem], moment=board.now)
    board.store.close()
    listed = rackrent(tmp_path, "frontier", "dead", "board", "--json")
    (letter,) = json.loads(listed.stdout)
    assert (letter["url"], letter["detail"]) == (THREAD.url, "http_error: status 500")
    again = rackrent(tmp_path, "frontier", "retry", "board")
    assert "1 pages queued again" in again.stdout
    shown = json.loads(rackrent(tmp_path, "frontier", "show", "board", "--json").stdout)
    assert shown == [{"source_id": "board", "pending": 1, "dead": 0, "paused": None}]

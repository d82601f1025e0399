"""A thread is gone after two runs that did not find it; one that lost posts proves nothing."""

from pathlib import Path
from typing import Any

import pytest

from crawler.archive import PageRef
from crawler.reading import Problem, Reading, ThreadRead
from crawler.store.evidence import keep_page
from crawler.store.fetched import Exchange, Fetched
from crawler.store.gone import missing_threads
from tests.pages import HOST, Board, board_at, post

URL = f"{HOST}/t?id=7"


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return board_at(tmp_path)


def look(board: Board, state: Any, *, again: bool = False, **context: Any) -> None:
    """One look at the thread, in a run of its own."""
    run_id = board.begin()
    for number in range(2 if again else 1):
        ref = PageRef(f"board/{run_id}.warc.gz", board.hour * 1000 + number, "0" * 64)
        exchange = Exchange(ref, URL, 404, board.now, 900)
        fetched = Fetched("board", run_id, "thread", (exchange,), {"thread": "7", **context})
        keep_page(board.store, fetched, Reading(state))


def states(board: Board) -> str:
    """The thread's state."""
    (row,) = board.store.rows("select state from threads where native_id = '7'")
    return str(row["state"])


def test_two_runs_that_do_not_find_it_make_a_thread_gone(board: Board) -> None:
    board.thread_page(board.begin(), [post(1), post(2)])
    look(board, "not_found", again=True)
    assert states(board) == "open"
    assert missing_threads(board.store, "board") == [("7", URL)]
    look(board, "not_found")
    assert states(board) == "gone"
    assert missing_threads(board.store, "board") == []


def test_a_sound_page_in_between_starts_anew(board: Board) -> None:
    board.thread_page(board.begin(), [post(1)])
    look(board, "not_found")
    board.thread_page(board.begin(), [post(1)])
    look(board, "not_found")
    assert states(board) == "open"
    look(board, "not_found")
    assert states(board) == "gone"
    board.thread_page(board.begin(), [post(1)])
    assert states(board) == "open"


@pytest.mark.parametrize("state", ["error", "login", "maintenance", "unknown", "wrong_site"])
def test_other_notices_are_no_sighting(board: Board, state: str) -> None:
    board.thread_page(board.begin(), [post(1)])
    for _ in range(3):
        look(board, state)
    assert states(board) == "open"


def test_a_later_page_that_is_missing_says_nothing_of_the_thread(board: Board) -> None:
    board.thread_page(board.begin(), [post(1)])
    for _ in range(2):
        look(board, "not_found", partial=1)
    assert states(board) == "open"


@pytest.mark.parametrize("kind", ["posts_lost", "truncated_page"])
def test_a_page_that_lost_posts_makes_none_gone(board: Board, kind: str) -> None:
    board.thread_page(board.begin(), [post(1), post(2)])
    run_id = board.begin()
    thread = ThreadRead("7", "Fresh RDP", URL)
    reading = Reading("ok", thread=thread, posts=(post(1),), problems=(Problem(kind, "1"),))
    assert keep_page(board.store, board.fetched(run_id, "thread", {}), reading).posts_gone == 0
    assert board.thread_page(board.begin(), [post(1)]).posts_gone == 1

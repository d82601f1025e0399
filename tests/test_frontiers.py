"""One contract, two frontiers: the same promises, asked of SQLite and of PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.frontiers.contract import Learned, PageQueue
from crawler.ids import id_of
from crawler.records import ThreadReadRow
from crawler.store.queue import MAX_TRIES
from tests.frontiers import LEASE_S, Local, Shared, link, names
from tests.pages import HOST
from tests.postgres import database, postgres
from tests.shards import start_at


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def frontier(
    request: pytest.FixtureRequest, tmp_path: Path, server: str
) -> Iterator[Local | Shared]:
    if request.param == "sqlite":
        start_at(tmp_path)
        yield Local(tmp_path)
    else:
        with database(server) as address:
            yield Shared(address)


def read_all(worker: PageQueue) -> list[str]:
    """Read what is due until nothing is; the names."""
    done = []
    while rows := worker.lease(100):
        for row in rows:
            worker.ack(row.id, Learned(full=False))
            done.append(row.url.rpartition("/")[2])
    return done


def test_pages_come_by_priority_then_in_order(frontier: Local | Shared) -> None:
    worker = frontier.worker()
    worker.add([link("a"), link("b", priority=20), link("c")], full=True)
    assert names(worker, 2) == ["b", "a"]
    assert names(worker, 2) == ["c"]


def test_a_leased_page_is_not_handed_out_again(frontier: Local | Shared) -> None:
    worker = frontier.worker()
    worker.add([link("a")], full=True)
    assert names(worker) == ["a"]
    worker.add([link("a")], full=True)
    assert names(worker) == []
    assert worker.count_pending() == 1


def test_a_page_that_was_read_brings_its_links(frontier: Local | Shared) -> None:
    worker = frontier.worker()
    worker.add([link("a", context={"walk": "x"})], full=True)
    (row,) = worker.lease(1)
    assert row.context == '{"walk": "x"}'
    worker.ack(row.id, Learned([link("b"), link("a"), link("b")]))
    assert read_all(worker) == ["b"]
    assert worker.count_pending() == 0


def test_in_a_round_no_page_is_read_twice(frontier: Local | Shared) -> None:
    worker = frontier.worker()
    worker.add([link("a")], full=True)
    assert read_all(worker) == ["a"]
    worker.add([link("a", mark="other")], full=True)
    assert read_all(worker) == []


def test_the_next_round_leaves_out_what_did_not_change(frontier: Local | Shared) -> None:
    links = [link("a", mark="3"), link("b", mark="4"), link("c")]
    worker = frontier.worker()
    worker.add(links, full=False)
    read_all(worker)
    worker.end()
    again = frontier.worker()
    assert again.add([link("a", mark="3"), link("b", mark="5"), link("c")], full=False) == 1
    assert read_all(again) == ["b", "c"]
    again.end()
    full = frontier.worker()
    assert full.add(links, full=True) == 0
    assert len(read_all(full)) == 3


def test_a_failed_page_waits_and_is_a_dead_letter_at_last(frontier: Local | Shared) -> None:
    worker = frontier.worker()
    worker.add([link("bad"), link("good")], full=True)
    for number in range(1, MAX_TRIES + 1):
        (row,) = [row for row in worker.lease(2) if row.url.endswith("bad")]
        assert worker.fail(row.id, 1.0, "http_error: 500") is (number == MAX_TRIES)
        assert worker.tries(row.id) == number
        assert names(worker) == []
        frontier.wait(1.1)
    assert [(letter.url, letter.tries) for letter in worker.dead_letters()] == [
        (f"{HOST}/bad", MAX_TRIES)
    ]
    assert worker.count_pending() == 1
    assert worker.retry_dead() == 1
    assert names(worker) == ["bad"]


def test_dead_letters_get_another_chance_in_the_next_round(frontier: Local | Shared) -> None:
    worker = frontier.worker()
    worker.add([link("bad"), link("gone")], full=True)
    for row in worker.lease(2):
        worker.give_up(row.id, "host_down")
    assert worker.count_pending() == 0
    worker.end()
    assert names(frontier.worker()) == ["bad", "gone"]


def test_a_page_that_may_not_be_asked_for_is_never_tried_again(frontier: Local | Shared) -> None:
    worker = frontier.worker()
    worker.add([link("refused")], full=True)
    (row,) = worker.lease(1)
    worker.close_page(row.id)
    assert (names(worker), worker.count_pending()) == ([], 0)


def test_a_page_that_was_put_back_is_due_again(frontier: Local | Shared) -> None:
    worker = frontier.worker()
    worker.add([link("a")], full=True)
    (row,) = worker.lease(1)
    worker.put_back(row.id)
    assert names(worker) == ["a"]
    assert worker.tries(row.id) == 0


def test_pages_of_a_dead_worker_are_read_by_the_next(frontier: Local | Shared) -> None:
    dead = frontier.worker()
    dead.add([link("a"), link("b")], full=True)
    assert len(dead.lease(2)) == 2
    frontier.wait(LEASE_S + 0.1)
    assert sorted(names(frontier.same_round(dead))) == ["a", "b"]


def test_what_was_read_of_threads_is_known_later(frontier: Local | Shared) -> None:
    worker = frontier.worker()
    worker.add([link("a")], full=True)
    (row,) = worker.lease(1)
    read = ThreadReadRow(
        id_of("thread", "board", "7"), "board", "7", 3, None, "yesterday", f"{HOST}/a", "2026-03-01"
    )
    worker.ack(row.id, Learned(read=read))
    assert frontier.same_round(worker).reads_of(["7", "8"]) == {"7": read}


def test_a_paused_source_is_paused_for_all(frontier: Local | Shared) -> None:
    worker = frontier.worker()
    assert worker.paused_reason() is None
    worker.pause("a captcha")
    assert frontier.same_round(worker).paused_reason() == "a captcha"
    worker.pause(None)
    assert worker.paused_reason() is None

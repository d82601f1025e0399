"""One contract, two frontiers: the same promises, asked of SQLite and of PostgreSQL."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.frontiers.contract import FrontierError, Learned, PageQueue
from crawler.frontiers.local import LocalQueue
from crawler.frontiers.postgres import PostgresQueue
from crawler.ids import id_of
from crawler.records import ThreadReadRow
from crawler.store.database import Store
from crawler.store.queue import MAX_TRIES, Link
from tests.pages import HOST, START, Board
from tests.postgres import database, postgres
from tests.shards import start_at

LEASE_S = 0.4


@dataclass
class Local:
    """The frontier in SQLite, with a clock of its own."""

    folder: Path
    passed: float = 0.0

    def now(self) -> datetime:
        return START + timedelta(days=1, seconds=round(self.passed))

    def worker(self) -> PageQueue:
        """A worker of the next run; the one before it has died."""
        board = Board(Store(self.folder / "market.db"), hour=int(self.passed))
        self.passed += 1
        made = LocalQueue(board.store, "board", board.begin(), self.now)
        made.begin(full=False)
        return made

    def same_round(self, worker: PageQueue) -> PageQueue:
        """SQLite has one worker: the next process starts with empty hands in a new run."""
        return self.worker()

    def wait(self, seconds: float) -> None:
        self.passed += seconds


@dataclass
class Shared:
    """The frontier in PostgreSQL."""

    address: str

    def worker(self) -> PageQueue:
        """A worker of a new round."""
        made = PostgresQueue(self.address, "board", lease_s=LEASE_S)
        made.begin(full=False)
        return made

    def same_round(self, worker: PageQueue) -> PageQueue:
        """Another worker, while the round is under way."""
        return self.worker()

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)


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


def link(name: str, **more: object) -> Link:
    return Link(f"{HOST}/{name}", "thread", **more)  # type: ignore[arg-type]


def names(worker: PageQueue, limit: int = 100, pace_s: float = 0) -> list[str]:
    return [row.url.rpartition("/")[2] for row in worker.lease(limit, pace_s)]


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


def shared(server: str, number: int) -> Iterator[list[PostgresQueue]]:
    with database(server) as address:
        workers = [PostgresQueue(address, "board", lease_s=LEASE_S) for _ in range(number)]
        for worker in workers:
            worker.begin(full=False)
        yield workers
        for worker in workers:
            worker.end()


@pytest.fixture
def two(server: str) -> Iterator[list[PostgresQueue]]:
    yield from shared(server, 2)


def test_two_workers_never_get_the_same_page(two: list[PostgresQueue]) -> None:
    two[0].add([link(str(number)) for number in range(40)], full=True)
    got = [name for _ in range(10) for worker in two for name in names(worker, 2)]
    assert sorted(got, key=int) == [str(number) for number in range(40)]


def test_a_round_ends_when_nothing_is_pending(two: list[PostgresQueue]) -> None:
    two[0].add([link("a")], full=True)
    (row,) = two[1].lease(1)
    two[0].end()
    two[0].begin(full=False)
    # still the same round: the page of the other worker is not done
    two[0].add([link("a")], full=True)
    assert names(two[0]) == []
    two[1].ack(row.id, Learned())
    two[1].end()
    two[0].end()
    two[0].begin(full=False)
    two[0].add([link("a")], full=True)
    assert names(two[0]) == ["a"]


def test_leases_expire_unless_they_are_renewed(two: list[PostgresQueue]) -> None:
    two[0].add([link("a")], full=True)
    assert names(two[0]) == ["a"]
    for _ in range(3):
        time.sleep(LEASE_S * 0.6)
        two[0].renew()
        assert names(two[1]) == []
    time.sleep(LEASE_S * 1.2)
    assert names(two[1]) == ["a"]


def test_a_page_that_kills_its_workers_is_a_dead_letter(two: list[PostgresQueue]) -> None:
    two[0].add([link("poison")], full=True)
    for _ in range(MAX_TRIES):
        assert names(two[0]) == ["poison"]
        time.sleep(LEASE_S + 0.05)
    assert names(two[1]) == []
    (letter,) = two[1].dead_letters()
    assert "the worker that fetched it ended" in str(letter.detail)


def test_workers_share_one_pace(two: list[PostgresQueue]) -> None:
    two[0].add([link(str(number)) for number in range(9)], full=True)
    began, got = time.monotonic(), 0
    while time.monotonic() - began < 1.0:
        got += sum(len(worker.lease(4, 0.25)) for worker in two)
        time.sleep(0.01)
    assert 3 <= got <= 5


def test_a_site_that_asks_to_wait_is_left_alone_by_all(two: list[PostgresQueue]) -> None:
    two[0].add([link("a")], full=True)
    two[0].hold(0.4)
    assert names(two[1]) == []
    time.sleep(0.45)
    assert names(two[1]) == ["a"]


def test_a_sweep_is_due_by_the_frontiers_own_history(server: str) -> None:
    with database(server) as address:

        def round_() -> bool:
            worker = PostgresQueue(address, "board", sweep_minutes=0.5 / 60, lease_s=0.1)
            full = worker.begin(full=False)
            worker.end()
            return full

        assert [round_(), round_()] == [False, False]
        time.sleep(0.6)
        assert [round_(), round_()] == [True, False]


def test_a_server_that_is_away_is_an_error_without_secrets(server: str) -> None:
    address = "postgresql://reader:s3cret@127.0.0.1:9/none"
    with pytest.raises(FrontierError) as caught:
        PostgresQueue(address, "board")
    assert "s3cret" not in str(caught.value)
    assert "does not answer" in str(caught.value)

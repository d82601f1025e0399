"""What only the shared frontier promises: several workers at a time, one pace, leases that end."""

import time
from collections.abc import Iterator

import pytest

from crawler.frontiers.contract import FrontierError, Learned
from crawler.frontiers.postgres import PostgresQueue
from crawler.store.queue import MAX_TRIES
from tests.frontiers import LEASE_S, link, names
from tests.postgres import database, postgres


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address


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

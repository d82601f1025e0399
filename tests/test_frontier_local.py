"""The frontier in SQLite reads ahead; what comes between is handed out in its place."""

from pathlib import Path

import pytest

from crawler.frontiers.contract import Learned
from tests.frontiers import Local, link, names
from tests.shards import start_at


@pytest.fixture
def frontier(tmp_path: Path) -> Local:
    start_at(tmp_path)
    return Local(tmp_path)


def test_pages_found_later_come_in_their_place(frontier: Local) -> None:
    worker = frontier.worker()
    worker.add([link(f"old{number}") for number in range(30)], full=True)
    leased = [row for _ in range(10) for row in worker.lease(1)]
    worker.ack(leased[0].id, Learned())
    assert names(worker, 1) == ["old10"]
    worker.ack(leased[1].id, Learned([link("new"), link("next", priority=10)]))
    worker.put_back(leased[5].id)
    assert names(worker, 3) == ["next", "old5", "old11"]
    worker.add([link("start", priority=30)], full=True)
    assert names(worker, 100) == ["start", *(f"old{number}" for number in range(12, 30)), "new"]


def test_failed_pages_come_last_and_when_they_are_due(frontier: Local) -> None:
    worker = frontier.worker()
    worker.add([link(name) for name in "abcdef"], full=True)
    first, second = worker.lease(2)
    worker.fail(first.id, 1.0, "http_error: 500")
    assert names(worker, 1) == ["c"]
    worker.fail(second.id, 0.0, "http_error: 500")
    assert names(worker, 3) == ["d", "e", "f"]
    assert names(worker, 1) == ["b"]
    frontier.wait(1.1)
    assert names(worker, 9)[:1] == ["a"]

"""Work in a child process: limited, watched, killed, replaced."""

import time
from collections.abc import Iterator

import psutil
import pytest

from crawler.worker import Limits, StoppedError, Worker, WorkerLostError

QUICK = Limits(cpu_s=1, wall_s=20, memory_mb=200, answer_bytes=1 << 20)


@pytest.fixture
def worker() -> Iterator[Worker]:
    found = Worker("tests.faulty", QUICK)
    yield found
    found.close()


def test_answers_come_from_one_child(worker: Worker) -> None:
    assert worker.ask(b"one") == b"ONE"
    first = worker.pid
    assert worker.ask(b"two") == b"TWO"
    assert worker.pid == first is not None


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (b"spin", "more than 1 s of processor time"),
        (b"eat", "more than 200 MB of memory"),
        (b"die", "died (-11)"),
        (b"chatter", "an answer of 2097152 bytes"),
    ],
)
def test_a_child_that_fails_is_replaced(worker: Worker, question: bytes, why: str) -> None:
    with pytest.raises(WorkerLostError, match=why.replace("(", r"\(").replace(")", r"\)")):
        worker.ask(question)
    assert worker.pid is None
    assert worker.ask(b"next") == b"NEXT"


def test_a_child_that_does_nothing_is_killed_in_time(worker: Worker) -> None:
    worker.limits = Limits(cpu_s=5, wall_s=1.5, memory_mb=200)
    started = time.monotonic()
    with pytest.raises(WorkerLostError, match=r"no answer within 1\.5 s"):
        worker.ask(b"sleep")
    assert time.monotonic() - started < 5


def test_a_parent_that_ends_waits_no_longer(worker: Worker) -> None:
    with pytest.raises(StoppedError):
        worker.ask(b"sleep", lambda: True)
    assert worker.pid is None


def test_a_child_learns_no_secrets(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RACKRENT_PASSWORD", "hunter2")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    names = worker.ask(b"environment").decode().split(",")
    assert "PATH" in names
    assert {"RACKRENT_PASSWORD", "HTTPS_PROXY"} & set(names) == set()
    pid = worker.pid
    assert pid is not None
    worker.close()
    assert not psutil.pid_exists(pid)

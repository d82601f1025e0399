"""Texts that hang or blow up their process cost only themselves, and nobody waits for them."""

import itertools
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from crawler.analyse import SHORT, analyse, may_be_read_here, texts_to_read
from crawler.home import Home
from crawler.readers import AHEAD, Readers
from crawler.store.database import Store
from crawler.worker import Limits, StoppedError
from nlp.findings import Document
from tests.pages import Board, board_at, post, source

QUICK = Limits(cpu_s=1, wall_s=10.0, memory_mb=200)


def problems_of(batches: Sequence[Sequence[str]], count: int = 2) -> list[list[str]]:
    """What is said of each text of each batch."""
    asked = [[Document(text=text) for text in batch] for batch in batches]
    with Readers(count, module="tests.faulty_reader", limits=QUICK) as readers:
        return [[found.problems[0] for found in batch] for batch in readers.read(asked)]


def first_of(readers: Readers, text: str) -> None:
    """Wait for the findings of a text, until the analysis is given up."""
    with suppress(StoppedError):
        next(readers.read([[Document(text=text)]]))


@pytest.mark.parametrize("count", [1, 2])
def test_the_guilty_text_is_named_and_all_others_are_read(count: int) -> None:
    assert problems_of([["a", "b"], ["c", "hang", "d"], ["e"], ["grow", "f"]], count) == [
        ["a", "b"],
        ["c", "not read: it takes more than 1 s of processor time", "d"],
        ["e"],
        ["not read: it takes more than 200 MB of memory", "f"],
    ]


def test_batches_are_taken_when_it_is_nearly_their_turn() -> None:
    taken = 0

    def batches() -> Iterator[list[Document]]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield [Document(text=str(number))]

    with Readers(2, module="tests.faulty_reader", limits=QUICK) as readers:
        read = list(itertools.islice(readers.read(batches()), 10))
    assert [found.problems[0] for (found,) in read] == [str(number) for number in range(10)]
    assert taken <= 10 + 2 * AHEAD


def test_an_analysis_that_is_given_up_leaves_no_process() -> None:
    started = time.monotonic()
    with Readers(1, module="tests.faulty_reader", limits=Limits(cpu_s=60, wall_s=60)) as readers:
        threading.Thread(target=first_of, args=(readers, "hang")).start()
        while (pid := readers.workers[0].pid) is None:
            time.sleep(0.05)
    assert time.monotonic() - started < 20
    assert not psutil.pid_exists(pid)


def test_long_texts_are_read_in_a_process_of_their_own(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    board = Board(Store(home.database), source())
    board.thread_page(board.begin(), [post(1, "Selling RDP 5$ each"), post(2, "x " * SHORT)])
    texts = texts_to_read(board.store, everything=True)
    assert not may_be_read_here(texts)
    assert may_be_read_here([text for text in texts if len(text.text) < SHORT])
    board.store.close()
    assert analyse(home).texts == 2


def test_texts_are_fetched_when_they_are_looked_at(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    board.thread_page(board.begin(), [post(n, f"text {n}") for n in range(9)])
    texts = texts_to_read(board.store, everything=False)
    whole = [text.text for text in texts]
    assert (len(texts), sorted(whole)) == (9, [f"text {n}" for n in range(9)])
    assert [text.text for text in texts[2:5]] == whole[2:5]
    assert texts[-1].text == whole[-1]
    gone = texts[3].version_id
    board.store.execute("update post_versions set text = 'purged' where id = ?", (gone,))
    assert texts[3].text == "purged"

"""Documents read one by one, so that a bad one costs neither the others nor much time."""

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Protocol

from nlp.findings import Document, Findings

BUDGET = 5.0
"""Seconds of processor time for one document; the slowest known input takes a tenth of it."""


class Reader(Protocol):
    """What reads documents."""

    def analyse(self, document: Document) -> Findings:
        """Everything found in a document."""
        ...


class Overtime(Exception):  # noqa: N818 -- says what happened, as TimeoutError does
    """A document took longer than its budget."""


def read_safely(
    reader: Reader, documents: Iterable[Document], budget: float = BUDGET
) -> list[Findings]:
    """What is found in each document, in order.

    For one that takes too long or breaks a rule, a problem says so. The time is measured in the
    main thread only: elsewhere a document may take as long as it likes.
    """
    if threading.current_thread() is not threading.main_thread():
        return [_found(reader, document) for document in documents]
    with _stopped_by_timer():
        return [_found_in_time(reader, document, budget) for document in documents]


def _found(reader: Reader, document: Document) -> Findings:
    try:
        return reader.analyse(document)
    except Overtime:
        raise
    except Exception as error:  # noqa: BLE001 -- whatever a rule does, the next post is read
        return Findings("other", problems=(f"not read: {type(error).__name__}: {error}"[:300],))


def _found_in_time(reader: Reader, document: Document, budget: float) -> Findings:
    """The same; a problem when it takes more processor time."""
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, budget)
        try:
            return _found(reader, document)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except Overtime:
        return Findings("other", problems=(f"not read: it takes more than {budget:g} s",))


@contextmanager
def _stopped_by_timer() -> Iterator[None]:
    """Let the timer of processor time raise Overtime."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGVTALRM, before)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Overtime

"""Documents read one by one, so that a bad one costs neither the others nor much time."""

import signal
import threading
from collections.abc import Iterator
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


def read_safely(reader: Reader, document: Document, budget: float = BUDGET) -> Findings:
    """What is found in a document; when it takes too long or breaks a rule, a problem saying so.

    The time is measured in the main thread only: elsewhere a document may take as long as it likes.
    """
    try:
        with _limited(budget):
            return reader.analyse(document)
    except Overtime:
        return Findings("other", problems=(f"not read: it takes more than {budget:g} s",))
    except Exception as error:  # noqa: BLE001 -- whatever a rule does, the next post is read
        return Findings("other", problems=(f"not read: {type(error).__name__}: {error}"[:300],))


@contextmanager
def _limited(budget: float) -> Iterator[None]:
    """Raise Overtime when the block takes more processor time."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, budget)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Overtime

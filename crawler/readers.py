"""Processes that read texts: one that hangs or grows is killed, and costs one text.

`nlp.guarded` gives each text a budget of time inside of its process; that cannot stop all code,
so each process has limits that are enforced from outside too.
"""

import os
import queue
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from crawler.wire import (
    documents_packed,
    documents_unpacked,
    findings_packed,
    findings_unpacked,
)
from crawler.worker import Limits, StoppedError, Worker, WorkerLostError
from nlp.findings import Document, Findings

LIMITS = Limits(cpu_s=30, wall_s=90.0, memory_mb=320)
"""What a batch may cost; a text on its own ends by its budget long before."""
MODULE = "crawler.analyse_worker"
AHEAD = 3
"""Batches under way or waiting to be written, a process."""


class Readers:
    """Worker processes, each with one batch at a time."""

    def __init__(self, count: int | None = None, *, module: str = MODULE, limits: Limits = LIMITS):
        """`count` processes, by default one for each processor."""
        self.count = count or os.cpu_count() or 1
        self.workers = [Worker(module, limits) for _ in range(self.count)]
        self._free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self.workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(self.count)
        self._ending = threading.Event()

    def __enter__(self) -> Self:
        """Itself; processes start with their first batch."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Kill the processes, whatever they are at."""
        self._ending.set()
        self._threads.shutdown(cancel_futures=True)
        for worker in self.workers:
            worker.close()

    def read(self, batches: Iterable[Sequence[Document]]) -> Iterator[list[Findings]]:
        """Findings of each batch, in order; batches are taken when it is nearly their turn."""
        waiting: deque[Future[bytes]] = deque()
        for batch in batches:
            waiting.append(self._threads.submit(self.read_packed, documents_packed(batch)))
            if len(waiting) >= AHEAD * self.count:
                yield findings_unpacked(waiting.popleft().result())
        while waiting:
            yield findings_unpacked(waiting.popleft().result())

    def read_packed(self, question: bytes) -> bytes:
        """Findings of a batch, in order, both packed."""
        worker = self._free.get()
        try:
            return self._ask(worker, question)
        except WorkerLostError:
            documents = documents_unpacked(question)
            return findings_packed([self._read_one(worker, document) for document in documents])
        finally:
            self._free.put(worker)

    def _read_one(self, worker: Worker, document: Document) -> Findings:
        """Findings of one document; a problem where it costs its process."""
        try:
            (found,) = findings_unpacked(self._ask(worker, documents_packed([document])))
        except WorkerLostError as error:
            return Findings("other", problems=(f"not read: {error}",))
        return found

    def _ask(self, worker: Worker, question: bytes) -> bytes:
        """What a worker finds.

        Raises:
            WorkerLostError: it had to be killed.
            StoppedError: the analysis ends.
        """
        if self._ending.is_set():
            raise StoppedError
        return worker.ask(question, self._ending.is_set)

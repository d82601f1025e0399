"""Processes that read texts: one that hangs or grows is killed, and costs one text.

`nlp.guarded` gives each text a budget of time inside of its process; that cannot stop all code,
so each process has limits that are enforced from outside too.
"""

import os
import pickle
import queue
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from crawler.worker import Limits, StoppedError, Worker, WorkerLostError
from nlp.findings import Document, Findings

LIMITS = Limits(cpu_s=30, wall_s=90.0, memory_mb=320)
"""What a batch may cost; a text on its own ends by its budget long before."""
MODULE = "crawler.analyse_worker"


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
        """Findings of each batch, in order."""
        return self._threads.map(self._read_batch, batches)

    def _read_batch(self, documents: Sequence[Document]) -> list[Findings]:
        worker = self._free.get()
        try:
            return self._ask(worker, documents)
        except WorkerLostError:
            return [self._read_one(worker, document) for document in documents]
        finally:
            self._free.put(worker)

    def _read_one(self, worker: Worker, document: Document) -> Findings:
        """Findings of one document; a problem where it costs its process."""
        try:
            (found,) = self._ask(worker, [document])
        except WorkerLostError as error:
            return Findings("other", problems=(f"not read: {error}",))
        return found

    def _ask(self, worker: Worker, documents: Sequence[Document]) -> list[Findings]:
        """What a worker finds.

        Raises:
            WorkerLostError: it had to be killed.
            StoppedError: the analysis ends.
        """
        if self._ending.is_set():
            raise StoppedError
        answer = worker.ask(pickle.dumps(list(documents)), self._ending.is_set)
        found: list[Findings] = pickle.loads(answer)
        return found

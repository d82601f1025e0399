"""The language stage on a Dask cluster: the same batches, plain rows back, in order.

What comes back is JSON, which is checked: a worker cannot make this machine run anything. But who
reaches a Dask scheduler runs code on its workers, so keep it among yourselves.
"""

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.cluster_worker import read_plain
from crawler.wire import answer_unpacked, documents_packed
from nlp.findings import Document, Findings
from nlp.version import VERSION

if TYPE_CHECKING:
    from distributed import Client, Future

SCHEMES = ("tcp://", "tls://")
CONNECT_S = 15
WORKERS_S = 30
"""How long to wait for the first worker, seconds."""
AHEAD = 4
"""Batches under way a thread of the cluster."""
RECOUNT_S = 5.0
TRIES = 2
"""How often a batch is read anew whose worker died."""


class ClusterError(RuntimeError):
    """The cluster cannot be used; its text says why and what to do."""


class Cluster:
    """A connected cluster."""

    def __init__(self, client: "Client") -> None:
        """Use a client that is connected."""
        self._client = client
        self._known, self._counted = 0, float("-inf")

    def read(self, batches: Iterable[Sequence[Document]]) -> Iterator[list[Findings]]:
        """Findings of each batch, in order.

        Raises:
            ClusterError: a worker reads by other rules or words, or too many of them died.
        """
        waiting: deque[Future[str]] = deque()
        for batch in batches:
            waiting.append(
                self._client.submit(
                    read_plain, documents_packed(batch).decode(), pure=False, retries=TRIES
                )
            )
            while len(waiting) >= AHEAD * max(self._threads(), 1):
                yield findings_of(waiting.popleft())
        while waiting:
            yield findings_of(waiting.popleft())

    def _threads(self) -> int:
        """Threads of all workers, asked for now and then: workers come and go."""
        if time.monotonic() - self._counted > RECOUNT_S:
            self._known, self._counted = self._count(), time.monotonic()
        return self._known

    def _count(self) -> int:
        return sum(self._client.nthreads().values())  # type: ignore[no-untyped-call]


def findings_of(future: "Future[str]") -> list[Findings]:
    """What a batch brought.

    Raises:
        ClusterError: nothing that can be used.
    """
    try:
        answer = answer_unpacked(str(future.result()))
    except (ValueError, KeyError, TypeError) as error:
        raise ClusterError(f"a worker answered with nothing readable: {error}"[:300]) from error
    except Exception as error:
        # what Dask raises has no class of its own: workers' errors come as they were
        raise ClusterError(
            f"the cluster did not read a batch: {type(error).__name__}: {error}"[:300]
            + "; what was read is kept: see the workers' logs, then run the same command again"
        ) from error
    if answer.version != VERSION:
        raise ClusterError(
            f"a worker reads by version {answer.version}, this machine by {VERSION}: install the "
            "same release and the same words on all machines, and start the workers anew"
        )
    return answer.found


@contextmanager
def cluster_at(address: str) -> Iterator[Cluster]:
    """A cluster by its scheduler's address, such as `tcp://10.0.0.5:8786`.

    Raises:
        ClusterError: it cannot be reached, has no workers, or Dask is not installed.
    """
    if not address.startswith(SCHEMES):
        raise ClusterError(f"--dask: '{address}' is no address; write it like tcp://host:8786")
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            f"a cluster needs the extra: pip install 'rackrent[cluster]' ({error.name} is missing)"
        ) from error
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=CONNECT_S, set_as_default=False,
            # no pickles come back from the cluster
            deserializers=["msgpack"],
        )  # fmt: skip
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(f"{address}: no scheduler answers: {error}; start it") from error
    try:
        client.wait_for_workers(1, timeout=WORKERS_S)
        yield Cluster(client)
    except TimeoutError as error:
        raise ClusterError(
            f"{address}: has no workers: start some with `dask worker {address} --nthreads 1`"
        ) from error
    finally:
        client.close(timeout=CONNECT_S)  # type: ignore[no-untyped-call]

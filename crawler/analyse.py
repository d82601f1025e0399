"""The language stage over stored posts: offline, repeatable, in worker processes."""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from typing import Protocol

from crawler.clock import now
from crawler.cluster import cluster_at
from crawler.home import Home
from crawler.rates import Rates, load_rates
from crawler.readers import Readers
from crawler.settle import is_settled, settle
from crawler.source import SourceError, find_source
from crawler.store.database import Store
from crawler.store.findings import Text, keep_findings
from crawler.unread import Unread
from nlp.findings import Document, Findings
from nlp.version import VERSION

BATCH = 40
"""Texts a task."""
WORTH_WORKERS = 200
"""Texts from which on worker processes pay for their start."""
SHORT = 20_000
"""Characters of a text that may be read in this process: its budget of time suffices there."""

Progress = Callable[[int, int], None]
"""Called with texts done and texts in all."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """What an analysis did."""

    texts: int
    """Post versions read."""
    listings: int
    """Listings found in them."""
    providers: int
    """Providers known afterwards."""


def analyse(
    home: Home,
    *,
    everything: bool = False,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Analysed:
    """Read every stored text that this version of the language stage has not read yet.

    `everything` reads all texts again. Interrupted, it goes on where it stopped. `cluster` is the
    address of a Dask scheduler whose workers read; by default this machine's processors do.

    Raises:
        ClusterError: the cluster cannot be used.
    """
    with closing(Store(home.database)) as store:
        return analyse_store(home, store, everything=everything, cluster=cluster, progress=progress)


def analyse_store(
    home: Home,
    store: Store,
    *,
    everything: bool = False,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Analysed:
    """Like `analyse`, on an open database."""
    texts = texts_to_read(store, everything=everything)
    if not texts and not everything and is_settled(store):
        (known,) = store.rows("select count(*) from providers")
        return Analysed(0, 0, known[0])
    listings = 0
    rates = load_rates(home)
    for done, batch in read_batches(home, texts, cluster):
        listings += keep_batch(store, batch, rates)
        if progress:
            progress(done, len(texts))
    with store.transaction():
        providers = settle(store)
    return Analysed(len(texts), listings, providers)


def texts_to_read(store: Store, *, everything: bool) -> Sequence[Text]:
    """Post versions that need reading, oldest first; each is fetched when it is looked at."""
    return Unread(store, VERSION, everything=everything)


def read_batches(
    home: Home, texts: Sequence[Text], cluster: str | None = None
) -> Iterator[tuple[int, list[tuple[Text, Findings]]]]:
    """Batches of texts with their findings and how many texts are done, in order."""
    under_way: deque[Sequence[Text]] = deque()
    with readers_for(texts, cluster) as readers:
        done = 0
        for findings in readers.read(tasks_of(home, texts, under_way)):
            batch = under_way.popleft()
            done += len(batch)
            yield done, list(zip(batch, findings, strict=True))


def tasks_of(
    home: Home, texts: Sequence[Text], under_way: deque[Sequence[Text]]
) -> Iterator[list[Document]]:
    """Batches as the language stage takes them; the texts of each are added to `under_way`."""
    currencies: dict[str, str | None] = {}
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        currencies |= default_currencies(home, {t.source_id for t in batch} - currencies.keys())
        under_way.append(batch)
        yield [document_of(text, currencies[text.source_id]) for text in batch]


def readers_for(
    texts: Sequence[Text], cluster: str | None
) -> "AbstractContextManager[BatchReader]":
    """Who reads texts: a cluster, processes of this machine, or this process."""
    if cluster:
        return cluster_at(cluster)
    if may_be_read_here(texts):
        return nullcontext(Here())
    return Readers(None if len(texts) >= WORTH_WORKERS else 1)


class BatchReader(Protocol):
    """Who reads batches of documents."""

    def read(self, batches: Iterable[Sequence[Document]]) -> Iterator[list[Findings]]:
        """Findings of each batch, in order."""


class Here:
    """This process reads."""

    def read(self, batches: Iterable[Sequence[Document]]) -> Iterator[list[Findings]]:
        """Findings of each batch, in order."""
        # here, because it loads spaCy, which this process needs only now
        from crawler.analyse_worker import read_documents

        return map(read_documents, batches)


def may_be_read_here(texts: Sequence[Text]) -> bool:
    """Whether texts need no process of their own: few, short, and where time can be measured."""
    return (
        len(texts) < WORTH_WORKERS
        and threading.current_thread() is threading.main_thread()
        and all(len(text.text) <= SHORT for text in texts)
    )


def default_currencies(home: Home, source_ids: set[str]) -> dict[str, str | None]:
    """Default currencies of sources; None where the source's file is gone or sets none."""
    currencies: dict[str, str | None] = {}
    for source_id in source_ids:
        try:
            currencies[source_id] = find_source(home, source_id).default_currency
        except SourceError:
            # a retired source keeps its posts; only its default is lost
            currencies[source_id] = None
    return currencies


def document_of(text: Text, default_currency: str | None) -> Document:
    """A text as the language stage takes it."""
    return Document(
        text=text.text,
        title=text.title,
        author=text.author,
        kind=text.kind,
        posted_on=text.posted_on,
        signature=text.signature,
        fields=json.loads(text.fields) if text.fields else {},
        default_currency=default_currency,
    )


def keep_batch(store: Store, batch: list[tuple[Text, Findings]], rates: Rates) -> int:
    """Write the findings of one batch in one transaction; how many listings."""
    moment = now()
    with store.transaction():
        return sum(
            keep_findings(store, text, findings, rates, VERSION, moment) for text, findings in batch
        )

"""What a Dask worker does: documents in, findings out, both JSON; it needs the package only."""

import threading

from crawler.readers import Readers
from crawler.wire import answer_packed

_mine = threading.local()


def read_plain(question: str) -> str:
    """Findings of a batch of packed documents, in order, with the version that read them.

    Each thread of the worker has a process of its own, which is killed and replaced when a text
    takes too much. What it answers passes through as it is.
    """
    if not hasattr(_mine, "readers"):
        _mine.readers = Readers(1)
    return answer_packed(_mine.readers.read_packed(question.encode()))

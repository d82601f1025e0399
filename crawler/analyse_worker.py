"""The process that reads texts: `python -m crawler.analyse_worker`, started by `Readers`."""

import gc
import sys
from collections.abc import Sequence
from functools import lru_cache

from crawler.wire import documents_unpacked, findings_packed
from crawler.working import serve
from nlp.findings import Document, Findings
from nlp.guarded import read_safely
from nlp.pipeline import Analyser


@lru_cache(maxsize=1)
def analyser() -> Analyser:
    """This process's analyser, loaded at first use."""
    loaded = Analyser()
    # the words stay until the end: looking through them for garbage takes a tenth of a second
    gc.freeze()
    return loaded


def read_documents(documents: Sequence[Document]) -> list[Findings]:
    """Findings of documents, in order."""
    return read_safely(analyser(), documents)


def answer(question: bytes) -> bytes:
    """The findings of the documents in a question."""
    return findings_packed(read_documents(documents_unpacked(question)))


if __name__ == "__main__":
    serve(answer, sys.argv[1:])

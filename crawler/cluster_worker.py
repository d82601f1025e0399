"""What a Dask worker does: documents in, findings out, both JSON; it needs the package only."""

import json
import threading

from pydantic import TypeAdapter

from crawler.readers import Readers
from nlp.findings import Document, Findings
from nlp.version import VERSION

DOCUMENTS = TypeAdapter(list[Document])
FINDINGS = TypeAdapter(list[Findings])
_mine = threading.local()


def read_plain(question: str) -> str:
    """Findings of a batch of documents, in order, with the version that read them.

    Each thread of the worker has a process of its own, which is killed and replaced when a text
    takes too much.
    """
    if not hasattr(_mine, "readers"):
        _mine.readers = Readers(1)
    (found,) = _mine.readers.read([documents_of(question)])
    return json.dumps({"version": VERSION, "found": FINDINGS.dump_python(found, mode="json")})


def question_of(documents: list[Document]) -> str:
    """Documents as JSON."""
    return json.dumps(DOCUMENTS.dump_python(documents, mode="json"))


def documents_of(question: str) -> list[Document]:
    """Documents from JSON."""
    return DOCUMENTS.validate_python(json.loads(question))

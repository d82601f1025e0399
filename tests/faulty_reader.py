"""A reader of texts that some texts bring down."""

import sys

from crawler.wire import documents_unpacked, findings_packed
from crawler.working import serve
from nlp.findings import Findings


def answer(question: bytes) -> bytes:
    """Findings of the documents in a question, two of which are fatal."""
    documents = documents_unpacked(question)
    for document in documents:
        if document.text == "hang":
            while True:
                pass
        if document.text == "grow":
            bytes(1 << 30)
    return findings_packed([Findings("offer", problems=(document.text,)) for document in documents])


if __name__ == "__main__":
    serve(answer, sys.argv[1:])

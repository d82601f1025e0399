"""Documents and findings as JSON, on their way to and from the processes that read texts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from nlp.findings import Document, Findings
from nlp.version import VERSION

_DOCUMENTS = TypeAdapter(list[Document])
_FINDINGS = TypeAdapter(list[Findings])


@dataclass(frozen=True, slots=True)
class Answer:
    """What a machine of a cluster found in a batch."""

    version: str
    """Of the language stage that read it."""
    found: list[Findings]
    """Findings of each document, in order."""


_ANSWER = TypeAdapter(Answer)


def documents_packed(documents: Sequence[Document]) -> bytes:
    """Documents as JSON."""
    return _DOCUMENTS.dump_json(list(documents))


def documents_unpacked(data: bytes | str) -> list[Document]:
    """Documents from JSON.

    Raises:
        ValueError: it holds something else.
    """
    return _DOCUMENTS.validate_json(data)


def findings_packed(found: Sequence[Findings]) -> bytes:
    """Findings as JSON."""
    return _FINDINGS.dump_json(list(found))


def findings_unpacked(data: bytes) -> list[Findings]:
    """Findings from JSON.

    Raises:
        ValueError: it holds something else.
    """
    return _FINDINGS.validate_json(data)


def answer_packed(found: bytes) -> str:
    """Packed findings with the version that read them, as JSON."""
    return f'{{"version": {json.dumps(VERSION)}, "found": {found.decode()}}}'


def answer_unpacked(data: str) -> Answer:
    """The answer in JSON.

    Raises:
        ValueError: it holds something else.
    """
    return _ANSWER.validate_json(data)

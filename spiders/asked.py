"""A page to be read, on its way to the process that reads it, and the reading on its way back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from crawler.reading import Reading

AUTO = "auto"
"""For the engine that knows a page."""
READING = TypeAdapter(Reading)


@dataclass(frozen=True, slots=True)
class Asked:
    """One response and how to read it: nothing that is secret."""

    engine: str
    """Name of the engine, or `AUTO`."""
    url: str
    """URL that was asked for."""
    body: bytes
    """The response's body."""
    content_type: str | None
    """Its Content-Type."""
    fetched_at: datetime
    """When it came, aware UTC."""
    status: int = 200
    """HTTP status."""
    timezone: str | None = None
    """IANA name of the board's zone."""
    selectors: Mapping[str, Any] = field(default_factory=dict)
    """The source's own selectors."""
    session: bool = False
    """Whether the source is read signed in."""


def packed(asked: Asked) -> bytes:
    """A question as bytes: a line of JSON, then the body."""
    head = {
        name: getattr(asked, name)
        for name in ("engine", "url", "content_type", "status", "timezone", "session")
    }
    head["fetched_at"] = asked.fetched_at.isoformat()
    head["selectors"] = dict(asked.selectors)
    return json.dumps(head).encode() + b"\n" + asked.body


def unpacked(data: bytes) -> Asked:
    """The question in bytes."""
    head, _, body = data.partition(b"\n")
    found = json.loads(head)
    found["fetched_at"] = datetime.fromisoformat(found["fetched_at"])
    return Asked(body=body, **found)


def reading_packed(reading: Reading) -> bytes:
    """A reading as JSON."""
    return READING.dump_json(reading)


def reading_unpacked(data: bytes) -> Reading:
    """The reading in JSON.

    Raises:
        ValueError: it is none.
    """
    return READING.validate_json(data)

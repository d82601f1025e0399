"""Where a page is parsed: small ones in this process, all others in one that can be killed.

What is small costs little, whatever its markup; a test holds that with every engine. What a
large page costs cannot be told without parsing it.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from crawler.archived import Archived
from crawler.reading import Problem, Reading
from crawler.source import Source
from crawler.worker import Limits, Worker, WorkerLostError
from spiders.asked import Asked, packed, reading_unpacked
from spiders.reading import read_asked, with_listed
from spiders.small import is_small

WORKER = "spiders.parse_worker"
FAULT = b"!"
"""First byte of an answer that tells of an error."""


class EngineFaultError(RuntimeError):
    """An engine failed on a page."""


@dataclass
class Parser:
    """Reads pages, here or in its worker; one page at a time."""

    worker: Worker = field(default_factory=lambda: Worker(WORKER, Limits()))
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def read(self, asked: Asked, stopped: Callable[[], bool] = lambda: False) -> Reading:
        """What a page says; `unknown` with a problem when reading it took too much.

        Raises:
            EngineFaultError: the engine failed in the worker; one that fails here raises its own.
            StoppedError: `stopped` said so.
        """
        if is_small(asked.body):
            return read_asked(asked)
        with self._turn:
            try:
                answer = self.worker.ask(packed(asked), stopped)
            except WorkerLostError as error:
                return Reading("unknown", problems=(Problem("parse_stopped", str(error)),))
        if answer[:1] == FAULT:
            raise EngineFaultError(answer[1:].decode())
        return reading_unpacked(answer)

    async def read_aside(self, asked: Asked, stopped: Callable[[], bool]) -> Reading:
        """Like `read`, without holding up the event loop for long."""
        if is_small(asked.body):
            return read_asked(asked)
        return await asyncio.to_thread(self.read, asked, stopped)

    def close(self) -> None:
        """End the worker."""
        self.worker.close()


PARSER = Parser()
"""Reads the pages of this process."""


def asked_of(source: Source, **response: Any) -> Asked:
    """A response and how its source is read; `response` are the other fields of `Asked`."""
    return Asked(
        engine=source.engine,
        timezone=source.timezone,
        selectors=source.selectors,
        session=source.session is not None,
        **response,
    )


def read_response(source: Source, **response: Any) -> Reading:
    """What the source's engine reads from a response; `response` are its fields in `Asked`."""
    return PARSER.read(asked_of(source, **response))


def read_archived(source: Source, archived: Archived, body: bytes) -> Reading:
    """What the source's engine reads from a response in the evidence.

    Raises:
        ValueError: the source names no known engine.
        EngineFaultError: the engine failed in the worker.
    """
    reading = read_response(
        source,
        url=source.canonical(archived.url),
        body=body,
        content_type=archived.content_type,
        status=archived.status,
        fetched_at=archived.fetched_at,
    )
    return with_listed(reading, archived.context)

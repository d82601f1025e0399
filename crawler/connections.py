"""Connections of plain HTTP: bounded heads, bounded silence, bodies up to a limit.

Built on private parts of Scrapy 2.19 and Twisted; `tests/cases/test_fetching.py` notices when they
change.
"""

# Twisted leaves much untyped
# mypy: disallow-untyped-calls=False

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.exceptions import DownloadTimeoutError
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionLost
from twisted.internet.protocol import Protocol, connectionDone
from twisted.protocols.policies import TimeoutMixin
from twisted.python.failure import Failure
from twisted.web.client import ResponseDone
from twisted.web.http import PotentialDataLoss

HEAD_BYTES = 128 * 1024
"""Most bytes of an answer's head, with the interim answers (1xx) before it."""


class BadAnswerError(ValueError):
    """An answer that is no sound HTTP, or too large."""


class GuardedProtocol(_LenientHTTP11ClientProtocol, TimeoutMixin):
    """One connection: its answers' heads are bounded, and so is its silence."""

    stall_s = 0.0
    """How long a server may say nothing, seconds."""
    fault: Exception | None = None
    """Why we ended the connection."""
    broke = False
    """Whether it was reset rather than closed."""
    head_bytes = 0
    """Bytes of the answer's head so far."""

    def request(self, request: Any) -> "Deferred[Any]":
        """Send a request; the response knows its connection."""
        self.fault = None
        self.head_bytes = 0
        self.setTimeout(self.stall_s)
        sent: Deferred[Any] = super().request(request)
        return sent.addCallbacks(self._linked, self._explained)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        """Take bytes, unless the head does not end."""
        self.resetTimeout()
        if self._parser is not None and self._parser.state in ("STATUS", "HEADER"):
            self.head_bytes += len(data)
            if self.head_bytes > HEAD_BYTES:
                self._give_up(BadAnswerError(f"a head of more than {HEAD_BYTES} bytes"))
                return
        super().dataReceived(data)

    def timeoutConnection(self) -> None:  # noqa: N802 (Twisted's name)
        """Nothing came for too long: give up, unless nothing was asked for."""
        if self.state != "QUIESCENT":
            self._give_up(DownloadTimeoutError(f"no byte for {self.stall_s:.0f} s"))

    def _finishResponse(self, rest: bytes) -> None:  # noqa: N802 (Twisted's name)
        """End a response; bytes behind its stated end are neither its own nor the next one's."""
        if rest:
            self._give_up(BadAnswerError(f"{len(rest)} bytes more than it states"))
        super()._finishResponse(rest)

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802 (Twisted's name)
        """Stop the clock; remember a reset."""
        self.setTimeout(None)
        self.broke = reason.check(ConnectionLost) is not None
        super().connectionLost(reason)

    def _give_up(self, fault: Exception) -> None:
        self.fault = fault
        link: Any = self.transport
        link.abortConnection()

    def _linked(self, response: Any) -> Any:
        response.connection = self
        return response

    def _explained(self, failure: Failure) -> Failure:
        return Failure(self.fault) if self.fault else failure


class GuardedFactory(_LenientHTTP11ClientFactory):
    """Makes guarded connections."""

    def __init__(self, stall_s: float, *rest: Any) -> None:
        """`stall_s`: how long a server may say nothing, seconds; the rest is Twisted's."""
        super().__init__(*rest)
        self._stall_s = stall_s

    def buildProtocol(self, address: Any) -> GuardedProtocol:  # noqa: N802 (Twisted's name)
        """One connection."""
        made = GuardedProtocol(self._quiescentCallback)
        made.stall_s = self._stall_s
        return made


class Body(Protocol):
    """Collects a response's body up to a limit."""

    def __init__(self, finished: "Deferred[Any]", response: Any, *, limit: int, cut: bool) -> None:
        """`cut` takes the first `limit` bytes of a longer body instead of failing."""
        self._finished = finished
        self._response = response
        self._limit = limit
        self._cut = cut
        self._parts: list[bytes] = []
        self._size = 0

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        """Take a part."""
        if self._finished.called:
            return
        self._parts.append(data)
        self._size += len(data)
        if self._size > self._limit:
            self._response.connection.transport.abortConnection()
            if self._cut:
                self._finish(["cut"])
            else:
                self._parts.clear()
                self._finished.errback(BadAnswerError(f"longer than {self._limit} bytes"))

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802
        """Hand over what came."""
        if self._finished.called:
            return
        if self._response.connection.fault:
            self._finished.errback(self._response.connection.fault)
        elif reason.check(ResponseDone):
            self._finish([])
        else:
            # without a stated length an answer ends where its connection is closed
            closed = reason.check(PotentialDataLoss) and not self._response.connection.broke
            self._finish(["partial" if closed else "dataloss"])

    def _finish(self, flags: list[str]) -> None:
        body = b"".join(self._parts)[: self._limit]
        self._finished.callback({"txresponse": self._response, "body": body, "flags": flags})

"""Plain HTTP with bounds: Scrapy's client, which has no cap on heads, connects and silences.

Built on private parts of Scrapy 2.19 and Twisted; `tests/cases/test_http.py` notices when they
change.
"""

# Twisted leaves much untyped
# mypy: disallow-untyped-calls=False

from functools import partial
from time import monotonic
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _ScrapyAgent,
)
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Protocol, connectionDone
from twisted.protocols.policies import TimeoutMixin
from twisted.python.failure import Failure
from twisted.web.client import ResponseDone
from twisted.web.http import PotentialDataLoss
from twisted.web.iweb import UNKNOWN_LENGTH

from crawler.encodings import LIMIT
from crawler.media import NotTextError, media_in
from crawler.tls import StrictNames, clear_failures

HEAD_BYTES = 128 * 1024
"""Most bytes of an answer's head, with the interim answers (1xx) before it."""
HEAD_FIELDS = 200
"""Most header fields of an answer."""
NO_BODY = 0


class BadAnswerError(ValueError):
    """An answer that is no sound HTTP, or too large."""


class GuardedProtocol(_LenientHTTP11ClientProtocol, TimeoutMixin):
    """One connection: its answers' heads are bounded, and so is its silence."""

    stall_s = 0.0
    """How long a server may say nothing, seconds."""
    fault: Exception | None = None
    """Why we ended the connection."""
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
        """Stop the clock."""
        self.setTimeout(None)
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
            # without a stated length an answer ends where its connection does
            self._finish(["partial" if reason.check(PotentialDataLoss) else "dataloss"])

    def _finish(self, flags: list[str]) -> None:
        body = b"".join(self._parts)[: self._limit]
        self._finished.callback({"txresponse": self._response, "body": body, "flags": flags})


class GuardedAgent(_ScrapyAgent):
    """Asks for one page: connects in time, takes only text, and no more of it than a page has."""

    connect_s = 15.0

    def _get_agent(self, request: Request, timeout: float) -> Any:
        return super()._get_agent(request, min(timeout, self.connect_s))

    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        limit = int(request.meta.get("download_maxsize", LIMIT))
        cut = bool(request.meta.get("cut"))
        try:
            check_head(txresponse, limit=None if cut else limit)
        except (BadAnswerError, NotTextError):
            txresponse.connection.transport.abortConnection()
            raise
        if txresponse.length == NO_BODY:
            return {"txresponse": txresponse}
        self._txresponse = txresponse
        finished: Deferred[Any] = Deferred(partial(self._cancel, txresponse=txresponse))
        txresponse.deliverBody(Body(finished, txresponse, limit=limit, cut=cut))
        return finished


def check_head(response: Any, limit: int | None) -> None:
    """Refuse an answer by its head.

    Raises:
        BadAnswerError: it has too many header fields, states too long a body, or holds a part only.
        NotTextError: it holds no text.
    """
    fields = sum(len(values) for _, values in response.headers.getAllRawHeaders())
    if fields > HEAD_FIELDS:
        raise BadAnswerError(f"{fields} header fields, at most {HEAD_FIELDS} are read")
    if limit and response.length != UNKNOWN_LENGTH and response.length > limit:
        raise BadAnswerError(f"{response.length} bytes, at most {limit} are read")
    if response.code == 206:
        raise BadAnswerError("status 206: only a part of the page")
    if response.code < 300 and limit:
        stated = first_of(response, "Content-Type"), first_of(response, "Content-Disposition")
        if kind := media_in(*stated):
            raise NotTextError(kind)


def first_of(response: Any, name: str) -> str:
    """The first value of a header, or an empty text."""
    values = response.headers.getRawHeaders(name.encode())
    return values[0].decode("latin-1") if values else ""


class PlainHttp(HTTP11DownloadHandler):
    """Scrapy's HTTP client with bounds."""

    def __init__(self, crawler: ScrapyCrawler) -> None:
        """Make connections guarded."""
        super().__init__(crawler)
        if crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"):
            policy: Any = StrictNames(self._contextFactory)
            self._contextFactory = policy
        stall_s = crawler.settings.getfloat("FETCH_STALL_S")
        self._pool._factory = partial(GuardedFactory, stall_s)  # type: ignore[assignment]
        self._connect_s = crawler.settings.getfloat("FETCH_CONNECT_S")
        self.total_s = crawler.settings.getfloat("FETCH_TOTAL_S")
        """How long a page may take with all of its redirects, seconds; its pauses aside."""

    async def download_request(self, request: Request) -> Response:
        """The response to one request.

        Raises:
            DownloadTimeoutError: it took too long.
            BadAnswerError: the answer is no sound one.
            NotTextError: it holds no text.
            UntrustedCertificateError: who answers cannot prove who it is.
        """
        left = min(request.meta.get("left_s", self.total_s), self.total_s)
        if left <= 0:
            raise DownloadTimeoutError(f"{request.url} took longer than {self.total_s:.0f} s")
        request.meta["download_timeout"] = left
        agent = GuardedAgent(
            contextFactory=self._contextFactory, pool=self._pool, crawler=self._crawler
        )
        agent.connect_s = self._connect_s
        began = monotonic()
        try:
            with clear_failures(), wrap_twisted_exceptions():
                return await maybe_deferred_to_future(agent.download_request(request))
        finally:
            request.meta["left_s"] = left - (monotonic() - began)

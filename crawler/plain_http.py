"""Plain HTTP with bounds: Scrapy's client, which has no cap on heads, connects and silences.

Built on private parts of Scrapy 2.19 and Twisted; `tests/cases/test_fetching.py` notices when they
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
    _ScrapyAgent,
)
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.web.iweb import UNKNOWN_LENGTH

from crawler.connections import BadAnswerError, Body, GuardedFactory
from crawler.encodings import LIMIT
from crawler.media import NotTextError, media_in
from crawler.tls import StrictNames, clear_failures

HEAD_FIELDS = 200
"""Most header fields of an answer."""
NO_BODY = 0
CONNECTIONS = 2
"""Idle connections that are kept to a host; one of them is in use at any time."""


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
        if txresponse.length != NO_BODY and not cut and media_of(txresponse):
            # an error that is told by an image
            txresponse.connection.transport.abortConnection()
            return {"txresponse": txresponse}
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
    if limit and response.code < 300 and (kind := media_of(response)):
        raise NotTextError(kind)


def media_of(response: Any) -> str | None:
    """What a response holds by its head, where that is no text."""
    return media_in(first_of(response, "Content-Type"), first_of(response, "Content-Disposition"))


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
        # the next page is asked for before the last one's connection is back
        self._pool.maxPersistentPerHost = CONNECTIONS
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

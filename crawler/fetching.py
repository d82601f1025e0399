"""Scrapy's download handler: plain HTTP by default, a browser for sources that need one."""

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
)
from scrapy.http import HtmlResponse, Response

from crawler.browser import Browser
from crawler.browser_pages import job_for, problems_of, rendered_unless
from crawler.gate import Gate
from crawler.lookups import Lookups, pin, unpin
from crawler.plain_http import PlainHttp
from crawler.source import Source
from crawler.source_fields import destination, host_of
from crawler.upstream import ProxyDownError, upstream_of


class RunEndedError(RuntimeError):
    """A page that was on its way when its run ended; the next run asks for it."""


class HostDeadError(RuntimeError):
    """A host that failed too often in this run to be asked again."""


class Fetcher(BaseDownloadHandler):
    """Hands each request to the fetcher that its source asks for."""

    lazy = False

    def __init__(self, crawler: ScrapyCrawler) -> None:
        """Make the plain fetcher; the browser starts with its first page."""
        super().__init__(crawler)
        self._http = PlainHttp(crawler)
        self._lookups: Lookups | None = None
        self._browser: Browser | None = None
        self._gate: Gate | None = None

    async def download_request(self, request: Request) -> Response:
        """The response to one request.

        Raises:
            RunEndedError: the run is over, so nothing more is asked for.
            HostDeadError: its host has not answered for too long.
            RefusedError: its host leads to an address that is not public.
            ProxyDownError: the source's proxy does not answer.
        """
        crawl = self.crawler.spider.crawl  # type: ignore[union-attr]
        breaker = self.crawler.spider.setbacks.breaker  # type: ignore[union-attr]
        if crawl.is_over:
            raise RunEndedError(request.url)
        if breaker.dead and host_of(request.url) in breaker.dead:
            raise HostDeadError(request.url)
        if request.meta.get("browser"):
            return await self._render(request)
        # never from the environment: a source without a proxy goes direct, one with a proxy never
        request.meta.pop("proxy", None)
        if crawl.source.proxy:
            return await self._through_gate(request, crawl.source)
        return await self._directly(request, crawl.source)

    async def close(self) -> None:
        """End the browser's process and all connections."""
        if self._browser:
            await self._browser.close()
        await self._http.close()
        if self._gate:
            self._gate.close()

    async def _directly(self, request: Request, source: Source) -> Response:
        """The response from an address that was checked, and from no other."""
        self._lookups = self._lookups or Lookups(source.scope)
        host, port = destination(request.url)
        share = self.crawler.spider.setbacks.breaker.share(host_of(request.url))  # type: ignore[union-attr]
        request.meta.setdefault("left_s", self._http.total_s * share)
        try:
            await self._lookups.check(host, port)
        except OSError as error:
            raise CannotResolveHostError(f"{host} does not resolve: {error}") from error
        try:
            return await self._http.download_request(request)
        except (OSError, DownloadConnectionRefusedError, DownloadTimeoutError):
            # its address may have changed: it is looked up and checked anew
            unpin(host, port)
            raise

    async def _through_gate(self, request: Request, source: Source) -> Response:
        """The response that comes through the source's proxy: the gate knows no other way."""
        self._gate = self._gate or Gate(
            source.hosts, local=source.local, upstream=upstream_of(source)
        )
        request.meta["proxy"] = self._gate.address
        pin(*destination(self._gate.address), ["127.0.0.1"])
        try:
            response = await self._http.download_request(request)
        finally:
            if self._gate.down:
                raise ProxyDownError(self._gate.down)
        return response

    async def _render(self, request: Request) -> Response:
        """The document that the browser shows; its page stays to be fetched if the crawl ends."""
        walk: Any = self.crawler.spider
        self._browser = self._browser or Browser()
        job = job_for(walk.crawl, request.url)
        rendered = await rendered_unless(self._browser, job, walk.is_ending)
        if rendered is None:
            raise RunEndedError(request.url)
        walk.crawl.browser_cookies = rendered.cookies
        request.meta["browser_problems"] = problems_of(request.url, rendered)
        return HtmlResponse(
            request.url,
            status=rendered.status,
            headers={"Content-Type": "text/html; charset=utf-8"},
            body=rendered.html.encode("utf-8", "replace"),
            flags=["rendered"],
        )

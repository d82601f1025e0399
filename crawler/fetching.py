"""Scrapy's download handler: plain HTTP by default, a browser for sources that need one."""

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.http import HtmlResponse, Response

from crawler.browser import Browser, RenderJob
from crawler.reading import Problem


class Fetcher(BaseDownloadHandler):
    """Hands each request to the fetcher that its source asks for."""

    lazy = False

    def __init__(self, crawler: ScrapyCrawler) -> None:
        """Make the plain fetcher; the browser starts with its first page."""
        super().__init__(crawler)
        self._http = HTTP11DownloadHandler(crawler)
        self._browser: Browser | None = None

    async def download_request(self, request: Request) -> Response:
        """The response to one request."""
        if request.meta.get("browser"):
            return await self._render(request)
        return await self._http.download_request(request)

    async def close(self) -> None:
        """End the browser's process and all connections."""
        if self._browser:
            await self._browser.close()
        await self._http.close()

    async def _render(self, request: Request) -> Response:
        crawl = self.crawler.spider.crawl  # type: ignore[union-attr]
        need = crawl.source.browser
        self._browser = self._browser or Browser()
        rendered = await self._browser.render(
            RenderJob(
                url=request.url,
                hosts=crawl.source.hosts,
                local=crawl.source.local,
                wait_for=need.wait_for,
                scroll=need.scroll,
                timeout_s=need.timeout_s,
                user_agent=crawl.source.user_agent,
            )
        )
        request.meta["browser_problems"] = [
            *(Problem("refused", f"page asked for {url}") for url in rendered.refused),
            *(Problem("rendered_in_part", note) for note in rendered.notes),
        ]
        return HtmlResponse(
            request.url,
            status=rendered.status,
            headers={"Content-Type": "text/html; charset=utf-8"},
            body=rendered.html.encode("utf-8", "replace"),
            flags=["rendered"],
        )

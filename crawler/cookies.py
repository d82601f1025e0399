"""Scrapy's cookies, begun with the session of the source and kept again while it holds."""

import logging

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http import Response

from crawler.session import cookies_in, fill_jar, load_state, save_state

logger = logging.getLogger(__name__)


class SessionCookies(CookiesMiddleware):
    """Downloader middleware: one cookie jar for the crawl, filled from the kept session."""

    is_filled = False

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler) -> "SessionCookies":
        """Scrapy's way to make one."""
        made = super().from_crawler(crawler)
        crawler.signals.connect(made.keep, signals.spider_closed)
        return made

    def process_request(
        self, request: Request, spider: Spider | None = None
    ) -> Request | Response | None:
        """Add the cookies; the session is there once the first page is asked for."""
        if not self.is_filled:
            self.is_filled = True
            self.fill()
        return super().process_request(request)

    def fill(self) -> None:
        """Begin with the kept session."""
        crawl = self.crawler.spider.crawl  # type: ignore[union-attr]
        if crawl.source.session and not crawl.source.browser:
            fill_jar(self.jars[None].jar, load_state(crawl.home, crawl.source.id))

    def keep(self) -> None:
        """Keep what the site renewed; only if the last page showed that we are logged in."""
        crawl = self.crawler.spider.crawl  # type: ignore[union-attr]
        if not crawl.source.session or not crawl.signed_in:
            return
        old = load_state(crawl.home, crawl.source.id) or {}
        mine = cookies_in(self.jars[None].jar)
        cookies = list(crawl.browser_cookies) if crawl.source.browser else mine
        state = {"cookies": cookies, "origins": old.get("origins", [])}
        save_state(crawl.home, crawl.source.id, state)

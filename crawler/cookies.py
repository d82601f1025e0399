"""Scrapy's cookies, begun with the session of the source and kept again while it holds."""

import logging
from http.cookiejar import CookieJar

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http import Response

from crawler.session import cookies_in, fill_jar, load_state, save_state

MOST = 100
LONGEST = 4096
"""Characters of a cookie."""

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

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Take new cookies, but no more than a browser would."""
        answer = super().process_response(request, response)
        if "Set-Cookie" in response.headers:
            trim(self.jars[None].jar)
        return answer

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


def trim(jar: CookieJar) -> None:
    """Forget cookies that are too long, and the oldest beyond the most (RFC 6265, 6.1)."""
    cookies = list(jar)
    long = [each for each in cookies if len(each.name) + len(each.value or "") > LONGEST]
    kept = [each for each in cookies if each not in long]
    for each in (*long, *kept[: max(0, len(kept) - MOST)]):
        jar.clear(each.domain, each.path, each.name)

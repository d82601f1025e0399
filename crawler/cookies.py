"""Scrapy's cookies, begun with the session of the source and kept again while it holds."""

import logging
from collections.abc import Iterable
from http.cookiejar import Cookie
from http.cookiejar import CookieJar as PlainJar

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http import Response
from scrapy.http.cookies import CookieJar
from tldextract import TLDExtract

from crawler.session import cookies_in, fill_jar, load_state, save_state
from crawler.source_fields import destination, host_of

SUFFIXES = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
"""Public suffixes as they were packed: nothing is fetched, nothing is written."""
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
        request.meta["cookiejar"] = self.jar_of(request)
        return super().process_request(request)

    def jar_of(self, request: Request) -> str | None:
        """Which cookies go with a request: those of the site, or those of another port's server.

        RFC 6265 knows no ports, but another port of the same address may be somebody else.
        """
        crawl = self.crawler.spider.crawl  # type: ignore[union-attr]
        host = host_of(request.url)
        own = {host_of(address) for address in crawl.source.addresses}
        names = {name.partition(":")[0] for name in own}
        return host if host not in own and host.partition(":")[0] in names else None

    def _process_cookies(
        self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request
    ) -> None:
        """Keep cookies that are for the request's host (Scrapy's asks publicsuffix.org meanwhile).

        A cookie for a whole public suffix is kept for the host alone (RFC 6265, 5.3).
        """
        host = destination(request.url)[0]
        for cookie in cookies:
            domain = cookie.domain.removeprefix(".")
            if domain and not SUFFIXES(domain).domain:
                if domain != host:
                    continue
                cookie.domain = host
            jar.set_cookie_if_ok(cookie, request)

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Take new cookies, but no more than a browser would."""
        answer = super().process_response(request, response)
        if "Set-Cookie" in response.headers:
            trim(self.jars[request.meta.get("cookiejar")].jar)
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


def trim(jar: PlainJar) -> None:
    """Forget cookies that are too long, and the oldest beyond the most (RFC 6265, 6.1)."""
    cookies = list(jar)
    long = [each for each in cookies if len(each.name) + len(each.value or "") > LONGEST]
    kept = [each for each in cookies if each not in long]
    for each in (*long, *kept[: max(0, len(kept) - MOST)]):
        jar.clear(each.domain, each.path, each.name)

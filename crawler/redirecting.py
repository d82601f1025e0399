"""Redirects: five at most, to the source's own hosts, never from https to http, bearing nothing."""

from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.http import Response
from w3lib.url import safe_url_string

from crawler.policy import refusal, refuse

STATUSES = frozenset({301, 302, 303, 307, 308})
MOST = 5
BORNE = ("Cookie", "Authorization", "Referer")
"""Headers that a redirected request never carries on; cookies of the new host are added anew."""


class Redirects:
    """Downloader middleware: the next hop of a page, or a refusal."""

    def __init__(self, scrapy_crawler: ScrapyCrawler) -> None:
        """Remember whose crawl it is."""
        self._scrapy = scrapy_crawler

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler) -> "Redirects":
        """Scrapy's way to make one."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The response, or the request that it leads to.

        Raises:
            IgnoreRequest: it leads where nothing may be asked for.
        """
        location = response.headers.get("Location")
        if location is None or response.status not in STATUSES:
            return response
        crawl = self._scrapy.spider.crawl  # type: ignore[union-attr]
        target = leads_to(request.url, location)
        hops = request.meta.get("hops", 0) + 1
        reason = refusal(crawl.source, "GET", target) or fault_of(request.url, target, hops)
        if reason:
            refuse(crawl, request, f"redirect: {reason}")
        headers = request.headers.copy()
        for name in BORNE:
            headers.pop(name, None)
        meta = {**request.meta, "hops": hops}
        return request.replace(url=target, method="GET", headers=headers, meta=meta, cookies={})


def leads_to(url: str, location: bytes) -> str:
    """The absolute URL of a Location header, without its fragment; as it stands where it is none.

    The header is read as UTF-8, as browsers do, or as Latin-1 where it is no UTF-8.
    """
    try:
        text = location.decode("utf-8")
    except UnicodeDecodeError:
        text = location.decode("latin-1")
    try:
        return urljoin(url, safe_url_string(text.strip())).partition("#")[0]
    except ValueError:
        return text


def fault_of(url: str, target: str, hops: int) -> str | None:
    """Why a redirect between the source's hosts is not followed; None when it is."""
    if hops > MOST:
        return f"more than {MOST} in a row, the last to {target[:200]}"
    if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http":
        return f"from https to {target[:200]}, which everybody on the way can read"
    return None

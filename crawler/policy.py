"""What may be asked of the net: refuses everything that its source file does not cover."""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.exceptions import IgnoreRequest

from crawler.gate import is_private
from crawler.reading import Problem
from crawler.source import Source
from crawler.source_fields import host_of

METHODS = frozenset({"GET", "HEAD"})


def refusal(source: Source, method: str, url: str) -> str | None:
    """Why a request must not be sent; None when it may."""
    parts = urlsplit(url)
    if method not in METHODS:
        return f"method {method}: Rackrent only reads (GET, HEAD)"
    if parts.scheme not in ("http", "https"):
        return f"scheme '{parts.scheme}': only http and https are read"
    if host_of(url) not in source.hosts:
        return f"host '{host_of(url)}' is not in hosts of source {source.id}"
    if not source.local and is_private(parts.hostname or ""):
        return f"address '{parts.hostname}' is not public; only sources with local: true may use it"
    return None


class Policy:
    """Downloader middleware: the one place that lets a request out, on every hop."""

    def __init__(self, scrapy_crawler: ScrapyCrawler) -> None:
        """Remember whose crawl it is."""
        self._scrapy = scrapy_crawler

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler) -> "Policy":
        """Scrapy's way to make one."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse what is out of scope, with a row in `issues`.

        Raises:
            IgnoreRequest: it is out of scope.
        """
        crawl = self._scrapy.spider.crawl  # type: ignore[union-attr]
        reason = refusal(crawl.source, request.method, request.url)
        if reason:
            asked = request.meta.get("asked", request.url)
            crawl.refuse(request.meta.get("frontier_id"), asked, Problem("refused", reason))
            request.meta["refused"] = True
            raise IgnoreRequest(reason)

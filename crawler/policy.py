"""What may be asked of the net: refuses everything that its source file does not cover."""

from typing import NoReturn
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.exceptions import IgnoreRequest

from crawler.addresses import is_private
from crawler.crawl import Crawl
from crawler.reading import Problem
from crawler.source import Source
from crawler.source_fields import destination, host_of

METHODS = frozenset({"GET", "HEAD"})
LONGEST_URL = 8192
SCHEMES = {"http": 80, "https": 443}
"""What is read, with the ports that URLs leave out."""


def refusal(source: Source, method: str, url: str) -> str | None:
    """Why a request must not be sent; None when it may."""
    if method not in METHODS:
        return f"method {method}: Rackrent only reads (GET, HEAD)"
    if len(url) > LONGEST_URL:
        return f"a URL of {len(url)} characters, at most {LONGEST_URL} are asked for"
    try:
        parts = urlsplit(url)
        host, port = destination(url)
    except ValueError as error:
        return f"'{url[:200]}' is no URL: {error}"
    if parts.scheme not in SCHEMES:
        return f"scheme '{parts.scheme}': only http and https are read"
    own = port == SCHEMES[parts.scheme]
    if f"{host}:{port}" not in source.hosts and not (own and host in source.hosts):
        return f"host '{host_of(url)}' is not in hosts of source {source.id}"
    if "@" in parts.netloc:
        return f"'{host}' is asked with a name or password in the URL"
    if is_private(host) and not source.scope.opens(host, port):
        return (
            f"address '{host}' is not public; only sources with local: true and '{host}:{port}' in "
            "hosts may use it"
        )
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
            refuse(crawl, request, reason)


def refuse(crawl: Crawl, request: Request, reason: str) -> NoReturn:
    """End a request with an issue; its page is not tried again in this run.

    Raises:
        IgnoreRequest: always.
    """
    asked = request.meta.get("asked", request.url)
    crawl.refuse(request.meta.get("frontier_id"), asked, Problem("refused", reason[:500]))
    request.meta["refused"] = True
    raise IgnoreRequest(reason)

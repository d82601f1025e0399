"""Every response goes to the evidence before anything else looks at it."""

from scrapy import Request
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.http import Response as ScrapyResponse

from crawler.archive import Response
from crawler.clock import now
from crawler.ids import sha256_of
from crawler.store.evidence import find_original
from crawler.store.fetched import Exchange


class ArchiveResponses:
    """Downloader middleware next to the downloader: sees the bytes as they were served."""

    def __init__(self, scrapy_crawler: ScrapyCrawler) -> None:
        """Remember whose crawl it is."""
        self._scrapy = scrapy_crawler

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler) -> "ArchiveResponses":
        """Scrapy's way to make one."""
        return cls(crawler)

    def process_response(self, request: Request, response: ScrapyResponse) -> ScrapyResponse:
        """Write the response to the run's WARC file; the page's transaction indexes it."""
        crawl = self._scrapy.spider.crawl  # type: ignore[union-attr]
        moment = now()
        rendered = "rendered" in response.flags
        is_hop = 300 <= response.status < 400 or "frontier_id" not in request.meta
        kept = crawl.archive.keep(
            Response(
                url=request.url,
                fetched_at=moment,
                status=response.status,
                headers=headers_of(response),
                payload=response.body,
                kind="other" if is_hop else request.meta["kind"],
                context={} if is_hop else request.meta["context"],
                rendered=rendered,
            ),
            find_original(crawl.store, request.url, sha256_of(response.body)),
        )
        exchange = Exchange(kept, request.url, response.status, moment, len(response.body))
        if "frontier_id" in request.meta:
            request.meta["exchanges"].append(exchange)
        else:
            crawl.keep_aside("other", [exchange])
        return response


def headers_of(response: ScrapyResponse) -> tuple[tuple[str, str], ...]:
    """Headers as text, in order."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )

"""Every response goes to the evidence before anything else looks at it."""

from scrapy import Request
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.http import Response as ScrapyResponse

from crawler.archive import PageRef, Response, decoded
from crawler.clock import now
from crawler.crawl import Crawl
from crawler.ids import sha256_of
from crawler.intake import Verdict
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
        """Write the response to the run's WARC file; the page's transaction indexes it.

        The intake guard looks first: what must not be stored is only counted.
        """
        crawl = self._scrapy.spider.crawl  # type: ignore[union-attr]
        verdict = crawl.guard.inspect(plain_body(response), content_type_of(response))
        request.meta["dropped"] = verdict.dropped
        exchange = self.keep(crawl, request, response, verdict)
        if "frontier_id" in request.meta:
            request.meta["exchanges"].append(exchange)
        else:
            crawl.keep_aside("other", [exchange])
        return response

    def keep(
        self, crawl: Crawl, request: Request, response: ScrapyResponse, verdict: Verdict
    ) -> Exchange:
        """The response as it was kept: whole, with secrets masked, or not at all."""
        moment = now()
        digest = sha256_of(response.body)
        if verdict.dropped:
            size = len(response.body)
            return Exchange(PageRef("", 0, digest), request.url, response.status, moment, size)
        masks = verdict.payload is not None and crawl.source.evidence == "masked"
        payload = verdict.payload if masks and verdict.payload is not None else response.body
        is_hop = 300 <= response.status < 400 or "frontier_id" not in request.meta
        kept = crawl.archive.keep(
            Response(
                url=request.url,
                fetched_at=moment,
                status=response.status,
                headers=headers_of(response, decoded=masks),
                payload=payload,
                kind="other" if is_hop else request.meta["kind"],
                context={} if is_hop else request.meta["context"],
                rendered="rendered" in response.flags,
                masked=verdict.masked if masks else 0,
            ),
            find_original(crawl.store, request.url, sha256_of(payload)),
        )
        return Exchange(kept, request.url, response.status, moment, len(response.body))


def plain_body(response: ScrapyResponse) -> bytes:
    """A response's body with its content encoding undone."""
    encoding = response.headers.get("Content-Encoding")
    return decoded(response.body, encoding.decode("latin-1") if encoding else None)


def content_type_of(response: ScrapyResponse) -> str | None:
    """The Content-Type header as text."""
    raw = response.headers.get("Content-Type")
    return raw.decode("latin-1") if raw else None


def headers_of(response: ScrapyResponse, *, decoded: bool = False) -> tuple[tuple[str, str], ...]:
    """Headers as text, in order; without the content encoding of a payload that was undone."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
        if not (decoded and name.lower() == b"content-encoding")
    )

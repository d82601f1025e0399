"""Every response goes to the evidence before anything else looks at it."""

import re
from dataclasses import dataclass

from scrapy import Request
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.http import Response as ScrapyResponse

from crawler.archive import PageRef, Response
from crawler.boundaries.secrets import MOST_SERVED, cookie_value, hide, remember_served, tokens_in
from crawler.clock import now
from crawler.crawl import Crawl
from crawler.encodings import Undone, layers_of, undo
from crawler.ids import sha256_of
from crawler.intake import Verdict
from crawler.media import NotTextError, signature_in
from crawler.store.evidence import find_original
from crawler.store.fetched import Exchange

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]+")


class BrokenPageError(ValueError):
    """A page of which only a part came."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A response's body without its content encoding."""

    body: bytes
    """The body, or what came of it."""
    served: bool
    """Whether the payload is kept as it was served, rather than this body."""
    whole: bool
    """Whether all of it came."""


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
        """The response with its content encoding undone, once it stands in the run's WARC file.

        The page's transaction indexes it. The intake guard looks first: what must not be stored
        is only counted.

        Raises:
            NotTextError: it holds no text; it is kept nowhere.
            BrokenPageError: it came in part only; what came is kept.
        """
        crawl = self._scrapy.spider.crawl  # type: ignore[union-attr]
        encoding = encoding_of(response)
        undone = undo(response.body, encoding)
        if kind := signature_in(undone.body):
            if response.status < 300:
                raise NotTextError(kind)
            undone, response = Undone(b""), response.replace(body=b"")
        fault = undone.fault or loss_of(response.flags, undone.body)
        remember_served(visitor_marks(request, response))
        verdict = crawl.guard.inspect(undone.body, content_type_of(response))
        request.meta["dropped"] = verdict.dropped
        plain = Plain(undone.body, served=fault is None and is_readable(encoding), whole=not fault)
        exchange = self.keep(crawl, request, response, verdict, plain)
        if "frontier_id" in request.meta:
            request.meta["exchanges"].append(exchange)
        else:
            crawl.keep_aside("other", [exchange])
        if fault:
            raise BrokenPageError(f"only a part of the page came: {fault}")
        return response.replace(body=undone.body) if encoding else response

    def keep(
        self,
        crawl: Crawl,
        request: Request,
        response: ScrapyResponse,
        verdict: Verdict,
        plain: Plain,
    ) -> Exchange:
        """The response as it was kept: whole, with secrets masked, or not at all."""
        moment, url = now(), hide(request.url)
        digest = sha256_of(response.body)
        if verdict.dropped:
            size = len(response.body)
            return Exchange(PageRef("", 0, digest), url, response.status, moment, size)
        masks = verdict.payload is not None and crawl.source.evidence == "masked"
        cleaned = verdict.payload if masks else verdict.own
        served = plain.served and cleaned is None
        payload = response.body if served else cleaned or plain.body
        is_aside = 300 <= response.status < 400 or "frontier_id" not in request.meta
        is_aside = is_aside or not plain.whole
        kept = crawl.archive.keep(
            Response(
                url=url,
                fetched_at=moment,
                status=response.status,
                headers=headers_of(response, decoded=not served),
                payload=payload,
                kind="other" if is_aside else request.meta["kind"],
                context={} if is_aside else request.meta["context"],
                rendered="rendered" in response.flags,
                masked=verdict.masked if masks else 0,
            ),
            find_original(crawl.store, url, sha256_of(payload)),
        )
        return Exchange(kept, url, response.status, moment, len(response.body))


def visitor_marks(request: Request, response: ScrapyResponse) -> list[str]:
    """What a site tells us apart by: cookies that a response sets, tokens of its URLs."""
    cookies = response.headers.getlist("Set-Cookie")[:MOST_SERVED]
    onward = response.headers.get("Location") or b""
    return [
        *(cookie_value(value.decode("latin-1")) for value in cookies),
        *tokens_in(request.url),
        *tokens_in(onward.decode("latin-1")),
    ]


def loss_of(flags: list[str], body: bytes) -> str | None:
    """Why a body is not whole, by how its connection ended; None when it seems to be.

    Without a stated length only the page itself can show that its end is missing.
    """
    if "dataloss" in flags:
        return "cut off"
    if "partial" in flags and b"<html" in body[:2000].lower() and b"</html" not in body.lower():
        return "cut off: no length stated, and no end of the page"
    return None


def encoding_of(response: ScrapyResponse) -> str | None:
    """The Content-Encoding of a response as one text; None without one."""
    stated = response.headers.getlist("Content-Encoding")
    return ",".join(value.decode("latin-1") for value in stated) or None


def is_readable(encoding: str | None) -> bool:
    """Whether a WARC reader can undo an encoding, so that the payload stays as it was served."""
    layers = layers_of(encoding)
    return not layers or (len(layers) == 1 and layers[0] in ("gzip", "x-gzip", "deflate", "br"))


def content_type_of(response: ScrapyResponse) -> str | None:
    """The Content-Type header as text."""
    raw = response.headers.get("Content-Type")
    return raw.decode("latin-1") if raw else None


def headers_of(response: ScrapyResponse, *, decoded: bool = False) -> tuple[tuple[str, str], ...]:
    """Headers as text, in order; without the content encoding of a payload that was undone.

    A header holds no line break, so that none forges another one in the evidence.
    """
    return tuple(
        (one_line(name), one_line(value))
        for name, values in response.headers.items()
        for value in values
        if not (decoded and name.lower() == b"content-encoding")
    )


def one_line(raw: bytes) -> str:
    """A header's name or value as text without control characters."""
    text = raw.decode("latin-1")
    return text if text.isprintable() else CONTROL.sub(" ", text)

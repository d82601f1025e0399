"""What every walk shares: a page comes, is read by its engine, becomes one item."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.crawl import LOGINS_TO_PAUSE, RETRY_STATUS, Crawl
from crawler.home import find_home
from crawler.lifeline import die_with_parent
from crawler.pipelines import PageItem
from crawler.policy import refusal
from crawler.reading import PageKind, Problem, Reading
from crawler.source import Source, SourceError, find_source
from crawler.store.fetched import Exchange, Fetched
from crawler.store.queue import Link
from spiders.reading import read_response

logger = logging.getLogger(__name__)

MAX_RETRY_AFTER_S = 3600.0
PAUSING = {"challenge": "a challenge or captcha", "banned": "a ban"}


class Walk(Spider, ABC):
    """How to walk one kind of site; subclasses say what to follow."""

    kind: ClassVar[str]
    """The kind of source that it walks."""
    start_kind: ClassVar[PageKind]
    """What its start pages are."""
    crawl: Crawl
    """What all parts of this crawl share."""

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler, *args: Any, **kwargs: Any) -> Self:
        """Open the crawl of `-a source=ID`; `-a full=1` opens every thread again.

        Raises:
            SourceError: the source is unknown, wrong, or of another kind.
        """
        die_with_parent()
        source_id = kwargs.pop("source", "")
        full = kwargs.pop("full", "0") not in ("0", "", "false")
        home = find_home()
        source = find_source(home, source_id)
        if source.kind != cls.kind:
            raise SourceError(
                f"{source_id}: kind: '{source.kind}' is walked by "
                f"`scrapy crawl {source.kind}`, not {cls.kind}"
            )
        apply_pace(crawler, source)
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.crawl = Crawl(home, source, full=full)
        crawler.signals.connect(spider.on_closed, signals.spider_closed)
        crawler.signals.connect(spider.on_spider_error, signals.spider_error)
        crawler.signals.connect(spider.on_item_error, signals.item_error)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Queue the start pages."""
        for url in self.crawl.source.start:
            link = Link(url, self.start_kind, priority=30, context={"list": url})
            yield Request(url, dont_filter=True, meta={"link": link})

    @abstractmethod
    def links(self, fetched: Fetched, reading: Reading) -> Iterator[Link]:
        """What to fetch next, given a page."""

    def parse(self, response: Response, **kwargs: Any) -> Iterator[PageItem]:
        """Read a page; one item, or a failed fetch that is tried again."""
        meta = response.meta
        if response.status in RETRY_STATUS:
            self.fail(meta, Problem("http_error", f"status {response.status}"), wait_s(response))
            return
        exchanges: tuple[Exchange, ...] = tuple(meta["exchanges"])
        fetched = Fetched(
            self.crawl.source.id, self.crawl.run.id, meta["kind"], exchanges, meta["context"]
        )
        reading = read_response(
            self.crawl.source,
            url=meta["asked"],
            body=response.body,
            content_type=content_type_of(response),
            status=response.status,
            fetched_at=fetched.page.fetched_at,
        )
        self.check_access(fetched, reading)
        links, strays = self.sort_links(fetched, reading)
        problems = (*reading.problems, *meta.get("browser_problems", ()), *strays)
        yield PageItem(
            fetched, replace(reading, problems=problems), tuple(links), meta["frontier_id"]
        )

    def sort_links(self, fetched: Fetched, reading: Reading) -> tuple[list[Link], list[Problem]]:
        """Links that policy allows, and the rest as problems."""
        links, strays = [], []
        for link in self.links(fetched, reading):
            reason = refusal(self.crawl.source, "GET", link.url)
            if reason:
                strays.append(Problem("refused", f"{link.url}: {reason}"))
            else:
                links.append(link)
        return links, strays

    def check_access(self, fetched: Fetched, reading: Reading) -> None:
        """Pause the source on a captcha, a ban or a lost login; its page stays in the queue.

        Raises:
            CloseSpider: the source is paused.
        """
        lost = reading.state == "login"
        self.crawl.logins_in_a_row = self.crawl.logins_in_a_row + 1 if lost else 0
        reason = PAUSING.get(reading.state)
        if lost and (
            fetched.page.url in self.crawl.source.start
            or self.crawl.logins_in_a_row >= LOGINS_TO_PAUSE
        ):
            reason = "a login page"
        if reason:
            self.crawl.keep_aside(fetched.kind, fetched.exchanges, reading.state)
            self.crawl.pause(f"{reason} at {fetched.page.url}")
            raise CloseSpider("paused")

    def fail(self, meta: dict[str, Any], problem: Problem, wait: float = 0) -> None:
        """Count a failed fetch of a page; what came for it stays in the evidence."""
        self.crawl.keep_aside(meta["kind"], meta["exchanges"])
        self.crawl.fail_page(meta["frontier_id"], meta["asked"], problem, wait)
        self.release(meta["frontier_id"])

    def release(self, row_id: str) -> None:
        """Tell the frontier that a page is no longer under way."""
        self.crawler.engine.scheduler.release(row_id)  # type: ignore[union-attr]

    def on_fetch_error(self, failure: Any) -> None:
        """A page that did not come; Scrapy puts the request on the failure."""
        meta = failure.request.meta
        if meta.get("refused"):
            self.release(meta["frontier_id"])
            return
        if failure.check(IgnoreRequest):
            reason = Problem("refused", f"{failure.value} (robots.txt of the site)")
            self.crawl.refuse(meta["frontier_id"], meta["asked"], reason)
            self.release(meta["frontier_id"])
            return
        detail = f"{failure.type.__name__ if failure.type else 'error'}: {failure.value}"
        self.fail(meta, Problem("fetch_failed", " ".join(detail.split())[:300]))

    def on_spider_error(self, failure: Failure, response: Response, **_: Any) -> None:
        """A page on which an engine failed: kept as evidence, an issue, and the run goes on."""
        detail = " ".join(f"{type(failure.value).__name__}: {failure.value}".split())[:300]
        self.fail(response.meta, Problem("engine_error", detail))

    def on_item_error(self, failure: Failure, **_: Any) -> None:
        """A page that could not be written: storage is at fault, so the run ends."""
        self.crawl.fault = f"storage: {failure.value}"
        logger.error("%s", self.crawl.fault)
        engine: Any = self.crawler.engine
        self.closing = asyncio.ensure_future(engine.close_spider_async(reason="storage"))

    def on_closed(self, reason: str) -> None:
        """Give the run's verdict."""
        row = self.crawl.finish(reason)
        logger.info("run %s: %s %s", row.id, row.status, row.reason or "")


def apply_pace(crawler: ScrapyCrawler, source: Source) -> None:
    """Set what the source's file says of pace, robots.txt and identity."""
    for name, value in {
        "DOWNLOAD_DELAY": source.delay_s,
        "ROBOTSTXT_OBEY": source.robots == "obey",
        "USER_AGENT": source.user_agent,
    }.items():
        crawler.settings.set(name, value, priority="spider")


def content_type_of(response: Response) -> str | None:
    """The Content-Type header as text."""
    raw = response.headers.get("Content-Type")
    return raw.decode("latin-1") if raw else None


def wait_s(response: Response) -> float:
    """Seconds that a `Retry-After` header asks for, at most an hour; 0 without one."""
    raw = (response.headers.get("Retry-After") or b"").strip()
    return min(float(raw), MAX_RETRY_AFTER_S) if raw.isdigit() and len(raw) < 8 else 0.0

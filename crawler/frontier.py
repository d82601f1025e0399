"""Scrapy's scheduler over the `frontier` table: the queue that survives `kill -9`.

A page stays `pending` until the transaction that keeps its rows marks it done. The source's lock
makes this process the only one that works on the source, so what is under way is known in memory.
"""

import json
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler as ScrapyCrawler

from crawler.clock import now
from crawler.records import FrontierRow
from crawler.store import queue

if TYPE_CHECKING:
    from crawler.crawl import Crawl


class Frontier(BaseScheduler):
    """Hands out pending pages of one source; never writes but for start pages."""

    def __init__(self, scrapy_crawler: ScrapyCrawler) -> None:
        """Wait for `open` to learn which crawl this is."""
        self._scrapy = scrapy_crawler
        self._under_way: set[str] = set()
        self._continued: deque[Request] = deque()
        self._asked = 0
        self._last_asked = float("-inf")

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler) -> "Frontier":
        """Scrapy's way to make one."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Learn which crawl this is."""
        walk: Any = spider
        self._walk = walk
        self._crawl: Crawl = walk.crawl

    def has_pending_requests(self) -> bool:
        """Whether a page is still to be fetched, due or not."""
        if self._over_budget():
            return False
        pending = queue.count_pending(self._crawl.store, self._crawl.source.id)
        return bool(self._continued) or pending > len(self._under_way)

    def enqueue_request(self, request: Request) -> bool:
        """Take a start page, or a redirect of a page that is under way."""
        if "frontier_id" in request.meta:
            self._continued.append(request)
            return True
        with self._crawl.store.transaction():
            link: queue.Link = request.meta["link"]
            queue.add_links(
                self._crawl.store, self._crawl.source.id, self._crawl.run.id, [link], full=True
            )
        return True

    def next_request(self) -> Request | None:
        """The next page that is due, or None."""
        if self._continued:
            return self._continued.popleft()
        if self._over_budget() or self._is_held():
            return None
        limit = len(self._under_way) + 1
        for row in queue.due(self._crawl.store, self._crawl.source.id, now(), limit):
            if row.id not in self._under_way:
                self._under_way.add(row.id)
                self._asked += 1
                self._last_asked = time.monotonic()
                return self._request(row)
        return None

    def release(self, row_id: str) -> None:
        """A page is no longer under way: it was kept or has failed."""
        self._under_way.discard(row_id)

    def _is_held(self) -> bool:
        until = self._crawl.hold_until
        paced = time.monotonic() - self._last_asked >= self._crawl.robots_delay_s
        return not paced or not self._crawl.is_open or (until is not None and now() < until)

    def _over_budget(self) -> bool:
        return self._asked >= self._crawl.source.page_budget or self._crawl.is_over

    def _request(self, row: FrontierRow) -> Request:
        return Request(
            self._crawl.source.at_address(row.url, self._crawl.address),
            callback=self._walk.parse,
            errback=self._walk.on_fetch_error,
            dont_filter=True,
            meta={
                "frontier_id": row.id,
                "kind": row.kind,
                "context": json.loads(row.context),
                "asked": row.url,
                "exchanges": [],
                "browser": self._crawl.source.browser is not None,
            },
        )

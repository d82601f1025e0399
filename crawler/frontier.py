"""Scrapy's scheduler over a frontier: the queue that survives `kill -9`.

What a page leads to is told to the frontier with its rows (`crawler.pipelines`); here pages are
only handed out. With a frontier of the home's own nobody else is at work. With a shared one pages
may come at any time from other workers, so it is asked again and again, and leases are renewed.
"""

import json
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.utils.asyncio import call_later, create_looping_call

from crawler.clock import now
from crawler.frontiers.contract import RENEWALS, FrontierError
from crawler.records import FrontierRow
from crawler.store import queue

if TYPE_CHECKING:
    from crawler.crawl import Crawl

ASK_AGAIN_S = 0.2
"""How long a worker waits before it asks a shared frontier again, seconds."""
AHEAD = 2
"""Pages under way beside those that are fetched: one that is read, and the next. A lost login or a
ban is noticed on the page that is read, so few are asked for after it."""
AHEAD_SHARED = 2
"""Pages of a shared frontier that are under way: a dead worker's are fetched again."""


class Frontier(BaseScheduler):
    """Hands out pending pages of one source; never writes but for start pages."""

    def __init__(self, scrapy_crawler: ScrapyCrawler) -> None:
        """Wait for `open` to learn which crawl this is."""
        self._scrapy = scrapy_crawler
        self._under_way: set[str] = set()
        self._continued: deque[Request] = deque()
        self._asked = 0
        self._last_asked = float("-inf")
        self._waits = False
        self._renewal: Any = None

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler) -> "Frontier":
        """Scrapy's way to make one."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Learn which crawl this is."""
        walk: Any = spider
        self._walk = walk
        self._crawl: Crawl = walk.crawl
        self._queue = walk.crawl.queue
        at_once = self._scrapy.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._most = AHEAD_SHARED if self._queue.shared else at_once + AHEAD
        if self._queue.shared:
            self._renewal = create_looping_call(self._renew)
            self._renewal.start(self._queue.lease_s / RENEWALS, now=False)

    def close(self, reason: str) -> None:
        """Stop renewing leases."""
        if self._renewal is not None and self._renewal.running:
            self._renewal.stop()

    def has_pending_requests(self) -> bool:
        """Whether a page is still to be fetched, due or not, by whomever."""
        if self._over_budget():
            return False
        if self._continued:
            return True
        try:
            pending = self._queue.count_pending()
        except FrontierError as error:
            self._walk.stop(f"frontier: {error}")
            return False
        return bool(pending > len(self._under_way))

    def enqueue_request(self, request: Request) -> bool:
        """Take a start page, or a redirect of a page that is under way."""
        if "frontier_id" in request.meta:
            self._continued.append(request)
            return True
        with self._crawl.store.transaction():
            link: queue.Link = request.meta["link"]
            self._queue.add([link], full=True)
        return True

    def next_request(self) -> Request | None:
        """The next page that is due, or None."""
        if self._continued:
            return self._continued.popleft()
        if self._over_budget() or self._is_held():
            return None
        try:
            row = self._leased()
        except FrontierError as error:
            self._walk.stop(f"frontier: {error}")
            return None
        if row is None:
            return None
        self._under_way.add(row.id)
        self._asked += 1
        self._last_asked = time.monotonic()
        return self._request(row)

    def release(self, row_id: str) -> None:
        """A page is no longer under way: it was kept or has failed, or is left to others."""
        self._under_way.discard(row_id)
        self._queue.put_back(row_id)

    def _leased(self) -> FrontierRow | None:
        """A page that is ours now, or None; then a shared frontier is asked again soon.

        Scrapy asks again by itself when a page is read.
        """
        if len(self._under_way) >= self._most:
            return None
        if not self._queue.shared:
            return next(iter(self._queue.lease(1)), None)
        pace_s = max(self._crawl.source.delay_s, self._crawl.robots_delay_s)
        rows = self._queue.lease(1, pace_s)
        if not rows:
            self._crawl.pause_reason = self._crawl.pause_reason or self._queue.paused_reason()
            self._ask_again()
        return next(iter(rows), None)

    def _ask_again(self) -> None:
        """Have Scrapy look soon, not at its next heart beat."""
        if not self._waits:
            self._waits = True
            call_later(ASK_AGAIN_S, self._wake)

    def _wake(self) -> None:
        self._waits = False
        slot = getattr(self._scrapy.engine, "_slot", None)
        if slot is not None and slot.closing is None:
            slot.nextcall.schedule()

    def _renew(self) -> None:
        """Say that this worker lives and has its pages."""
        try:
            self._queue.renew()
        except FrontierError as error:
            self._walk.stop(f"frontier: {error}")

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

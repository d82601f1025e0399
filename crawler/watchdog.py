"""A Scrapy extension that sees to it that a crawl ends: when told to, and when nothing happens."""

import asyncio
import atexit
import logging
import os
import signal
import time
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler as ScrapyCrawler

from crawler.clock import now
from crawler.ending import ENDING, Code, end_by_force, end_by_force_in

if TYPE_CHECKING:
    from crawler.crawl import Crawl

logger = logging.getLogger(__name__)

BEAT_S = 2.0
"""How often a crawl shows that it lives, seconds."""
PATIENCE_S = 1.5
"""How long pages under way are waited for after SIGTERM, seconds."""
LAST_S = 3.5
"""When the process ends by force, whatever it does, seconds after SIGTERM."""


class Watchdog:
    """Ends the crawl in bounded time after a signal, and when it is stalled."""

    def __init__(self, scrapy_crawler: ScrapyCrawler) -> None:
        """Wait for the spider."""
        self._scrapy = scrapy_crawler
        self._stalled_s = scrapy_crawler.settings.getfloat("STALLED_S")
        self._beats: asyncio.Task[None] | None = None
        self._told = False
        self._done: tuple[Any, ...] = ()
        self._since = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler) -> Self:
        """Scrapy's way to make one."""
        extension = cls(crawler)
        crawler.signals.connect(extension.opened, signals.spider_opened)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        return extension

    @property
    def _crawl(self) -> "Crawl":
        return self._scrapy.spider.crawl  # type: ignore[union-attr, no-any-return]

    def opened(self, spider: Spider) -> None:
        """Begin: Scrapy's own handlers are there already."""
        for each in ENDING:
            signal.signal(each, partial(self.heed, signal.getsignal(each)))
        self._beats = asyncio.ensure_future(self.beat())

    def closed(self, spider: Spider) -> None:
        """The crawl is over; what its run's row cannot say, the exit code does."""
        if self._beats:
            self._beats.cancel()
        atexit.register(leave_if_full, self._crawl)

    def heed(self, scrapys: Any, signum: int, frame: Any) -> None:
        """End within seconds; Scrapy tries it gently first."""
        if not self._told:
            self._told = True
            end_by_force_in(LAST_S)
            asyncio.get_event_loop().call_later(PATIENCE_S, self.give_up)
        if callable(scrapys):
            scrapys(signum, frame)

    def give_up(self) -> None:
        """Give the verdict without waiting for what is under way, and end."""
        row = self._crawl.finish("shutdown")
        logger.info("run %s: %s %s", row.id, row.status, row.reason or "")
        end_by_force()

    async def beat(self) -> None:
        """Show that the crawl lives, and end it when it is stalled."""
        while True:
            os.utime(self._crawl.lock_path)
            self._crawl.watch_wal()
            if self.is_stalled():
                text = f"stalled: nothing came for {self._stalled_s:.0f} s; the next run goes on"
                self._scrapy.spider.stop(text)  # type: ignore[union-attr]
                return
            await asyncio.sleep(BEAT_S)

    def is_stalled(self) -> bool:
        """Whether no page came and none failed for long, though the site asked for no rest."""
        hold, done = self._crawl.hold_until, (self._crawl.store.commits,)
        if done != self._done or (hold is not None and now() < hold):
            self._done, self._since = done, time.monotonic()
        return time.monotonic() - self._since > self._stalled_s


def leave_if_full(crawl: "Crawl") -> None:
    """End with the code for storage where that took something not; Scrapy knows no such code."""
    if (crawl.fault or "").startswith("storage"):
        os._exit(Code.STORAGE)

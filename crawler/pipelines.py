"""From a page that was read to rows: one item a page, one transaction an item."""

from dataclasses import dataclass

from scrapy.crawler import Crawler as ScrapyCrawler

from crawler.reading import Reading
from crawler.store.evidence import keep_page
from crawler.store.fetched import Fetched
from crawler.store.queue import Plan


@dataclass(frozen=True, slots=True)
class PageItem:
    """A page as the walk read it."""

    fetched: Fetched
    """Where its evidence lies and what was asked."""
    reading: Reading
    """What it says."""
    plan: Plan
    """What to fetch next."""
    frontier_id: str
    """Its row in the frontier."""


class KeepPage:
    """Item pipeline: writes the page's rows, links and done mark together."""

    def __init__(self, scrapy_crawler: ScrapyCrawler) -> None:
        """Remember whose crawl it is."""
        self._scrapy = scrapy_crawler

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler) -> "KeepPage":
        """Scrapy's way to make one."""
        return cls(crawler)

    def process_item(self, item: PageItem) -> PageItem:
        """Write one page."""
        crawl = self._scrapy.spider.crawl  # type: ignore[union-attr]
        keep_page(
            crawl.store,
            item.fetched,
            item.reading,
            item.plan,
            frontier_id=item.frontier_id,
        )
        self._scrapy.engine.scheduler.release(item.frontier_id)  # type: ignore[union-attr]
        return item

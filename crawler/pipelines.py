"""From a page that was read to rows: one item a page, one transaction an item."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scrapy.crawler import Crawler as ScrapyCrawler

from crawler.frontiers.contract import FrontierError, Learned
from crawler.reading import Reading
from crawler.store.evidence import keep_page
from crawler.store.fetched import Fetched
from crawler.store.queue import Plan
from crawler.store.reads import read_of

if TYPE_CHECKING:
    from crawler.crawl import Crawl


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
        walk: Any = self._scrapy.spider
        crawl: Crawl = walk.crawl
        if crawl.queue.shared:
            try:
                keep_and_tell(crawl, item)
            except FrontierError as error:
                # the rows are kept; the page is fetched again, which changes nothing
                walk.stop(f"frontier: {error}")
        else:
            keep_page(
                crawl.store,
                item.fetched,
                item.reading,
                item.plan,
                frontier_id=item.frontier_id,
            )
            crawl.queue.kept(item.frontier_id, item.plan.links)
        self._scrapy.engine.scheduler.release(item.frontier_id)  # type: ignore[union-attr]
        return item


def keep_and_tell(crawl: "Crawl", item: PageItem) -> None:
    """Commit a page's rows, and only then tell the shared frontier what it leads to.

    Raises:
        FrontierError: the rows are committed, but the frontier could not be told.
    """
    fetched, reading, plan = item.fetched, item.reading, item.plan
    keep_page(crawl.store, fetched, reading, replace(plan, links=()), shared=True)
    thread = fetched.context.get("thread")
    learned = Learned(
        links=plan.links,
        full=plan.full,
        read=read_of(fetched, reading),
        dropped=str(thread) if reading.state == "dropped" and thread else None,
    )
    skipped = crawl.queue.ack(item.frontier_id, learned)
    if skipped:
        with crawl.store.transaction():
            crawl.store.execute(
                "update runs set threads_skipped = threads_skipped + ? where id = ?",
                (skipped, crawl.run.id),
            )

"""What the crawl path is measured against: bare Scrapy, and the naive project.

`python -m scripts.bench_rivals bare|naive ROOT FILE [DATABASE]` fetches the targets that FILE
lists, one a line. Bare: Scrapy as it comes, 32 requests at a time, nothing is parsed. Naive:
Scrapy as it comes, parsel, one item a post, sqlite-utils writes each item.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, ClassVar

import sqlite_utils
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

QUIET = {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": False}


class Bare(Spider):
    """Fetches and drops."""

    name = "bare"
    custom_settings: ClassVar[dict[str, Any]] = {
        **QUIET, "CONCURRENT_REQUESTS": 32, "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
    }  # fmt: skip
    root = ""
    targets: tuple[str, ...] = ()

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every page."""
        for target in self.targets:
            yield Request(self.root + target, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> Iterator[dict[str, Any]]:
        """Nothing."""
        yield from ()


class Naive(Bare):
    """Parses with parsel, yields an item a post."""

    name = "naive"
    custom_settings: ClassVar[dict[str, Any]] = {
        **QUIET, "ITEM_PIPELINES": {"scripts.bench_rivals.Upsert": 1},
    }  # fmt: skip
    database = ""

    def parse(self, response: Response, **_: Any) -> Iterator[dict[str, Any]]:
        """An item for each post."""
        for post in response.css(".post"):
            yield {
                "id": post.attrib.get("id"),
                "thread": response.url,
                "author": post.css(".author_information a::text").get(),
                "posted": post.css(".post_date::text").get(),
                "text": " ".join(post.css(".post_body ::text").getall()),
            }


class Upsert:
    """Writes each item by itself."""

    def open_spider(self, spider: Naive) -> None:
        """Open the database."""
        self.posts = sqlite_utils.Database(spider.database)["posts"]

    def process_item(self, item: dict[str, Any], spider: Naive) -> dict[str, Any]:
        """Write an item."""
        self.posts.upsert(item, pk="id")  # type: ignore[union-attr]
        return item


def main() -> None:
    """Fetch."""
    kind, root, file, *database = sys.argv[1:]
    spider = {"bare": Bare, "naive": Naive}[kind]
    spider.root = root
    spider.targets = tuple(Path(file).read_text("utf-8").splitlines())
    Naive.database = database[0] if database else ""
    process = AsyncCrawlerProcess()
    process.crawl(spider)
    process.start()


if __name__ == "__main__":
    main()

"""Walks a market or shop: lists of products, and product pages where a source has them."""

import json
from collections.abc import Iterator

from crawler.ids import id_of
from crawler.reading import Reading
from crawler.store.fetched import Fetched
from crawler.store.queue import Link
from spiders.walk import Step, Walk


class MarketWalk(Walk):
    """Follows a list to its end; opens product pages where the source describes them."""

    name = "market"
    kind = "market"
    start_kind = "market"

    @property
    def has_product_pages(self) -> bool:
        """Whether the source's selectors describe product pages."""
        return "product" in self.crawl.source.selectors

    def steps(self, fetched: Fetched, reading: Reading) -> Iterator[Step]:
        """Product pages, and the page that continues the list."""
        if self.has_product_pages:
            for thread in reading.threads:
                listed = dict(reading.listed.get(thread.native_id, {}))
                context = {"thread": thread.native_id} | ({"listed": listed} if listed else {})
                stated = json.dumps(listed, sort_keys=True)
                mark = id_of(thread.title, str(thread.replies), str(thread.last_post_at), stated)
                yield Link(thread.url, "item", context=context, mark=mark)
        yield from self.next_step(fetched, reading, "market")

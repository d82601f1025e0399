"""Walks a channel: newest messages first, back to what is known."""

from collections.abc import Iterator

from crawler.ids import id_of
from crawler.reading import Reading
from crawler.store.fetched import Fetched
from crawler.store.queue import marks
from spiders.walk import Step, Walk


class ChannelWalk(Walk):
    """Follows the page of older messages; stops early where it knows every message."""

    name = "channel"
    kind = "channel"
    start_kind = "channel"

    def steps(self, fetched: Fetched, reading: Reading) -> Iterator[Step]:
        """The page of older messages, unless this page brought nothing new."""
        if reading.next_page and (self.crawl.full or self.has_news(reading)):
            yield from self.next_step(fetched, reading, "channel")

    def has_news(self, reading: Reading) -> bool:
        """Whether a page shows a message that is not stored yet."""
        ids = [id_of("post", self.crawl.source.id, post.native_id) for post in reading.posts]
        (known,) = self.crawl.store.rows(
            f"select count(*) from posts where id in ({marks(len(ids))})", tuple(ids)
        )
        return int(known[0]) < len(set(ids))

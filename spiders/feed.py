"""Walks a feed or an interface's timeline: newest posts first, back to what is known."""

from crawler.reading import Reading
from spiders.channel import ChannelWalk


class FeedWalk(ChannelWalk):
    """Walks as a channel does, and past pages on which nothing is the account's own."""

    name = "feed"
    kind = "feed"
    start_kind = "channel"

    def has_news(self, reading: Reading) -> bool:
        """Whether a page shows an unknown post, or none at all (a page of boosts)."""
        return not reading.posts or super().has_news(reading)

"""Rows that let several machines' databases become one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WalkRow:
    """A complete reading that some machine made: what it should have met and did not is gone.

    One machine's own crawl judges by itself and writes none; with many machines a thread's pages
    may be read by several of them, so `rackrent merge` judges when their rows have come together.
    """

    id: str
    """Stable id of scope and time; of scope alone where only the newest counts."""
    source_id: str
    """Which source."""
    scope: str
    """What was read: the id of a thread or post, `list` and the URL of a list, `gone` or `closed`
    and the id of a thread."""
    began_at: str
    """When the reading began, UTC: what was last seen before is gone."""
    low: int | None
    """Of a channel's page, the lowest number in its posts' ids: only those between are judged."""
    high: int | None
    """Of a channel's page, the highest number."""

"""What the keeper sees and does outside of its ledger: a machine, or a test."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from crawler.scheduling.plan import Plan


class Process(Protocol):
    """A child at work."""

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""

    def ask_to_end(self) -> None:
        """Have it end soon."""

    def stop(self) -> int:
        """Wait until it ended, not for ever; its exit code."""


class World(Protocol):
    """What the keeper sees and does outside of its ledger."""

    def plans(self) -> Mapping[str, Plan]:
        """The plans of all sources that can be scheduled."""

    def is_held_back(self, source_id: str) -> bool:
        """Whether it must not be read now: it is paused, or somebody else reads it."""

    def last_read(self, source_id: str) -> datetime | None:
        """When its newest run that came to an end began, whoever started it, UTC."""

    def crawl(self, source_id: str) -> Process:
        """Start reading a source."""

    def chores(self) -> Process:
        """Start what follows from new texts: analysis, then alerts."""

    def has_rules(self) -> bool:
        """Whether there is anything to be told to anybody."""

    def tell(self) -> Process:
        """Start alerts alone."""

"""What every frontier promises, whatever keeps it; `tests/test_frontiers.py` holds each to it.

- A page that was added is handed out until it is acknowledged or given up; none is lost when a
  worker dies, and none is handed out twice at a time.
- A page is acknowledged after its rows are committed, together with the links found on it.
- A page that fails waits, and after `MAX_TRIES` it is a dead letter until the next round. So is one
  whose workers died that often.
- A round is what one machine calls a run: in it no page is handed out again once it was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from crawler.records import FrontierRow, ThreadReadRow
from crawler.store.queue import Link

LEASE_S = 120.0
"""How long a worker that says nothing keeps its pages, seconds."""
RENEWALS = 4
"""How often a worker says something in that time."""


class FrontierError(RuntimeError):
    """The frontier cannot be used; its text says why and what to do, and holds no secret."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What a page that was read tells the frontier."""

    links: Sequence[Link] = ()
    """Pages to fetch next."""
    full: bool = True
    """Whether pages are fetched again although their mark did not change."""
    read: ThreadReadRow | None = None
    """The thread that was read to its end with this page."""
    dropped: str | None = None
    """Native id of a thread that must not be opened again (intake guard)."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A page that was given up."""

    source_id: str
    url: str
    kind: str
    """What it was expected to be."""
    tries: int
    """How often it was tried in its round."""
    detail: str | None
    """What went wrong last."""


class PageQueue(Protocol):
    """The frontier of one source, as one worker sees it."""

    shared: bool
    """Whether other machines' workers use it too: then rows are committed elsewhere, before."""
    lease_s: float
    """How long a worker that says nothing keeps its pages, seconds."""

    def begin(self, *, full: bool) -> bool:
        """Begin a round, or join the one that is under way; whether it opens everything again.

        A new round gives dead letters another chance.
        """

    def add(self, links: Sequence[Link], *, full: bool) -> int:
        """Queue what this round has to fetch; how many unchanged pages were left out."""

    def lease(self, limit: int, pace_s: float = 0.0) -> list[FrontierRow]:
        """At most so many pages that are due, the first ones first; they are this worker's now.

        `pace_s` is the least time between two pages of the source over all workers, seconds.
        """

    def renew(self) -> None:
        """Say that this worker is alive and still has its pages."""

    def put_back(self, row_id: str) -> None:
        """Give back a page that was not asked for, or whose try does not count."""

    def ack(self, row_id: str, learned: Learned) -> int:
        """A page was read and its rows are committed; how many unchanged pages it leads to."""

    def kept(self, row_id: str, links: Sequence[Link]) -> None:
        """A page that lies in the home's database was committed with its links and rows there."""

    def fail(self, row_id: str, wait_s: float, detail: str) -> bool:
        """Count a failed fetch; whether the page is given up for this round.

        `wait_s` is the least pause before the next try, seconds.
        """

    def give_up(self, row_id: str, detail: str) -> None:
        """Leave a page to the next round."""

    def close_page(self, row_id: str) -> None:
        """A page that may not be asked for: it is never tried again."""

    def tries(self, row_id: str) -> int:
        """Failed fetches of a page in this round."""

    def count_pending(self) -> int:
        """Pages still to fetch, due or not, whoever has them."""

    def dead_letters(self) -> list[DeadLetter]:
        """Pages that were given up, sorted by URL."""

    def retry_dead(self) -> int:
        """Queue the dead letters again; how many."""

    def reads_of(self, native_ids: Sequence[str]) -> dict[str, ThreadReadRow]:
        """How threads were when they were last read to their end, by native id."""

    def dropped(self, native_ids: Sequence[str]) -> set[str]:
        """Which of these threads must not be opened again."""

    def hold(self, wait_s: float) -> None:
        """Hand out nothing of the source for a while, to nobody: the site asks for it."""

    def pause(self, reason: str | None) -> None:
        """Stop everybody from reading the source until it is resumed; None resumes it."""

    def paused_reason(self) -> str | None:
        """Why nobody may read the source; None when all may."""

    def end(self) -> None:
        """Give back what is left of this worker's, and close."""

"""What a walk does when pages do not come: later, elsewhere, not at all, or end the run."""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.breaker import ANSWERED_BADLY, Breaker, jittered
from crawler.clock import now
from crawler.fetching import HostDeadError, RunEndedError
from crawler.reading import Problem
from crawler.source_fields import host_of
from crawler.upstream import ProxyDownError
from spiders.faults import (
    LONGEST_HOLD_S,
    RATE_LIMIT_S,
    RATE_LIMITS,
    is_final,
    is_unreachable,
    problem_of,
    wait_s,
    weight_of,
)

if TYPE_CHECKING:
    from spiders.walk import Walk

logger = logging.getLogger(__name__)

HOLDS_S = 600.0
"""How long a run rests in all because a site asks for it; then it ends, and the next goes on."""


class Setbacks:
    """The failed fetches of one walk."""

    def __init__(self, walk: "Walk") -> None:
        """Begin with none."""
        self._walk = walk
        self.breaker = Breaker()
        self._held_s = 0.0
        self._failed: set[str] = set()

    def warn(self) -> None:
        """Say in the run's issues which protection the source's file gives up."""
        crawl = self._walk.crawl
        if crawl.source.tls == "unverified":
            told = Problem("tls_unverified", "certificates are not verified (tls: unverified)")
            with crawl.store.transaction():
                crawl.note(crawl.source.url, [told], now())

    def put_off(self, response: Response) -> None:
        """Try a page again later; the whole site rests when it says that we ask too often."""
        crawl, meta = self._walk.crawl, response.meta
        asked_s = wait_s(response)
        if response.status in RATE_LIMITS:
            held_s = jittered(min(asked_s or RATE_LIMIT_S, LONGEST_HOLD_S))
            self._held_s += held_s
            crawl.hold(meta["asked"], held_s, response.status)
        problem = Problem("http_error", f"status {response.status}")
        self._walk.fail(meta, problem, min(asked_s, LONGEST_HOLD_S))
        self._count(meta["frontier_id"], response.url, ANSWERED_BADLY)
        if self._held_s > HOLDS_S:
            self._walk.end(f"the site asks again and again to wait (status {response.status})")

    def brake(self, response: Response, asked_s: float) -> None:
        """Rest because a page says, whatever its status, that we ask too often."""
        crawl, meta = self._walk.crawl, response.meta
        held_s = jittered(min(asked_s or RATE_LIMIT_S, LONGEST_HOLD_S))
        self._held_s += held_s
        crawl.hold(meta["asked"], held_s, response.status)
        problem = Problem("rate_limited", f"the page asks to wait (status {response.status})")
        self._walk.fail(meta, problem, held_s)
        if self._held_s > HOLDS_S:
            self._walk.end("the site asks again and again to wait")

    def on_fetch_error(self, failure: Any) -> None:
        """A page that did not come; Scrapy puts the request on the failure."""
        error, url, meta = failure.value, failure.request.url, failure.request.meta
        crawl = self._walk.crawl
        if isinstance(error, ProxyDownError):
            self._walk.stop(f"proxy: {error}")
        if isinstance(error, ProxyDownError | RunEndedError) or meta.get("refused"):
            self._walk.release(meta["frontier_id"])
        elif isinstance(error, HostDeadError):
            with crawl.store.transaction():
                crawl.queue.give_up(meta["frontier_id"], f"host_down: {error}")
            self._walk.release(meta["frontier_id"])
        elif is_unreachable(error) and crawl.next_address(url):
            # the page is still pending: it is asked for at the next address
            self._walk.release(meta["frontier_id"])
        elif isinstance(error, IgnoreRequest) or is_final(error):
            crawl.keep_aside(meta["kind"], meta["exchanges"])
            crawl.refuse(meta["frontier_id"], meta["asked"], problem_of(error))
            self._walk.release(meta["frontier_id"])
        else:
            self._walk.fail(meta, problem_of(error))
            self._count(meta["frontier_id"], url, weight_of(error))

    def _count(self, row_id: str, url: str, weight: int) -> None:
        """Count a failure against its host: rest, and at last ask nothing more of it.

        A page that fails again says nothing new of its host.
        """
        if row_id in self._failed:
            return
        self._failed.add(row_id)
        crawl, host = self._walk.crawl, host_of(url)
        rest_s = self.breaker.failed(host, weight)
        if rest_s:
            logger.warning("%s does not answer: nothing is asked for %.0f s", host, rest_s)
            until = now() + timedelta(seconds=rest_s)
            crawl.hold_until = max(until, crawl.hold_until or until)
        if host in self.breaker.dead:
            reason = f"{host} does not answer, or only badly; what is left waits for the next run"
            with crawl.store.transaction():
                crawl.note(url, [Problem("host_down", reason)], now())
            if self.breaker.is_alone:
                self._walk.end(reason)

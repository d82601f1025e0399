"""What every walk shares: a page comes, is read by its engine, becomes one item."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.archiving import content_type_of
from crawler.crawl import LOGINS_TO_PAUSE, RETRY_STATUS, Crawl
from crawler.frontiers.address import address_of
from crawler.frontiers.contract import FrontierError
from crawler.home import find_home
from crawler.lifeline import die_with_parent
from crawler.pipelines import PageItem
from crawler.policy import refusal
from crawler.reading import PageKind, Problem, Reading
from crawler.source import Source, SourceError, find_source
from crawler.source_fields import host_of
from crawler.store.fetched import Exchange, Fetched
from crawler.store.gone import missing_threads
from crawler.store.queue import Link, Plan
from crawler.worker import StoppedError
from spiders.engines.recipe import RecipeError, recipe_in
from spiders.intake import guarded
from spiders.paging import onward
from spiders.parsing import PARSER, asked_of
from spiders.reading import with_listed
from spiders.setbacks import Setbacks

logger = logging.getLogger(__name__)

PAUSING = {
    "challenge": "a challenge or captcha",
    "banned": "a ban",
    "maintenance": "a notice of maintenance",
    "seized": "a notice that the site was seized",
}
OTHERS = {"login": "a login page", "wrong_site": "another site"}
"""States that pause on a start page, or when several pages in a row have them."""
EVENTS = frozenset({"seized", "wrong_site"})
"""States that are worth an issue besides the pause."""
READABLE = frozenset({"ok", "empty", "login", "forbidden"})
"""States of pages that show whether one is logged in."""
OFF = ("0", "", "false")
Step = Link | Problem
"""A page to fetch, or what keeps the walk from going on."""


class Walk(Spider, ABC):
    """How to walk one kind of site; subclasses say what to follow."""

    kind: ClassVar[str]
    """The kind of source that it walks."""
    start_kind: ClassVar[PageKind]
    """What its start pages are."""
    crawl: Crawl
    """What all parts of this crawl share."""
    setbacks: Setbacks
    """What happens when pages do not come."""
    skipped: int
    """Threads of the page at hand that are left out."""

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler, *args: Any, **kwargs: Any) -> Self:
        """Open the crawl of `-a source=ID`; `-a full=1` opens every thread again, `-a now=1`
        reads outside of the source's active hours too, `-a frontier=ADDRESS` shares the work.

        Raises:
            SourceError: the source is unknown, wrong, or of another kind.
            FrontierError: the shared frontier cannot be used.
        """
        die_with_parent()
        source_id = kwargs.pop("source", "")
        full = kwargs.pop("full", "0") not in OFF
        now_too = kwargs.pop("now", "0") not in OFF
        frontier = address_of(kwargs.pop("frontier", None))
        home = find_home()
        source = find_source(home, source_id)
        if source.kind != cls.kind:
            raise SourceError(
                f"{source_id}: kind: '{source.kind}' is walked by "
                f"`scrapy crawl {source.kind}`, not {cls.kind}"
            )
        check_recipe(source)
        apply_pace(crawler, source)
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.setbacks = Setbacks(spider)
        spider.crawl = Crawl(home, source, full=full, any_hour=now_too, frontier=frontier)
        crawler.signals.connect(spider.on_closed, signals.spider_closed)
        crawler.signals.connect(spider.on_spider_error, signals.spider_error)
        crawler.signals.connect(spider.on_item_error, signals.item_error)
        return spider

    def start_link(self, url: str) -> Link:
        """A start page as the frontier takes it."""
        return Link(url, self.start_kind, priority=30, context={"list": url})

    async def start(self) -> AsyncIterator[Any]:
        """Sign in where the source has a login form, then queue the start pages."""
        if self.crawl.source.session:
            # late: most sources have no login, and its HTTP client takes a quarter of a second
            from spiders.login import entry_obstacle

            obstacle = await asyncio.to_thread(entry_obstacle, self.crawl.home, self.crawl.source)
            if obstacle:
                self.crawl.close_entry(obstacle)
                return
            self.crawl.is_open = True
        self.setbacks.warn()
        for url in self.crawl.source.start:
            yield Request(url, dont_filter=True, meta={"link": self.start_link(url)})
        for native_id, url in missing_threads(self.crawl.store, self.crawl.source.id):
            # a second sighting tells whether it is gone
            again = Link(url, "thread", priority=10, context={"thread": native_id})
            yield Request(url, dont_filter=True, meta={"link": again})

    @abstractmethod
    def steps(self, fetched: Fetched, reading: Reading) -> Iterator[Step]:
        """What to fetch next, given a page, and what is wrong with its paging."""

    def next_step(self, fetched: Fetched, reading: Reading, kind: PageKind) -> Iterator[Step]:
        """The page that continues a list."""
        context = onward(fetched, reading, self.crawl.source.limits.board_pages)
        if isinstance(context, Problem):
            yield context
        elif context is not None and reading.next_page:
            context["walk"] = fetched.walk
            yield Link(reading.next_page, kind, priority=10, context=context)

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[PageItem]:
        """Read a page; one item, or a failed fetch that is tried again."""
        meta = response.meta
        if response.status in RETRY_STATUS:
            self.setbacks.put_off(response)
            return
        self.setbacks.breaker.succeeded(host_of(response.url))
        exchanges: tuple[Exchange, ...] = tuple(meta["exchanges"])
        fetched = Fetched(
            self.crawl.source.id,
            self.crawl.run.id,
            meta["kind"],
            exchanges,
            meta["context"],
            asked=meta["asked"],
            retention=self.crawl.source.retention,
        )
        asked = asked_of(
            self.crawl.source,
            url=meta["asked"],
            body=response.body,
            content_type=content_type_of(response),
            status=response.status,
            fetched_at=fetched.page.fetched_at,
        )
        try:
            reading = await PARSER.read_aside(asked, self.is_ending)
        except StoppedError:
            # not read, so still to be fetched
            self.release(meta["frontier_id"])
            return
        if reading.state == "rate_limited":
            self.setbacks.brake(response, reading.wait_s)
            return
        reading = with_listed(reading, meta["context"])
        reading = guarded(reading, self.crawl.guard, dropped=bool(meta.get("dropped")))
        self.check_access(fetched, reading)
        plan, strays = self.plan(fetched, reading)
        problems = (*reading.problems, *meta.get("browser_problems", ()), *strays)
        yield PageItem(fetched, replace(reading, problems=problems), plan, meta["frontier_id"])

    def is_ending(self) -> bool:
        """Whether the crawl has been told to end."""
        slot = getattr(self.crawler.engine, "_slot", None)
        return slot is None or slot.closing is not None

    def plan(self, fetched: Fetched, reading: Reading) -> tuple[Plan, list[Problem]]:
        """Links that policy allows, and the rest as problems."""
        self.skipped = 0
        links: list[Link] = []
        strays: list[Problem] = []
        for step in self.steps(fetched, reading):
            if isinstance(step, Problem):
                strays.append(step)
                continue
            link = replace(step, url=self.crawl.source.canonical(step.url))
            reason = refusal(self.crawl.source, "GET", link.url)
            if reason:
                strays.append(Problem("refused", f"{link.url[:300]}: {reason}"))
            else:
                links.append(link)
        return Plan(tuple(links), self.skipped, self.crawl.full), strays

    def check_access(self, fetched: Fetched, reading: Reading) -> None:
        """Pause the source on a captcha, a ban or a lost login; its page stays in the queue.

        Raises:
            CloseSpider: the source is paused.
        """
        reason = self.obstacle(fetched, reading)
        if reading.signed_in is not None:
            self.crawl.signed_in = reading.signed_in
        if reason:
            self.crawl.keep_aside(fetched.kind, fetched.exchanges, reading.state)
            if reading.state in EVENTS:
                with self.crawl.store.transaction():
                    event = Problem(reading.state, reason)
                    self.crawl.note(fetched.url, [event], fetched.page.fetched_at)
            self.crawl.pause(f"{reason} at {fetched.url}")
            raise CloseSpider("paused")

    def obstacle(self, fetched: Fetched, reading: Reading) -> str | None:
        """Why the source cannot be read on; None when it can."""
        if reason := PAUSING.get(reading.state):
            return reason
        if reading.signed_in is False and reading.state in READABLE:
            return "the session is lost: a page for guests"
        lost = reading.state in OTHERS
        self.crawl.logins_in_a_row = self.crawl.logins_in_a_row + 1 if lost else 0
        if lost and (
            fetched.url in self.crawl.source.start or self.crawl.logins_in_a_row >= LOGINS_TO_PAUSE
        ):
            return OTHERS[reading.state]
        return None

    def fail(self, meta: dict[str, Any], problem: Problem, wait: float = 0) -> None:
        """Count a failed fetch of a page; what came for it stays in the evidence."""
        self.crawl.keep_aside(meta["kind"], meta["exchanges"])
        self.crawl.fail_page(meta["frontier_id"], meta["asked"], problem, wait)
        self.release(meta["frontier_id"])

    def release(self, row_id: str) -> None:
        """Tell the frontier that a page is no longer under way."""
        self.crawler.engine.scheduler.release(row_id)  # type: ignore[union-attr]

    def on_fetch_error(self, failure: Any) -> None:
        """A page that did not come."""
        self.setbacks.on_fetch_error(failure)

    def on_spider_error(self, failure: Failure, response: Response, **_: Any) -> None:
        """A page on which an engine failed: kept as evidence, an issue, and the run goes on."""
        if isinstance(failure.value, FrontierError):
            self.stop(f"frontier: {failure.value}")
            return
        detail = " ".join(f"{type(failure.value).__name__}: {failure.value}".split())[:300]
        self.fail(response.meta, Problem("engine_error", detail))

    def on_item_error(self, failure: Failure, **_: Any) -> None:
        """A page that could not be written: storage is at fault, so the run ends."""
        self.stop(f"storage: {failure.value}")

    def stop(self, fault: str) -> None:
        """End the run because of a fault that no further page can mend."""
        if self.crawl.fault:
            return
        self.crawl.fault = fault
        logger.error("%s", fault)
        engine: Any = self.crawler.engine
        self.closing = asyncio.ensure_future(engine.close_spider_async(reason="fault"))

    def end(self, reason: str) -> None:
        """End the run; what is left is for the next one."""
        logger.error("%s", reason)
        engine: Any = self.crawler.engine
        self.closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))

    def on_closed(self, reason: str) -> None:
        """Give the run's verdict."""
        row = self.crawl.finish(reason)
        logger.info("run %s: %s %s", row.id, row.status, row.reason or "")


def check_recipe(source: Source) -> None:
    """Refuse a home-made site whose recipe has a fault, before its first page.

    Raises:
        SourceError: one line for each fault.
    """
    if source.engine != "declared":
        return
    try:
        recipe_in(source.selectors)
    except RecipeError as error:
        lines = [f"{source.id}: {line}" for line in str(error).splitlines()]
        raise SourceError("\n".join(lines)) from error


def apply_pace(crawler: ScrapyCrawler, source: Source) -> None:
    """Set what the source's file says of pace, robots.txt and identity."""
    for name, value in {
        "DOWNLOAD_DELAY": source.delay_s,
        "AUTOTHROTTLE_ENABLED": source.delay_s > 0,
        "ROBOTSTXT_OBEY": source.robots == "obey",
        "USER_AGENT": source.user_agent,
        "DOWNLOAD_VERIFY_CERTIFICATES": source.tls == "verified",
    }.items():
        crawler.settings.set(name, value, priority="spider")
    if source.browser:
        # one window: a page that waited for another one would hold its slot meanwhile
        crawler.settings.set("CONCURRENT_REQUESTS", 1, priority="spider")
    if source.proxy:
        # a hidden service may take most of a page's time to be reached
        total_s = crawler.settings.getfloat("FETCH_TOTAL_S")
        crawler.settings.set("FETCH_STALL_S", total_s, priority="spider")

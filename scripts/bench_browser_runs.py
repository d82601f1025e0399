"""The contestants of `bench_browser.py`, one a process, one page at a time.

`python -m scripts.bench_browser_runs raw|scrapy|ours ROOT FILE FEWER` fetches the pages that FILE
lists, one a line, and prints the seconds that those after the first FEWER took.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from playwright.sync_api import Route, sync_playwright
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from crawler.browser import Browser, RenderJob
from crawler.chromium import find_chromium
from scripts.bench_browser_site import LAST, WAIT_FOR

USED = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
"""Kinds of requests that all contestants let pass, to the board's host only."""
TIMEOUT_S = 30.0
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@dataclass
class Clock:
    """Takes the time of the pages after the first few."""

    fewer: int
    seen: int = 0
    begun: float = 0.0
    ended: float = 0.0
    faults: list[str] = field(default_factory=list)

    def tick(self, url: str, html: str) -> None:
        """A page has come."""
        if LAST not in html:
            self.faults.append(f"{url}: {len(html)} characters without {LAST}")
        self.seen += 1
        self.ended = time.perf_counter()
        if self.seen == self.fewer:
            self.begun = self.ended

    def tell(self, pages: int) -> None:
        """Print the seconds.

        Raises:
            SystemExit: a page is missing or incomplete.
        """
        if self.faults or self.seen != pages:
            sys.exit(f"{self.seen} of {pages} pages came: {self.faults[:3]}")
        print(self.ended - self.begun)


def is_blocked(kind: str, url: str, host: str) -> bool:
    """Whether nobody asks for this."""
    return kind not in USED or urlsplit(url).netloc != host


def raw(root: str, targets: list[str], clock: Clock) -> None:
    """Playwright as it comes: one page, reused; a route blocks what nobody needs."""
    host = urlsplit(root).netloc

    def decide(route: Route) -> None:
        if is_blocked(route.request.resource_type, route.request.url, host):
            route.abort()
        else:
            route.continue_()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page = browser.new_context(user_agent=AGENT).new_page()
        page.route("**/*", decide)
        for target in targets:
            page.goto(root + target, wait_until="domcontentloaded", timeout=1000 * TIMEOUT_S)
            page.wait_for_selector(WAIT_FOR, state="attached")
            clock.tick(target, page.content())
        browser.close()


def ours(root: str, targets: list[str], clock: Clock) -> None:
    """The crawl's browser with everything on: gate, deadline, replaced process."""

    async def run() -> None:
        browser = Browser()
        for target in targets:
            job = RenderJob(
                url=root + target, hosts=(urlsplit(root).netloc,), local=True, wait_for=WAIT_FOR,
                scroll=0, timeout_s=TIMEOUT_S, user_agent=AGENT,
            )  # fmt: skip
            rendered = await browser.render(job)
            clock.tick(target, rendered.html)
            clock.faults += rendered.notes
        await browser.close()

    asyncio.run(run())


class Playwrights(Spider):
    """Fetches pages with scrapy-playwright."""

    name = "playwrights"
    root = ""
    targets: tuple[str, ...] = ()
    clock: ClassVar[Clock]

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every page."""
        from scrapy_playwright.page import PageMethod

        for target in self.targets:
            wait = PageMethod("wait_for_selector", WAIT_FOR, state="attached")
            meta = {
                "playwright": True,
                "playwright_page_methods": [wait],
                "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
            }
            yield Request(self.root + target, meta=meta, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> None:
        """Take the time."""
        Playwrights.clock.tick(response.url, response.text)


def scrapy(root: str, targets: list[str], clock: Clock) -> None:
    """scrapy-playwright as its manual has it, one request at a time."""
    host = urlsplit(root).netloc
    handler = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
    settings = {
        "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": False,
        "CONCURRENT_REQUESTS": 1, "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "PLAYWRIGHT_LAUNCH_OPTIONS": {"executable_path": str(find_chromium())},
        "PLAYWRIGHT_ABORT_REQUEST": lambda request: is_blocked(
            request.resource_type, request.url, host),
        "USER_AGENT": AGENT,
    }  # fmt: skip
    Playwrights.root, Playwrights.targets, Playwrights.clock = root, tuple(targets), clock
    process = AsyncCrawlerProcess(settings)
    process.crawl(Playwrights)
    process.start()


def main() -> None:
    """Fetch."""
    kind, root, file, fewer = sys.argv[1:]
    targets = Path(file).read_text("utf-8").splitlines()
    clock = Clock(int(fewer))
    {"raw": raw, "ours": ours, "scrapy": scrapy}[kind](root, targets, clock)
    clock.tell(len(targets))


if __name__ == "__main__":
    main()

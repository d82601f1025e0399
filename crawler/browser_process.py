"""The disposable process that drives Chromium: one JSON job a line in, one JSON answer a line out.

It reads only: GET and HEAD to the job's hosts, no media, no downloads, no pop-ups; it scrolls,
presses the one "load more" button that the source's file names, and never types.
"""

import json
import select
import sys
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Playwright, sync_playwright

from crawler.lifeline import die_with_parent
from crawler.rendering.driver import Driver, identity_of
from crawler.rendering.enclosure import NotEnclosedError
from crawler.rendering.reading import PageFailedError

RESERVE = 0.15
"""Share of a page's deadline that is kept for taking the document."""
LINGER_S = 0.3
"""How long a page is kept open for the next one to follow it directly, seconds."""


class Desk:
    """Answers jobs, with one driver as long as the identity stays the same."""

    def __init__(self, playwright: Playwright) -> None:
        """Start nothing yet."""
        self._playwright = playwright
        self._driver: Driver | None = None

    def answer(self, job: dict[str, Any]) -> dict[str, Any]:
        """What to say to a job: a page, an error, or that the proxy is down."""
        if self._driver and self._driver.key != identity_of(job):
            self.close()
        self._or_give_up(Driver.turn_over)
        until = time.monotonic() + job["timeout_s"] * (1 - RESERVE)
        try:
            self._driver = self._driver or Driver(self._playwright, job)
            said = self._driver.render(job, until)
        except NotEnclosedError as error:
            return {"proxy_down": str(error)}
        except PageFailedError as error:
            said = {"hostile": str(error)}
        except PlaywrightError as error:
            crashed = self._driver is not None and self._driver.crashed
            text = " ".join(str(error).split())[:300]
            said = {"crashed": text} if crashed or is_end(text) else {"error": text}
        if self._driver and self._driver.gate.down:
            said = {"proxy_down": self._driver.gate.down}
        return said

    def tidy(self) -> None:
        """Leave the last page, so that it does nothing while nobody looks."""
        self._or_give_up(Driver.leave)

    def _or_give_up(self, step: Callable[[Driver], None]) -> None:
        """Do something with the driver; a browser that cannot is given up."""
        try:
            if self._driver:
                step(self._driver)
        except PlaywrightError:
            self.close()

    def close(self) -> None:
        """End the browser."""
        driver, self._driver = self._driver, None
        if driver:
            driver.close()


def is_end(text: str) -> bool:
    """Whether Playwright says that the browser is no more."""
    return "has been closed" in text or "crashed" in text or "Connection closed" in text


def main() -> None:
    """Answer jobs until standard input ends."""
    die_with_parent()
    with sync_playwright() as playwright:
        desk = Desk(playwright)
        while line := sys.stdin.readline():
            print(json.dumps(desk.answer(json.loads(line))), flush=True)
            if not select.select([sys.stdin], [], [], LINGER_S)[0]:
                desk.tidy()
        desk.close()


if __name__ == "__main__":
    main()

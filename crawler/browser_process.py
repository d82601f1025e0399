"""The disposable process that drives Chromium: one JSON job a line in, one JSON answer a line out.

It reads only: GET and HEAD to the job's hosts, no media, no downloads, no pop-ups; it scrolls,
presses the one "load more" button that the source's file names, and never types.
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Playwright, Request, Route, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from crawler.chromium import find_chromium
from crawler.gate import Gate
from crawler.lifeline import die_with_parent
from crawler.upstream import Upstream

HTML_LIMIT = 8 * 1024 * 1024
QUIET_S = 0.35
"""How long nothing may change before a page counts as settled."""
QUIET_ROUNDS = 2
MOVING_ROUNDS = 12
"""Rounds with no request open after which a page that never comes to rest is taken as it is."""
SETTLE_ROUNDS = 40
"""Rounds after which it is taken although it still waits for an answer."""
SKIPPED = frozenset({"image", "media", "font", "texttrack", "eventsource", "websocket", "manifest"})
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--metrics-recording-only",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-features=Translate,OptimizationHints,MediaRouter,InterestFeedContentSuggestions",
)
# WebSockets and WebRTC pass Playwright's routes, so pages do not get them at all
NO_SIDE_DOORS = """
for (const name of ["WebSocket", "WebTransport", "RTCPeerConnection", "webkitRTCPeerConnection",
    "EventSource", "SharedWorker", "Worker"]) {
  Object.defineProperty(window, name, {value: undefined, writable: false, configurable: false});
}
window.open = () => null;
navigator.sendBeacon = () => false;
"""
PHONE_HOME = re.compile(
    r"^[A-Z]+ (https?://)?[\w.-]*\.(google|googleapis|gstatic|gvt1|googleusercontent)\.com[:/]"
)
"""Chromium's own calls that no flag turns off; the gate refuses them like all others."""
OPENING = 0.6
"""Share of a page's deadline that its opening may take."""
WAITING = 0.25
"""Share of it that its content may take to appear."""
PRESS_MS = 3000
RESTORE_STORAGE = """
(origins) => {
  for (const {origin, localStorage: items} of origins) {
    if (origin !== location.origin) continue;
    for (const {name, value} of items || []) window.localStorage.setItem(name, value);
  }
}
"""
MEASURE = "[document.documentElement.scrollHeight, document.getElementsByTagName('*').length]"


class Driver:
    """A Chromium for one set of hosts and one identity; the gate is its only way out."""

    def __init__(self, playwright: Playwright, job: dict[str, Any]) -> None:
        """Start Chromium with a fresh profile."""
        self.key = identity_of(job)
        self.hosts = frozenset(job["hosts"])
        self.refused: list[str] = []
        self.in_flight: set[Request] = set()
        self.notes: list[str] = []
        self._stack = ExitStack()
        upstream = Upstream(**job["upstream"]) if job["upstream"] else None
        self.gate = Gate(self.hosts, local=job["local"], upstream=upstream)
        self._stack.callback(self.gate.close)
        profile = self._stack.enter_context(
            tempfile.TemporaryDirectory(prefix="rackrent-", ignore_cleanup_errors=True)
        )
        self.context: BrowserContext = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=find_chromium(),
            headless=True,
            chromium_sandbox=os.geteuid() != 0,
            args=list(FLAGS),
            user_agent=job["user_agent"],
            locale="en-US",
            timezone_id="UTC",
            accept_downloads=False,
            service_workers="block",
            permissions=[],
            proxy={"server": self.gate.address},
        )
        self._stack.callback(self.context.close)
        self.context.add_init_script(NO_SIDE_DOORS)
        self.restore(job["state"])
        self.context.route("**/*", self.decide)
        self.context.on("page", self.close_popup)
        self.page: Page = self.context.pages[0]
        self.page.on("dialog", lambda dialog: dialog.dismiss())
        self.page.on("request", self.begin)
        self.page.on("requestfinished", self.end)
        self.page.on("requestfailed", self.end)

    def close(self) -> None:
        """End Chromium and remove its profile."""
        self._stack.close()

    def restore(self, state: dict[str, Any] | None) -> None:
        """Begin with a session's cookies and storage."""
        if not state:
            return
        self.context.add_cookies(state["cookies"])
        if state["origins"]:
            self.context.add_init_script(f"({RESTORE_STORAGE})({json.dumps(state['origins'])})")

    def close_popup(self, page: Page) -> None:
        """Close every window but the one that is driven."""
        if page is not self.page:
            page.close()

    def begin(self, request: Request) -> None:
        """Count a request that has no answer yet."""
        self.in_flight.add(request)

    def end(self, request: Request) -> None:
        """Count a request as answered."""
        self.in_flight.discard(request)

    def decide(self, route: Route) -> None:
        """Let a request pass, or abort it."""
        request = route.request
        if request.resource_type in SKIPPED:
            route.abort()
        elif request.method not in ("GET", "HEAD") or not self.is_allowed(request.url):
            self.refused.append(f"{request.method} {request.url}"[:300])
            route.abort()
        else:
            route.continue_()

    def is_allowed(self, url: str) -> bool:
        """Whether a URL is on one of the job's hosts."""
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and parts.netloc.lower() in self.hosts

    def render(self, job: dict[str, Any]) -> dict[str, Any]:
        """The page of a job after its scripts ran."""
        self.refused.clear()
        self.gate.refused.clear()
        self.in_flight.clear()
        self.notes = []
        whole_ms = job["timeout_s"] * 1000
        response = self.page.goto(
            job["url"], wait_until="domcontentloaded", timeout=whole_ms * OPENING
        )
        if job["wait_for"]:
            self.wait_for(job["wait_for"], whole_ms * WAITING)
        self.settle()
        self.unfold(job["scroll"], self.scroll_down)
        if job["more"]:
            self.unfold(job["more_times"], lambda: self.press(job["more"]))
        return {
            "final_url": self.page.url,
            "status": response.status if response else 0,
            "html": self.document(),
            "notes": self.notes,
            "refused": list(dict.fromkeys([*self.refused, *self.leaks()])),
            "cookies": self.context.cookies() if job["state"] else [],
        }

    def unfold(self, times: int, step: Callable[[], bool]) -> None:
        """Repeat a step until the document no longer grows."""
        for _ in range(times):
            before = self.page.evaluate(MEASURE)
            if not step():
                return
            self.settle()
            if self.page.evaluate(MEASURE) == before:
                return

    def scroll_down(self) -> bool:
        """Scroll to the bottom."""
        self.page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        return True

    def press(self, selector: str) -> bool:
        """Press the "load more" button; whether it was there."""
        button = self.page.query_selector(selector)
        if button is None or not button.is_visible() or not button.is_enabled():
            return False
        button.click(timeout=PRESS_MS, no_wait_after=True)
        return True

    def document(self) -> str:
        """The document as it stands, cut at the limit with a note."""
        html = self.page.content()
        if len(html) > HTML_LIMIT:
            self.notes.append(f"the document of {len(html)} characters was cut at {HTML_LIMIT}")
        return html[:HTML_LIMIT]

    def leaks(self) -> list[str]:
        """What only the gate stopped, without the browser's own calls to its maker."""
        return [line for line in self.gate.refused if not PHONE_HOME.search(line)]

    def wait_for(self, selector: str, limit_ms: float) -> None:
        """Wait for the content; a page that lacks it is taken as it is."""
        try:
            self.page.wait_for_selector(selector, state="attached", timeout=limit_ms)
        except PlaywrightError as error:
            self.notes.append(f"wait_for {selector} did not appear: {error}".splitlines()[0])

    def settle(self) -> None:
        """Wait until the document stops growing and nothing is asked for, within bounds."""
        seen, quiet, moving = None, 0, 0
        for _ in range(SETTLE_ROUNDS):
            # not time.sleep: Playwright handles requests only while it is called
            self.page.wait_for_timeout(QUIET_S * 1000)
            now = self.page.evaluate(MEASURE)
            quiet = quiet + 1 if now == seen and not self.in_flight else 0
            moving += now != seen and not self.in_flight
            seen = now
            if quiet >= QUIET_ROUNDS or moving >= MOVING_ROUNDS:
                return


def identity_of(job: dict[str, Any]) -> str:
    """What must be the same for two jobs to share a browser."""
    return json.dumps([job["hosts"], job["local"], job["user_agent"], job["upstream"]])


def main() -> None:
    """Answer jobs until standard input ends."""
    die_with_parent()
    with sync_playwright() as playwright:
        driver: Driver | None = None
        for line in sys.stdin:
            job = json.loads(line)
            try:
                if driver and driver.key != identity_of(job):
                    driver.close()
                    driver = None
                driver = driver or Driver(playwright, job)
                answer = driver.render(job)
            except PlaywrightError as error:
                answer = {"error": " ".join(str(error).split())[:300]}
            if driver and driver.gate.down:
                answer = {"proxy_down": driver.gate.down}
            print(json.dumps(answer), flush=True)
        if driver:
            driver.close()


if __name__ == "__main__":
    main()

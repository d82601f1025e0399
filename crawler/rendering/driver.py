"""Drives a Chromium: opens a page, waits for its content, takes the document, never types."""

import json
import time
from contextlib import ExitStack
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from crawler.gate import Gate
from crawler.rendering import scripts
from crawler.rendering.identity import identity_for
from crawler.rendering.launching import context_options, launch, start_for
from crawler.rendering.reading import HTML_LIMIT, Document, PageFailedError, Reader
from crawler.rendering.resting import Rest, Resting, come_to_rest
from crawler.rendering.traffic import Traffic
from crawler.rendering.unfolding import Unfolding, unfold
from crawler.upstream import Upstream

EMPTY = "ERR_HTTP_RESPONSE_CODE_FAILURE"
"""What Chromium says of an error's status without a document."""
GONE = frozenset({404, 410})
LEAVE_MS = 2000
"""How long a page may take to be left."""


class GoneError(Exception):
    """The site says that there is no such page, and nothing else."""


class Driver:
    """A Chromium for one set of hosts and one identity; the gate is its only way out."""

    def __init__(self, playwright: Playwright, job: dict[str, Any]) -> None:
        """Start Chromium with a fresh profile."""
        self.key = identity_of(job)
        self._stack = ExitStack()
        upstream = Upstream(**job["upstream"]) if job["upstream"] else None
        self.gate = Gate(frozenset(job["hosts"]), local=job["local"], upstream=upstream)
        self._stack.callback(self.gate.close)
        who = identity_for(job["user_agent"])
        start = start_for(self._stack, job["isolation"], self.gate.address)
        options = context_options(who, verify=job["verify"])
        self._context = launch(self._stack, playwright, start, who).new_context(**options)
        hook = scripts.new_hook()
        self._context.add_init_script(scripts.first_script(who.navigator, hook))
        self._restore(job["state"])
        self._page: Page = self._context.new_page()
        self._reader = Reader(self._page, hook)
        self._reader.say(who.override)
        self._traffic = Traffic(self._page, frozenset(job["hosts"]))
        self._context.route("**/*", self._traffic.decide)
        self._context.on("page", self._close_popup)
        self._page.on("dialog", answer_dialog)
        self._page.on("crash", self._note_crash)
        self._scripts = True
        self._until = 0.0
        self._rest: Rest | None = None
        self._is_left = True
        self._notes: list[str] = []
        self._keeps_cookies = False
        self.crashed = False

    def close(self) -> None:
        """End Chromium and remove its profile."""
        self._stack.close()

    def leave(self) -> None:
        """Leave the page, so that nothing of it meets the next one.

        Raises:
            PlaywrightError: the page does not let go.
        """
        self._page.goto("about:blank", timeout=LEAVE_MS)
        self._reader.forget_past()
        self._is_left = True

    def turn_over(self) -> None:
        """Make sure that the page at hand, if it was not left, will make way for the next one.

        Raises:
            PlaywrightError: its scripts loop.
        """
        if not self._is_left:
            self._page.wait_for_selector(":root", state="attached", timeout=LEAVE_MS)
            self._reader.forget_past()

    def render(self, job: dict[str, Any], until: float) -> dict[str, Any]:
        """The page of a job after its scripts ran, taken at `until` (monotonic seconds) at last.

        Raises:
            PlaywrightError: Chromium or the page failed.
            PageFailedError: the page is not to be had.
        """
        self._until = until
        self._notes = []
        self._is_left = False
        self.gate.refused.clear()
        self._traffic.start(job["url"])
        self._keeps_cookies = bool(job["state"])
        if job["scripts"] != self._scripts:
            self._scripts = job["scripts"]
            self._reader.allow_scripts(allowed=self._scripts)
        try:
            self._show(job)
        except GoneError:
            return self._told(job["url"], "", [])
        if any(self._traffic.is_allowed("GET", url) for url in self._moves()):
            # it may have set a cookie first: asked again, it may stay
            self._traffic.again()
            self._show(job)
        if job["scroll"] or job["more"]:
            with_ = Unfolding(self._page, self._reader, self._come_to_rest, until)
            self._notes += unfold(with_, job)
            self._rest = None
        return self._answer()

    def _show(self, job: dict[str, Any]) -> None:
        """Open the page and wait for its content."""
        try:
            self._page.goto(job["url"], wait_until="domcontentloaded", timeout=self._left_ms())
        except PlaywrightTimeout as error:
            # a renderer that loops may not even tell that the document has come whole
            if self._traffic.answer is not None and self._scripts:
                raise PageFailedError("its scripts did not come to an end") from error
            raise
        except PlaywrightError as error:
            if EMPTY in str(error) and self._traffic.status in GONE:
                raise GoneError from error
            raise
        self._reader.begin()
        has_content = job["wait_for"] is not None and self._wait_for(job["wait_for"])
        self._come_to_rest(has_content=has_content)

    def _answer(self) -> dict[str, Any]:
        document = self._document()
        if document.length > HTML_LIMIT:
            self._notes.append(
                f"the document of {document.length} characters was cut at {HTML_LIMIT}"
            )
        if not self._scripts:
            self._notes.append("its scripts kept the page from being read: they were left out")
        return self._told(document.url, document.html, self._moves())

    def _document(self) -> Document:
        """The document as it stands.

        Raises:
            PageFailedError: it is none of a web server any more.
        """
        taken = self._rest.document if self._rest else None
        document = taken or self._reader.document()
        if not document.url.startswith(("http://", "https://")):
            raise PageFailedError(f"the page left for {document.url}"[:200])
        return document

    def _told(self, final_url: str, html: str, wanted: list[str]) -> dict[str, Any]:
        """The answer to a job."""
        moves = [f"{url}: the page wanted to go there" for url in wanted[:5]]
        return {
            "final_url": final_url,
            "status": self._traffic.status,
            "html": html,
            "notes": self._notes,
            "refused": [*dict.fromkeys([*self._traffic.refused, *moves, *self.gate.refused[:20]])],
            "cookies": self._context.cookies() if self._keeps_cookies else [],
        }

    def _moves(self) -> list[str]:
        """Where the page wanted to go instead."""
        said: list[str] = []
        if self._rest:
            said = self._rest.moves
        elif self._scripts:
            said = self._reader.told().moves
        return list(dict.fromkeys([*self._traffic.moves, *said]))

    def _wait_for(self, selector: str) -> bool:
        """Whether the content came; a page that lacks it is taken as it is, if its scripts ran."""
        if not self._scripts:
            if self._page.query_selector(selector) is None:
                raise PageFailedError(f"wait_for {selector} is not there without its scripts")
            return True
        try:
            self._page.wait_for_selector(selector, state="attached", timeout=self._left_ms() / 2)
        except PlaywrightError as error:
            line = f"wait_for {selector} did not appear: {error}".splitlines()[0]
            self._notes.append(line)
            return False
        return True

    def _come_to_rest(self, *, has_content: bool = False) -> None:
        self._rest = None
        if self._scripts:
            waiting = self._traffic.under_way
            with_ = Resting(self._page, self._reader, lambda: bool(waiting), has_content)
            self._rest = come_to_rest(with_, self._until, with_document=True)

    def _left_ms(self) -> float:
        left_s: float = self._until - time.monotonic()
        return max(1.0, left_s * 1000)

    def _restore(self, state: dict[str, Any] | None) -> None:
        """Begin with a session's cookies and storage."""
        if not state:
            return
        self._context.add_cookies(state["cookies"])
        if state["origins"]:
            self._context.add_init_script(scripts.storage_script(state["origins"]))

    def _close_popup(self, page: Page) -> None:
        if page is not self._page:
            page.close()

    def _note_crash(self, _: Page) -> None:
        self.crashed = True


def answer_dialog(dialog: Any) -> None:
    """Say no to every dialog, but let a page be left."""
    if dialog.type == "beforeunload":
        dialog.accept()
    else:
        dialog.dismiss()


def identity_of(job: dict[str, Any]) -> str:
    """What must be the same for two jobs to share a browser."""
    parts = ("hosts", "local", "user_agent", "upstream", "isolation", "verify")
    return json.dumps([job[part] for part in parts])

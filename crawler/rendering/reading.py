"""What the page says, asked in a world of ours beside its scripts, which cannot lie there."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page
from playwright.sync_api import Error as PlaywrightError

from crawler.rendering import scripts

HTML_LIMIT = 8 * 1024 * 1024
"""Longest document that is taken, characters; cut before it leaves the browser."""
WORLD = "rk"


class PageFailedError(Exception):
    """The page at hand is not to be had; the text says why."""


@dataclass(frozen=True, slots=True)
class State:
    """How a document stands at one moment."""

    parsed: bool
    """Whether it was parsed to its end."""
    still: bool
    """Whether nothing changed in it for three frames."""
    size: tuple[int, ...]
    """Height in pixels and number of elements."""


class Reader:
    """Reads one page through the DevTools protocol."""

    def __init__(self, page: Page, hook: str) -> None:
        """Attach to a page."""
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._hook = hook
        self._frame = self._tree()["id"]
        self._world: int | None = None

    def say(self, override: dict[str, Any]) -> None:
        """Have the page say who it is."""
        self._cdp.send("Emulation.setUserAgentOverride", override)

    def allow_scripts(self, *, allowed: bool) -> None:
        """Whether scripts of pages run from the next page on."""
        self._cdp.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def forget_past(self) -> None:
        """Leave nothing that a page could go back to."""
        self._cdp.send("Page.resetNavigationHistory")

    def begin(self) -> None:
        """Watch the document that is there now."""
        world = {"frameId": self._frame, "worldName": WORLD}
        self._world = self._cdp.send("Page.createIsolatedWorld", world)["executionContextId"]
        self._evaluate(scripts.WATCH, self._world)

    def address(self) -> str:
        """Where the document is from.

        Raises:
            PageFailedError: it is no document of a web server any more.
        """
        frame = self._tree()
        url = str(frame["url"])
        if frame.get("unreachableUrl") or not url.startswith(("http://", "https://")):
            raise PageFailedError(f"the page left for {frame.get('unreachableUrl') or url}"[:200])
        return url

    def ask(self, expression: str) -> Any:
        """The value of an expression in our world; a page that was loaded anew is watched anew."""
        if self._world is not None:
            try:
                return self._evaluate(expression, self._world)
            except PlaywrightError as error:
                if "context" not in str(error):
                    raise
        self.begin()
        return self._evaluate(expression, self._world)

    def pending(self) -> int:
        """Timers that are due soon and requests without an answer; 0 where no scripts run."""
        return int(self._told()[0] or 0)

    def moves(self) -> list[str]:
        """Where the page's scripts wanted to go."""
        return self._told()[1:]

    def _told(self) -> list[str]:
        """What our script in the page says: timers, then addresses."""
        found = self._evaluate(f"window[{self._hook!r}]", None)
        return str(found).split("\n") if isinstance(found, str) else [""]

    def check_guard(self) -> None:
        """Make sure that our script came before the page's own.

        Raises:
            PageFailedError: it did not, so the page's scripts must not run.
        """
        if self._told() == [""]:
            raise PageFailedError("our script did not run before those of the page")

    def state(self) -> State:
        """How the document stands after three frames."""
        parsed, still, *size = self.ask(scripts.STATE)
        return State(bool(parsed), bool(still), tuple(size))

    def size(self) -> tuple[int, ...]:
        """Height in pixels and number of elements."""
        return tuple(self.ask(scripts.SIZE))

    def document(self) -> tuple[str, int]:
        """The document as it stands, cut at the limit, and its whole length in characters."""
        length, html = self.ask(f"{scripts.DOCUMENT}({HTML_LIMIT})")
        return str(html), int(length)

    def _tree(self) -> dict[str, Any]:
        return dict(self._cdp.send("Page.getFrameTree")["frameTree"]["frame"])

    def _evaluate(self, expression: str, world: int | None) -> Any:
        asked: dict[str, Any] = {
            "expression": expression, "returnByValue": True, "awaitPromise": True,
        }  # fmt: skip
        answer = self._cdp.send(
            "Runtime.evaluate", asked | ({"contextId": world} if world is not None else {})
        )
        if "exceptionDetails" in answer:
            said = answer["exceptionDetails"]
            text = said.get("exception", {}).get("description") or said.get("text", "")
            raise PageFailedError(f"the page cannot be read: {text}"[:200])
        return answer["result"].get("value")

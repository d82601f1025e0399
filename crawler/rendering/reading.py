"""What the page says, asked in a world of ours beside its scripts, which cannot lie there."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page
from playwright.sync_api import Error as PlaywrightError

from crawler.rendering import scripts

HTML_LIMIT = 8 * 1024 * 1024
"""Longest document that is taken, characters; cut before it leaves the browser."""
WORLD = "rk"
AT_ONCE = 512 * 1024
"""Longest document that is taken along when a page is asked how it stands, characters."""


class PageFailedError(Exception):
    """The page at hand is not to be had; the text says why."""


@dataclass(frozen=True, slots=True)
class Told:
    """What our script in a page says of it."""

    pending: int
    """Timers that are due soon, and requests without an answer."""
    needs_frames: bool
    """Whether its scripts do something with the next frame, or when something is seen."""
    moves: list[str]
    """Where it wanted to go."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it stood at one moment."""

    length: int
    """Characters of the whole."""
    html: str
    """Its markup, cut at the limit."""
    url: str
    """Where it is from."""


@dataclass(frozen=True, slots=True)
class State:
    """How a document stands at one moment."""

    parsed: bool
    """Whether it was parsed to its end."""
    still: bool
    """Whether nothing changed in it for three frames."""
    size: tuple[int, ...]
    """Height in pixels and number of elements."""
    document: Document | None = None
    """The document, where it was asked for, stood still and was short enough."""


class Reader:
    """Reads one page through the DevTools protocol."""

    def __init__(self, page: Page, hook: str) -> None:
        """Attach to a page."""
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._hook = hook
        self._frame = self._cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
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

    def ask(self, expression: str) -> Any:
        """The value of an expression in our world; a page that was loaded anew is watched anew."""
        expression = f"{scripts.WATCH};{expression}"
        if self._world is not None:
            try:
                return self._evaluate(expression, self._world)
            except PlaywrightError as error:
                if "context" not in str(error):
                    raise
        self.begin()
        return self._evaluate(expression, self._world)

    def told(self) -> Told:
        """What our script in the page says, where scripts run.

        Raises:
            PageFailedError: it did not run before the page's own.
        """
        found = self._evaluate(f"window[{self._hook!r}]", None)
        if not isinstance(found, str):
            raise PageFailedError("our script did not run before those of the page")
        pending, frames, *moves = found.split("\n")
        return Told(int(pending), frames == "1", moves)

    def state(self, *, frames: int, with_document: bool) -> State:
        """How the document stands after some frames, or after its next tasks where that is 0."""
        limit = AT_ONCE if with_document else 0
        parsed, still, size, taken = self.ask(f"{scripts.STATE}({frames}, {limit})")
        document = Document(int(taken[0]), *map(str, taken[1:])) if taken else None
        return State(bool(parsed), bool(still), tuple(size), document)

    def size(self) -> tuple[int, ...]:
        """Height in pixels and number of elements."""
        return tuple(self.ask(scripts.SIZE))

    def document(self) -> Document:
        """The document as it stands, cut at the limit."""
        length, html, url = self.ask(f"{scripts.DOCUMENT}({HTML_LIMIT})")
        return Document(int(length), str(html), str(url))

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

"""What is asked of the browser's process and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from crawler.upstream import ProxyDownError, Upstream

LONGEST_S = 60.0
"""Longest time that a page may take, whatever its source says, seconds."""


@dataclass(frozen=True, slots=True)
class RenderJob:
    """A page to be rendered."""

    url: str
    """What to open."""
    hosts: tuple[str, ...]
    """Exact hosts (with port, where the URL states one) that may be asked."""
    local: bool
    """Whether the hosts may be on this machine."""
    wait_for: str | None
    """CSS selector that shows that the content is there."""
    scroll: int
    """How often at most to scroll to the bottom."""
    timeout_s: float
    """Deadline, seconds; more than `LONGEST_S` counts as that."""
    user_agent: str
    """What the browser says it is."""
    upstream: Upstream | None = None
    """The proxy that its way out leads through."""
    more: str | None = None
    """CSS selector of the "load more" button, the only thing that is ever clicked."""
    more_times: int = 50
    """How often at most to press it."""
    memory_mb: int = 2048
    """What the browser and its children may hold together."""
    state: Mapping[str, Any] | None = None
    """Cookies and storage of a session."""
    isolation: Literal["process", "namespace"] = "process"
    """Whether Chromium also gets a network namespace without any way out but the gate."""
    verify: bool = True
    """Whether certificates are verified."""
    scripts: bool = True
    """Whether the page's scripts run."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as the browser shows it."""

    final_url: str
    """Its address in the end: after redirects, and as its scripts rewrote it."""
    status: int
    """HTTP status of the document."""
    html: str
    """The document after its scripts ran."""
    refused: tuple[str, ...]
    """URLs that the page asked for and policy refused."""
    notes: tuple[str, ...] = ()
    """What is missing from the document, one line each."""
    cookies: tuple[Mapping[str, Any], ...] = ()
    """The browser's cookies after it, where the job brought a session."""


class BrowserError(RuntimeError):
    """A page could not be rendered; the browser was thrown away, so the next page may work."""


class BrowserGoneError(BrowserError):
    """The browser died under a page: killed, or crashed by it."""


class HostilePageError(BrowserError):
    """A page that its own scripts kept from being read; without them it may be readable."""


def rendered(url: str, answer: dict[str, Any]) -> Rendered:
    """The page that the browser's process answered with.

    Raises:
        ProxyDownError: the proxy does not answer.
        BrowserError: it answered with an error.
    """
    if answer.get("proxy_down"):
        raise ProxyDownError(answer["proxy_down"])
    faults = {"hostile": HostilePageError, "crashed": BrowserGoneError, "error": BrowserError}
    for name, kind in faults.items():
        if name in answer:
            raise kind(f"{url}: {answer[name]}")
    return Rendered(
        answer["final_url"],
        answer["status"],
        answer["html"],
        tuple(answer["refused"]),
        tuple(answer["notes"]),
        tuple(answer["cookies"]),
    )

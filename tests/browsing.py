"""A real Chromium on the analysts' desk: what it shows, what it asks for, what it complains of."""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    sync_playwright,
)

from crawler.chromium import find_chromium
from crawler.rendering.launching import FLAGS
from crawler.serving import datasette_of

CHROMIUM = find_chromium()
DESK, PHONE = (1280, 900), (390, 844)
"""Widths and heights that are looked at."""
_SHIFTS = """
window.__shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
_WIDER = """
() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]
"""
_SERIOUS = ("serious", "critical")


@contextmanager
def served(database: Path) -> Iterator[str]:
    """The desk over a database on a free port of this machine; its address, without a path."""
    datasette = datasette_of(database)
    server = uvicorn.Server(
        uvicorn.Config(datasette.app(), host="127.0.0.1", port=0, log_level="error")
    )

    async def run() -> None:
        await datasette.invoke_startup()
        await server.serve()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive(), "the desk did not start"
        assert time.monotonic() < deadline, "the desk did not start in 30 s"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=30)


@dataclass
class Visitor:
    """A browser window and everything that it did."""

    base: str
    context: BrowserContext
    page: Page
    asked: list[str] = field(default_factory=list)
    """Addresses of all requests."""
    told: list[str] = field(default_factory=list)
    """Errors and warnings of the console, errors of pages, dialogs, further windows."""

    def go(self, path: str) -> Page:
        """Open a page of the desk and wait until it has come to rest."""
        self.page.goto(self.base + path, wait_until="load")
        return self.page

    def strangers(self) -> list[str]:
        """Requests to anywhere else."""
        return [url for url in self.asked if not url.startswith((self.base + "/", "data:"))]

    def paths(self) -> set[str]:
        """Paths that were asked for."""
        return {urlsplit(url).path for url in self.asked}

    def shift(self) -> float:
        """By how much the open page moved while it loaded (sum of layout shifts)."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")
        return float(self.page.evaluate("window.__shift"))

    def too_wide(self) -> bool:
        """Whether the open page has to be scrolled sideways."""
        whole, seen = self.page.evaluate(_WIDER)
        return bool(whole > seen)

    def serious(self, scheme: str) -> list[str]:
        """What axe finds serious or critical on the open page in a colour scheme."""
        self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response
        return [told(v) for v in found["violations"] if v["impact"] in _SERIOUS]

    def watch(self) -> None:
        """Begin to note what the window does."""
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.on("page", lambda other: self.told.append(f"another window: {other.url}"))
        self.page.on("pageerror", lambda error: self.told.append(f"{self.page.url}: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._console)

    def _dialog(self, dialog: Dialog) -> None:
        self.told.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            self.told.append(f"{self.page.url}: {line.text}")

    def shot(self, folder: Path, name: str) -> None:
        """Keep a picture of the open page, whole."""
        folder = Path(os.environ.get("RACKRENT_SHOTS", folder))
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png", full_page=True)


def told(violation: dict[str, Any]) -> str:
    """A finding of axe in a line: rule, first places, what is wrong there."""
    nodes = violation["nodes"]
    places = [
        f"{' '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())[:200]}"
        for node in nodes[:4]
    ]
    return f"{violation['id']} ({len(nodes)}×) " + " | ".join(places)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=os.geteuid() != 0, args=list(FLAGS)
        )
        yield browser
        browser.close()


@contextmanager
def visitor(
    browser: Browser, base: str, size: tuple[int, int] = DESK, scheme: str = "light", init: str = ""
) -> Iterator[Visitor]:
    """A fresh window without cookies, watched from its first request on."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        locale="en-US",
    )
    context.add_init_script(_SHIFTS + init)
    seen = Visitor(base, context, context.new_page())
    seen.watch()
    yield seen
    context.close()

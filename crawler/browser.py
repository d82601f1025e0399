"""A browser as a disposable process: a deadline from outside, and the whole tree is killed.

A killed or looping Chromium can block its driver for ever, so the driver runs in a process of its
own (`crawler.browser_process`) that is thrown away on any doubt.
"""

import asyncio
import json
import os
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from crawler.lifeline import PARENT
from crawler.upstream import ProxyDownError, Upstream

PAGES_A_PROCESS = 50
"""Pages after which the process is replaced, so that its memory stays flat."""
WATCH_S = 1.0
"""How often the browser's memory is looked at, seconds."""
LINE_LIMIT = 64 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[1]


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
    """Deadline, seconds."""
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


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as the browser shows it."""

    final_url: str
    """Where redirects led."""
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


class Browser:
    """Renders pages one at a time in a process that is replaced after any failure."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._process: Process | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._pages = 0
        self._turn = asyncio.Lock()

    async def render(self, job: RenderJob) -> Rendered:
        """The page after its scripts ran.

        Raises:
            ProxyDownError: the proxy does not answer.
            BrowserError: deadline or memory passed, browser died, or the page did not come.
        """
        async with self._turn:
            if self._process is None or self._pages >= PAGES_A_PROCESS:
                await self._replace()
            self._pages += 1
            try:
                return await asyncio.wait_for(self._watched(job), job.timeout_s)
            except TimeoutError as error:
                await self._kill()
                raise BrowserError(f"{job.url}: no answer within {job.timeout_s} s") from error
            except (BrowserError, ProxyDownError, asyncio.CancelledError):
                # a job that was given up must not answer for the next one
                await self._kill()
                raise

    async def close(self) -> None:
        """End the browser and everything that it started."""
        async with self._turn:
            await self._kill()

    async def _watched(self, job: RenderJob) -> Rendered:
        """The page, unless the browser grows beyond its memory first."""
        asked = asyncio.ensure_future(self._ask(job))
        try:
            while not (await asyncio.wait({asked}, timeout=WATCH_S))[0]:
                held = memory_mb_of(self._process.pid) if self._process else 0
                if held > job.memory_mb:
                    raise BrowserError(f"{job.url}: the browser held {held} MB and was ended")
            return asked.result()
        finally:
            asked.cancel()

    async def _ask(self, job: RenderJob) -> Rendered:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise BrowserError(f"{job.url}: the browser process is not there")
        try:
            process.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
            await process.stdin.drain()
            line = await process.stdout.readline()
            answer = json.loads(line) if line else None
        except (ConnectionError, ValueError) as error:
            raise BrowserError(f"{job.url}: the browser process broke: {error}") from error
        if answer is None:
            raise BrowserError(f"{job.url}: the browser process died")
        if answer.get("proxy_down"):
            raise ProxyDownError(answer["proxy_down"])
        if "error" in answer:
            raise BrowserError(f"{job.url}: {answer['error']}")
        return Rendered(
            answer["final_url"],
            answer["status"],
            answer["html"],
            tuple(answer["refused"]),
            tuple(answer["notes"]),
            tuple(answer["cookies"]),
        )

    async def _replace(self) -> None:
        await self._kill()
        self._pages = 0
        self._scratch = tempfile.TemporaryDirectory(prefix="rackrent-", ignore_cleanup_errors=True)
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "crawler.browser_process",
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            cwd=ROOT,
            # a killed process cannot tidy up: its profiles lie where we can remove them
            env={**os.environ, "TMPDIR": self._scratch.name, PARENT: str(os.getpid())},
            limit=LINE_LIMIT,
            start_new_session=True,
        )

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            kill_tree(process.pid)
            await process.wait()
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            scratch.cleanup()


def memory_mb_of(pid: int) -> int:
    """Memory that a process and its descendants hold, megabytes; shared pages count once each."""
    held = 0
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for member in family:
        try:
            held += member.memory_info().rss - member.memory_info().shared
        except psutil.NoSuchProcess:
            # ended by itself meanwhile
            continue
    return held // (1024 * 1024)


def kill_tree(pid: int) -> None:
    """Kill a process and all its descendants."""
    try:
        root = psutil.Process(pid)
        family = [*root.children(recursive=True), root]
    except psutil.NoSuchProcess:
        return
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            # ended by itself meanwhile
            continue
    psutil.wait_procs(family, timeout=5)

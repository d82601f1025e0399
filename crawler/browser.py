"""A browser as a disposable process: a deadline from outside, and the whole tree is killed.

A killed or looping Chromium can block its driver for ever, so the driver runs in a process of its
own (`crawler.browser_process`) that is thrown away on any doubt.
"""

import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO

from crawler.chromium import find_chromium
from crawler.lifeline import PARENT
from crawler.rendering.jobs import (
    LONGEST_S,
    BrowserError,
    BrowserGoneError,
    HostilePageError,
    Rendered,
    RenderJob,
    rendered,
)
from crawler.rendering.processes import Scratch, kill_tree, memory_mb_of, new_scratch
from crawler.upstream import ProxyDownError

PAGES_A_PROCESS = 400
"""Pages after which the process is replaced; starting one costs as much as fifteen pages."""
LOOK_EVERY = 25
"""Pages after which its memory is looked at: one that holds half of what it may is replaced."""
WATCH_S = 0.5
"""How often the browser's memory is looked at, seconds."""
LEAST_S = 5.0
"""Time that must be left of a deadline for a page to be asked for again, seconds."""
TROUBLED = 1000
"""Pages that are remembered because their scripts kept them from being read."""
LINE_LIMIT = 64 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[1]
INHERITED = frozenset(
    {"PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "FONTCONFIG_PATH",
     "FONTCONFIG_FILE", "PLAYWRIGHT_NODEJS_PATH"}
)  # fmt: skip
"""What a browser learns of our environment: no credentials, no proxies, no desktop."""

__all__ = ["ROOT", "Browser", "BrowserError", "RenderJob", "Rendered"]


class Browser:
    """Renders pages one at a time in a process that is replaced after any failure."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._process: Process | None = None
        self._scratch: Scratch | None = None
        self._pages = 0
        self._closed = False
        self._turn = asyncio.Lock()
        self._troubled: dict[str, None] = {}

    async def render(self, job: RenderJob) -> Rendered:
        """The page after its scripts ran; after a page that these kept from us, without them.

        Raises:
            ProxyDownError: the proxy does not answer.
            BrowserError: deadline or memory passed, browser died, or the page did not come.
        """
        async with self._turn:
            until = time.monotonic() + min(job.timeout_s, LONGEST_S)
            if job.url in self._troubled:
                job = replace(job, scripts=False)
            try:
                return await self._tried(job, until)
            except BrowserGoneError:
                if self._closed or until - time.monotonic() < LEAST_S:
                    raise
            # it was killed, or the page crashed it: at once a second time, to tell which
            try:
                return await self._tried(job, until)
            except BrowserGoneError:
                self._remember(job)
                raise

    async def close(self) -> None:
        """End the browser and everything that it started, also under a page that is on its way."""
        self._closed = True
        if self._process is not None:
            await asyncio.to_thread(kill_tree, self._process.pid)
        async with self._turn:
            await self._kill()

    async def _tried(self, job: RenderJob, until: float) -> Rendered:
        """The page, or a thrown-away browser."""
        left_s = max(0.1, until - time.monotonic())
        try:
            async with asyncio.timeout(left_s):
                if self._process is None or self._is_worn(self._process.pid, job.memory_mb):
                    await self._replace()
                self._pages += 1
                return await self._watched(replace(job, timeout_s=left_s))
        except TimeoutError as error:
            self._remember(job)
            await self._kill()
            raise BrowserError(f"{job.url}: no answer within {left_s:.0f} s") from error
        except (BrowserError, ProxyDownError, asyncio.CancelledError) as error:
            if isinstance(error, HostilePageError):
                self._remember(job)
            # a job that was given up must not answer for the next one
            await self._kill()
            raise

    def _is_worn(self, pid: int, most_mb: int) -> bool:
        """Whether the process has done its time, or grew so that the next page might be blamed."""
        if self._pages >= PAGES_A_PROCESS:
            return True
        looked_at = self._pages > 0 and self._pages % LOOK_EVERY == 0
        return looked_at and memory_mb_of(pid) > most_mb / 2

    def _remember(self, job: RenderJob) -> None:
        """Ask for a page without its scripts from now on."""
        self._troubled[job.url] = None
        while len(self._troubled) > TROUBLED:
            del self._troubled[next(iter(self._troubled))]

    async def _watched(self, job: RenderJob) -> Rendered:
        """The page, unless the browser grows beyond its memory first."""
        asked = asyncio.ensure_future(self._ask(job))
        try:
            while not (await asyncio.wait({asked}, timeout=WATCH_S))[0]:
                held = memory_mb_of(self._process.pid) if self._process else 0
                if held > job.memory_mb:
                    raise HostilePageError(f"{job.url}: the browser held {held} MB and was ended")
            return asked.result()
        finally:
            asked.cancel()

    async def _ask(self, job: RenderJob) -> Rendered:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise BrowserGoneError(f"{job.url}: the browser process is not there")
        try:
            process.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
            await process.stdin.drain()
            line = await process.stdout.readline()
            answer = json.loads(line) if line else {"crashed": self._last_words()}
        except (ConnectionError, ValueError) as error:
            raise BrowserGoneError(f"{job.url}: the browser process broke: {error}") from error
        return rendered(job.url, answer)

    def _last_words(self) -> str:
        """What the process said before it died."""
        said = self._scratch.errors.read_text("utf-8", "replace") if self._scratch else ""
        return f"the browser process died {' '.join(said.split())[-200:]}".rstrip()

    async def _replace(self) -> None:
        await self._kill()
        self._pages = 0
        self._scratch = await asyncio.to_thread(new_scratch)
        with self._scratch.errors.open("wb") as errors:
            self._process = await self._start(self._scratch.path, errors)

    async def _start(self, folder: Path, errors: IO[bytes]) -> Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "crawler.browser_process",
            stdin=PIPE,
            stdout=PIPE,
            stderr=errors,
            cwd=ROOT,
            env=environment(folder),
            limit=LINE_LIMIT,
            start_new_session=True,
        )

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await asyncio.to_thread(kill_tree, process.pid)
            await process.wait()
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            await asyncio.to_thread(scratch.clear)


def environment(folder: Path) -> dict[str, str]:
    """What the browser's process sees: all its files go to a folder that we can remove."""
    kept = {name: value for name, value in os.environ.items() if name in INHERITED}
    found = find_chromium()
    places = {"TMPDIR": str(folder), "HOME": str(folder), "TZ": "UTC", PARENT: str(os.getpid())}
    return kept | places | ({"RACKRENT_CHROMIUM": str(found)} if found else {})

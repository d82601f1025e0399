"""Crawls as child processes: started, shown to be alive, ended in bounded time."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from crawler.home import Home
from crawler.lifeline import PARENT
from crawler.source import Source

ROOT = Path(__file__).resolve().parents[2]
GRACE_S = 4.5
"""How long a child may take to end after Ctrl-C, seconds; it ends itself a second before."""
SILENT_S = 120.0
"""How long a child may show no sign of life before it is killed, seconds."""


@dataclass
class Child:
    """A Scrapy process that crawls one source."""

    source: Source
    before: str | None
    """Id of the source's newest run before this one."""
    process: "subprocess.Popen[bytes]"
    log: Path
    lock: Path
    """The source's lock, which a living crawl touches every few seconds."""
    beat: float = 0.0
    """When it was touched last, as the file says."""
    heard: float = field(default_factory=time.monotonic)
    """When that was noticed, on a clock that nobody sets."""

    def is_silent(self) -> bool:
        """Whether it has shown no sign of life for long."""
        beat = self.lock.stat().st_mtime if self.lock.exists() else 0.0
        if beat != self.beat:
            self.beat, self.heard = beat, time.monotonic()
        return time.monotonic() - self.heard > SILENT_S


def start_child(home: Home, source: Source, before: str | None, arguments: Sequence[str]) -> Child:
    """Start Scrapy on a source, its log in the home's log folder.

    Raises:
        OSError: the log cannot be written.
    """
    log = home.logs / f"{source.id}.log"
    command = [
        sys.executable, "-m", "scrapy", "crawl", source.kind, "-a", f"source={source.id}",
        *arguments,
    ]  # fmt: skip
    environment = os.environ | {
        "SCRAPY_SETTINGS_MODULE": "crawler.settings",
        "RACKRENT_HOME": str(home.root),
        PARENT: str(os.getpid()),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command,
            stdout=stream,
            stderr=stream,
            stdin=subprocess.DEVNULL,
            env=environment,
            # Ctrl-C is ours to pass on: a second signal would end Scrapy without its farewell
            start_new_session=True,
        )
    return Child(source, before, process, log, home.locks / f"{source.id}.lock")


def tail_of(log: Path) -> Iterator[str]:
    """Lines of a log's last 4 kB that are not empty."""
    text = log.read_bytes()[-4096:].decode("utf-8", "replace")
    return (line.strip() for line in text.splitlines() if line.strip())


def end_children(children: Sequence[Child]) -> None:
    """Ask children to stop, and wait until they have; kill what does not listen."""
    for child in children:
        child.process.terminate()
    ends = time.monotonic() + GRACE_S
    for child in children:
        try:
            child.process.wait(max(ends - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            kill_child(child)


def kill_child(child: Child) -> None:
    """Kill a child with all that it started."""
    try:
        family = psutil.Process(child.process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    child.process.kill()
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            # ended by itself meanwhile
            continue
    child.process.wait()

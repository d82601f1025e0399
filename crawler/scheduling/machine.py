"""The keeper's world on a real machine: source files, the market's database, child processes."""

import logging
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from crawler.alerting.loading import load_rules
from crawler.clock import moment_of, now, stamp
from crawler.crawl_lock import SourceBusyError, take_lock
from crawler.home import Home
from crawler.lifeline import PARENT
from crawler.scheduling.plan import Plan, plan_of
from crawler.source import Source, SourceError, load_source, source_files
from crawler.store.database import Store
from crawler.store.runs import paused_reason

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
GRACE_S = 7.0
"""How long a child may take to end after it was asked to, seconds."""


@dataclass
class Chain:
    """Commands of ours in child processes, one after the other."""

    process: "subprocess.Popen[bytes]"
    """The one at work."""
    others: "list[partial[subprocess.Popen[bytes]]]"
    """Those that follow, however the ones before ended."""

    worst: int = 0
    """The highest exit code of those that ended."""

    def poll(self) -> int | None:
        """The highest exit code once all have ended; None before."""
        code = self.process.poll()
        if code is None:
            return None
        self.worst = max(self.worst, code, key=abs)
        if not self.others:
            return self.worst
        self.process = self.others.pop(0)()
        return None

    def ask_to_end(self) -> None:
        """Ask the one at work to end."""
        self.process.terminate()

    def stop(self) -> int:
        """Wait until it ended, and kill it when it does not listen; its exit code."""
        try:
            return self.process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


@dataclass
class Sources:
    """The operator's sources, read again only when a file changed."""

    home: Home
    known: dict[str, tuple[int, Plan | None]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    """Why a source cannot be scheduled, by id."""

    def plans(self) -> dict[str, Plan]:
        """The plans of sources that are crawled; imports and the demo are not."""
        found = {}
        self.faults.clear()
        for source_id, path in source_files(self.home).items():
            plan = None if source_id.startswith("demo_") else self.plan(source_id, path)
            if plan:
                found[source_id] = plan
        return found

    def plan(self, source_id: str, path: Path) -> Plan | None:
        """The plan that a file states; None for imports and for files that cannot be used."""
        try:
            changed = path.stat().st_mtime_ns
            kept = self.known.get(source_id)
            if kept is None or kept[0] != changed:
                kept = (changed, crawled(load_source(path)))
        except (SourceError, OSError) as error:
            self.faults[source_id] = str(error).splitlines()[0]
            return None
        self.known[source_id] = kept
        return kept[1]


def crawled(source: Source) -> Plan | None:
    """A source's plan; None for one that is filled by imports."""
    return None if source.access == "import" else plan_of(source)


@dataclass
class Machine:
    """What the keeper sees and does."""

    home: Home
    store: Store
    sources: Sources

    def plans(self) -> Mapping[str, Plan]:
        """The plans of all sources that can be scheduled."""
        return self.sources.plans()

    def is_held_back(self, source_id: str) -> bool:
        """Whether it is paused, or somebody else reads it."""
        return paused_reason(self.store, source_id) is not None or is_read(self.home, source_id)

    def last_read(self, source_id: str) -> datetime | None:
        """When its newest run that came to an end began, UTC."""
        return last_read(self.store, source_id)

    def crawl(self, source_id: str) -> Chain:
        """Start reading a source."""
        return self.start([["crawl", source_id, "--no-analyse", "--no-alerts"]])

    def chores(self) -> Chain:
        """Start what follows from new texts: analysis, then alerts."""
        return self.start([["analyse", "--no-alerts"], ["alerts", "send"]])

    def has_rules(self) -> bool:
        """Whether an alert rule is enabled."""
        return any(file.rule.enabled for file in load_rules(self.home).files.values())

    def tell(self) -> Chain:
        """Start alerts alone."""
        return self.start([["alerts", "send"]])

    def start(self, commands: Sequence[Sequence[str]]) -> Chain:
        """Run our own command, several of them one after the other."""
        first, *others = commands
        return Chain(
            start_child(self.home, first),
            [partial(start_child, self.home, command) for command in others],
        )


def start_child(home: Home, command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Run our own command in a child that dies with us, its output in the schedule's log.

    Call it in the main thread: the kernel kills the child when the thread that started it ends.
    """
    environment = os.environ | {
        "RACKRENT_HOME": str(home.root),
        PARENT: str(os.getpid()),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    with (home.logs / "schedule.log").open("ab") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", "crawler", *command],
            stdout=stream,
            stderr=stream,
            stdin=subprocess.DEVNULL,
            env=environment,
            # Ctrl-C is the scheduler's to pass on
            start_new_session=True,
        )


def last_read(store: Store, source_id: str) -> datetime | None:
    """When a source's newest run that came to an end began, UTC; None before the first.

    Runs that bear moments to come, as after a clock that was ahead, do not count.
    """
    (row,) = store.rows(
        "select max(started_at) as at from runs "
        "where source_id = ? and status in ('ok', 'degraded') and started_at <= ?",
        (source_id, stamp(now())),
    )
    return moment_of(row["at"]) if row["at"] else None


def is_read(home: Home, source_id: str) -> bool:
    """Whether a process reads the source now."""
    with suppress(SourceBusyError):
        take_lock(home.locks / f"{source_id}.lock", source_id, wait_s=0).release()
        return False
    return True

"""Crawls side by side: one child process a source, watched through its row in `runs`."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.progress import Progress

from crawler.cli.children import (
    SILENT_S,
    Child,
    end_children,
    kill_child,
    start_child,
    tail_of,
)
from crawler.cli.progress import bars
from crawler.clock import now as clock_now
from crawler.crawl import SourcePausedError
from crawler.crawl_lock import take_lock
from crawler.ending import Code
from crawler.home import Home
from crawler.soundness import open_sound
from crawler.source import Source, find_source
from crawler.source_fields import is_within
from crawler.storage import free_bytes
from crawler.store.database import Store
from crawler.store.queue import count_pending
from crawler.store.runs import paused_reason, run_row

POLL_S = 0.3


@dataclass(frozen=True, slots=True)
class Mode:
    """How to crawl."""

    full: bool = False
    """Whether to open every thread again."""
    now: bool = False
    """Whether active hours do not count."""
    jobs: int = 2
    """Sources read at a time."""


class CrawlFailedError(RuntimeError):
    """A crawl ended without a run; its text says where to look."""


def crawl_sources(home: Home, source_ids: Sequence[str], mode: Mode) -> list[dict[str, Any]]:
    """Crawl sources, `mode.jobs` at a time; the rows of their runs, in the order of the sources.

    Raises:
        SourceBusyError: another process crawls one of them.
        SourcePausedError: the only one is paused; of several, paused ones are left out.
        CrawlFailedError: a crawl ended before its run began; the others went on.
        StorageError: the home or its database cannot be written or read.
    """
    home.make()
    with closing(open_sound(home)) as store, bars() as bar:
        waiting, done = [], {}
        for source in [find_source(home, source_id) for source_id in source_ids]:
            take_lock(home.locks / f"{source.id}.lock", source.id).release()
            if reason := paused_reason(store, source.id):
                done[source.id] = paused_row(source.id, reason, alone=len(source_ids) == 1)
            elif resting := rest_of(source, mode):
                done[source.id] = resting
            else:
                waiting.append(source)
        done |= Watch(home, store, mode, bar).crawl(waiting)
    return [done[source_id] for source_id in source_ids]


@dataclass
class Watch:
    """Children at work, watched until all have ended."""

    home: Home
    store: Store
    mode: Mode
    bar: Progress
    running: list[Child] = field(default_factory=list)
    failures: list[CrawlFailedError] = field(default_factory=list)

    def crawl(self, waiting: list[Source]) -> dict[str, dict[str, Any]]:
        """Crawl sources; the rows of their runs by source.

        Raises:
            CrawlFailedError: a crawl ended before its run began.
        """
        done: dict[str, dict[str, Any]] = {}
        try:
            while waiting or self.running:
                while waiting and len(self.running) < self.mode.jobs:
                    self.start(waiting.pop(0))
                time.sleep(POLL_S)
                for child in list(self.running):
                    done |= self.look_after(child)
        finally:
            end_children(self.running)
        if self.failures:
            raise self.failures[0]
        return done

    def start(self, source: Source) -> None:
        """Start a child."""
        before = newest_run(self.store, source.id).get("id")
        how = ("-a", f"full={int(self.mode.full)}", "-a", f"now={int(self.mode.now)}")
        self.running.append(start_child(self.home, source, before, how))
        self.bar.add_task(source.id, total=None, note="")

    def look_after(self, child: Child) -> dict[str, dict[str, Any]]:
        """Show how far a child is, and kill it when it hangs; its run's row once it ended."""
        show(self.bar, self.store, child)
        if child.process.poll() is None and not child.is_silent():
            return {}
        if hangs := child.process.poll() is None:
            kill_child(child)
        self.running.remove(child)
        try:
            return {child.source.id: outcome(self.store, child, hangs=hangs)}
        except CrawlFailedError as error:
            self.failures.append(error)
            return {}


def paused_row(source_id: str, reason: str, *, alone: bool) -> dict[str, Any]:
    """What stands for the run of a paused source.

    Raises:
        SourcePausedError: it is the only source that was asked for.
    """
    text = f"{reason}; mend that and run `rackrent crawl --resume {source_id}`"
    if alone:
        raise SourcePausedError(f"{source_id}: paused: {text}")
    row = run_row("", source_id, "", full=False, status="paused", reason=text)
    return asdict(row)


def rest_of(source: Source, mode: Mode) -> dict[str, Any] | None:
    """What stands for the run of a source outside of its active hours; None inside of them."""
    hours = source.active_hours
    if not hours or mode.now or is_within(hours, source.timezone, clock_now()):
        return None
    text = (
        f"active_hours {hours} ({source.timezone or 'UTC'}): not now; `--now` reads it all the same"
    )
    return asdict(run_row("", source.id, "", full=False, status="interrupted", reason=text))


def newest_run(store: Store, source_id: str) -> dict[str, Any]:
    """The source's newest run, or an empty mapping."""
    rows = store.rows(
        "select * from runs where source_id = ? order by started_at desc, id desc limit 1",
        (source_id,),
    )
    return dict(rows[0]) if rows else {}


def show(bar: Progress, store: Store, child: Child) -> None:
    """Bring a source's line of the display up to date."""
    row = newest_run(store, child.source.id)
    if row and row["id"] != child.before:
        note = f"pages · {row['posts_seen']} posts · {row['posts_new']} new"
        known = row["pages"] + count_pending(store, child.source.id)
        for task in bar.tasks:
            if task.description == child.source.id:
                bar.update(task.id, completed=row["pages"], total=known, note=note)


def outcome(store: Store, child: Child, *, hangs: bool = False) -> dict[str, Any]:
    """The row of a child's run, which tells too how the child ended where the run could not.

    Raises:
        CrawlFailedError: it wrote none.
    """
    row, code = newest_run(store, child.source.id), child.process.returncode
    if not row or row["id"] == child.before:
        last = [*tail_of(child.log)]
        raise CrawlFailedError(
            f"{child.source.id}: the crawl ended before its run began "
            f"(exit {code}): {last[-1] if last else 'no output'}; see {child.log}"
        )
    if row["status"] != "running":
        return row
    if hangs:
        return row | {"status": "failed", "reason": f"stalled: no sign of life for {SILENT_S} s"}
    if code == Code.STORAGE:
        free = free_bytes(store.path)
        text = f"storage: {store.path}: could not be written, {(free or 0) >> 10} kB free there"
        return row | {"status": "failed", "reason": f"{text}; see {child.log}"}
    if code == Code.INTERRUPTED:
        return row | {"status": "interrupted", "reason": "stopped; the next run goes on"}
    return row | {"reason": f"the crawl died (exit {code}); see {child.log}; the next run goes on"}

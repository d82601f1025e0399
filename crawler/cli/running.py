"""Crawls as child processes: one Scrapy a source, watched through its row in `runs`."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from rich.progress import Progress

from crawler.cli.children import Child, end_children, kill_child, start_child, tail_of
from crawler.cli.progress import bars
from crawler.clock import now as clock_now
from crawler.crawl import SourcePausedError
from crawler.crawl_lock import take_lock
from crawler.home import Home
from crawler.source import Source, find_source
from crawler.source_fields import is_within
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
        CrawlFailedError: a crawl ended before its run began.
    """
    home.make()
    with closing(Store(home.database)) as store, bars() as bar:
        waiting, done = [], {}
        for source in [find_source(home, source_id) for source_id in source_ids]:
            take_lock(home.locks / f"{source.id}.lock", source.id).release()
            if reason := paused_reason(store, source.id):
                done[source.id] = paused_row(source.id, reason, alone=len(source_ids) == 1)
            elif resting := rest_of(source, mode):
                done[source.id] = resting
            else:
                waiting.append(source)
        running: list[Child] = []
        try:
            while waiting or running:
                while waiting and len(running) < mode.jobs:
                    running.append(started(home, store, waiting.pop(0), mode))
                    bar.add_task(running[-1].source.id, total=None, note="")
                time.sleep(POLL_S)
                for child in list(running):
                    show(bar, store, child)
                    if child.is_silent():
                        kill_child(child)
                    if child.process.poll() is not None:
                        running.remove(child)
                        done[child.source.id] = outcome(store, child)
        finally:
            end_children(running)
    return [done[source_id] for source_id in source_ids]


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


def started(home: Home, store: Store, source: Source, mode: Mode) -> Child:
    """A crawl of a source that has just been started."""
    arguments = ["-a", f"full={int(mode.full)}", "-a", f"now={int(mode.now)}"]
    return start_child(home, source, newest_run(store, source.id).get("id"), arguments)


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


def outcome(store: Store, child: Child) -> dict[str, Any]:
    """The row of a child's run.

    Raises:
        CrawlFailedError: it wrote none.
    """
    row = newest_run(store, child.source.id)
    if not row or row["id"] == child.before:
        last = [*tail_of(child.log)]
        raise CrawlFailedError(
            f"{child.source.id}: the crawl ended before its run began "
            f"(exit {child.process.returncode}): {last[-1] if last else 'no output'}; "
            f"see {child.log}"
        )
    return row

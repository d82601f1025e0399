"""A run's verdict: what it found against what its source expects."""

from dataclasses import dataclass

from crawler.records import RunRow
from crawler.source import Source
from crawler.store import queue
from crawler.store.database import Store
from crawler.store.runs import load_run


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run ended."""

    status: str
    """ok, degraded, failed, paused or interrupted."""
    reason: str | None
    """Why it is not ok."""


def judge(
    store: Store,
    source: Source,
    run_id: str,
    close_reason: str,
    pause_reason: str | None,
    fault: str | None,
) -> Verdict:
    """The verdict on a run that has just ended.

    `close_reason` is Scrapy's: `finished`, `shutdown` after a signal, or a reason of ours.
    """
    run = load_run(store, run_id)
    if fault:
        return Verdict("failed", fault)
    if pause_reason:
        return Verdict("paused", pause_reason)
    if close_reason == "shutdown":
        left = queue.count_pending(store, source.id)
        return Verdict("interrupted", f"stopped with {left} pages to go; the next run goes on")
    if not run.pages:
        return Verdict("failed", "no page could be read; see the run's issues")
    faults = []
    if run.full or is_first(store, source.id, run_id):
        faults += shortfalls(source, found_by(store, run))
    if run.issues:
        faults.append(f"{run.issues} issues")
    if close_reason != "finished":
        faults.append(close_reason)
    if left := queue.count_pending(store, source.id):
        faults.append(f"{left} pages left for the next run (page_budget {source.page_budget})")
    return Verdict("degraded", "; ".join(faults)) if faults else Verdict("ok", None)


def found_by(store: Store, run: RunRow) -> dict[str, int]:
    """Pages and posts read by a run and by the interrupted ones that it goes on from."""
    (row,) = store.rows(
        """
        select sum(pages) as pages, sum(posts_seen) as posts from runs
        where source_id = :source and started_at > coalesce((
            select max(started_at) from runs where source_id = :source and id <> :run
                and status <> 'interrupted'
        ), '')
        """,
        {"source": run.source_id, "run": run.id},
    )
    return dict(row)


def shortfalls(source: Source, found: dict[str, int]) -> list[str]:
    """Where a complete reading found less than its source's `expect`."""
    floors = {"pages": source.expect.pages, "posts": source.expect.posts}
    return [
        f"{found[name]} {name} where expect says at least {floor}"
        for name, floor in floors.items()
        if found[name] < floor
    ]


def is_first(store: Store, source_id: str, run_id: str) -> bool:
    """Whether no earlier run of the source came to its end."""
    rows = store.rows(
        "select 1 from runs where source_id = ? and id <> ? and status in ('ok', 'degraded') "
        "limit 1",
        (source_id, run_id),
    )
    return not rows

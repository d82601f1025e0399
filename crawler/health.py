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
    faults = [*shortfalls(source, run, whole=bool(run.full) or is_first(store, source.id, run_id))]
    if run.issues:
        faults.append(f"{run.issues} issues")
    if close_reason != "finished":
        faults.append(close_reason)
    if left := queue.count_pending(store, source.id):
        faults.append(f"{left} pages left for the next run (page_budget {source.page_budget})")
    return Verdict("degraded", "; ".join(faults)) if faults else Verdict("ok", None)


def shortfalls(source: Source, run: RunRow, *, whole: bool) -> list[str]:
    """Where a run that read everything found less than its source's `expect`."""
    found = {"pages": run.pages, "posts": run.posts_seen}
    floors = {"pages": source.expect.pages, "posts": source.expect.posts}
    return [
        f"{found[name]} {name} where expect says at least {floor}"
        for name, floor in floors.items()
        if whole and found[name] < floor
    ]


def is_first(store: Store, source_id: str, run_id: str) -> bool:
    """Whether no earlier run of the source came to its end."""
    rows = store.rows(
        "select 1 from runs where source_id = ? and id <> ? and status in ('ok', 'degraded') "
        "limit 1",
        (source_id, run_id),
    )
    return not rows

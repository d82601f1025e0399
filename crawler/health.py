"""A run's verdict: what it found against what its source expects, and against earlier runs."""

from dataclasses import dataclass

from crawler.records import RunRow
from crawler.source import Source
from crawler.store import queue
from crawler.store.database import Store
from crawler.store.runs import load_run

NOTICES = (
    "rate_limited", "tls_unverified", "mirror_used", "moved", "comments_left_out", "clock_set_back",
    "evidence_mended", "wal_grows",
)  # fmt: skip
"""Issues that tell how a run went, or what a site does not show to anyone: no fault of it."""
HISTORY = 5
"""Earlier runs that a run is compared with."""
LEAST = 20
"""Records below which a share says nothing."""
DROP = 0.2
"""How far a field's share may fall below its usual one."""
FLOOR = 0.5
"""Which share of the usual posts a full run must find."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a crawl came to its end."""

    close_reason: str
    """Scrapy's: `finished`, `shutdown` after a signal, or a reason of ours."""
    pause_reason: str | None = None
    """Why the source paused."""
    fault: str | None = None
    """What made it impossible to go on."""
    resting: bool = False
    """Whether the source's active hours ended."""
    shared: bool = False
    """Whether other machines read the source too: this run is a part of what was found."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run ended."""

    status: str
    """ok, degraded, failed, paused or interrupted."""
    reason: str | None
    """Why it is not ok."""


def judge(store: Store, source: Source, run_id: str, ended: Ending) -> Verdict:
    """The verdict on a run that has just ended."""
    run = load_run(store, run_id)
    left = queue.count_pending(store, source.id)
    if ended.fault:
        return Verdict("failed", ended.fault)
    if ended.pause_reason:
        return Verdict("paused", ended.pause_reason)
    if ended.close_reason == "shutdown":
        return Verdict("interrupted", f"stopped with {left} pages to go; the next run goes on")
    if ended.resting and left:
        hours = f"active_hours {source.active_hours} ended"
        return Verdict("interrupted", f"{hours} with {left} pages to go; the next run goes on")
    if not run.pages and ended.shared:
        return Verdict("ok", "other workers read all pages")
    if not run.pages:
        return Verdict("failed", "no page could be read; see the run's issues")
    faults = faults_of(store, source, run, part=ended.shared)
    if ended.close_reason != "finished":
        faults.append(ended.close_reason)
    if left:
        faults.append(f"{left} pages left for the next run (page_budget {source.page_budget})")
    return Verdict("degraded", "; ".join(faults)) if faults else Verdict("ok", None)


def faults_of(store: Store, source: Source, run: RunRow, *, part: bool = False) -> list[str]:
    """What is wrong with what a run found, one line each; a part of a run found what it found."""
    faults = []
    if not part and (run.full or is_first(store, source.id, run.id)):
        faults += shortfalls(source, found_by(store, run))
        faults += fewer_than_usual(store, run)
    faults += emptier_fields(store, source, run)
    if count := issues_of(store, run.id):
        faults.append(f"{count} issues")
    return faults


def issues_of(store: Store, run_id: str) -> int:
    """Issues that a run met, notices aside."""
    kinds = queue.marks(len(NOTICES))
    (row,) = store.rows(
        f"select count(*) from issues where run_id = ? and kind not in ({kinds})",
        (run_id, *NOTICES),
    )
    return int(row[0])


def found_by(store: Store, run: RunRow) -> dict[str, int]:
    """Pages, threads and posts read by a run and by the interrupted ones that it goes on from."""
    (row,) = store.rows(
        """
        with whole as (
            select id, pages, posts_seen from runs
            where source_id = :source and started_at > coalesce((
                select max(started_at) from runs where source_id = :source and id <> :run
                    and status <> 'interrupted'
            ), '')
        )
        select sum(pages) as pages, sum(posts_seen) as posts, coalesce((
            select sum(total) from run_figures
            where name = 'threads.title' and run_id in (select id from whole)
        ), 0) as threads from whole
        """,
        {"source": run.source_id, "run": run.id},
    )
    return dict(row)


def shortfalls(source: Source, found: dict[str, int]) -> list[str]:
    """Where a complete reading found less than its source's `expect`."""
    expect = source.expect
    floors = {"pages": expect.pages, "threads": expect.threads, "posts": expect.posts}
    return [
        f"{found[name]} {name} where expect says at least {floor}"
        for name, floor in floors.items()
        if found[name] < floor
    ]


def fewer_than_usual(store: Store, run: RunRow) -> list[str]:
    """Whether a full run found far fewer posts than the full runs before it."""
    rows = store.rows(
        "select posts_seen from runs where source_id = ? and id <> ? and full = 1 "
        "and status in ('ok', 'degraded') and started_at < ? order by started_at desc limit ?",
        (run.source_id, run.id, run.started_at, HISTORY),
    )
    usual = sorted(row["posts_seen"] for row in rows)
    if not usual or usual[len(usual) // 2] < LEAST:
        return []
    median = usual[len(usual) // 2]
    few = run.posts_seen < median * FLOOR
    return [f"{run.posts_seen} posts where {median} are usual"] if few else []


def emptier_fields(store: Store, source: Source, run: RunRow) -> list[str]:
    """Fields that are stated less often than `expect.fill` says or than they used to be."""
    now = {
        row["name"]: (row["total"], row["filled"] / row["total"])
        for row in store.rows(
            "select name, total, filled from run_figures where run_id = ? and total > 0", (run.id,)
        )
    }
    floors = {name: share - DROP for name, share in usual_shares(store, run).items()}
    floors |= source.expect.fill
    faults = []
    for name, floor in sorted(floors.items()):
        # a field that no record states any more has no figure of its own
        total, share = now.get(name, (now.get(whole_of(name), (0, 0.0))[0], 0.0))
        if total >= LEAST and share < floor:
            faults.append(
                f"{name} is stated by {share:.0%} of {total}, at least {floor:.0%} is usual"
            )
    return faults


def whole_of(name: str) -> str:
    """The figure that counts all records of a field's kind."""
    return "threads.title" if name.startswith("threads.") else "posts.text"


def usual_shares(store: Store, run: RunRow) -> dict[str, float]:
    """Share of each field over the last runs that ended, where they met enough records."""
    rows = store.rows(
        """
        select name, sum(filled) * 1.0 / sum(total) as share from run_figures
        where run_id in (
            select id from runs where source_id = :source and id <> :run
                and status in ('ok', 'degraded') and started_at < :started
            order by started_at desc limit :history
        )
        group by name having sum(total) >= :least
        """,
        {
            "source": run.source_id,
            "run": run.id,
            "started": run.started_at,
            "history": HISTORY,
            "least": LEAST,
        },
    )
    return {row["name"]: row["share"] for row in rows}


def is_first(store: Store, source_id: str, run_id: str) -> bool:
    """Whether no earlier run of the source came to its end."""
    rows = store.rows(
        "select 1 from runs where source_id = ? and id <> ? and status in ('ok', 'degraded') "
        "limit 1",
        (source_id, run_id),
    )
    return not rows

"""Rows of `sources`, `runs` and `issues`."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from crawler.boundaries.secrets import hide, hide_all
from crawler.clock import moment_of, stamp
from crawler.ids import id_of
from crawler.intake import masked
from crawler.reading import Problem
from crawler.records import IssueRow, RunRow, SourceRow
from crawler.source import Source
from crawler.source_fields import minutes_of
from crawler.store.database import Store


def keep_source(store: Store, source: Source) -> None:
    """Write what the source's file says; a pause stays."""
    row = SourceRow(
        id=source.id,
        name=source.name,
        kind=source.kind,
        engine=source.engine,
        url=source.url,
        languages=" ".join(source.languages),
        access=source.access,
        basis=source.basis,
        tlp=source.tlp,
        credibility=source.credibility,
        every=source.every,
        paused_reason=None,
    )
    store.upsert("sources", [row], {"paused_reason": "old"})


def start_run(
    store: Store, source: Source, moment: datetime, *, full: bool, shared: bool = False
) -> RunRow:
    """A new run's row; runs that never ended are marked interrupted."""
    store.execute(
        "update runs set status = 'interrupted', "
        "reason = 'the process ended before the run did; the next run goes on' "
        "where source_id = ? and status = 'running'",
        (source.id,),
    )
    run_id = run_id_of(source.id, moment) + (f"-{secrets.token_hex(4)}" if shared else "")
    row = run_row(run_id, source.id, stamp(moment), full=full)
    store.upsert("runs", [row])
    return row


def run_row(
    run_id: str,
    source_id: str,
    started_at: str,
    *,
    full: bool,
    status: str = "running",
    reason: str | None = None,
) -> RunRow:
    """A run that has read nothing yet."""
    return RunRow(
        id=run_id,
        source_id=source_id,
        started_at=started_at,
        finished_at=None,
        status=status,
        reason=reason,
        full=int(full),
        pages=0,
        posts_seen=0,
        posts_new=0,
        posts_changed=0,
        threads_skipped=0,
        bytes=0,
        issues=0,
    )


def run_id_of(source_id: str, moment: datetime) -> str:
    """A run's id: source and start time, sortable."""
    return f"{source_id}-{moment:%Y%m%dT%H%M%SZ}"


def finish_run(
    store: Store, run_id: str, moment: datetime, status: str, reason: str | None
) -> None:
    """Close a run's row."""
    store.execute(
        "update runs set finished_at = ?, status = ?, reason = ? where id = ?",
        (stamp(moment), status, hide(reason) if reason else reason, run_id),
    )


def load_run(store: Store, run_id: str) -> RunRow:
    """A run's row."""
    (row,) = store.rows("select * from runs where id = ?", (run_id,))
    return RunRow(**dict(row))


def pause_source(store: Store, source_id: str, reason: str) -> None:
    """Stop reading a source until its operator resumes it."""
    store.execute("update sources set paused_reason = ? where id = ?", (hide(reason), source_id))


def is_sweep_due(store: Store, source: Source, moment: datetime) -> bool:
    """Whether every thread is to be opened again; never before a first run came to its end."""
    if source.sweep_every is None:
        return False
    (row,) = store.rows(
        "select coalesce(max(case when full then started_at end), min(started_at)) as swept "
        "from runs where source_id = ? and status in ('ok', 'degraded')",
        (source.id,),
    )
    if row["swept"] is None:
        return False
    age = moment - moment_of(row["swept"])
    return age >= timedelta(minutes=minutes_of(source.sweep_every))


def resume_source(store: Store, source_id: str) -> None:
    """Read a paused source again."""
    store.execute("update sources set paused_reason = null where id = ?", (source_id,))


def paused_reason(store: Store, source_id: str) -> str | None:
    """Why a source is paused, or None."""
    rows = store.rows("select paused_reason from sources where id = ?", (source_id,))
    return rows[0]["paused_reason"] if rows else None


def keep_issues(
    store: Store,
    source_id: str,
    run_id: str | None,
    url: str | None,
    problems: Iterable[Problem],
    *,
    moment: datetime,
) -> int:
    """Write what was not understood; how many different issues."""
    seen, url = stamp(moment), hide(url) if url else url
    problems = [Problem(each.kind, hide_all(masked(each.detail)[0])) for each in problems]
    rows = {
        (row_id := id_of("issue", source_id, url or "", problem.kind, problem.detail)): IssueRow(
            row_id, source_id, url, problem.kind, problem.detail, seen, seen, run_id
        )
        for problem in problems
    }
    store.upsert("issues", rows.values(), {"first_seen": "earliest", "last_seen": "latest"})
    if run_id is not None and rows:
        store.execute("update runs set issues = issues + ? where id = ?", (len(rows), run_id))
    return len(rows)

"""`rackrent status`: how every source is doing, and what to do about it."""

from contextlib import closing
from typing import Any

import typer

from crawler.cli import screen
from crawler.cli.sources import AsJson
from crawler.clock import now
from crawler.home import find_home
from crawler.scheduling.overview import schedule_of
from crawler.scheduling.timer import is_scheduler_alive
from crawler.store.database import Store

COLUMNS = (
    "source_id", "status", "last_run", "next_run", "pages", "posts_new", "issues", "waiting",
    "what_to_do",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command(epilog="Example: rackrent status --json")(status)


def status(as_json: AsJson = False) -> None:
    """Show every source: its last and next run, its health, and what to do where it is paused."""
    home = find_home()
    with closing(Store(home.database)) as store:
        known = {row["source_id"]: dict(row) for row in store.rows("select * from source_health")}
        planned = {line.source: line for line in schedule_of(home, store, now())}
        empty = {row["name"]: None for row in store.rows("pragma table_info(source_health)")}
    rows = []
    for source_id in sorted(known | planned):
        row = known.get(source_id, empty | {"source_id": source_id, "status": "never"})
        line = planned.get(source_id)
        rows.append(
            row
            | {
                "last_run": row["finished_at"] or row["started_at"],
                "next_run": line.next_run if line else None,
                "what_to_do": advice(row, line.note if line and not line.plan else None),
            }
        )
    if as_json:
        screen.print_json(rows)
        return
    if not rows:
        screen.say("nothing was crawled yet: try `rackrent demo`")
        return
    screen.print_rows("Sources (times are UTC)", COLUMNS, rows)
    if not is_scheduler_alive(home):
        screen.tell("no scheduler is at work; `rackrent schedule install` sets it up")


def advice(row: dict[str, Any], file_fault: str | None) -> str:
    """What is wrong with a source and what to do; empty when all is well."""
    if file_fault:
        return file_fault
    if row["paused_reason"]:
        return f"paused: {row['paused_reason']}; then: rackrent sources resume {row['source_id']}"
    if row["status"] in ("degraded", "failed"):
        return f"{row['reason']}; see: rackrent runs show {row['source_id']}"
    return row["reason"] or ""

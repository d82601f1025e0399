"""The schedule as people see it: each source's last and next run, and why there is none."""

from dataclasses import dataclass
from datetime import datetime

from crawler.clock import stamp, stamp_or_none
from crawler.home import Home
from crawler.scheduling.due import next_due
from crawler.scheduling.ledger import AGAIN, Ledger, Slot
from crawler.scheduling.machine import Sources, is_read, last_read
from crawler.scheduling.plan import Plan
from crawler.store.database import Store
from crawler.store.runs import paused_reason


@dataclass(frozen=True, slots=True)
class Planned:
    """One source's line of the schedule."""

    source: str
    """Its id."""
    plan: str
    """What its file says: `every 6h at 03:30 in 08:00-23:00 (Europe/Kyiv)`."""
    last_run: str | None
    """When its newest run that came to an end began, UTC."""
    next_run: str | None
    """When it is read next, UTC; None while it is not."""
    note: str
    """Why it is not read, or is read late; empty when all is well."""


def schedule_of(home: Home, store: Store, moment: datetime) -> list[Planned]:
    """The schedule of all sources, in the order of their ids."""
    sources = Sources(home)
    ledger = Ledger(home.schedule) if home.schedule.exists() else None
    try:
        lines = [planned(home, store, ledger, plan, moment) for plan in sources.plans().values()]
    finally:
        if ledger:
            ledger.close()
    lines += [Planned(name, "", None, None, fault) for name, fault in sources.faults.items()]
    return sorted(lines, key=lambda line: line.source)


def planned(
    home: Home, store: Store, ledger: Ledger | None, plan: Plan, moment: datetime
) -> Planned:
    """One source's line."""
    read = last_read(store, plan.source_id)
    last = ledger.last(plan.source_id) if ledger else None
    anchor = ledger.kept_anchor(plan.source_id) if ledger else None
    anchor = anchor or (read + plan.first_pause if read else moment)
    due = next_due(plan, anchor, last, moment)
    text, next_run = wording(plan), stamp(max(due.at, moment))
    if reason := paused_reason(store, plan.source_id):
        resume = f"rackrent sources resume {plan.source_id}"
        return Planned(
            plan.source_id, text, stamp_or_none(read), None, f"paused: {reason}; then: {resume}"
        )
    if is_read(home, plan.source_id):
        return Planned(plan.source_id, text, stamp_or_none(read), None, "is read now")
    return Planned(plan.source_id, text, stamp_or_none(read), next_run, note_on(last, due.missed))


def note_on(last: Slot | None, missed: int) -> str:
    """What is to be said of a source that is not held back."""
    if last and last.state == AGAIN:
        why = last.reason or f"exit code {last.exit_code}"
        return f"try {last.attempt} was cut off: {why}"
    if last and last.exit_code:
        return f"last run ended with exit code {last.exit_code}"
    return f"{missed} runs were slept through" if missed else ""


def wording(plan: Plan) -> str:
    """A plan in words."""
    hours = int(plan.every.total_seconds() // 3600)
    every = f"every {hours} h" if hours else f"every {int(plan.every.total_seconds() // 60)} min"
    if hours and hours % 24 == 0:
        every = f"every {hours // 24} d"
    at = f" at {', '.join(f'{time:%H:%M}' for time in plan.at)}" if plan.at else ""
    within = f" in {plan.active_hours}" if plan.active_hours else ""
    return every + at + within + (f" ({plan.zone.key})" if at or within else "")

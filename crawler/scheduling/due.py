"""What is due next for one source: decided from its plan, its last slot and the moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.clock import moment_of
from crawler.scheduling.ledger import AGAIN, Slot
from crawler.scheduling.plan import Plan, first_slot, newest_slot, opened, slot_after, start_of

TRIES = 3
"""How often one slot is tried at most."""
RETRY = timedelta(minutes=15)
"""Pause before a failed slot is tried again; twice that before the third try."""
PASSING = (1, 3)
"""Exit codes of faults that may pass: an unexpected error, a way out that is down."""
CUT_OFF = (130, -2, -9, -15, 137, 143)
"""Exit codes of a crawl that was stopped from outside."""


@dataclass(frozen=True, slots=True)
class Due:
    """The next run of a source."""

    source_id: str
    """Which source."""
    at: datetime
    """When it may start, UTC."""
    slot: datetime
    """The slot that it fills, UTC."""
    missed: int = 0
    """Older slots that it stands for too."""
    attempt: int = 1
    """Which try of its slot it is."""


def next_due(plan: Plan, anchor: datetime, last: Slot | None, moment: datetime) -> Due:
    """The next run of a source; one that is late stands for all slots until the moment."""
    if last is not None and last.state == AGAIN and last.attempt < TRIES:
        return repeated(plan, last, moment)
    first = slot_after(plan, moment_of(last.slot)) if last else first_slot(plan, anchor)
    # what was never scheduled is read at once: nobody can see a clockwork yet
    at = start_of(plan, first) if last or plan.at else opened(plan, first)
    if at > moment:
        return Due(plan.source_id, at, first)
    slot, missed = newest_slot(plan, first, moment)
    return Due(plan.source_id, at, slot, missed)


def repeated(plan: Plan, last: Slot, moment: datetime) -> Due:
    """The next try of a slot; it becomes a newer slot's run when that has opened meanwhile."""
    at = opened(plan, moment_of(last.retry_at or last.slot))
    slot, missed = newest_slot(plan, moment_of(last.slot), moment)
    attempt = last.attempt + 1 if missed == 0 else 1
    return Due(plan.source_id, at, slot, last.missed + missed, attempt)


def retry_after(exit_code: int, attempt: int) -> timedelta | None:
    """How long to wait before a slot is tried again; None when it is done, well or ill."""
    if attempt >= TRIES:
        return None
    if exit_code in CUT_OFF:
        return timedelta(0)
    return RETRY * attempt if exit_code in PASSING else None

"""When a source is to be read: its slots, as pure functions of its file and of a moment.

A slot is a nominal moment (UTC) for one run. With `every` alone, slots are that far apart; with
`at`, they are the same times of the day in the source's zone, whatever daylight saving does.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from crawler.source import Source
from crawler.source_fields import hours_of, is_within, minutes_of

JITTER = 0.1
"""Largest share of `every` by which a run is put off, so that no clockwork shows."""
JITTER_MOST = timedelta(minutes=10)
FRESH = timedelta(hours=1)
"""A run that began up to this long before a slot (or half of `every`) stands for the slot."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a source's file says of its hours."""

    source_id: str
    """Which source."""
    every: timedelta
    """How often to read it."""
    at: tuple[time, ...]
    """Times of the day, in its zone, in order; empty where `every` alone counts."""
    active_hours: str | None
    """Hours in which it may be read, in its zone."""
    zone: ZoneInfo
    """Its time zone; UTC where its file names none."""

    @property
    def days(self) -> int:
        """Days from one day with `at` to the next."""
        return max(1, round(self.every / timedelta(days=1)))

    @property
    def first_pause(self) -> timedelta:
        """How long after a run that nobody scheduled the first slot may lie."""
        return timedelta(days=self.days - 1) if self.at else self.every

    @property
    def fresh(self) -> timedelta:
        """How long before a slot a run may have begun to stand for it."""
        return min(self.every / 2, FRESH)


def plan_of(source: Source) -> Plan:
    """The plan that a source's file states."""
    return Plan(
        source.id,
        timedelta(minutes=minutes_of(source.every)),
        tuple(sorted(time.fromisoformat(text) for text in source.at)),
        source.active_hours,
        ZoneInfo(source.timezone or "UTC"),
    )


def first_slot(plan: Plan, anchor: datetime) -> datetime:
    """The first slot at or after the moment from which a source is scheduled, UTC."""
    if not plan.at:
        return anchor
    day = anchor.astimezone(plan.zone).date()
    return next(
        slot
        for step in count()
        for slot in slots_on(plan, day + timedelta(days=step))
        if slot >= anchor
    )


def slot_after(plan: Plan, slot: datetime) -> datetime:
    """The slot that follows a slot, UTC."""
    if not plan.at:
        return slot + plan.every
    day = slot.astimezone(plan.zone).date()
    later = [other for other in slots_on(plan, day) if other > slot]
    return later[0] if later else slots_on(plan, day + timedelta(days=plan.days))[0]


def slots_on(plan: Plan, day: date) -> list[datetime]:
    """The slots of a day with `at`, UTC, in order.

    A time that a clock change leaves out is read as if the clock had not changed; of one that
    comes twice, the first.
    """
    return sorted(datetime.combine(day, at, plan.zone).astimezone(UTC) for at in plan.at)


def opened(plan: Plan, slot: datetime) -> datetime:
    """The slot, or the next moment of active hours when it lies outside of them, UTC."""
    hours = plan.active_hours
    if hours is None or is_within(hours, plan.zone.key, slot):
        return slot
    opening, _ = hours_of(hours)
    day = slot.astimezone(plan.zone).date()
    days = (day + timedelta(days=step) for step in (0, 1))
    moments = (datetime.combine(each, opening, plan.zone).astimezone(UTC) for each in days)
    return next(moment for moment in moments if moment >= slot)


def start_of(plan: Plan, slot: datetime) -> datetime:
    """When a slot's run is due: put off by its own jitter, if active hours allow that, UTC."""
    moment = opened(plan, slot)
    late = moment + jitter_of(plan, slot)
    return late if opened(plan, late) == late else moment


def jitter_of(plan: Plan, slot: datetime) -> timedelta:
    """How long a slot's run is put off: the same for the same slot, whole seconds."""
    most = min(plan.every * JITTER, JITTER_MOST)
    digest = hashlib.sha256(f"{plan.source_id} {slot.isoformat()}".encode()).digest()
    share = int.from_bytes(digest[:4]) / 2**32
    return timedelta(seconds=int(most.total_seconds() * share))


def newest_slot(plan: Plan, slot: datetime, moment: datetime) -> tuple[datetime, int]:
    """The newest slot that has opened by a moment, from a slot on, and how many it stands for.

    Slots that were slept through are one run, not many.
    """
    missed = 0
    if not plan.at and plan.active_hours is None:
        missed = max(0, (moment - slot) // plan.every)
        return slot + missed * plan.every, missed
    while opened(plan, later := slot_after(plan, slot)) <= moment:
        slot, missed = later, missed + 1
    return slot, missed

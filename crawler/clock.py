"""Times as they stand in rows: UTC, ISO 8601, whole seconds, with a Z."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass
class _Floor:
    """The latest moment that this process knows of, where time must not go back."""

    moment: datetime | None = None
    since: float = 0.0
    """When that was, on a clock that nobody sets, seconds."""


_floor = _Floor()


def now() -> datetime:
    """The present moment, aware UTC, whole seconds.

    After `never_before` it does not go back, whoever sets the machine's clock.
    """
    moment = datetime.now(UTC)
    if _floor.moment is not None:
        counted = time.monotonic()
        moment = max(moment, _floor.moment + timedelta(seconds=counted - _floor.since))
        _floor.moment, _floor.since = moment, counted
    return moment.replace(microsecond=0)


def never_before(moment: datetime) -> None:
    """From now on `now` gives nothing before this moment in this process: time is counted on."""
    _floor.moment, _floor.since = moment, time.monotonic()


def follow_the_machine() -> None:
    """End what `never_before` began: `now` is the machine's clock again."""
    _floor.moment = None


def stamp(moment: datetime) -> str:
    """A moment as rows hold it, such as `2026-03-01T09:30:00Z`.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    # takes a third of the time of strftime; what is cut off is the offset, and microseconds
    return moment.astimezone(UTC).isoformat()[:19] + "Z"


def stamp_or_none(moment: datetime | None) -> str | None:
    """Like `stamp`; None stays None."""
    return None if moment is None else stamp(moment)


def moment_of(text: str) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

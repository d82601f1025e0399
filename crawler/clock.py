"""Times as they stand in rows: UTC, ISO 8601, whole seconds, with a Z."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """A moment as rows hold it, such as `2026-03-01T09:30:00Z`.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def stamp_or_none(moment: datetime | None) -> str | None:
    """Like `stamp`; None stays None."""
    return None if moment is None else stamp(moment)


def moment_of(text: str) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

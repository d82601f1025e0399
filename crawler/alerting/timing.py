"""When alerts leave: digests, quiet hours, tries."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.alerting.rules import Rule
from crawler.source_fields import hours_of, is_within

PAUSES_M = (1, 5, 15, 60, 180, 360, 720)
"""Minutes before the second, third… try."""
TRIES = len(PAUSES_M) + 1
"""Tries before an alert is given up: about a day."""


def due_at(rule: Rule, moment: datetime) -> datetime:
    """When an alert that matched at a moment may leave, UTC: at its digest, after quiet hours."""
    local = moment.astimezone(ZoneInfo(rule.timezone))
    if rule.digest == "hourly":
        local = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    elif rule.digest.startswith("daily@"):
        hour, minute = map(int, rule.digest.removeprefix("daily@").split(":"))
        wanted = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        local = wanted if wanted > local else wanted + timedelta(days=1)
    return after_quiet(rule, local.astimezone(UTC))


def is_quiet(rule: Rule, moment: datetime) -> bool:
    """Whether a moment lies in the rule's quiet hours."""
    return rule.quiet_hours is not None and is_within(rule.quiet_hours, rule.timezone, moment)


def after_quiet(rule: Rule, moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours that it lies in, UTC."""
    if rule.quiet_hours is None or not is_quiet(rule, moment):
        return moment
    _, end = hours_of(rule.quiet_hours)
    local = moment.astimezone(ZoneInfo(rule.timezone))
    wanted = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return (wanted if wanted > local else wanted + timedelta(days=1)).astimezone(UTC)


def next_try(rule: Rule, tries: int, moment: datetime) -> datetime:
    """When to try again after so many tries, UTC."""
    pause = PAUSES_M[min(tries, len(PAUSES_M)) - 1]
    return after_quiet(rule, moment + timedelta(minutes=pause))

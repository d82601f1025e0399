"""The time zone that a page states for its dates: «All times are GMT -5», «UTC+03:00»."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

STATED = re.compile(
    r"(?:(?:all )?times are|times? ?zone|alle zeit(?:en|angaben)|zeitzone|часовой пояс|"
    r"fuseau horaire|heures sont|zona horaria|franja horaria|horarios? (?:son|são)|"
    r"(?:tutti )?gli orari sono|strefa czasowa|fuso orario|tijden zijn)"
    r"(?P<gap>[^<>]{0,20}?(?:<span\b[^<>]{0,40}?(?:title=\"(?P<name>[A-Za-z]+/[A-Za-z_/-]+)\")?"
    r"[^<>]{0,40}>)?[^<>]{0,12}?)(?:GMT|UTC|WEZ)"
    r"(?:\s*(?P<sign>[+\-\u2212])\s*(?P<hours>[0-9]{1,2})(?:[:.](?P<minutes>[0-9]{2}))?)?"
    r"(?P<summer>[^<>\[]{0,12}\[\s*(?:DST|летнее время|Sommerzeit|heure d[’']été)[^\]<>]{0,12}\])?",
    re.I,
)
ZONES = tuple(re.compile(name) for name in ("gmt", "utc", "wez"))
"""What every statement holds; a look around it is a hundredth of a look through the page."""
BEFORE, BEHIND = 400, 200
"""Characters of a statement before and behind it."""
MOST = 200
"""Places that are looked at: a page may be full of them."""
CLOCK = re.compile(
    r"(?:the time now is|время:|es ist jetzt|il est actuellement|la hora es|текущее время:?)"
    r"(?:\s|&nbsp;|<[^<>]{0,60}>){0,4}(?P<hour>[0-9]{1,2})[:h.](?P<minute>[0-9]{2})"
    r"(?:\s|&nbsp;|<[^<>]{0,60}>){0,4}(?P<half>[ap]m)?",
    re.I,
)
TAIL = 60_000
"""Characters at a page's end in which software states the zone."""
NEAR = timedelta(minutes=3)
DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def zone_named(name: str) -> tzinfo:
    """The time zone of that IANA name; UTC for an unknown one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def zone_stated(tail: str, small: str, fetched_at: datetime) -> tzinfo | None:
    """The zone that a page states in its footer; None when it states none.

    `tail` is the page's end, `small` the same in small letters.

    An IANA name outranks an offset. Offsets leave summer time out on some boards: where the
    page's own clock is one hour ahead of what it states, the clock is right.
    """
    match = last_stated(tail, small)
    if match is None:
        return None
    if match["name"] and isinstance(zone := zone_named(match["name"]), ZoneInfo):
        return zone
    offset = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    if offset > timedelta(hours=14):
        return None
    offset = -offset if match["sign"] in ("-", "\u2212") else offset
    hour = timedelta(hours=1)
    ahead = match["summer"] or any(
        is_clock(fetched_at + offset + hour, clock) for clock in clocks_in(tail)
    )
    return timezone(offset + hour if ahead else offset)


def last_stated(text: str, small: str) -> re.Match[str] | None:
    """The last statement of a zone in a text; `small` is the same in small letters."""
    # some capital letters become two small ones: then places shift by a few characters
    places = sorted(found.start() for name in ZONES for found in name.finditer(small))
    for place in reversed(places[-MOST:]):
        found = list(STATED.finditer(text[max(0, place - BEFORE) : place + BEHIND]))
        if found:
            return found[-1]
    return None


def clocks_in(text: str) -> Iterator[timedelta]:
    """The page's own time of day, as often as it states it."""
    for match in CLOCK.finditer(text):
        hour, minute, half = int(match["hour"]), int(match["minute"]), (match["half"] or "").lower()
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour < 24 and minute < 60:
            yield timedelta(hours=hour, minutes=minute)


def is_clock(moment: datetime, clock: timedelta) -> bool:
    """Whether a time of day is that of a moment, to a few minutes, midnight included."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    apart = abs((moment - midnight) - clock)
    return min(apart, DAY - apart) <= NEAR

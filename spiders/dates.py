"""Moments that pages write: epochs, ISO 8601, "Yesterday, 03:05 AM", 22-11-2026, «12 июля 2026»."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from selectolax.lexbor import LexborNode

from spiders.date_words import (
    AGO,
    DAY_WORD,
    DAYS,
    MONTH_OF,
    NAMED,
    NOW,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
)
from spiders.nodes import line_of
from spiders.numeric_days import NUMERIC, numeric_day, safe_date
from spiders.page import Page

LONGEST = 120
"""No date is longer, characters."""
OLDEST = datetime(1995, 1, 1, tzinfo=UTC)
ISO = re.compile(
    r"(?P<y>[12][0-9]{3})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"
    r"(?P<clock>[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
    r"(?:\.[0-9]+)?\s*(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.I,
)
NUMERIC_ONLY = re.compile(
    r"[0-9]{1,2}[-./][0-9]{1,2}[-./](?:[0-9]{4}|[0-9]{2}),? {0,3}"
    r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)?)?"
)
"""The commonest date: no word in it, so none is looked for."""
YEAR_FIRST = re.compile(r"(?<![0-9])([12][0-9]{3})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?![0-9])")
CLOCK = re.compile(
    r"(?<![0-9:.])([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?(?![0-9:])"
    r"(?:\s*(?P<half>[ap])\.?m\b)?",
    re.I,
)


STATING = "time, abbr, span[title], [data-time], [data-timestamp]"
"""Elements that may state a date in an attribute."""


def moment_at(
    page: Page,
    node: LexborNode | None,
    raw: str | None = None,
    *,
    outside: LexborNode | None = None,
) -> datetime | None:
    """The moment that a node states, UTC: by attribute where it has one, else by its words.

    An epoch or ISO attribute outranks a `title`, which outranks the text. None for no node, for
    what is no date, and (with a problem) for a moment before 1995 or in the future. `raw` is the
    part of its words that states the date, where it says more than that; `outside` a part of the
    node that states another date, such as a note on an edit.
    """
    if node is None:
        return None
    shown = line_of(node) if raw is None else raw
    for name, value in stated_in(node, outside):
        moment = by_attribute(page, name, value[:LONGEST], shown)
        if moment:
            return sane(page, moment, value)
    return moment_in(page, shown)


def stated_in(node: LexborNode, outside: LexborNode | None) -> Iterator[tuple[str, str]]:
    """Date attributes of a node and of the first few elements in it, exact ones first."""
    nodes = [node, *node.css(STATING)[:6]]
    if outside is not None:
        others = {each.mem_id for each in (outside, *outside.css(STATING))}
        nodes = [each for each in nodes if each.mem_id not in others]
    for names in (("data-timestamp", "data-time", "datetime"), ("title",)):
        for each in nodes:
            for name in names:
                value = each.attributes.get(name)
                if value and any(sign.isdigit() for sign in value):
                    yield name, value


def by_attribute(page: Page, name: str, value: str, shown: str) -> datetime | None:
    """The moment in an attribute; a title without a time of day takes the text's."""
    if name in ("data-time", "data-timestamp"):
        return from_epoch(value)
    if name == "datetime":
        return from_iso(value, page.zone)
    if name == "title" and not is_date(value):
        return None
    clock = None if find_clock(value) else find_clock(shown)
    return parse(page, f"{value}, {clock[0]}" if clock else value)


def is_date(text: str) -> bool:
    """Whether a short text names a day, and is not a title that happens to hold digits."""
    if re.search(r"#\s*[0-9]", text):
        return False
    return any(pattern.search(text) for pattern in (NUMERIC, YEAR_FIRST, *NAMED))


def moment_in(page: Page, raw: str | None) -> datetime | None:
    """The moment that a text states, UTC; None when it states none or an absurd one."""
    raw = (raw or "").strip()
    if not raw or len(raw) > LONGEST:
        return None
    moment = parse(page, raw)
    if moment is None and any(sign.isdigit() for sign in raw):
        page.note("unread_date", raw)
    return sane(page, moment, raw) if moment else None


def sane(page: Page, moment: datetime, raw: str) -> datetime | None:
    """The moment, unless it is before 1995 or more than a day after the page was fetched."""
    if OLDEST <= moment <= page.fetched_at + timedelta(days=1):
        return moment
    page.note("absurd_date", raw)
    return None


def parse(page: Page, raw: str) -> datetime | None:
    """The moment in a short text, however absurd; own rules first, then dateparser."""
    text = " ".join(raw.split()).lower()[:LONGEST]
    if moment := from_iso(text, page.zone):
        return moment
    here = page.zone
    day = None
    if NUMERIC_ONLY.fullmatch(text):
        if match := NUMERIC.search(text):
            day = numeric_day(match, page)
    else:
        if NOW.search(text):
            return page.fetched_at
        if seconds := seconds_ago(text):
            return page.fetched_at - timedelta(seconds=seconds)
        day = day_in(page, text, page.fetched_at.astimezone(here))
    if day is None:
        return by_dateparser(text, page)
    hour, minute, second = clock_in(text)
    try:
        local = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=here)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day_in(page: Page, text: str, local: datetime) -> date | None:
    """The day that a text names, in the board's time zone."""
    if match := DAY_WORD.search(text):
        return local.date() - timedelta(days=DAYS[match[1].lower()])
    if match := WEEKDAY.match(text):
        back = (local.weekday() - WEEKDAYS.index(match[1].lower())) % 7 or 7
        return local.date() - timedelta(days=back)
    for pattern in NAMED:
        if match := pattern.search(text):
            return named_day(match, local)
    if match := YEAR_FIRST.search(text):
        return safe_date(int(match[1]), int(match[2]), int(match[3]))
    if match := NUMERIC.search(text):
        return numeric_day(match, page)
    return None


def named_day(match: re.Match[str], local: datetime) -> date | None:
    """A day with a month's name; without a year the latest one that is not in the future."""
    name, groups = match["month"].lower(), match.groupdict()
    month = MONTH_OF.get(name[:4]) or MONTH_OF[name[:3]]
    day = int(groups.get("d") or 1)
    if groups["y"]:
        return safe_date(int(groups["y"]), month, day)
    this_year = safe_date(local.year, month, day)
    if this_year and this_year > local.date() + timedelta(days=1):
        return safe_date(local.year - 1, month, day)
    return this_year


def find_clock(text: str) -> re.Match[str] | None:
    """The first time of day in a text, dates aside."""
    return CLOCK.search(YEAR_FIRST.sub(" ", NUMERIC.sub(" ", text)))


def clock_in(text: str) -> tuple[int, int, int]:
    """Hour, minute and second of the first time of day in a text; midnight without one."""
    match = find_clock(text)
    if not match:
        return 0, 0, 0
    hour, half = int(match[1]), (match["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(match[2]), int(match[3] or 0)


def seconds_ago(text: str) -> int | None:
    """How long ago a text like `5 minutes ago` means; None for other texts."""
    ago = ago_in(text)
    return ago[0] * ago[1] if ago else None


def ago_in(text: str) -> tuple[int, int] | None:
    """Number and unit (seconds) of a text like `5 minutes ago`; None for other texts."""
    match = AGO.search(text)
    if not match:
        return None
    number = match["n"] or match["n2"] or match["n3"] or "1"
    unit = (match["unit"] or match["unit2"] or match["unit3"]).lower()
    return int(number) if number.isdigit() else 1, UNITS.get(unit[:4]) or UNITS[unit[:3]]


def slack_of(raw: str | None) -> timedelta:
    """How exact a date as written is: a day without a time of day, else the unit that it names."""
    text = " ".join((raw or "").split()).lower()[:LONGEST]
    if not text:
        return timedelta(minutes=1)
    if ago := ago_in(text):
        return timedelta(seconds=max(60, ago[1]))
    if NOW.search(text):
        return timedelta(minutes=5)
    return timedelta(minutes=1) if find_clock(text) else timedelta(days=1)


def from_epoch(value: str) -> datetime | None:
    """The moment of an epoch in seconds or milliseconds; None for anything else."""
    digits = value.strip()
    if not re.fullmatch(r"[0-9]{9,13}", digits):
        return None
    return datetime.fromtimestamp(int(digits) // (1000 if len(digits) > 11 else 1), UTC)


def from_iso(value: str, here: tzinfo) -> datetime | None:
    """The moment of an ISO 8601 text with a time of day; the board's zone when it names none."""
    match = ISO.match(value.strip())
    if not match or not match["clock"]:
        return None
    clock = match["clock"].upper().strip("T ")
    clock = f"0{clock}" if clock[1] == ":" else clock
    offset = (match["offset"] or "").upper().replace("Z", "+00:00")
    day = f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{offset}")
        return (moment if offset else moment.replace(tzinfo=here)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def by_dateparser(text: str, page: Page) -> datetime | None:
    """The last resort, for month names of languages that have no rule here."""
    if len(text) > 40 or not any(sign.isdigit() for sign in text):
        return None
    # late: few crawls meet such a date, and importing takes a tenth of a second
    import dateparser

    local = page.fetched_at.astimezone(page.zone).replace(tzinfo=None)
    found: datetime | None = dateparser.parse(
        text,
        settings={"RELATIVE_BASE": local, "PREFER_DATES_FROM": "past", "STRICT_PARSING": True},
    )
    if found is None:
        return None
    try:
        aware = found if found.tzinfo else found.replace(tzinfo=page.zone)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None

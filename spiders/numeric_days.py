"""Days in numbers alone: 22-11-2026 or 11-22-2026, and which of the two a page means."""

import re
from datetime import date
from functools import lru_cache

from spiders.page import Page

Numbers = tuple[int, int, int]
"""The numbers of a date as it is written: day and month or month and day, and the year."""
NUMERIC = re.compile(r"(?<![0-9])([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])")
STATED_YEAR = tuple(
    # the literal first: it is what the search goes by
    re.compile(century + r'[0-9]{2}(?=,? +[0-9]{1,2}:|")')
    for century in ("20", "19")
)
BEFORE_YEAR = re.compile(r"(?<![0-9])([0-9]{1,2})([-./])([0-9]{1,2})\2$")
OWN_CLOCK = (
    "current_time", "current time", "currently", "time now", "time is now", "local time",
    "server time", "текущее время", "сейчас", "aktuelle zeit", "aktuelle uhrzeit", "es ist jetzt",
    "hora actual", "hora atual", "heure actuelle", "当前时间", "الوقت الآن",
)  # fmt: skip
"""Words before the present time in a page's footer, in small letters."""
CLOCK_NEAR = 60
"""Characters behind them, markup included, within which it stands."""


def numeric_day(match: re.Match[str], page: Page) -> date | None:
    """22-11-2026 or 11-22-2026: by its own numbers, else by the order the page uses elsewhere."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if len(match[4]) == 2 else 0
    day_first = first > 12 or (second <= 12 and day_leads(page, match[2]))
    return safe_date(year, second, first) if day_first else safe_date(year, first, second)


def day_leads(page: Page, separator: str) -> bool:
    """Whether the day comes before the month: as unambiguous dates on the page say.

    Without one, the order in which the page's own clock (`Current time: 11-22-2026, 10:15 AM`) is
    right; else dots mean day first (Europe), dashes and slashes month first (MyBB's default).
    """
    dates = dates_of(page.text)
    leading = sum(1 for first, second, _ in dates if first > 12 >= second)
    trailing = sum(1 for first, second, _ in dates if second > 12 >= first)
    if leading != trailing:
        return leading > trailing
    today = page.fetched_at.astimezone(page.zone).date()
    if today.day != today.month:
        # not any date of the page: a post of 12 January reads like today on 1 December
        shown = clock_date_of(page.small_tail)
        if shown == (today.day, today.month, today.year):
            return True
        if shown == (today.month, today.day, today.year):
            return False
    return separator == "."


@lru_cache(maxsize=8)
def clock_date_of(tail: str) -> Numbers | None:
    """The date of the page's own clock: the last one right behind words for the present time.

    Footers come after what people wrote. `tail` is the page's end in small letters.
    """
    last, shown = -1, None
    for words in OWN_CLOCK:
        # most words are not there, which is told faster than from the end
        at = tail.rfind(words) if words in tail else -1
        while at > last:
            behind = at + len(words)
            if found := NUMERIC.search(tail, behind, behind + CLOCK_NEAR):
                last, shown = at, (int(found[1]), int(found[3]), int(found[4]))
            at = tail.rfind(words, 0, at)
    return shown


@lru_cache(maxsize=8)
def dates_of(html: str) -> frozenset[Numbers]:
    """Numeric dates of a page that stand before a time of day or end an attribute."""
    found = set()
    for form in STATED_YEAR:
        for year in form.finditer(html):
            if before := BEFORE_YEAR.search(html[max(0, year.start() - 7) : year.start()]):
                found.add((int(before[1]), int(before[3]), int(year[0])))
    return frozenset(found)


def safe_date(year: int, month: int, day: int) -> date | None:
    """A date; None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Newer rates for the home: daily files of exchange-api, and the ECB's history."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlsplit

from crawler.home import Home
from crawler.rates import ECB_FILE, known_days
from crawler.visit import Visited, Visitor

DAILY = "https://{day}.currency-api.pages.dev/v1/currencies/usd.json"
"""One day's rates of https://github.com/fawazahmed0/exchange-api; `{day}` is YYYY-MM-DD."""
ECB = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
"""All euro reference rates of the European Central Bank."""
CURRENCIES = re.findall(
    r"\S+",
    "RUB BTC ETH XMR LTC TRX UAH KZT BYN GEL AMD AZN AED SAR EGP VND ARS COP CLP PEN TWD NGN KWD",
)
"""What the ECB does not publish and offers name."""
MOST_DAYS = 400
"""Days of one update."""
AGENT = "rackrent (exchange rates)"
OWN_FILE = "exchange-api.csv"


class RatesError(ValueError):
    """An answer that holds no rates; the text says which and why."""


def update_days(
    home: Home, today: date, *, every: int = 7, template: str = DAILY, local: bool = False
) -> int:
    """Add rates of days since the last known one, `every` days apart and today's; rows added.

    Raises:
        RatesError: an answer is no table of rates.
        VisitError: an answer did not come.
    """
    rows: list[tuple[str, str, str, str]] = []
    for day in missing_days(known_days(home), today, every):
        url = template.format(day=day.isoformat())
        found = rows_in(visit(url, local=local), day)
        rows += [(day.isoformat(), code, f"{usd:.6g}", "exchange-api") for code, usd in found]
    if rows:
        append(home, rows)
    return len(rows)


def missing_days(known: Iterable[date], today: date, every: int) -> list[date]:
    """Days to ask for: from the last known one on in steps, and today; none when up to date."""
    last = max((day for day in known if day <= today), default=today - timedelta(days=every))
    days: list[date] = []
    while last + timedelta(days=every) < today and len(days) < MOST_DAYS:
        last += timedelta(days=every)
        days.append(last)
    return [*days, today] if last < today else days


def visit(url: str, *, local: bool) -> Visited:
    """The answer to a GET of that URL."""
    with Visitor([urlsplit(url).netloc], AGENT, local=local) as visitor:
        return visitor.get(url)


def rows_in(visited: Visited, day: date) -> list[tuple[str, float]]:
    """Currencies and the dollars for one unit of each.

    Raises:
        RatesError: the answer holds no such table.
    """
    where = f"rates of {day} from {visited.url}"
    try:
        table = json.loads(visited.body)["usd"]
        found = [
            (code, 1 / float(table[code.lower()])) for code in CURRENCIES if table.get(code.lower())
        ]
    except (ValueError, KeyError, TypeError, ZeroDivisionError) as error:
        raise RatesError(f"{where}: status {visited.status}, no table of rates: {error}") from error
    if visited.status != 200 or not found:
        raise RatesError(f"{where}: status {visited.status}, no rate in it")
    return found


def append(home: Home, rows: list[tuple[str, str, str, str]]) -> None:
    """Write rows to the home's own table, which is replaced whole: a kill leaves the old one."""
    home.rates.mkdir(parents=True, exist_ok=True)
    path = home.rates / OWN_FILE
    old = path.read_text("utf-8") if path.exists() else "day,currency,usd,source\n"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    fresh = path.with_suffix(".new")
    fresh.write_text(old + text.getvalue(), "utf-8")
    fresh.replace(path)


def update_ecb(home: Home, *, url: str = ECB, local: bool = False) -> int:
    """Replace the home's copy of the ECB's history; bytes written.

    Raises:
        RatesError: the answer is no ZIP file with rates.
        VisitError: the answer did not come.
    """
    visited = visit(url, local=local)
    try:
        with zipfile.ZipFile(io.BytesIO(visited.body)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise RatesError(f"{url}: status {visited.status}, not a ZIP file") from error
    if not any(name.endswith(".csv") for name in names):
        raise RatesError(f"{url}: the ZIP file has no CSV file: {names[:3]}")
    home.rates.mkdir(parents=True, exist_ok=True)
    fresh = home.rates / f"{ECB_FILE}.new"
    fresh.write_bytes(visited.body)
    fresh.replace(home.rates / ECB_FILE)
    return len(visited.body)

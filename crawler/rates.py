"""US dollars at the rate of a post's day, with the day and the source of the rate."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from currency_converter import CurrencyConverter, RateNotFoundError

from crawler.home import DATA, Home

PEGGED = {"USD": "the dollar itself", "USDT": "pegged to the dollar", "WMZ": "pegged to the dollar"}
ECB_FILE = "ecb.zip"
"""The operator's copy of the ECB's history, in the home's `rates/`."""
GAP_DAYS = 10
"""Oldest rate that stands in for a day without one (weekends, holidays)."""
LATE_DAYS = 60
"""How far past a table's last day its last rate is still used."""
DAYS_A_MONTH = 365.25 / 12
MONTHS = {
    "day": 1 / DAYS_A_MONTH,
    "week": 7 / DAYS_A_MONTH,
    "month": 1.0,
    "quarter": 3.0,
    "half-year": 6.0,
    "year": 12.0,
}
"""Months that a period lasts. An hour's price is for an hour's service, never for a month."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency was worth."""

    usd: float
    """US dollars for one unit."""
    day: str
    """Day of the rate, YYYY-MM-DD."""
    source: str
    """Where it comes from."""


class Rates:
    """Rates of the ECB's history (in the package CurrencyConverter), pegs, and dated CSV files.

    A CSV file has the columns `day,currency,usd,source`; the operator's files win over the ECB.
    """

    def __init__(self, files: Iterable[Path] = (), ecb: Path | None = None) -> None:
        """Load the CSV files, and the ECB's history from a file of the operator's.

        Raises:
            ValueError: a line is wrong; the text names file, line and value.
        """
        history = {"currency_file": str(ecb)} if ecb and ecb.exists() else {}
        self._ecb = CurrencyConverter(fallback_on_missing_rate=False, **history)
        self._table: dict[str, dict[date, Rate]] = {}
        for path in files:
            for currency, day, rate in rows_of(path):
                self._table.setdefault(currency, {})[day] = rate
        self._known: dict[tuple[str, str], Rate | None] = {}

    def find(self, currency: str, day: str) -> Rate | None:
        """The rate of a currency on a day (YYYY-MM-DD); None when no table has one near."""
        if (currency, day) not in self._known:
            self._known[currency, day] = self._look_up(currency, date.fromisoformat(day))
        return self._known[currency, day]

    def _look_up(self, currency: str, day: date) -> Rate | None:
        if currency in PEGGED:
            return Rate(1.0, day.isoformat(), PEGGED[currency])
        table = self._table.get(currency, {})
        near = [known for known in table if timedelta(0) <= day - known <= timedelta(LATE_DAYS)]
        if near:
            return table[max(near)]
        return self._ecb_rate(currency, day)

    def _ecb_rate(self, currency: str, day: date) -> Rate | None:
        if currency not in self._ecb.currencies:
            return None
        first, last = self._ecb.bounds[currency]
        if day < first or day > last + timedelta(LATE_DAYS):
            return None
        start = min(day, last)
        for back in range(GAP_DAYS + 1):
            tried = start - timedelta(back)
            try:
                usd = self._ecb.convert(1, currency, "USD", date=tried)
            except RateNotFoundError:
                # no rate on that day: weekends and holidays
                continue
            return Rate(float(usd), tried.isoformat(), "ECB reference rates")
        return None


def rows_of(path: Path) -> list[tuple[str, date, Rate]]:
    """The rates of one CSV file.

    Raises:
        ValueError: a line is wrong; the text names file, line and value.
    """
    rows = []
    with path.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), start=2):
            try:
                day = date.fromisoformat(row["day"])
                rate = Rate(float(row["usd"]), row["day"], row["source"])
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"{path}:{number}: {row} is not a rate; "
                    "write day (YYYY-MM-DD), currency, usd and source"
                ) from error
            rows.append((row["currency"], day, rate))
    return rows


def load_rates(home: Home) -> Rates:
    """Rates of the shipped tables and of the operator's, which win."""
    return Rates(tables(home), home.rates / ECB_FILE)


def tables(home: Home) -> list[Path]:
    """CSV files of rates, the operator's last."""
    return sorted((DATA / "rates").glob("*.csv")) + sorted(home.rates.glob("*.csv"))


def known_days(home: Home) -> set[date]:
    """Days of which some table has the rouble, which every daily file has."""
    return {day for path in tables(home) for code, day, _ in rows_of(path) if code == "RUB"}


def usd_of(amount: float | None, rate: Rate | None) -> float | None:
    """An amount in US dollars, rounded to a hundredth of a cent; None without amount or rate."""
    return None if amount is None or rate is None else round(amount * rate.usd, 4)


def usd_a_month(usd: float | None, per: str | None) -> float | None:
    """US dollars per month of a periodic price, rounded to cents; None for other prices."""
    if usd is None or per not in MONTHS:
        return None
    return round(usd / MONTHS[per], 2)

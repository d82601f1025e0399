"""Conditions on prices: bounds, and how far an offer is below what was usual before."""

import sqlite3
from collections.abc import Iterable, Mapping
from statistics import median

from crawler.alerting.conditions import When
from crawler.desk.filters import usd
from crawler.store.database import Store

PROVIDER_OFFERS = 3
"""Earlier offers of a provider below which their median says nothing."""
MARKET_PRICES = 5
"""Prices of a month below which their median says nothing."""
MARKET_MONTHS = 12
"""How many months back a median is looked for."""
_PER = {"month": "a month", "each": "each"}
_POINTS = """
select measure, asset_type, provider_id, usd, at from price_points where listing = ?
order by measure, usd
"""
_LOWS = """
select asset_type, measure, ad_id, at, min(usd) as low from price_points
where post in (
    select p.id from provider_members m cross join posts p on p.account_id = m.member_id
    where m.kind = 'account' and m.provider_id = ?)
group by listing, measure
"""
_MARKET = f"""
select median, n, month from month_prices
where asset_type = :asset_type and source_id = '' and measure = :measure
    and month < substr(:at, 1, 7) and n >= {MARKET_PRICES}
    and month >= strftime('%Y-%m', :at, '-{MARKET_MONTHS} months')
order by month desc limit 1
"""
Points = Mapping[str, list[sqlite3.Row]]
"""An offer's prices in US dollars by measure (month, each), lowest first."""


class PriceBook:
    """Prices of a database, with what providers asked before remembered: ask it in one go."""

    def __init__(self, store: Store) -> None:
        """Ask this database."""
        self.store = store
        self._lows: dict[str, list[sqlite3.Row]] = {}

    def earlier_lows(self, point: sqlite3.Row) -> list[float]:
        """Lowest prices of a provider's earlier offers of a type, an ad's same price once."""
        provider = point["provider_id"]
        if provider not in self._lows:
            self._lows[provider] = self.store.rows(_LOWS, (provider,))
        known = {
            (row["ad_id"], row["low"])
            for row in self._lows[provider]
            if row["asset_type"] == point["asset_type"]
            and row["measure"] == point["measure"]
            and row["at"] < point["at"]
        }
        return [low for _, low in known]


def price_reason(book: PriceBook, when: When, listing_id: str) -> str | None:
    """How an offer meets all conditions on prices; None where it does not."""
    points: dict[str, list[sqlite3.Row]] = {}
    for row in book.store.rows(_POINTS, (listing_id,)):
        points.setdefault(row["measure"], []).append(row)
    parts = (
        bounds_reason(when, points),
        provider_reason(book, when, points),
        market_reason(book.store, when, points),
    )
    return None if None in parts else "; ".join(part for part in parts if part)


def bounds_reason(when: When, points: Points) -> str | None:
    """Which price meets the bounds; empty without bounds, None where none does."""
    bounds = {
        "month": (when.usd_month_below, when.usd_month_above),
        "each": (when.usd_each_below, when.usd_each_above),
    }
    wanted = {name: pair for name, pair in bounds.items() if pair != (None, None)}
    for measure, (below, above) in wanted.items():
        for row in points.get(measure, []):
            if (below is None or row["usd"] < below) and (above is None or row["usd"] > above):
                words = [f"below {usd(below)}"] if below else []
                words += [f"above {usd(above)}"] if above else []
                return f"{usd(row['usd'])} USD {_PER[measure]}, {' and '.join(words)}"
    return None if wanted else ""


def provider_reason(book: PriceBook, when: When, points: Points) -> str | None:
    """How the lowest price is below the median of the lowest ones of the provider's earlier offers.

    Empty without that condition, None where it is not, or where there were too few of them.
    """
    if when.below_provider_median is None:
        return ""
    for measure, rows in points.items():
        if rows[0]["provider_id"] is None:
            continue
        lows = book.earlier_lows(rows[0])
        if len(lows) >= PROVIDER_OFFERS:
            where = f"the median of {len(lows)} earlier offers of its provider"
            asked = (rows[0]["usd"], measure)
            if reason := _fall(asked, median(lows), when.below_provider_median, where):
                return reason
    return None


def market_reason(store: Store, when: When, points: Points) -> str | None:
    """How the middle one of the prices is below the market's median of the newest month before.

    Empty without that condition, None where it is not, or where no month holds enough prices.
    """
    if when.below_market_median is None:
        return ""
    for measure, rows in points.items():
        asked = (middle(rows), measure)
        for row in store.rows(_MARKET, dict(rows[0])):
            where = f"the market's median of {row['n']} prices in {row['month']}"
            if reason := _fall(asked, row["median"], when.below_market_median, where):
                return reason
    return None


def middle(rows: Iterable[sqlite3.Row]) -> float:
    """Median of an offer's prices: a list of sizes is compared by its middle."""
    return float(median(row["usd"] for row in rows))


def _fall(asked: tuple[float, str], usual: float, wanted: float, where: str) -> str | None:
    amount, measure = asked
    percent = 100 * (1 - amount / usual)
    if percent < wanted:
        return None
    return f"{usd(amount)} USD {_PER[measure]}, {percent:.0f} % below {usd(usual)} USD, {where}"

"""Rows of figures: what things cost in a month, how many offers came on a day, totals.

`analyse` brings them up to date; each can be rebuilt from the other tables.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MonthPriceRow:
    """What an asset type cost in a month: quartiles over its offers, each ad's price once."""

    id: str
    """Stable id."""
    asset_type: str
    """The asset type."""
    source_id: str
    """The market; empty for all of them together."""
    month: str
    """YYYY-MM: when it was posted, for edited texts when the edit was seen, UTC."""
    measure: str
    """month: US dollars a month; each: US dollars for one (unit prices and access sales)."""
    n: int
    """Prices."""
    low: float
    """The lowest."""
    q1: float
    """A quarter of the prices is below; between two prices it is interpolated linearly."""
    median: float
    """Half of the prices is below."""
    q3: float
    """Three quarters of the prices are below."""
    high: float
    """The highest."""


@dataclass(frozen=True, slots=True)
class DayCountRow:
    """New offers and requests of a day."""

    id: str
    """Stable id."""
    day: str
    """YYYY-MM-DD, when they were first seen, UTC."""
    asset_type: str
    """The asset type."""
    source_id: str
    """Where they stand."""
    intent: str
    """offer or wanted."""
    n: int
    """How many."""


@dataclass(frozen=True, slots=True)
class MonthCountRow:
    """Offers and requests of a month."""

    id: str
    """Stable id."""
    month: str
    """YYYY-MM, when they were posted, else first seen, UTC."""
    asset_type: str
    """The asset type."""
    source_id: str
    """Where they stand."""
    intent: str
    """offer or wanted."""
    n: int
    """How many."""


@dataclass(frozen=True, slots=True)
class TotalRow:
    """One figure of the whole database."""

    id: str
    """posts, listings, active, offers, wanted, providers, contacts, sources, asset_types, ads,
    reposted_ads, repricings."""
    n: int
    """The figure."""

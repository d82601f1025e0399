"""Rows that pages are read from: what is known elsewhere, put together and counted beforehand.

`analyse` brings them up to date; each can be rebuilt from the other tables.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListingNowRow:
    """An offer or request as it stands now, with all that a page shows of it."""

    id: str
    """The listing."""
    asset_type: str
    """What is offered or sought; see the asset types."""
    intent: str
    """offer or wanted."""
    state: str
    """active, sold, closed or gone."""
    confidence: float
    """0 to 1, of the asset type."""
    provider: str | None
    """Who sells, across sources; empty for requests."""
    provider_id: str | None
    """The provider."""
    account: str | None
    """The name on this source."""
    account_id: str | None
    """The account."""
    source_id: str
    """Where it stands."""
    thread_id: str
    """Its thread, channel or product."""
    post_id: str
    """The post that states it."""
    version_id: str
    """The text that states it."""
    version_rowid: int
    """Row number of that text: what the search index gives."""
    ad_id: str | None
    """The ad; posts in the same words share it."""
    title: str | None
    """Title of the thread or product."""
    snippet: str
    """The line that names the asset."""
    language: str | None
    """The text's main language, ISO 639-1."""
    countries: str | None
    """Where the goods are, ISO 3166, separated by blanks."""
    prices: str | None
    """Its prices as written."""
    per: str | None
    """What its prices are for."""
    usd_month: float | None
    """Lowest periodic price, US dollars a month."""
    usd_month_high: float | None
    """Highest periodic price, US dollars a month."""
    usd_low: float | None
    """Lowest price, US dollars, whatever it is for; auction steps and set-up fees left out."""
    usd_high: float | None
    """Highest price, US dollars; auction steps and set-up fees left out."""
    band: str
    """Its price in USD, a month where it is periodic: no price, under 10, 10 to 50 and so on."""
    posted_at: str | None
    """When it was posted, UTC."""
    first_seen: str
    """When this post was first seen to offer or seek it, in whatever text, UTC."""
    last_seen: str
    """When it was last seen, UTC."""
    at: str
    """When it was posted, else first seen, UTC."""
    ended_at: str | None
    """When it was said to be sold or closed, or was found gone, UTC; empty where nothing tells."""


@dataclass(frozen=True, slots=True)
class ProviderNowRow:
    """A provider as it stands now, counted."""

    id: str
    """The provider."""
    name: str
    """The brand most used, else the oldest account's name."""
    accounts: int
    """Its accounts."""
    sources: int
    """On how many sources it sells."""
    contacts: int
    """Its contacts."""
    offers: int
    """Its offers as they stand now."""
    active: int
    """Those that are active."""
    ads: int
    """Its offers with each ad counted once."""
    asset_types: str
    """What it offers, separated by blanks."""
    usd_month_low: float | None
    """Lowest periodic price, US dollars a month."""
    usd_month_high: float | None
    """Highest periodic price, US dollars a month."""
    praised: int
    """Marks that speak for it."""
    accused: int
    """Marks that speak against it."""
    proposals: int
    """Open proposals that it is another one."""
    first_seen: str
    """When its first offer was seen, UTC."""
    last_seen: str
    """When its newest offer was seen, UTC."""


@dataclass(frozen=True, slots=True)
class AssetSellerRow:
    """What one provider offers of one asset type now."""

    id: str
    """Stable id of both."""
    asset_type: str
    """The asset type."""
    provider_id: str
    """The provider."""
    offers: int
    """Offers as they stand now."""
    active: int
    """Those that are active."""
    usd_month_low: float | None
    """Lowest periodic price, US dollars a month."""
    usd_low: float | None
    """Lowest price, US dollars, whatever it is for."""
    last_seen: str
    """When the newest one was seen, UTC."""

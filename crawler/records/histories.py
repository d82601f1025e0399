"""Rows of what happened to offers: prices that changed, ads posted again, early signs.

`analyse` brings them up to date; each can be rebuilt from the other tables.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AssetTypeNowRow:
    """An asset type as it is traded now, counted."""

    id: str
    """The asset type."""
    active: int
    """Active offers."""
    offers: int
    """All offers as they stand now."""
    ads: int
    """Offers with each ad of a provider counted once."""
    wanted: int
    """Requests."""
    providers: int
    """Who sells it."""
    sources: int
    """On how many sources."""
    usd_month_low: float | None
    """Lowest periodic price, US dollars a month."""
    usd_month_average: float | None
    """Mean of the offers' lowest periodic prices, US dollars a month."""
    usd_month_high: float | None
    """Highest periodic price, US dollars a month."""
    usd_low: float | None
    """Lowest price of any kind, US dollars."""
    last_seen: str
    """When its newest offer or request was seen, UTC."""


@dataclass(frozen=True, slots=True)
class RepricingRow:
    """A price that is not what it was: in an edited text, or in the same ad posted again."""

    id: str
    """The price as it became."""
    price_before: str
    """The price as it was."""
    how: str
    """edit: in the same post; repost: the same ad by the same seller in a new post."""
    listing_id: str
    """The offer that states it."""
    post_id: str
    """Its post."""
    post_before: str
    """The post that stated the price before; the same one for edits."""
    provider_id: str | None
    """Who sells."""
    account_id: str | None
    """The name on this source."""
    source_id: str
    """Where it stands."""
    asset_type: str
    """What it is for."""
    per: str | None
    """What the price is for; the same before and after."""
    currency: str | None
    """The same before and after."""
    amount: float
    """What is asked."""
    amount_before: float
    """What was asked before."""
    usd: float | None
    """The same in US dollars at the rate of the post's day."""
    usd_before: float | None
    """What was asked before in US dollars."""
    raw: str
    """The price as written."""
    raw_before: str
    """As it was written before."""
    at: str
    """When it changed, UTC: the edit's first sight, or the day of the new post."""
    seen_at: str
    """When that was noticed, UTC."""


@dataclass(frozen=True, slots=True)
class RepostedAdRow:
    """An ad that stands in several posts."""

    id: str
    """The ad."""
    title: str | None
    """Title of its newest post."""
    provider_id: str | None
    """Who posted the newest one."""
    posts: int
    """Posts that state it."""
    accounts: int
    """Names under which it was posted."""
    providers: int
    """Providers who posted it: more than one is a hint, or a copied ad."""
    sources: int
    """Sources on which it stands."""
    first_at: str
    """When it was posted first, UTC."""
    last_at: str
    """When it was posted last, UTC."""
    newest_post_id: str
    """Its newest post."""


@dataclass(frozen=True, slots=True)
class MiningSignRow:
    """An offer of, or a request for, machines to mine on: what often comes before access sales."""

    id: str
    """The listing."""
    post_id: str
    """The post that states it."""
    account_id: str | None
    """Who wrote it."""
    provider_id: str | None
    """The provider that he is, or whose contact he gives."""
    tie: str | None
    """account: he is of that provider; else the contact that they share."""
    source_id: str
    """Where it stands."""
    asset_type: str
    """What is offered or sought."""
    intent: str
    """offer or wanted."""
    why: str
    """asset: mining itself; allowed: its terms allow mining; words: its text says so."""
    at: str
    """When it was posted, else first seen, UTC."""


@dataclass(frozen=True, slots=True)
class EarlySaleRow:
    """Access that a provider offered after a sign of mining: the first such offer of a type."""

    id: str
    """The sign's listing and the asset type that was sold."""
    sign_id: str
    """The sign's listing."""
    provider_id: str
    """The provider."""
    sold: str
    """The asset type that was offered later."""
    listing_id: str
    """The first such offer."""
    at: str
    """When that offer was posted, else first seen, UTC."""
    days: float
    """Days from the sign to that offer."""
    sales: int
    """How many such offers there were since the sign."""

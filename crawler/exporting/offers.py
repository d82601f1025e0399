"""An offer or request as it leaves: one record with all that stands around it.

The text under a field is its description in the docs and in Parquet's metadata.
"""

from dataclasses import dataclass, fields
from typing import Any

from crawler.ids import sha256_of
from crawler.importing.guarding import dumped


@dataclass(frozen=True, slots=True)
class Price:
    """One price."""

    raw: str
    amount_min: float | None
    amount_max: float | None
    currency: str | None
    per: str | None
    kind: str
    quantity: int | None
    usd_min: float | None
    usd_max: float | None
    usd_month: float | None
    rate_day: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One attribute, such as ram_gb = 8."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the seller."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer or request."""

    id: str
    """Stable id of post, asset type and intent: edits of the post keep it."""
    asset_type: str
    """What is offered or sought, an id of the taxonomy or `other`."""
    intent: str
    """offer or wanted."""
    state: str
    """active, sold, closed or gone."""
    confidence: float
    """0 to 1: how sure the asset type is."""
    provider_id: str | None
    """Who sells, across sources; empty for requests."""
    provider: str | None
    """Its name, out of what may leave."""
    account: str | None
    """The name on the source."""
    source_id: str
    """Where it stands."""
    tlp: str
    """TLP 2.0: clear, green, amber, amber+strict or red."""
    reliability: str
    """The source on the Admiralty scale, A to F."""
    title: str | None
    """Title of the thread or product."""
    snippet: str
    """The line that names the asset."""
    text: str
    """The whole text of the post."""
    language: str | None
    """The text's main language, ISO 639-1."""
    countries: tuple[str, ...]
    """Where the goods are: ISO 3166, EU or WORLD."""
    prices: tuple[Price, ...]
    """All prices as written, with dollars at the rate of the post's day."""
    usd_month: float | None
    """Lowest periodic price, US dollars a month."""
    usd_month_high: float | None
    """Highest periodic price, US dollars a month."""
    usd_low: float | None
    """Lowest price, US dollars."""
    usd_high: float | None
    """Highest price, US dollars."""
    attributes: tuple[Fact, ...]
    """Facts such as os, ram_gb, payment, allowed."""
    contacts: tuple[Contact, ...]
    """Contacts of the text and of its seller."""
    posted_at: str | None
    """When it was posted, UTC."""
    first_seen: str
    """When it was first seen, UTC."""
    last_seen: str
    """When it was last seen, UTC."""
    ended_at: str | None
    """When it was sold, closed or found gone, UTC."""
    changed_at: str
    """When it was last found new or different, UTC."""
    post_id: str
    """The post that states it."""
    post_url: str | None
    """The post's address. Do not visit it from an unprotected machine."""
    listing_id: str
    """The listing in Rackrent's database."""
    version_id: str
    """The text in Rackrent's database."""
    text_sha256: str
    """Hash of the text as Rackrent keeps it: title, text, quotations, stated fields."""
    page_url: str | None
    """The archived page that showed the text first."""
    page_sha256: str | None
    """Hash of that page's bytes."""
    warc_file: str | None
    """The evidence file that holds it; empty once it is purged."""
    warc_offset: int | None
    """Where its record starts, bytes."""
    fetched_at: str | None
    """When it was fetched, UTC."""


def plain(value: Any) -> Any:
    """A record as dictionaries and lists, in the order of its fields."""
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def digest_of(offer: Offer) -> str:
    """Hash of what an offer says, without the moment of its last sight."""
    said = plain(offer)
    del said["last_seen"]
    return sha256_of(dumped(said))

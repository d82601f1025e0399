"""Rows of what the language stage found in the texts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnalysisRow:
    """What the language stage said of a post version as a whole."""

    post_version_id: str
    """Which text."""
    nlp_version: str
    """Version of rules and words that read it."""
    intent: str
    """offer, wanted or other."""
    state: str | None
    """What it says of its thread's goods: active, sold, closed."""
    languages: str
    """ISO 639-1 codes, most used first, separated by spaces."""
    provider_name: str | None
    """The brand under which the seller trades in the text."""
    tone: str | None
    """review or complaint, for posts that speak of a seller."""
    aliases: str | None
    """Names that the seller says he used before, separated by tabs."""


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One offer or request in a post: intent, asset type, prices, attributes."""

    id: str
    """Stable id of the text, asset type and intent."""
    post_version_id: str
    """The text that states it."""
    position: int
    """Place among the listings of the text, from 1."""
    intent: str
    """offer or wanted."""
    asset_type: str
    """An id of the taxonomy, or `other`."""
    snippet: str
    """The line that names the asset."""
    part: str
    """title, text or field: what the offsets count in."""
    start: int
    """First character of the words that named the asset, in the raw part."""
    end: int
    """One past the last character."""
    rule: str
    """The rule that found it."""
    confidence: float
    """0 to 1."""
    nlp_version: str
    """Version of rules and words that found it."""
    state: str
    """active, sold, closed, gone, or replaced by a newer text of the same post."""
    first_seen: str
    """When its text was first seen, UTC."""
    last_seen: str
    """When its text was last seen, UTC."""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One price of a listing."""

    id: str
    """Stable id."""
    listing_id: str
    """Which listing."""
    position: int
    """Place among the listing's prices, from 1."""
    amount_min: float | None
    """Lower amount; empty for "up to"."""
    amount_max: float | None
    """Upper amount; equal to the lower one unless a range; empty for "from"."""
    currency: str | None
    """ISO 4217 or BTC, ETH, XMR, LTC, TRX, USDT, WMZ; empty when nothing says."""
    currency_source: str
    """stated, heading, source (the source's default) or none."""
    per: str | None
    """unit, month, week, day, hour, year, quarter, half-year, gb, minute, thousand, share, lot."""
    quantity: int | None
    """Pieces in a lot."""
    kind: str
    """fixed, from, upto, start, step, blitz or setup."""
    usd_min: float | None
    """Lower amount in US dollars at the rate of the post's day."""
    usd_max: float | None
    """Upper amount in US dollars at the rate of the post's day."""
    usd_month: float | None
    """Lower amount (else upper) in US dollars per month, for periodic prices."""
    rate_day: str | None
    """Day of the exchange rate, YYYY-MM-DD."""
    rate_source: str | None
    """Where the exchange rate comes from."""
    raw: str
    """The price as written."""
    part: str
    """title, text or field: what the offsets count in."""
    start: int
    """First character, in the raw part."""
    end: int
    """One past the last character."""
    rule: str
    """The rule that found it."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """One fact of a listing, such as country=DE or ram_gb=8."""

    id: str
    """Stable id."""
    listing_id: str
    """Which listing."""
    key: str
    """country, os, ram_gb, cpu_cores, disk_gb, bandwidth_mbps, privilege, revenue_usd, hosts,
    quantity, payment, guarantee, allowed, forbidden."""
    value: str
    """Normalised value; numbers in the key's unit."""
    part: str
    """title, text or field: what the offsets count in."""
    start: int
    """First character, in the raw part."""
    end: int
    """One past the last character."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A way to reach somebody."""

    id: str
    """Stable id of kind and value."""
    kind: str
    """telegram, xmpp, tox, session, email, icq, discord, wickr, signal, matrix, site, pgp,
    whatsapp, btc, xmr, eth, trx, ltc."""
    value: str
    """Normalised, the same for every way of writing it."""
    valid: int | None
    """1 when its checksum holds; empty when its kind has none."""


@dataclass(frozen=True, slots=True)
class ContactMentionRow:
    """Where a contact stands."""

    id: str
    """Stable id."""
    contact_id: str
    """Which contact."""
    post_version_id: str
    """The text that states it."""
    account_id: str | None
    """Who wrote it."""
    raw: str
    """As written."""
    part: str
    """title, text, signature or field: what the offsets count in."""
    start: int
    """First character, in the raw part."""
    end: int
    """One past the last character."""
    rule: str
    """The rule that found it."""
    confidence: float
    """0 to 1."""

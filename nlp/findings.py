"""What the analyser gets and what it finds. Offsets are characters of the raw part they name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Part = Literal["title", "text", "signature", "field"]
"""Where a finding stands. For `field` the offsets are those of the field's own value."""
Intent = Literal["offer", "wanted", "other"]
"""What a post or listing wants: sells or rents, buys or looks for, neither."""
PriceKind = Literal["fixed", "from", "upto", "start", "step", "blitz", "setup"]
"""How the amount is meant; start, step and blitz belong to auctions."""
Tone = Literal["review", "complaint"]
"""How a post speaks of a seller."""
ListingState = Literal["active", "sold", "closed"]
"""Whether the goods can still be had, as far as the text says."""


@dataclass(frozen=True, slots=True)
class Document:
    """One post to be analysed; raw text, never normalised."""

    text: str
    """Body of the post."""
    title: str = ""
    """Title of the thread (for its first post) or of the product; may be empty."""
    author: str = ""
    """Name of the account."""
    kind: str = "forum"
    """forum, channel or market."""
    posted_on: str | None = None
    """Day of the post, YYYY-MM-DD."""
    signature: str = ""
    """The account's signature; contacts are read from it, listings are not."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the page states in columns (price, category, stock, region, vendor): wins over text."""
    default_currency: str | None = None
    """ISO 4217 code for bare numbers in price position, where the source sets one."""


class Span(NamedTuple):
    """A place in the raw document."""

    part: Part
    """Which raw text the offsets count in."""
    start: int
    """First character, from 0."""
    end: int
    """One past the last character."""
    quote: str
    """The raw characters from start to end."""


class Price(NamedTuple):
    """One price of a listing, in the terms of its text."""

    min: float | None
    """Lower amount; equal to `max` unless a range; None for `upto`."""
    max: float | None
    """Upper amount; None for `from`."""
    currency: str | None
    """ISO 4217, or BTC, ETH, XMR, LTC, TRX, USDT, WMZ; None when nothing says."""
    currency_source: Literal["stated", "heading", "source", "none"]
    """Whether the currency stands at the amount, in a heading, or is the source's default."""
    per: str | None
    """unit, month, week, day, hour, year, quarter, half-year, gb, minute, thousand, share, lot."""
    kind: PriceKind
    """How the amount is meant."""
    span: Span
    """Where it stands."""
    rule: str
    """The rule that found it."""
    confidence: float
    """0 to 1."""
    quantity: int | None = None
    """Pieces in a lot."""


class Attribute(NamedTuple):
    """One fact of a listing, such as country=DE or ram_gb=8."""

    key: str
    """country, os, ram_gb, cpu_cores, disk_gb, bandwidth_mbps, privilege, revenue_usd, hosts,
    quantity, payment, guarantee, allowed, forbidden."""
    value: str | int | float
    """Normalised value: ISO 3166 alpha-2 for countries, numbers in the key's unit."""
    span: Span
    """Where it stands."""
    rule: str
    """The rule that found it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One offer or request: one asset type and intent in one post."""

    asset_type: str
    """An id of the taxonomy, or `other`."""
    intent: Intent
    """offer or wanted."""
    state: ListingState
    """Whether it can still be had."""
    span: Span
    """The words that named the asset."""
    rule: str
    """The rule that found it."""
    confidence: float
    """0 to 1."""
    prices: tuple[Price, ...] = ()
    """Prices, in text order."""
    attributes: tuple[Attribute, ...] = ()
    """Facts, in text order."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody, as one post states it."""

    kind: str
    """telegram, xmpp, tox, session, email, icq, discord, wickr, signal, matrix, site, pgp,
    whatsapp, btc, xmr, eth, trx, ltc."""
    value: str
    """Normalised value, the same for every way of writing it."""
    valid: bool | None
    """True when its checksum holds, None when its kind has none; a failed one is not reported."""
    span: Span
    """Where it stands."""
    rule: str
    """The rule that found it."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class ProviderName:
    """The brand under which the seller trades in the text."""

    name: str
    """Exactly as written."""
    span: Span
    """Where it stands."""
    rule: str
    """The rule that found it."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in one document."""

    intent: Intent
    """What the post as a whole wants."""
    listings: tuple[Listing, ...] = ()
    """Offers and requests, in text order."""
    contacts: tuple[Contact, ...] = ()
    """Contacts, in text order, each value once per part."""
    provider: ProviderName | None = None
    """The brand, where the text names one."""
    state: ListingState | None = None
    """What a later post says of its thread's goods ("sold", "closed", "still there")."""
    tone: Tone | None = None
    """What a post that sells nothing says of a seller: a review or a complaint."""
    aliases: tuple[str, ...] = ()
    """Names that the seller says he used before, as written."""
    languages: tuple[str, ...] = ()
    """Languages of the text, ISO 639-1, most used first."""
    problems: tuple[str, ...] = field(default_factory=tuple)
    """What was cut or given up, one line each; becomes rows in `issues`."""

"""Rows of the database: one record a table, one field a column.

The text under a class is the table's description and the text under a field the column's, in
Datasette and in the docs. All times are UTC, ISO 8601. Ids are stable hashes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A monitored site or channel."""

    id: str
    """Short name, equal to its file's stem."""
    name: str
    """The site's own name."""
    kind: str
    """forum, channel or market."""
    engine: str
    """Which engine reads its pages."""
    url: str
    """Address. Do not visit it from an unprotected machine."""
    languages: str
    """ISO 639-1 codes, most used first, separated by spaces."""
    access: str
    """clear, tor or import."""
    basis: str
    """Why it may be read: public or authorised."""
    tlp: str
    """Traffic Light Protocol 2.0 label of what was collected."""
    credibility: str
    """Reliability of the source on the Admiralty scale, A (best) to F (cannot be judged)."""
    every: str
    """How often it is read."""
    paused_reason: str | None
    """Why it is not read any more: login, captcha, ban; empty while it is active."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """One crawl of one source."""

    id: str
    """Source and start time."""
    source_id: str
    """Which source."""
    started_at: str
    """When it began, UTC."""
    finished_at: str | None
    """When it ended, UTC; empty while it runs and after a crash."""
    status: str
    """running, ok, degraded, failed, paused, interrupted, or replayed from evidence."""
    reason: str | None
    """Why it is not ok, and what to do."""
    full: int
    """1 when every thread was opened, not only changed ones."""
    pages: int
    """Pages read."""
    posts_seen: int
    """Posts on those pages, new or known."""
    posts_new: int
    """Posts never seen before."""
    posts_changed: int
    """Posts whose text or fields changed."""
    threads_skipped: int
    """Threads not opened because nothing had changed."""
    bytes: int
    """Bytes of all responses."""
    issues: int
    """Rows in `issues` that it wrote or met again."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """One archived response: where its bytes lie in the evidence."""

    id: str
    """Stable id."""
    run_id: str
    """The run that fetched it."""
    source_id: str
    """Which source."""
    url: str
    """The URL that was asked for."""
    kind: str
    """index, board, thread, channel, market, item, or other for redirects and robots.txt."""
    state: str | None
    """What it turned out to be: ok, empty, login, challenge, banned, not_found, error, unknown."""
    fetched_at: str
    """When, UTC."""
    status: int
    """HTTP status."""
    sha256: str
    """Hash of the payload."""
    warc_file: str
    """File under `evidence/`."""
    warc_offset: int
    """Where its record starts in the file, in bytes."""


@dataclass(frozen=True, slots=True)
class FrontierRow:
    """A page to fetch, or fetched: the crawl's own state."""

    id: str
    """Stable id of source and URL."""
    source_id: str
    """Which source."""
    url: str
    """Canonical URL."""
    kind: str
    """What it is expected to be."""
    priority: int
    """Higher is fetched earlier."""
    state: str
    """pending, done or failed."""
    tries: int
    """Fetches that failed in this run."""
    not_before: str | None
    """Earliest moment of the next try, UTC."""
    run_id: str
    """The run that queued it last."""
    mark: str | None
    """What its board said when it was queued last (replies and last post): unchanged, it is
    not opened again."""
    context: str
    """JSON: what the walk knew when it queued the page."""


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread of a forum, a channel, or a product of a market."""

    id: str
    """Stable id."""
    source_id: str
    """Which source."""
    native_id: str
    """The software's own id."""
    board: str | None
    """Name of its board or category."""
    title: str
    """Its title now."""
    author: str | None
    """Name of the account that opened it."""
    url: str
    """Address. Do not visit it from an unprotected machine."""
    posted_at: str | None
    """When it was opened, UTC."""
    last_post_at: str | None
    """When its newest post was written, UTC."""
    replies: int | None
    """Posts after the first, as its board states it."""
    sticky: int
    """1 when it is pinned to the top of its board."""
    state: str
    """open, closed or gone."""
    list_url: str | None
    """The list that showed it last, for products of a market."""
    first_seen: str
    """When it was first read, UTC."""
    last_seen: str
    """When it was last read, UTC."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A name on one source."""

    id: str
    """Stable id."""
    source_id: str
    """Which source."""
    name: str
    """As the source writes it."""
    native_id: str | None
    """The software's own id."""
    rank: str | None
    """Group or title under the name."""
    joined_at: str | None
    """When it was registered, UTC."""
    post_count: int | None
    """Its own post count, as last seen."""
    reputation: str | None
    """Reputation as the page writes it, as last seen."""
    signature: str | None
    """Signature, as last seen."""
    first_seen: str
    """When it was first read, UTC."""
    last_seen: str
    """When it was last read, UTC."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """One message by one account; its text stands in `post_versions`."""

    id: str
    """Stable id."""
    source_id: str
    """Which source."""
    thread_id: str
    """Its thread."""
    native_id: str
    """The software's own id."""
    position: int | None
    """Place in its thread, 1 for the first post."""
    account_id: str | None
    """Who wrote it."""
    posted_at: str | None
    """When it was written, UTC."""
    posted_raw: str | None
    """That date as the page wrote it when the post was first read."""
    edited_at: str | None
    """When it was last edited, UTC, where the page says so."""
    url: str | None
    """Address. Do not visit it from an unprotected machine."""
    version_id: str
    """Its text as last seen."""
    first_seen: str
    """When it was first read, UTC."""
    last_seen: str
    """When it was last read, UTC."""
    gone_at: str | None
    """When a complete reading of its thread first lacked it, UTC."""


@dataclass(frozen=True, slots=True)
class PostVersionRow:
    """A post's text as seen at one time; an edit adds a row."""

    id: str
    """Stable id of the post and the content."""
    post_id: str
    """Which post."""
    title: str | None
    """Title of the thread (first posts) or product."""
    text: str
    """Body, plain text, without quotes and signature."""
    quoted: str | None
    """JSON list of the quotations in it: author and text."""
    fields: str | None
    """JSON object of what the page stated in columns: price, category, stock, region."""
    sha256: str
    """Hash of title, text, quotations and fields."""
    page_id: str
    """The archived response that showed it first."""
    seen_at: str
    """When it was first seen, UTC."""


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


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """Who sells: accounts and contacts that belong together, with reasons."""

    id: str
    """Stable id of its oldest account."""
    name: str
    """The brand most used in its offers, else the account's name."""
    first_seen: str
    """When its first offer was seen, UTC."""
    last_seen: str
    """When its newest offer was seen, UTC."""


@dataclass(frozen=True, slots=True)
class ProviderMemberRow:
    """An account or contact of a provider."""

    id: str
    """Stable id."""
    provider_id: str
    """Which provider."""
    kind: str
    """account or contact."""
    member_id: str
    """Id in `accounts` or `contacts`."""


@dataclass(frozen=True, slots=True)
class ProviderLinkRow:
    """Why two accounts are the same provider. Reversible."""

    id: str
    """Stable id."""
    provider_id: str
    """Which provider."""
    account_a: str
    """The older account."""
    account_b: str
    """The other account."""
    kind: str
    """What they share: the kind of contact."""
    value: str
    """The shared contact."""
    score: float
    """0 to 1: how strong this evidence is."""
    reason: str
    """In words."""
    decided_by: str
    """rule or analyst."""
    decided_at: str
    """When, UTC."""


@dataclass(frozen=True, slots=True)
class IssueRow:
    """Something that a parser met and did not understand, or that stopped a page."""

    id: str
    """Stable id."""
    source_id: str
    """Which source."""
    url: str | None
    """On which page."""
    kind: str
    """Short name, such as post_without_id or no_rate."""
    detail: str
    """What was met."""
    first_seen: str
    """When it was first met, UTC."""
    last_seen: str
    """When it was last met, UTC."""
    run_id: str | None
    """The run that met it last."""


TABLES: dict[str, type] = {
    "sources": SourceRow,
    "runs": RunRow,
    "pages": PageRow,
    "frontier": FrontierRow,
    "threads": ThreadRow,
    "accounts": AccountRow,
    "posts": PostRow,
    "post_versions": PostVersionRow,
    "analyses": AnalysisRow,
    "listings": ListingRow,
    "prices": PriceRow,
    "attributes": AttributeRow,
    "contacts": ContactRow,
    "contact_mentions": ContactMentionRow,
    "providers": ProviderRow,
    "provider_members": ProviderMemberRow,
    "provider_links": ProviderLinkRow,
    "issues": IssueRow,
}
"""Every table and its record, parents before children."""

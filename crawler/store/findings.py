"""Rows of what the language stage found in a post version."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from crawler.ids import id_of
from crawler.rates import Rate, Rates, usd_a_month, usd_of
from crawler.reading import Problem
from crawler.records import (
    AnalysisRow,
    AttributeRow,
    ContactMentionRow,
    ContactRow,
    ListingRow,
    PriceRow,
)
from crawler.store import runs
from crawler.store.database import Store
from nlp.findings import Findings, Listing, Price

SNIPPET = 200
"""Longest snippet, characters."""


@dataclass(frozen=True, slots=True)
class Text:
    """A post version to be analysed, with what the analysis needs to know of its post."""

    version_id: str
    source_id: str
    url: str | None
    kind: str
    title: str
    text: str
    author: str
    account_id: str | None
    signature: str
    fields: str | None
    posted_on: str | None
    seen_at: str


def keep_findings(
    store: Store, text: Text, findings: Findings, rates: Rates, version: str, moment: datetime
) -> int:
    """Replace what is known of a post version; how many listings. Call it inside a transaction."""
    forget(store, text.version_id)
    store.upsert("analyses", [analysis_row(text, findings, version)])
    listings = dict(listing_rows(text, findings, version))
    store.upsert("listings", listings.keys())
    prices = []
    missing: set[str] = set()
    for row, listing in listings.items():
        for position, price in enumerate(listing.prices, start=1):
            rate = rate_of(price, text, rates)
            if price.currency and rate is None:
                missing.add(f"{price.currency} on {day_of(text)}")
            prices.append(price_row(row.id, position, price, rate))
    store.upsert("prices", prices)
    store.upsert("attributes", attribute_rows(listings))
    keep_contacts(store, text, findings)
    problems = [Problem("no_rate", detail) for detail in sorted(missing)]
    problems += [Problem("text", detail) for detail in findings.problems]
    runs.keep_issues(store, text.source_id, None, text.url, problems, moment=moment)
    return len(listings)


def forget(store: Store, version_id: str) -> None:
    """Delete what an earlier analysis of a post version found."""
    for table in ("prices", "attributes"):
        store.execute(
            f"delete from {table} where listing_id in "
            "(select id from listings where post_version_id = ?)",
            (version_id,),
        )
    for table in ("listings", "contact_mentions", "analyses"):
        store.execute(f"delete from {table} where post_version_id = ?", (version_id,))


def analysis_row(text: Text, findings: Findings, version: str) -> AnalysisRow:
    """What was said of the text as a whole."""
    stated = {listing.state for listing in findings.listings} - {"active"}
    return AnalysisRow(
        post_version_id=text.version_id,
        nlp_version=version,
        intent=findings.intent,
        state=findings.state or (stated.pop() if len(stated) == 1 else None),
        languages=" ".join(findings.languages),
        provider_name=findings.provider.name if findings.provider else None,
        tone=findings.tone,
        aliases="\t".join(findings.aliases) or None,
    )


def listing_rows(
    text: Text, findings: Findings, version: str
) -> Iterator[tuple[ListingRow, Listing]]:
    """Listings with their rows, each asset type and intent once."""
    seen: set[str] = set()
    for position, listing in enumerate(findings.listings, start=1):
        row_id = id_of("listing", text.version_id, listing.asset_type, listing.intent)
        if row_id in seen:
            continue
        seen.add(row_id)
        row = ListingRow(
            id=row_id,
            post_version_id=text.version_id,
            position=position,
            intent=listing.intent,
            asset_type=listing.asset_type,
            snippet=snippet_of(text, listing),
            part=listing.span.part,
            start=listing.span.start,
            end=listing.span.end,
            rule=listing.rule,
            confidence=listing.confidence,
            nlp_version=version,
            state=listing.state,
            first_seen=text.seen_at,
            last_seen=text.seen_at,
        )
        yield row, listing


def snippet_of(text: Text, listing: Listing) -> str:
    """The line around the words that named the asset."""
    span = listing.span
    if span.part == "field":
        return span.quote[:SNIPPET]
    raw = text.title if span.part == "title" else text.text
    start = raw.rfind("\n", 0, span.start) + 1
    end = raw.find("\n", span.end)
    line = raw[start : end if end >= 0 else len(raw)].strip()
    if len(line) <= SNIPPET:
        return line
    left = max(0, span.start - start - SNIPPET // 2)
    return "…" + line[left : left + SNIPPET].strip() + "…"


def day_of(text: Text) -> str:
    """The day whose rate counts: that of the post, else that of its first sight."""
    return text.posted_on or text.seen_at[:10]


def rate_of(price: Price, text: Text, rates: Rates) -> Rate | None:
    """The rate of a price's currency on the post's day."""
    return rates.find(price.currency, day_of(text)) if price.currency else None


def price_row(listing_id: str, position: int, price: Price, rate: Rate | None) -> PriceRow:
    """A price with its dollars."""
    usd_min, usd_max = usd_of(price.min, rate), usd_of(price.max, rate)
    return PriceRow(
        id=id_of("price", listing_id, str(position)),
        listing_id=listing_id,
        position=position,
        amount_min=price.min,
        amount_max=price.max,
        currency=price.currency,
        currency_source=price.currency_source,
        per=price.per,
        quantity=price.quantity,
        kind=price.kind,
        usd_min=usd_min,
        usd_max=usd_max,
        usd_month=usd_a_month(usd_min if usd_min is not None else usd_max, price.per),
        rate_day=rate.day if rate else None,
        rate_source=rate.source if rate else None,
        raw=price.span.quote,
        part=price.span.part,
        start=price.span.start,
        end=price.span.end,
        rule=price.rule,
        confidence=price.confidence,
    )


def attribute_rows(listings: dict[ListingRow, Listing]) -> Iterable[AttributeRow]:
    """Facts of all listings, each key and value once a listing."""
    rows: dict[str, AttributeRow] = {}
    for row, listing in listings.items():
        for fact in listing.attributes:
            row_id = id_of("attribute", row.id, fact.key, str(fact.value))
            span = fact.span
            rows.setdefault(
                row_id,
                AttributeRow(
                    row_id, row.id, fact.key, str(fact.value), span.part, span.start, span.end
                ),
            )
    return rows.values()


def keep_contacts(store: Store, text: Text, findings: Findings) -> None:
    """Contacts and where they stand; those of a signature once an account."""
    contacts: dict[str, ContactRow] = {}
    mentions: dict[str, ContactMentionRow] = {}
    for contact in findings.contacts:
        contact_id = id_of("contact", contact.kind, contact.value)
        valid = None if contact.valid is None else int(contact.valid)
        contacts[contact_id] = ContactRow(contact_id, contact.kind, contact.value, valid)
        span = contact.span
        owner = text.account_id if span.part == "signature" else text.version_id
        row_id = id_of("mention", contact_id, owner or text.version_id, span.part, str(span.start))
        mentions[row_id] = ContactMentionRow(
            id=row_id,
            contact_id=contact_id,
            post_version_id=text.version_id,
            account_id=text.account_id,
            raw=span.quote,
            part=span.part,
            start=span.start,
            end=span.end,
            rule=contact.rule,
            confidence=contact.confidence,
        )
    store.upsert("contacts", contacts.values())
    store.upsert("contact_mentions", mentions.values(), {"post_version_id": "posted_first"})

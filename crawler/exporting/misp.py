"""Offers as MISP events: one a seller, one a source and month for what has no known seller."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

from pymisp import MISPEvent, MISPObject

from crawler.clock import moment_of
from crawler.exporting.labels import best, highest
from crawler.exporting.misp_contacts import contact_object
from crawler.exporting.misp_frame import (
    TEMPLATE,
    Mark,
    labelled,
    misp_uuid,
    new_object,
    put,
    tag_of,
    tags_of,
)
from crawler.exporting.offers import Offer
from crawler.exporting.sellers import Seen, Seller, Sellers
from crawler.exporting.stix import seen_in

UNKNOWN_THREAT, COMPLETED, OWN_ORGANISATION = 4, 2, 0
"""MISP's numbers for threat level, state of analysis and distribution."""
_SAME = (
    "asset_type", "intent", "state", "title", "snippet", "text", "language", "usd_month",
    "usd_month_high", "usd_low", "usd_high", "text_sha256", "page_sha256", "post_url",
)  # fmt: skip
_TIMES = ("posted_at", "first_seen", "last_seen", "ended_at")


def write_misp(out: BinaryIO, offers: Iterable[Offer], sellers: Sellers) -> int:
    """Write events as MISP's own JSON, which its import takes; how many events."""
    count = 0
    out.write(b'{"response": [')
    for key, group in grouped(offers).items():
        event = {"Event": dated(*event_of(key, group, sellers))}
        text = json.dumps(event, ensure_ascii=False, sort_keys=True)
        out.write((b",\n" if count else b"\n") + text.encode("utf-8", "replace"))
        count += 1
    out.write(b"\n]}\n")
    return count


def dated(event: MISPEvent, marks: dict[str, Mark]) -> dict[str, Any]:
    """An event as MISP's JSON, each attribute as old as its object and with its labels.

    pymisp leaves out the times of what it calls edited, and MISP would put in its own.
    """
    told: dict[str, Any] = json.loads(event.to_json())
    for made in told.get("Object", ()):
        for attribute in made["Attribute"]:
            attribute["timestamp"] = made["timestamp"]
            attribute["Tag"] = labelled(attribute, marks[made["uuid"]])
    return told


def grouped(offers: Iterable[Offer]) -> dict[str, list[Offer]]:
    """Offers by event: the seller's id, else source and month."""
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        month = (offer.posted_at or offer.first_seen)[:7]
        found.setdefault(offer.provider_id or f"{offer.source_id} {month}", []).append(offer)
    return found


def event_of(key: str, offers: list[Offer], sellers: Sellers) -> tuple[MISPEvent, dict[str, Mark]]:
    """One event with its objects, and the marks of these by id."""
    seller = sellers.find(offers[0].provider_id)
    first = min(offer.first_seen for offer in offers)
    last = max(changed(offer) for offer in offers)
    labels = [*(offer.tlp for offer in offers), *([seller.tlp] if seller else [])]
    event = MISPEvent(force_timestamps=True)
    event.uuid = misp_uuid("event", key)
    event.info = f"Underground infrastructure market: {seller.name if seller else key}"
    event.date = date.fromisoformat((seller.first_seen if seller else first)[:10])
    event.threat_level_id, event.analysis = UNKNOWN_THREAT, COMPLETED
    event.distribution, event.timestamp = OWN_ORGANISATION, moment_of(last)
    event.published = False
    tags = [*tags_of(highest(labels), best(offer.reliability for offer in offers))]
    tags += [tag_of(f'rackrent:asset-type="{n}"') for n in sorted({o.asset_type for o in offers})]
    for one in tags:
        event.add_tag(one)
    marks = {}
    for made, mark in objects_of(key, offers, seller):
        event.add_object(made)
        marks[made.uuid] = mark
    return event, marks


def objects_of(
    key: str, offers: list[Offer], seller: Seller | None
) -> Iterator[tuple[MISPObject, Mark]]:
    """Offers with the accounts that state them, and the seller's contacts."""
    known = [*seller.accounts, *seller.contacts] if seller else []
    parts = {name_of(seen): contact_object(seen, seller.id) for seen in known if seller}
    for offer in offers:
        made, mark = offer_object(offer)
        if not seller:
            for seen in seen_in(offer):
                parts.setdefault(name_of(seen), contact_object(seen, key))
        poster = parts.get((offer.source_id, offer.account or ""))
        if poster:
            refer(poster[0], made, "seller-of" if offer.intent == "offer" else "is-author-of")
        yield made, mark
    yield from parts.values()


def name_of(seen: Seen) -> tuple[str, str]:
    """What tells accounts and contacts of one event apart."""
    return (seen.source_id if seen.kind == "account" else f"contact {seen.kind}", seen.value)


def refer(one: MISPObject, other: MISPObject, kind: str) -> None:
    """Add a reference that has the same id in every export."""
    made = one.add_reference(other, kind)
    made.uuid = misp_uuid("reference", one.uuid, kind, other.uuid)


def offer_object(offer: Offer) -> tuple[MISPObject, Mark]:
    """An offer in our template, with its mark."""
    mark = Mark(offer.tlp, offer.reliability, offer.first_seen, changed(offer))
    made = new_object(TEMPLATE, offer.id, mark)
    for name in _SAME:
        put(made, name.replace("_", "-"), getattr(offer, name))
    for name in _TIMES:
        put(made, name.replace("_", "-"), getattr(offer, name))
    put(made, "seller", offer.provider or offer.account)
    put(made, "account", offer.account)
    put(made, "source", offer.source_id)
    put(made, "confidence", offer.confidence)
    if offer.warc_file:
        put(made, "warc-record", f"{offer.warc_file}@{offer.warc_offset}")
    for relation, values in lists_of(offer).items():
        for value in dict.fromkeys(values):
            put(made, relation, value, one_of=True)
    return made, mark


def lists_of(offer: Offer) -> dict[str, list[str]]:
    """What an offer has several of."""
    return {
        "price": [price.raw for price in offer.prices],
        "price-per": [price.per for price in offer.prices if price.per],
        "currency": [price.currency for price in offer.prices if price.currency],
        "country": list(offer.countries),
        "attribute": [f"{fact.key}={fact.value}" for fact in offer.attributes],
        "contact": [f"{each.kind}:{each.value}" for each in offer.contacts],
    }


def changed(offer: Offer) -> str:
    """When the newest thing that is known of an offer was seen, UTC."""
    return max(offer.last_seen, offer.changed_at)

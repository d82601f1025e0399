"""Offers as a STIX 2.1 bundle.

A seller is a threat actor, an offer infrastructure, a request a note; the text of each is a note
with its evidence. docs/exports.md has the whole mapping.
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from stix2 import v21 as stix

from crawler.exporting.labels import highest
from crawler.exporting.offers import Offer
from crawler.exporting.sellers import Seen, Seller, Sellers
from crawler.exporting.stix_adverts import common_of, extension_of, moved, note_of
from crawler.exporting.stix_frame import (
    OFFER_EXTENSION,
    common,
    fixed,
    frame,
    marking,
    producer_id,
    relation,
    stix_id,
)
from crawler.exporting.stix_sellers import actor_of, observable, observed, seller_objects
from nlp.lexicon import load_lexicon

TYPES = {
    "access.bot_rental": "botnet", "access.iot_router": "routers-switches",
    "access.hidden_desktop": "workstation", "access.rdp": "workstation", "anon": "anonymization",
    "hosting.reverse_proxy": "anonymization", "hosting.spoof_iphm": "amplification",
}  # fmt: skip
"""Terms of STIX's infrastructure-type-ov by asset type or its first part; else unknown."""
TIES = {"access": "compromises", "abuse": "compromises", "hosting": "hosts", "anon": "hosts"}
"""What a seller does to what he sells, by the asset type's first part; else owns."""


def write_stix(out: BinaryIO, offers: Iterable[Offer], sellers: Sellers, bundle_id: str) -> int:
    """Write a bundle, each object once; how many objects. Without an offer it holds none."""
    out.write(f'{{"type": "bundle", "id": "{bundle_id}"'.encode())
    told: set[str] = set()
    for made in bundled(offers, sellers):
        if made.id not in told:
            out.write(b',\n"objects": [\n' if not told else b",\n")
            out.write(made.serialize(ensure_ascii=False).encode("utf-8", "replace"))
            told.add(made.id)
    out.write(b"\n]}\n" if told else b"}\n")
    return len(told)


def bundled(offers: Iterable[Offer], sellers: Sellers) -> Iterator[Any]:
    """Objects of a bundle; the same one may come again."""
    names = {key: asset.name for key, asset in load_lexicon().assets.items()}
    told: set[str] = set()
    for offer in offers:
        if not told:
            yield from frame()
        yield marking(offer.tlp)
        seller = sellers.find(offer.provider_id)
        if seller and seller.id not in told:
            yield from seller_objects(seller)
        told.add(seller.id if seller else "")
        if offer.intent == "offer":
            yield from offered(offer, seller, names.get(offer.asset_type, offer.asset_type))
        else:
            yield from sought(offer)


def offered(offer: Offer, seller: Seller | None, name: str) -> Iterator[Any]:
    """An offer: infrastructure, where it is, who sells it, and the text that says so."""
    properties = common_of(offer)
    goods = stix.Infrastructure(
        id=stix_id("infrastructure", offer.id),
        name=f"{name}, offered by {offer.provider or offer.account or 'somebody'}",
        description=offer.snippet or None,
        infrastructure_types=[type_of(offer.asset_type)],
        first_seen=offer.first_seen,
        last_seen=offer.last_seen,
        extensions={OFFER_EXTENSION: extension_of(offer)},
        **properties,
    )
    yield goods
    for place in places_of(offer):
        yield place
        yield relation(goods.id, "located-at", place.id, properties)
    if seller:
        tie = TIES.get(offer.asset_type.partition(".")[0], "owns")
        tlp = highest([seller.tlp, offer.tlp])
        yield marking(tlp)
        yield relation(
            actor_of(seller).id,
            tie,
            goods.id,
            common(tlp, offer.reliability, offer.first_seen, moved(offer)),
        )
    yield note_of(offer, [goods.id])


def sought(offer: Offer) -> Iterator[Any]:
    """A request: a note on the account that seeks, with the contacts that its text gives."""
    about = []
    for seen in seen_in(offer):
        sco = observable(seen)
        yield from observed(sco, seen, offer.id)
        about.append(sco.id)
    extensions = {OFFER_EXTENSION: extension_of(offer)}
    yield note_of(offer, about or [producer_id()], extensions=extensions)


def seen_in(offer: Offer) -> Iterator[Seen]:
    """Account and contacts of an offer that belongs to no known seller."""
    names = [("account", offer.account)] if offer.account else []
    for kind, value in [*names, *((each.kind, each.value) for each in offer.contacts)]:
        times = (offer.first_seen, offer.last_seen, 1)
        key = f"{kind}:{value}"
        yield Seen(key, kind, value, offer.source_id, *times, offer.tlp, offer.reliability)


def places_of(offer: Offer) -> Iterator[Any]:
    """Countries of the goods; worldwide is none."""
    for code in offer.countries:
        if code == "EU":
            yield stix.Location(id=stix_id("location", code), region="europe", **fixed())
        elif code != "WORLD":
            yield stix.Location(id=stix_id("location", code), country=code, **fixed())


def type_of(asset_type: str) -> str:
    """A term of STIX's infrastructure-type-ov."""
    return TYPES.get(asset_type) or TYPES.get(asset_type.partition(".")[0], "unknown")

"""Sellers in STIX: a threat actor with its names and contacts as observed data."""

from collections.abc import Iterator
from typing import Any

from stix2 import v21 as stix

from crawler.exporting.labels import highest
from crawler.exporting.sellers import Seen, Seller
from crawler.exporting.stix_frame import (
    CONTACT_EXTENSION,
    TLP_MARKS,
    common,
    marking,
    relation,
    stix_id,
)


def seller_objects(seller: Seller) -> Iterator[Any]:
    """A seller and all that it is known by."""
    actor = actor_of(seller)
    yield marking(seller.tlp)
    yield actor
    for seen in (*seller.accounts, *seller.contacts):
        sco = observable(seen)
        yield from observed(sco, seen, seller.id)
        tlp = highest([seen.tlp, seller.tlp])
        yield relation(
            actor.id,
            "related-to",
            sco.id,
            common(tlp, seen.reliability, seen.first_seen, seen.last_seen),
        )


def actor_of(seller: Seller) -> Any:
    """A seller as a threat actor."""
    others = {account.value for account in seller.accounts} - {seller.name}
    return stix.ThreatActor(
        id=stix_id("threat-actor", seller.id),
        name=seller.name,
        aliases=sorted(others) or None,
        threat_actor_types=["criminal"],
        first_seen=seller.first_seen,
        last_seen=seller.last_seen,
        **common(seller.tlp, seller.reliability, seller.first_seen, seller.last_seen),
    )


def observed(sco: Any, seen: Seen, owner: str) -> Iterator[Any]:
    """An observable and the observation of it; `owner` is what it was seen for."""
    yield marking(seen.tlp)
    yield sco
    yield stix.ObservedData(
        id=stix_id("observed-data", owner, seen.id),
        first_observed=seen.first_seen,
        last_observed=seen.last_seen,
        number_observed=seen.times,
        object_refs=[sco.id],
        **common(seen.tlp, seen.reliability, seen.first_seen, seen.last_seen),
    )


def observable(seen: Seen) -> Any:
    """An account or contact as the observable that fits.

    Kinds that STIX has no observable for (messengers, coins, keys) are user accounts whose
    `user_id` names the kind.
    """
    properties: dict[str, Any] = {
        "object_marking_refs": [TLP_MARKS[seen.tlp]],
        "extensions": {
            CONTACT_EXTENSION: {
                "extension_type": "property-extension",
                "contact_kind": seen.kind,
                "source_reliability": seen.reliability,
            }
        },
        "allow_custom": True,
    }
    if seen.kind == "email":
        return stix.EmailAddress(value=seen.value, **properties)
    if seen.kind == "site" and "/" in seen.value:
        web = seen.value if "://" in seen.value else f"http://{seen.value}"
        return stix.URL(value=web, **properties)
    if seen.kind == "site":
        return stix.DomainName(value=seen.value, **properties)
    place = seen.source_id if seen.kind == "account" else seen.kind
    return stix.UserAccount(user_id=f"{place}:{seen.value}", account_login=seen.value, **properties)

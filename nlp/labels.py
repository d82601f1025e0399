"""Labelled posts: a draft to correct, and what is wrong with a corrected one."""

from collections.abc import Iterator, Mapping
from typing import Any

from nlp.evaluate import as_gold
from nlp.findings import Document, Findings
from nlp.lexicon import Lexicon

INTENTS = ("offer", "wanted", "other")
PER = ("unit", "month", "week", "day", "hour", "year", "quarter", "half-year", "gb", "minute",
       "thousand", "share", "lot", None)  # fmt: skip
KINDS = ("fixed", "from", "upto", "start", "step", "blitz", "setup")
LISTED = ("asset_type", "prices", "attributes")
PRICED = ("min", "max", "currency", "per", "kind", "quote", "quantity")


def draft(post_id: str, document: Document, findings: Findings) -> dict[str, Any]:
    """A post in the format of the gold posts, filled with what was found, for an annotator."""
    found = as_gold(post_id, findings)
    return {
        "id": post_id,
        "set": "draft",
        "source": "",
        "origin": "collected",
        "kind": document.kind,
        "lang": findings.languages[0] if findings.languages else "",
        "title": document.title,
        "text": document.text,
        "author": document.author,
        "posted_on": document.posted_on,
        "intent": found["intent"],
        "listings": [
            {
                "asset_type": listing["asset_type"],
                "prices": [_kept(price, PRICED) for price in listing["prices"]],
                "attributes": [_kept(fact, ("key", "value")) for fact in listing["attributes"]],
            }
            for listing in found["listings"]
        ],
        "contacts": [_kept(contact, ("kind", "value", "quote")) for contact in found["contacts"]],
        "provider": found["provider"],
    }


def _kept(row: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: row[key] for key in keys if key in row}


def faults(row: Mapping[str, Any], lexicon: Lexicon) -> Iterator[str]:
    """What is wrong with a labelled post, one line each; nothing for a good one."""
    said = f"{row.get('title') or ''}\n{row.get('text') or ''}"
    if row.get("intent") not in INTENTS:
        yield f"intent {row.get('intent')!r}: use one of {', '.join(INTENTS)}"
    known = {*lexicon.assets, "other"}
    for listing in row.get("listings") or ():
        asset_type = listing.get("asset_type")
        if asset_type not in known:
            yield f"asset_type {asset_type!r} is no file in data/assets and not 'other'"
        for price in listing.get("prices") or ():
            yield from _price_faults(price, said)
    for contact in row.get("contacts") or ():
        quote = contact.get("quote")
        if not contact.get("kind") or not contact.get("value"):
            yield f"contact {contact!r} needs kind and value"
        elif quote and quote not in said:
            yield f"contact quote {quote!r} is not in title or text"
    provider = row.get("provider")
    if provider and provider not in said:
        yield f"provider {provider!r} is not in title or text as written"


def _price_faults(price: Mapping[str, Any], said: str) -> Iterator[str]:
    quote = price.get("quote") or ""
    if quote not in said:
        yield f"price quote {quote!r} is not in title or text"
    if price.get("per") not in PER:
        yield f"per {price.get('per')!r} of {quote!r}: see PER in nlp/labels.py"
    if price.get("kind") not in KINDS:
        yield f"kind {price.get('kind')!r} of {quote!r}: use one of {', '.join(KINDS)}"
    if price.get("min") is None and price.get("max") is None:
        yield f"price {quote!r} has neither min nor max"

"""What an advert says in STIX: the extension, the note with its evidence, common properties."""

from typing import Any

from stix2 import v21 as stix

from crawler.exporting.offers import Offer, plain
from crawler.exporting.stix_frame import common, stix_id

_IN_EXTENSION = (
    "asset_type", "intent", "state", "asset_confidence", "source", "source_reliability",
    "countries", "prices", "usd_month", "usd_month_high", "usd_low", "usd_high", "attributes",
    "posted_at", "ended_at", "offer_id",
)  # fmt: skip


def note_of(offer: Offer, about: list[str], **more: Any) -> Any:
    """The text of an offer with its evidence."""
    return stix.Note(
        id=stix_id("note", offer.id, offer.version_id),
        abstract=offer.title,
        content=offer.text or offer.snippet or offer.title or "(no text)",
        authors=[offer.account] if offer.account else None,
        lang=offer.language,
        object_refs=about,
        external_references=evidence_of(offer),
        **common_of(offer),
        **more,
    )


def evidence_of(offer: Offer) -> list[dict[str, Any]]:
    """The archived page, with its hash and its record in the evidence; the text's own hash."""
    page: dict[str, Any] = {"source_name": offer.source_id}
    if offer.warc_file:
        page["external_id"] = f"{offer.warc_file}@{offer.warc_offset}"
    if offer.page_url and offer.page_sha256:
        page |= {"url": offer.page_url, "hashes": {"SHA-256": offer.page_sha256}}
    page["description"] = (
        f"Page fetched at {offer.fetched_at}; WARC file and offset of its record"
        if offer.warc_file
        else "Page whose evidence was purged"
    )
    text = {
        "source_name": "Rackrent",
        "external_id": f"version {offer.version_id}, SHA-256 {offer.text_sha256}",
        "description": "The text's row, and the hash of title, text, quotations and fields",
    }
    return [page, text]


def extension_of(offer: Offer) -> dict[str, Any]:
    """What the advert says; see data/stix/underground-offer.json."""
    said = plain(offer) | {
        "asset_confidence": offer.confidence,
        "source": offer.source_id,
        "source_reliability": offer.reliability,
        "offer_id": offer.id,
    }
    said["prices"] = [bare(price) for price in said["prices"]]
    chosen = {name: said[name] for name in _IN_EXTENSION}
    return {"extension_type": "property-extension", **bare(chosen)}


def bare(values: dict[str, Any]) -> dict[str, Any]:
    """A dictionary without what is empty."""
    return {key: value for key, value in values.items() if value not in (None, [], "")}


def moved(offer: Offer) -> str:
    """When the newest thing that is known of an offer was seen, UTC."""
    return max(offer.last_seen, offer.changed_at)


def common_of(offer: Offer) -> dict[str, Any]:
    """Properties of every object of an offer, with its own tags among the labels."""
    properties = common(offer.tlp, offer.reliability, offer.first_seen, moved(offer))
    tags = [
        f'rackrent:{name}="{value}"'
        for name, value in (
            ("asset-type", offer.asset_type),
            ("intent", offer.intent),
            ("state", offer.state),
        )
    ]
    return properties | {"labels": [*properties["labels"], *tags]}

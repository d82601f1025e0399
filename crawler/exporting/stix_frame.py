"""What every STIX bundle of Rackrent's carries: ids, markings, the producer, two extensions."""

import json
import os
import uuid
from functools import lru_cache
from typing import Any

from stix2 import v21 as stix

from crawler.exporting.labels import CONFIDENCE, machine_tags
from crawler.home import DATA

NAMESPACE = uuid.UUID("44a00c92-f845-4f24-b9c6-d17c655b3508")
"""Namespace of all ids that Rackrent derives from its own."""
EPOCH = "2026-01-01T00:00:00.000Z"
"""Created and modified of objects that never change."""
OPERATOR = "RACKRENT_OPERATOR"
"""Environment variable with the name of who exports; Rackrent without it."""
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
"""OASIS's extension for TLP 2.0 (cti-stix-common-objects, tlp-2.0)."""
TLP_MARKS = {
    "clear": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "green": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "amber+strict": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
"""OASIS's own marking objects for TLP 2.0: every producer uses the same ids."""
OFFER_EXTENSION = "extension-definition--5ff95e77-e002-4206-aa6c-5a5d67b00c81"
"""What an advert says; on infrastructure and notes. data/stix/underground-offer.json."""
CONTACT_EXTENSION = "extension-definition--90444146-659e-4f83-b1ed-105121e05f57"
"""What kind of contact an observable is. data/stix/underground-contact.json."""
SCHEMAS = DATA / "stix"
"""JSON schemas of the extensions; the text of each is its definition in every bundle."""
_EXTENSIONS = {
    OFFER_EXTENSION: (
        "Underground infrastructure offer",
        "What an advert on an underground market offers or seeks: asset type, intent, state, "
        "prices in their own currency and in US dollars, countries, terms.",
        "underground-offer.json",
    ),
    CONTACT_EXTENSION: (
        "Underground contact",
        "Which kind of contact of a seller an observable is, and how reliable its source.",
        "underground-contact.json",
    ),
}


def stix_id(kind: str, *parts: str) -> str:
    """An id that stands for `parts`, the same in every export.

    It is a UUIDv5 whose version digit says 4, because STIX 2.1 (2.9) wants that of all objects but
    observables, and the validator's check 103 refuses others.
    """
    derived = uuid.uuid5(NAMESPACE, "\n".join((kind, *parts)))
    return f"{kind}--{uuid.UUID(int=derived.int, version=4)}"


def operator_name() -> str:
    """Who exports."""
    return os.environ.get(OPERATOR) or "Rackrent"


def producer_id() -> str:
    """Id of the identity that creates all objects."""
    return stix_id("identity", operator_name())


@lru_cache
def marking(label: str) -> Any:
    """OASIS's marking object of a TLP 2.0 label."""
    return stix.MarkingDefinition(
        id=TLP_MARKS[label],
        created="2022-10-01T00:00:00.000Z",
        name=f"TLP:{label.upper()}",
        extensions={TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": label}},
        allow_custom=True,
    )


def fixed() -> dict[str, Any]:
    """Properties of an object that never changes and tells nothing of anybody."""
    return {"created": EPOCH, "modified": EPOCH, "object_marking_refs": [TLP_MARKS["clear"]]}


def frame() -> list[Any]:
    """The objects that every bundle carries."""
    producer = stix.Identity(
        id=producer_id(),
        name=operator_name(),
        identity_class="organization",
        description="Monitors the underground hosting market with Rackrent; reads only.",
        **fixed(),
    )
    extensions = [
        stix.ExtensionDefinition(
            id=key,
            created_by_ref=producer.id,
            name=name,
            description=text,
            schema=schema_text(file),
            version="1.0.0",
            extension_types=["property-extension"],
            **fixed(),
        )
        for key, (name, text, file) in _EXTENSIONS.items()
    ]
    return [marking("clear"), producer, *extensions]


@lru_cache
def schema_text(file: str) -> str:
    """A schema as one line of JSON."""
    return json.dumps(json.loads((SCHEMAS / file).read_text("utf-8")), ensure_ascii=False)


def common(tlp: str, reliability: str, first: str, last: str) -> dict[str, Any]:
    """Properties of every object: producer, times, marking, labels, confidence."""
    confidence = CONFIDENCE.get(reliability)
    return {
        "created_by_ref": producer_id(),
        "created": first,
        "modified": max(first, last),
        "object_marking_refs": [TLP_MARKS[tlp]],
        "labels": machine_tags(tlp, reliability),
        **({"confidence": confidence} if confidence else {}),
    }


def relation(source: str, kind: str, target: str, properties: dict[str, Any]) -> Any:
    """A relationship between two objects."""
    return stix.Relationship(
        id=stix_id("relationship", source, kind, target),
        relationship_type=kind,
        source_ref=source,
        target_ref=target,
        **properties,
    )

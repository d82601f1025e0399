"""What MISP objects of Rackrent's share: ids, tags, the offer template, attributes."""

import json
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pymisp import MISPObject

from crawler.clock import moment_of
from crawler.exporting.labels import machine_tags
from crawler.exporting.stix_frame import NAMESPACE
from crawler.home import DATA

TEMPLATE = "underground-infrastructure-offer"
"""Our object template: data/misp/objects."""
COLOURS = {
    "clear": "#FFFFFF", "green": "#33FF00", "amber": "#FFC000", "amber+strict": "#FFC000",
    "red": "#FF2B2B",
}  # fmt: skip
"""Colours of the labels (FIRST, TLP 2.0)."""
OWN = "#5b4b8a"


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands on an object and its attributes."""

    tlp: str
    """TLP 2.0, lower case."""
    reliability: str
    """Admiralty scale, A to F."""
    first_seen: str
    """UTC."""
    last_seen: str
    """UTC; also when the object was last changed."""


def misp_uuid(*parts: str) -> str:
    """A UUIDv5 that stands for `parts`: importing the same thing again updates it."""
    return str(uuid.uuid5(NAMESPACE, "\n".join(("misp", *parts))))


@lru_cache
def tags_of(tlp: str, reliability: str) -> tuple[dict[str, str], ...]:
    """The tags of labels, as MISP's JSON has them."""
    return tuple(
        tag_of(name, COLOURS[tlp] if name.startswith("tlp:") else OWN)
        for name in machine_tags(tlp, reliability)
    )


def tag_of(name: str, colour: str = OWN) -> dict[str, str]:
    """One tag."""
    return {"name": name, "colour": colour}


def labelled(attribute: dict[str, Any], mark: Mark) -> list[dict[str, str]]:
    """The tags of an attribute: its object's labels, and what it says itself where we name that."""
    relation = attribute["object_relation"]
    own = [f'rackrent:{relation}="{attribute["value"]}"'] if relation in TAXONOMY else []
    return [*tags_of(mark.tlp, mark.reliability), *map(tag_of, own)]


@lru_cache
def template() -> dict[str, Any]:
    """The definition of our object template."""
    path = DATA / "misp" / "objects" / TEMPLATE / "definition.json"
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def new_object(name: str, key: str, mark: Mark) -> MISPObject:
    """An empty object with the id that `key` gives it.

    Raises:
        MISPObjectException: the template is unknown.
    """
    made = MISPObject(
        name,
        strict=True,
        standalone=False,
        force_timestamps=True,
        misp_objects_template_custom=template() if name == TEMPLATE else None,
    )
    made.uuid = misp_uuid("object", name, key)
    made.first_seen = moment_of(mark.first_seen)
    made.last_seen = moment_of(max(mark.first_seen, mark.last_seen))
    made.timestamp = made.last_seen
    return made


def put(made: MISPObject, relation: str, value: Any, *, one_of: bool = False) -> None:
    """Add an attribute; nothing where there is no value.

    Its id stays when the value changes, so that a later import changes it; of what an object has
    several of (`one_of`), each value has an id of its own.
    """
    if value in (None, ""):
        return
    made.add_attribute(
        relation,
        value=value,
        uuid=misp_uuid("attribute", made.uuid, relation, str(value) if one_of else ""),
        to_ids=False,
        disable_correlation=relation not in CORRELATED,
    )


TAXONOMY = ("asset-type", "intent")
"""Relations whose value is also a tag; that of the state would outlive it."""
CORRELATED = frozenset({
    "username", "user-id", "email", "address", "address-xmr", "address-crypto", "domain", "url",
    "phone-number", "key-id", "contact", "text-sha256",
})  # fmt: skip
"""Relations whose equal values in other events mean something."""

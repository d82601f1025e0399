"""What MISP objects of Rackrent's share: ids, tags, the offer template, attributes."""

import json
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pymisp import MISPObject, MISPTag

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


def tags_of(mark: Mark) -> list[MISPTag]:
    """The tags of a mark."""
    return [
        tag(name, COLOURS[mark.tlp] if name.startswith("tlp:") else OWN)
        for name in machine_tags(mark.tlp, mark.reliability)
    ]


def tag(name: str, colour: str) -> MISPTag:
    """One tag."""
    made = MISPTag()
    made.from_dict(name=name, colour=colour)
    return made


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


def put(made: MISPObject, relation: str, value: Any, mark: Mark, *, one_of: bool = False) -> None:
    """Add an attribute with the mark's tags; nothing where there is no value.

    Its id stays when the value changes, so that a later import changes it; of what an object has
    several of (`one_of`), each value has an id of its own.
    """
    if value in (None, ""):
        return
    added = made.add_attribute(
        relation,
        value=value,
        uuid=misp_uuid("attribute", made.uuid, relation, str(value) if one_of else ""),
        to_ids=False,
        disable_correlation=relation not in CORRELATED,
    )
    if added is not None:
        own = [tag(f'rackrent:{relation}="{value}"', OWN)] if relation in TAXONOMY else []
        for one in (*tags_of(mark), *own):
            added.add_tag(one)


TAXONOMY = ("asset-type", "intent")
"""Relations whose value is also a tag; that of the state would outlive it."""
CORRELATED = frozenset({
    "username", "user-id", "email", "address", "address-xmr", "address-crypto", "domain", "url",
    "phone-number", "key-id", "contact", "text-sha256",
})  # fmt: skip
"""Relations whose equal values in other events mean something."""

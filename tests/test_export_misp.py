"""MISP events: they load, update what they told before, and our templates fit MISP's schemas."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pymisp
import pytest
from pymisp import MISPEvent

from crawler.home import DATA
from nlp.lexicon import load_lexicon
from tests.desk import TEXTS, Desk, desk_at, read_texts
from tests.exported import exported
from tests.pages import post

BUNDLED = Path(pymisp.__file__).parent / "data" / "misp-objects"
TEMPLATE = "underground-infrastructure-offer"
TAXONOMY: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["namespace", "description", "version", "predicates"],
    "properties": {
        "namespace": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "expanded": {"type": "string"},
        "description": {"type": "string"},
        "version": {"type": "integer"},
        "refs": {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
        "type": {
            "type": "array",
            "uniqueItems": True,
            "items": {"enum": ["org", "user", "attribute", "event"]},
        },
        "predicates": {"$ref": "#/$defs/entries"},
        "values": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["predicate", "entry"],
                "properties": {
                    "predicate": {"type": "string"},
                    "entry": {"$ref": "#/$defs/entries"},
                },
            },
        },
    },
    "$defs": {
        "entries": {
            "type": "array",
            "uniqueItems": True,
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["value"],
                "properties": {
                    "value": {"type": "string"},
                    "expanded": {"type": "string"},
                    "description": {"type": "string"},
                    "colour": {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"},
                    "numerical_value": {"type": "number"},
                },
            },
        }
    },
}
"""What MISP asks of a taxonomy: `schema.json` of MISP/misp-taxonomies and the format's draft
(draft-dulaunoy-misp-taxonomy-format), put in our own words and a little stricter."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A fresh market for each test: its source is TLP amber, its reliability F."""
    made = desk_at(tmp_path / "home")
    yield made
    made.board.store.close()


def events(desk: Desk, folder: Path, **more: Any) -> list[MISPEvent]:
    """The events of an export, loaded by pymisp."""
    file = folder / "events.json"
    exported(desk.home, "misp", file, **more)
    found = []
    for raw in json.loads(file.read_text("utf-8"))["response"]:
        event = MISPEvent()
        event.load(raw)
        found.append(event)
    return found


def values(event: MISPEvent, name: str, relation: str) -> list[Any]:
    """Values of a relation in the objects of a name."""
    return sorted(
        attribute.value
        for each in event.get_objects_by_name(name)
        for attribute in each.get_attributes_by_relation(relation)
    )


def test_events_load_back_with_sellers_offers_and_contacts(desk: Desk, tmp_path: Path) -> None:
    told = {event.info.rpartition(": ")[2]: event for event in events(desk, tmp_path)}
    assert len(told) == 2
    (shared,) = [event for name, event in told.items() if name != "broker"]
    assert values(shared, TEMPLATE, "asset-type") == ["access.rdp", "hosting.bph.vps"]
    assert values(shared, TEMPLATE, "usd-month") == [20.0]
    assert values(shared, "telegram-account", "username") == ["rdp_seller"]
    assert values(shared, "user-account", "username") == ["host", "seller"]
    posters = {
        each.get_attributes_by_relation("username")[0].value: [
            (one.relationship_type, one.referenced_uuid) for one in each.references
        ]
        for each in shared.get_objects_by_name("user-account")
    }
    goods = {
        each.get_attributes_by_relation("account")[0].value: each.uuid
        for each in shared.get_objects_by_name(TEMPLATE)
    }
    assert posters == {name: [("seller-of", goods[name])] for name in ("host", "seller")}


def test_labels_stand_on_events_and_on_every_attribute(desk: Desk, tmp_path: Path) -> None:
    wanted = {
        "tlp:amber",
        'admiralty-scale:source-reliability="f"',
        'admiralty-scale:information-credibility="6"',
    }
    for event in events(desk, tmp_path):
        assert wanted <= {tag.name for tag in event.tags}
        for attribute in (one for each in event.objects for one in each.attributes):
            assert wanted <= {tag.name for tag in attribute.tags}
            assert attribute.to_ids is False


def test_a_later_export_updates_what_was_told(desk: Desk, tmp_path: Path) -> None:
    before = {event.uuid: event for event in events(desk, tmp_path)}
    assert {event.uuid for event in events(desk, tmp_path)} == set(before)
    edited = post(3, TEXTS[2].text.replace("20$", "25$"), author="host")
    desk.board.thread_page(desk.board.begin(), [*TEXTS[:2], edited, TEXTS[3]])
    read_texts(desk.board)
    (event,) = [each for each in events(desk, tmp_path) if values(each, TEMPLATE, "usd-month")]
    old = before[event.uuid]

    def price_of(one: MISPEvent) -> Any:
        return next(
            attribute
            for each in one.get_objects_by_name(TEMPLATE)
            for attribute in each.get_attributes_by_relation("usd-month")
        )

    assert price_of(event).uuid == price_of(old).uuid
    assert (price_of(old).value, price_of(event).value) == (20.0, 25.0)
    assert price_of(event).timestamp > price_of(old).timestamp
    assert int(event.to_dict()["timestamp"]) > int(old.to_dict()["timestamp"])


def test_an_increment_without_news_holds_no_event(desk: Desk, tmp_path: Path) -> None:
    assert len(events(desk, tmp_path, since="last")) == 2
    assert events(desk, tmp_path, since="last") == []


def test_requests_go_to_an_event_of_their_source_and_month(desk: Desk, tmp_path: Path) -> None:
    wanted = [
        post(5, "Buying hacked RDP in Germany, tg: @wants_some", author="buyer2"),
        post(6, "Buying bulletproof VPS in Germany, tg: @wants_some", author="buyer2"),
    ]
    desk.board.thread_page(desk.board.begin(), [*TEXTS, *wanted])
    read_texts(desk.board)
    (event,) = events(desk, tmp_path, filters={"intent": "wanted"})
    assert event.info.endswith("board 2026-03")
    assert values(event, TEMPLATE, "intent") == ["wanted", "wanted"]
    assert values(event, "telegram-account", "username") == ["wants_some"]
    (buyer,) = event.get_objects_by_name("user-account")
    goods = {each.uuid for each in event.get_objects_by_name(TEMPLATE)}
    assert {one.referenced_uuid for one in buyer.references} == goods


def test_our_template_fits_misps_schema() -> None:
    schema = json.loads((BUNDLED / "schema_objects.json").read_text("utf-8"))
    path = DATA / "misp" / "objects" / TEMPLATE / "definition.json"
    template = json.loads(path.read_text("utf-8"))
    sound = jsonschema.Draft202012Validator(schema)
    sound.validate(template)
    assert template["name"] == path.parent.name
    assert set(template["required"]) <= set(template["attributes"])
    taken = {json.loads(p.read_text("utf-8"))["uuid"] for p in BUNDLED.glob("objects/*/*.json")}
    assert template["uuid"] not in taken
    assert template["attributes"]["asset-type"]["values_list"] == [*load_lexicon().assets, "other"]
    with pytest.raises(jsonschema.ValidationError):
        sound.validate(template | {"colour": "red"})


def test_our_taxonomy_fits_misps_format_and_our_asset_types() -> None:
    path = DATA / "misp" / "taxonomies" / "rackrent" / "machinetag.json"
    taxonomy = json.loads(path.read_text("utf-8"))
    jsonschema.validate(taxonomy, TAXONOMY)
    assert taxonomy["namespace"] == path.parent.name
    entries = {each["predicate"]: each["entry"] for each in taxonomy["values"]}
    assert list(entries) == [each["value"] for each in taxonomy["predicates"]]
    names = {each["value"]: each["expanded"] for each in entries["asset-type"]}
    assets = {key: asset.name for key, asset in load_lexicon().assets.items()}
    assert names == assets | {"other": "Other"}
    assert len(assets) == 30
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(taxonomy | {"predicates": [{"expanded": "no value"}]}, TAXONOMY)

"""STIX bundles: valid to the letter, the same every time, marked and explained."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import stix2

from crawler.desk.writing import annotate
from crawler.exporting.labels import CONFIDENCE
from crawler.exporting.stix_frame import CONTACT_EXTENSION, OFFER_EXTENSION, TLP_MARKS
from crawler.home import DATA
from tests.desk import TEXTS, Desk, desk_at, read_texts
from tests.exported import bundle, exported, faults_of_stix, of_type
from tests.pages import post

SCHEMAS = {
    OFFER_EXTENSION: "underground-offer.json",
    CONTACT_EXTENSION: "underground-contact.json",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A fresh market for each test: its source is TLP amber, its reliability F."""
    made = desk_at(tmp_path / "home")
    yield made
    made.board.store.close()


def test_the_validator_finds_nothing_and_the_library_reads_it(desk: Desk, tmp_path: Path) -> None:
    more = [
        post(5, "Buying hacked RDP in Germany, tg: @wants_some", author="buyer2"),
        post(6, "Selling SOCKS5 proxies, EU mix - 3$ per month\nmail: px@mail.example, "
                "site px.example, jabber px@jab.example", author="proxyman"),
    ]  # fmt: skip
    desk.board.thread_page(desk.board.begin(), [*TEXTS, *more])
    read_texts(desk.board)
    file = tmp_path / "bundle.json"
    exported(desk.home, "stix", file)
    assert faults_of_stix(file) == []
    objects = stix2.parse(file.read_text("utf-8"), allow_custom=True).objects
    kinds = {each.type for each in objects}
    assert kinds >= {
        "threat-actor", "infrastructure", "identity", "observed-data", "note", "relationship",
        "location", "user-account", "extension-definition", "marking-definition",
    }  # fmt: skip


def test_the_validator_does_find_faults(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "bundle.json"
    exported(desk.home, "stix", file)
    file.write_text(file.read_text("utf-8").replace('"criminal"', '"landlord"'), "utf-8")
    assert any("threat_actor_types" in fault for fault in faults_of_stix(file))


def test_two_exports_tell_the_same_objects(desk: Desk, tmp_path: Path) -> None:
    assert bundle(desk.home, tmp_path) == bundle(desk.home, tmp_path)


def test_every_object_is_marked_and_rated(desk: Desk, tmp_path: Path) -> None:
    for each in bundle(desk.home, tmp_path):
        if each["type"] == "marking-definition":
            continue
        static = each["type"] in ("identity", "extension-definition", "location")
        mark = TLP_MARKS["clear" if static else "amber"]
        assert each["object_marking_refs"] == [mark], each["id"]
        if static:
            continue
        if "labels" in each:
            assert 'admiralty-scale:source-reliability="f"' in each["labels"]
            assert "tlp:amber" in each["labels"]
            # F says that nobody can judge
            assert "confidence" not in each
        else:
            assert each["extensions"][CONTACT_EXTENSION]["source_reliability"] == "F"


def test_a_reliable_source_gives_confidence(desk: Desk, tmp_path: Path) -> None:
    desk.board.store.execute("update sources set credibility = 'B'")
    (actor, _) = of_type(bundle(desk.home, tmp_path), "threat-actor")
    assert actor["confidence"] == CONFIDENCE["B"] == 70


def test_extensions_are_what_their_schemas_say(desk: Desk, tmp_path: Path) -> None:
    told: dict[str, list[Any]] = {key: [] for key in SCHEMAS}
    objects = bundle(desk.home, tmp_path)
    for each in objects:
        for key, value in each.get("extensions", {}).items():
            told.get(key, []).append(value)
    for key, file in SCHEMAS.items():
        schema = json.loads((DATA / "stix" / file).read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        assert told[key]
        for value in told[key]:
            jsonschema.validate(value, schema)
        (definition,) = [each for each in objects if each["id"] == key]
        assert json.loads(definition["schema"]) == schema


def test_an_offer_is_infrastructure_tied_to_its_seller_and_place(
    desk: Desk, tmp_path: Path
) -> None:
    objects = bundle(desk.home, tmp_path, filters={"asset_type": "access.rdp"})
    (goods,) = of_type(objects, "infrastructure")
    (actor,) = of_type(objects, "threat-actor")
    (place,) = of_type(objects, "location")
    said = goods["extensions"][OFFER_EXTENSION]
    assert (said["asset_type"], said["prices"][0]["usd_min"], said["countries"]) == (
        "access.rdp", 5.0, ["US"],
    )  # fmt: skip
    (row,) = desk.rows("select * from listings_now where asset_type = 'access.rdp'")
    assert goods["created"][:19] == row["first_seen"][:19]
    assert goods["modified"][:19] == row["last_seen"][:19]
    ties = {
        (each["source_ref"], each["relationship_type"], each["target_ref"])
        for each in of_type(objects, "relationship")
    }
    assert (actor["id"], "compromises", goods["id"]) in ties
    assert (goods["id"], "located-at", place["id"]) in ties
    assert place["country"] == "US"


def test_the_note_holds_text_hash_and_evidence(desk: Desk, tmp_path: Path) -> None:
    objects = bundle(desk.home, tmp_path, filters={"asset_type": "hosting.bph.vps"})
    (note,) = of_type(objects, "note")
    (page,) = desk.rows(
        "select g.* from pages g join post_versions v on v.page_id = g.id "
        "join listings_now n on n.version_id = v.id where n.asset_type = 'hosting.bph.vps'"
    )
    assert note["content"] == TEXTS[2].text
    evidence, text = note["external_references"]
    assert evidence["external_id"] == f"{page['warc_file']}@{page['warc_offset']}"
    assert evidence["hashes"] == {"SHA-256": page["sha256"]}
    assert "SHA-256" in text["external_id"]


def test_a_contact_is_observed_once_for_all_who_share_it(desk: Desk, tmp_path: Path) -> None:
    objects = bundle(desk.home, tmp_path)
    handles = [each for each in of_type(objects, "user-account") if "telegram" in each["user_id"]]
    (handle,) = handles
    assert handle["user_id"] == "telegram:rdp_seller"
    (seen,) = [e for e in of_type(objects, "observed-data") if e["object_refs"] == [handle["id"]]]
    (row,) = desk.rows(
        "select count(distinct x.post_version_id) as n from contact_mentions x "
        "join contacts c on c.id = x.contact_id where c.kind = 'telegram'"
    )
    assert seen["number_observed"] == row["n"] == 2


def test_an_increment_without_news_holds_no_object(desk: Desk, tmp_path: Path) -> None:
    assert len(of_type(bundle(desk.home, tmp_path, since="last"), "infrastructure")) == 3
    assert bundle(desk.home, tmp_path, since="last") == []
    (file,) = tmp_path.glob("bundle.json")
    assert faults_of_stix(file) == []


def test_a_raised_offer_is_marked_with_its_seller_and_tie(desk: Desk, tmp_path: Path) -> None:
    (row,) = desk.rows("select provider_id as id from listings_now where account = 'broker'")
    annotate(desk.board.store.path, ("provider", row["id"]), "tlp", "RED", "anna")
    filters = {"asset_type": "access.corporate"}
    assert bundle(desk.home, tmp_path, filters=filters) == []
    objects = bundle(desk.home, tmp_path, filters=filters, tlp="red")
    marks = {
        each["object_marking_refs"][0]
        for each in objects
        if each["type"] in ("threat-actor", "infrastructure", "note", "relationship")
    }
    assert marks == {TLP_MARKS["red"]}
    assert TLP_MARKS["red"] in {each["id"] for each in of_type(objects, "marking-definition")}


def test_the_operator_is_the_producer(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RACKRENT_OPERATOR", "CERT of Quenland")
    objects = bundle(desk.home, tmp_path)
    (identity,) = of_type(objects, "identity")
    assert identity["name"] == "CERT of Quenland"
    (actor, _) = of_type(objects, "threat-actor")
    assert actor["created_by_ref"] == identity["id"]

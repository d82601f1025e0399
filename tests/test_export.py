"""What leaves: filters, labels, increments, tables, and the log of it."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from crawler.clock import moment_of
from crawler.desk.writing import annotate
from crawler.exporting.asked import AskedError, since_of
from crawler.home import Home
from tests.desk import TEXTS, VICTIM, Desk, desk_at, read_texts
from tests.exported import exported, ndjson
from tests.pages import post


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A fresh market for each test: its source is TLP amber, its reliability F."""
    made = desk_at(tmp_path / "home")
    yield made
    made.board.store.close()


def test_an_offer_leaves_with_its_seller_prices_contacts_and_evidence(
    desk: Desk, tmp_path: Path
) -> None:
    told = {row["asset_type"]: row for row in ndjson(desk.home, tmp_path)}
    assert set(told) == {"access.rdp", "hosting.bph.vps", "access.corporate"}
    vps = told["hosting.bph.vps"]
    assert (vps["usd_month"], vps["tlp"], vps["reliability"]) == (20.0, "amber", "F")
    assert vps["contacts"] == [{"kind": "telegram", "value": "rdp_seller"}]
    assert {"key": "ram_gb", "value": "2"} in vps["attributes"]
    assert (vps["warc_file"], len(vps["text_sha256"])) == (desk.rows(
        "select g.warc_file from pages g join post_versions v on v.page_id = g.id where v.id = ?",
        vps["version_id"],
    )[0]["warc_file"], 64)  # fmt: skip
    assert vps["provider_id"] == told["access.rdp"]["provider_id"]
    assert vps["text"] == TEXTS[2].text


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        ({"asset_type": "access.rdp"}, {"access.rdp"}),
        ({"country": "US"}, {"access.rdp"}),
        ({"q": "bulletproof"}, {"hosting.bph.vps"}),
        ({"band": "10 to 50"}, {"hosting.bph.vps"}),
        ({"state": "sold"}, set()),
        ({"provider": "BROKER"}, {"access.corporate"}),
        ({"source": "board", "intent": "wanted"}, set()),
    ],
)
def test_filters_are_those_of_the_search(
    desk: Desk, tmp_path: Path, filters: dict[str, str], types: set[str]
) -> None:
    told = ndjson(desk.home, tmp_path, filters=filters)
    assert {row["asset_type"] for row in told} == types


@pytest.mark.parametrize(
    ("form", "more", "part"),
    [
        ("docx", {}, "format: 'docx' is unknown; use one of: stix"),
        ("csv", {"tlp": "white"}, "--tlp: 'white'"),
        (
            "csv",
            {"filters": {"source": "nowhere"}},
            "--source: 'nowhere' is unknown; use one of: b",
        ),
        ("csv", {"filters": {"asset_type": "rdp"}}, "access.rdp"),
        ("stix", {"partition": True}, "only parquet"),
    ],
)
def test_what_nothing_can_match_is_refused(
    desk: Desk, tmp_path: Path, form: str, more: dict[str, object], part: str
) -> None:
    with pytest.raises(AskedError, match=part):
        exported(desk.home, form, tmp_path / "out", **more)
    assert desk.rows("select * from exports") == []


def test_since_is_a_day_a_time_an_age_or_last() -> None:
    now = moment_of("2026-03-08T09:00:00Z")
    assert since_of("2026-03-01", now) == "2026-03-01T00:00:00Z"
    assert since_of("2026-03-01T10:00:00+02:00", now) == "2026-03-01T08:00:00Z"
    assert since_of("7d", now) == "2026-03-01T09:00:00Z"
    assert since_of("last", now) == "last"
    with pytest.raises(AskedError, match="'soon' is no time"):
        since_of("soon", now)


def test_every_export_is_a_row_with_its_hash_and_stands_in_the_audit(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    row = exported(desk.home, "csv", file, filters={"asset_type": "access.rdp"}, tlp="amber")
    (kept,) = desk.rows("select * from exports")
    assert (kept["rows"], kept["tlp"], kept["by"], kept["file"]) == (1, "amber", "anna", str(file))
    assert json.loads(kept["filters"]) == {"asset_type": "access.rdp"}
    assert kept["sha256"] == row.sha256
    (line,) = desk.rows("select * from audit where action = 'export'")
    assert (line["object"], line["actor"]) == (row.id, "anna")
    assert file.stat().st_mode & 0o077 == 0
    assert list(tmp_path.glob(".*.part")) == []


def test_a_second_incremental_export_tells_only_what_is_new_or_changed(
    desk: Desk, tmp_path: Path
) -> None:
    assert len(ndjson(desk.home, tmp_path, since="last")) == 3
    assert ndjson(desk.home, tmp_path, since="last") == []
    fresh = post(5, "Selling hacked RDP, Germany - 8$ each, tg: @fresh_one", author="fresh")
    edited = post(3, TEXTS[2].text.replace("20$", "25$"), author="host")
    desk.board.thread_page(desk.board.begin(), [TEXTS[0], TEXTS[1], edited, TEXTS[3], fresh])
    read_texts(desk.board)
    told = {row["account"]: row for row in ndjson(desk.home, tmp_path, since="last")}
    assert set(told) == {"fresh", "host"}
    assert told["host"]["usd_month"] == 25.0
    assert ndjson(desk.home, tmp_path, since="last") == []
    others = [row["since"] for row in desk.rows("select since from exports order by at, rowid")]
    assert others[0] is None
    assert None not in others[1:]


def test_an_edit_keeps_the_id_of_its_offer(desk: Desk, tmp_path: Path) -> None:
    before = {row["account"]: row["id"] for row in ndjson(desk.home, tmp_path)}
    edited = post(3, TEXTS[2].text.replace("20$", "25$"), author="host")
    desk.board.thread_page(desk.board.begin(), [*TEXTS[:2], edited, TEXTS[3]])
    read_texts(desk.board)
    assert {row["account"]: row["id"] for row in ndjson(desk.home, tmp_path)} == before


def test_increments_of_other_formats_filters_and_labels_are_their_own(
    desk: Desk, tmp_path: Path
) -> None:
    assert len(ndjson(desk.home, tmp_path, since="last")) == 3
    assert len(ndjson(desk.home, tmp_path, since="last", tlp="red")) == 3
    assert len(ndjson(desk.home, tmp_path, since="last", filters={"country": "US"})) == 1
    assert exported(desk.home, "csv", tmp_path / "a.csv", since="last").rows == 3


def test_nothing_above_the_label_leaves(desk: Desk, tmp_path: Path) -> None:
    assert ndjson(desk.home, tmp_path, tlp="green") == []
    assert len(ndjson(desk.home, tmp_path, tlp="amber+strict")) == 3
    (rdp,) = desk.rows("select id, post_id from listings_now where asset_type = 'access.rdp'")
    annotate(desk.board.store.path, ("listing", rdp["id"]), "tlp", "RED", "anna")
    assert {row["account"] for row in ndjson(desk.home, tmp_path)} == {"host", "broker"}
    told = {row["account"]: row["tlp"] for row in ndjson(desk.home, tmp_path, tlp="red")}
    assert told == {"seller": "red", "host": "amber", "broker": "amber"}


@pytest.mark.parametrize("thing", ["provider", "account", "post"])
def test_a_label_on_provider_account_or_post_raises_its_offers(
    desk: Desk, tmp_path: Path, thing: str
) -> None:
    (row,) = desk.rows(f"select {thing}_id as id from listings_now where account = 'broker'")
    annotate(desk.board.store.path, (thing, row["id"]), "tlp", "AMBER+STRICT", "anna")
    assert {each["account"] for each in ndjson(desk.home, tmp_path)} == {"seller", "host"}


def test_a_lower_label_of_an_analyst_does_not_open_a_source(desk: Desk, tmp_path: Path) -> None:
    (row,) = desk.rows("select post_id as id from listings_now where account = 'broker'")
    annotate(desk.board.store.path, ("post", row["id"]), "tlp", "CLEAR", "anna")
    assert ndjson(desk.home, tmp_path, tlp="clear") == []


def test_a_seller_is_told_without_what_is_known_from_closed_places(
    desk: Desk, tmp_path: Path
) -> None:
    (row,) = desk.rows("select account_id as id from listings_now where account = 'seller'")
    annotate(desk.board.store.path, ("account", row["id"]), "tlp", "RED", "anna")
    (vps,) = ndjson(desk.home, tmp_path, filters={"asset_type": "hosting.bph.vps"})
    assert vps["provider"] == "host"
    assert "seller" not in {vps["provider"], vps["account"]}
    assert vps["contacts"] == [{"kind": "telegram", "value": "rdp_seller"}]


def test_csv_is_defanged_and_runs_nothing(desk: Desk, tmp_path: Path) -> None:
    evil = post(
        9, "=cmd|calc hacked RDP 5$ each http://evil.example/x mail a@evil.example", author="=x"
    )
    desk.board.thread_page(desk.board.begin(), [*TEXTS, evil])
    read_texts(desk.board)
    file = tmp_path / "a.csv"
    exported(desk.home, "csv", file)
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    (row,) = [row for row in rows if row["account"] == "'=x"]
    assert row["snippet"].startswith("'=cmd|calc")
    assert "hxxp://evil[.]example/x" in row["snippet"]
    assert "a[@]evil[.]example" in row["contacts"]
    assert "evil.example" not in file.read_text("utf-8")
    assert row["asset_type"] == "access.rdp"
    (raw,) = [row for row in ndjson(desk.home, tmp_path) if row["account"] == "=x"]
    assert "http://evil.example/x" in raw["snippet"]


def test_victims_are_masked_where_the_home_masks_them(tmp_path: Path) -> None:
    desk = desk_at(tmp_path / "masked", mask_victims=True)
    wanted = {"asset_type": "access.corporate"}
    (hidden,) = ndjson(desk.home, tmp_path, filters=wanted)
    assert VICTIM not in json.dumps(hidden)
    assert "muster-werkzeug" not in json.dumps(hidden)
    (shown,) = ndjson(desk.home, tmp_path, filters=wanted, victims=True)
    assert VICTIM in shown["text"]
    desk.board.store.close()


DOCUMENTED = {
    "first_seen": "TIMESTAMP WITH TIME ZONE", "posted_at": "TIMESTAMP WITH TIME ZONE",
    "ended_at": "TIMESTAMP WITH TIME ZONE", "usd_month": "DOUBLE", "confidence": "DOUBLE",
    "countries": "VARCHAR[]", "warc_offset": "BIGINT", "tlp": "VARCHAR",
    "contacts": 'STRUCT(kind VARCHAR, "value" VARCHAR)[]',
}  # fmt: skip


def test_parquet_reads_in_duckdb_with_the_documented_types(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "offers.parquet"
    exported(desk.home, "parquet", file)
    base = duckdb.connect()
    types = dict(
        base.execute(f"select column_name, column_type from (describe from '{file}')").fetchall()
    )
    assert {name: types[name] for name in DOCUMENTED} == DOCUMENTED
    assert "amount_min DOUBLE" in types["prices"]
    assert "rate_day DATE" in types["prices"]
    found = base.execute(
        f"select countries[1], usd_low, prices[1].currency, epoch(first_seen)::int from '{file}' "
        "where asset_type = 'access.rdp'"
    ).fetchone()
    assert found is not None
    assert found[:3] == ("US", 5.0, "USD")
    (row,) = desk.rows("select first_seen from listings_now where asset_type = 'access.rdp'")
    assert found[3] == moment_of(row["first_seen"]).timestamp()


def test_a_parted_parquet_has_folders_by_month_and_source(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "offers"
    exported(desk.home, "parquet", folder, partition=True)
    exported(desk.home, "parquet", folder, partition=True, since="last")
    files = sorted(file.parent.relative_to(folder).as_posix() for file in folder.rglob("*.parquet"))
    assert files == ["month=2026-03/source=board"]
    counted = (
        duckdb.connect()
        .execute(
            f"select month, source, count(*) from read_parquet('{folder}/**/*.parquet', "
            "hive_partitioning = true, hive_types_autocast = false) group by all"
        )
        .fetchall()
    )
    assert counted == [("2026-03", "board", 3)]


def test_an_export_that_cannot_be_written_leaves_no_row(home_less: Home, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(AskedError, match="name another place with --to"):
        exported(home_less, "csv", tmp_path / "taken" / "a.csv")


@pytest.fixture
def home_less(desk: Desk) -> Home:
    """The desk's home."""
    return desk.home

"""The main job, end to end: real crawls of the demo market with the real command."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.chromium import find_chromium
from crawler.home import DATA
from tests.market import EVIDENCE, FINDINGS, dump, rackrent, rows

DAYS = yaml.safe_load((DATA / "demo" / "days.yml").read_text("utf-8"))[2]

pytestmark = [
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine"),
]


def database(homes: dict[str, Path], name: str) -> Path:
    return homes[name] / "market.db"


def one(path: Path, sql: str, *values: Any) -> Any:
    (row,) = rows(path, sql, *values)
    return next(iter(row.values()))


def test_the_market_is_read_whole(homes: dict[str, Path]) -> None:
    path = database(homes, "first")
    assert one(path, "select count(*) from posts") >= 500
    kinds = "select count(distinct asset_type) from listings where asset_type <> 'other'"
    assert one(path, kinds) >= 25
    assert one(path, "select count(*) from prices where usd_month is not null") >= 30
    assert one(path, "select count(*) from provider_overview where contacts is not null") >= 10
    assert {run["status"] for run in rows(path, "select status from runs")} == {"ok"}


@pytest.mark.parametrize("table", EVIDENCE + FINDINGS + ("frontier",))
def test_a_second_run_changes_nothing(homes: dict[str, Path], table: str) -> None:
    assert dump(database(homes, "first"), table) == dump(database(homes, "second"), table)


def test_an_edited_post_has_a_new_version_and_keeps_the_old(homes: dict[str, Path]) -> None:
    path = database(homes, "later")
    edited = rows(
        path,
        "select t.title, group_concat(v.text, '|') as texts from post_versions v "
        "join posts p on p.id = v.post_id join threads t on t.id = p.thread_id "
        "where p.source_id <> 'demo_shop' group by p.id having count(*) > 1",
    )
    assert len(edited) == len(DAYS["edits"])
    for edit in DAYS["edits"]:
        assert any(edit["from"] in row["texts"] and edit["to"] in row["texts"] for row in edited)
    assert one(path, "select count(*) from posts where edited_at is not null") == len(edited)


def test_only_the_scripted_posts_are_new(homes: dict[str, Path]) -> None:
    first, later = database(homes, "first"), database(homes, "later")
    before = {row["id"] for row in rows(first, "select id from posts")}
    new = [row for row in rows(later, "select id from posts") if row["id"] not in before]
    assert len(new) == sum(len(DAYS[kind]) for kind in ("new_threads", "replies", "telegram"))


def test_deleted_posts_and_items_are_marked_gone(homes: dict[str, Path]) -> None:
    path = database(homes, "later")
    gone = rows(path, "select source_id, native_id from posts where gone_at is not null")
    assert len(gone) == len(DAYS["deletions"]) + len(DAYS["shop"]["gone"])
    items = {row["native_id"] for row in gone if row["source_id"] == "demo_shop"}
    assert items == {str(number) for number in DAYS["shop"]["gone"]}


def test_price_history_shows_both_prices(homes: dict[str, Path]) -> None:
    path = database(homes, "later")
    changes = rows(
        path,
        "select source, usd_before, usd from price_history where change <> 0 order by source",
    )
    assert [(row["source"], row["usd_before"], row["usd"]) for row in changes] == [
        ("demo_mybb", 32.0, 27.0),
        ("demo_shop", 13.5, 11.0),
    ]


def test_a_sold_access_is_sold(homes: dict[str, Path]) -> None:
    path = database(homes, "later")
    sold = rows(
        path,
        "select l.asset_type, t.title from latest_listings l join posts p on p.id = l.post "
        "join threads t on t.id = p.thread_id where l.state = 'sold'",
    )
    assert [row["asset_type"] for row in sold] == ["access.corporate"]
    assert sold[0]["title"].startswith("Citrix")


def test_a_new_name_with_an_old_contact_is_the_same_provider(homes: dict[str, Path]) -> None:
    path = database(homes, "later")
    link = rows(
        path,
        "select a.name as older, b.name as newer, k.kind, k.value, k.reason "
        "from provider_links k join accounts a on a.id = k.account_a "
        "join accounts b on b.id = k.account_b where b.name = 'OnyxRacks'",
    )
    assert [(row["kind"], row["value"]) for row in link] == [("telegram", "basalt_racks")]
    assert link[0]["older"] == "BasaltRacks"


@pytest.mark.parametrize("table", EVIDENCE + FINDINGS + ("pages",))
def test_replay_gives_the_same_rows(replayed: Path, homes: dict[str, Path], table: str) -> None:
    clocks = frozenset({"run_id"}) | (
        frozenset({"first_seen", "last_seen"}) if table == "issues" else frozenset()
    )
    assert dump(replayed, table, clocks) == dump(database(homes, "later"), table, clocks)


@pytest.fixture(scope="module")
def replayed(homes: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database rebuilt from the evidence alone."""
    path = tmp_path_factory.mktemp("replay") / "market.db"
    done = rackrent(homes["later"], "replay", str(homes["later"] / "evidence"), "--db", str(path))
    assert done.returncode == 0, done.stderr
    return path

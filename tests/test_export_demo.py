"""The demo market leaves as STIX that OASIS's validator accepts, and as MISP events that load."""

import json
from pathlib import Path

from pymisp import MISPEvent

from crawler.home import Home
from tests.exported import exported, faults_of_stix, ndjson, of_type
from tests.market import rackrent, rows


def test_the_bundle_of_the_demo_is_strictly_valid(homes: dict[str, Path], tmp_path: Path) -> None:
    file = tmp_path / "bundle.json"
    done = rackrent(homes["last"], "export", "stix", "--to", str(file), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    objects = json.loads(file.read_text("utf-8"))["objects"]
    goods = len(of_type(objects, "infrastructure"))
    database = homes["last"] / "market.db"
    (row,) = rows(database, "select count(*) as n, sum(intent = 'offer') as o from listings_now")
    assert (told["rows"], goods) == (row["n"], row["o"])
    assert faults_of_stix(file) == []


def test_events_of_the_demo_load(homes: dict[str, Path], tmp_path: Path) -> None:
    file = tmp_path / "events.json"
    row = exported(Home(homes["last"]), "misp", file)
    offers = 0
    for raw in json.loads(file.read_text("utf-8"))["response"]:
        event = MISPEvent()
        event.load(raw)
        offers += len(event.get_objects_by_name("underground-infrastructure-offer"))
    assert offers == row.rows > 100


def test_the_next_day_of_the_demo_tells_only_its_news(
    homes: dict[str, Path], tmp_path: Path
) -> None:
    first = Home(homes["first"])
    before = {row["id"]: row for row in ndjson(first, tmp_path)}
    later = ndjson(Home(homes["later"]), tmp_path)
    news = {
        row["id"]
        for row in later
        if {**row, "last_seen": ""} != {**before.get(row["id"], {}), "last_seen": ""}
    }
    assert 0 < len(news) < len(later)

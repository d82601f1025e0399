"""Canned queries answer on the demo market; views read what grows through indexes."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlite_utils import Database

from crawler.chromium import find_chromium
from crawler.home import DATA
from crawler.schema import migrate
from tests.market import rows

QUERIES: dict[str, dict[str, Any]] = yaml.safe_load((DATA / "queries.yml").read_text("utf-8"))
PAGES = [
    "select * from latest_listings order by at desc limit 51",
    "select * from latest_listings where asset_type = 'access.rdp' order by at desc limit 51",
    "select * from latest_listings where source = 'x' order by at desc limit 51",
    "select * from latest_listings where provider_id = 'x' order by at desc limit 51",
    "select * from offer_lives where provider_id = 'x' order by at desc limit 51",
    "select * from provider_overview order by active desc limit 51",
    "select * from asset_type_overview order by offers desc limit 51",
    "select * from price_changes order by seen_at desc limit 51",
    "select * from price_changes where provider_id = 'x' order by at desc limit 51",
    "select * from price_points where provider_id = 'x'",
    "select * from price_quartiles where asset_type = 'access.rdp' and source = ''",
    "select * from reposts order by last_at desc limit 51",
    "select * from recent_changes order by at desc limit 51",
    "select * from early_signs where provider_id = 'x'",
    "select * from marks_of_providers where provider_id = 'x'",
]
GROWING = (
    "posts", "post_versions", "analyses", "listings", "prices", "attributes", "listings_now",
    "contact_mentions", "contacts", "ad_posts", "month_prices", "day_counts", "repricings",
)  # fmt: skip
demo_only = pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine")


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_says_what_it_asks(name: str) -> None:
    query = QUERIES[name]
    assert set(query) == {"title", "description", "sql", "params"}
    assert query["title"].endswith("?")
    assert query["description"].endswith(".")
    assert set(re.findall(r"(?<!:):([a-z_]+)", query["sql"])) == set(query["params"])


@demo_only
@pytest.mark.parametrize("name", QUERIES)
def test_every_query_answers_on_the_demo_market(homes: dict[str, Path], name: str) -> None:
    query, path = QUERIES[name], homes["last"] / "market.db"
    empty = dict.fromkeys(query["params"], "")
    with closing(sqlite3.connect(path)) as connection:
        answer = connection.execute(query["sql"], query["params"]).fetchall()
        assert answer
        assert connection.execute(query["sql"], empty).fetchall() == answer


@demo_only
def test_the_demos_stories_stand_in_the_views(homes: dict[str, Path]) -> None:
    path = homes["last"] / "market.db"
    assert rows(path, "select * from price_changes where how = 'edit'")
    assert rows(path, "select * from price_changes where how = 'repost'")
    assert rows(path, "select * from reposts where sources > 1")
    assert rows(path, "select * from early_signs where sold = 'access.corporate'")
    assert rows(path, "select * from offer_lives where days_to_sold > 0")


@pytest.mark.parametrize("sql", PAGES)
def test_a_page_reads_no_growing_table_whole(sql: str) -> None:
    db = Database(memory=True)
    migrate(db)
    plan = [row[3] for row in db.execute(f"explain query plan {sql}").fetchall()]
    for step in plan:
        scanned = re.match(r"SCAN (\w+)\b(?! USING (COVERING )?INDEX)", step)
        assert not scanned or scanned[1] not in GROWING + ALIASES, plan


ALIASES = ("p", "v", "n", "l", "r", "x", "q", "o", "c")
"""What views call those tables."""

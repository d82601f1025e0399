"""Home-made sites from YAML alone, crawled on 127.0.0.1: every item once, with all its fields."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crawler.chromium import find_chromium
from crawler.home import Home
from tests.market import ROOT, rows
from tests.shops import LOTS, POSTS, THREADS, home_made_forum, spa_shop, table_shop
from tests.site import site

SOURCE = """\
id: shop
name: Shop
kind: {kind}
engine: declared
url: http://{host}{start}
start: ["http://{host}{start}"]
hosts: ["{host}"]
local: true
basis: public
delay_s: 0
"""
TABLE = r"""
selectors:
  item: "//table//tr[td]"
  pages: "?p={n}"
  fields:
    title: "td:nth-child(2)"
    url: "//a/@href"
  product:
    match: "/item\\.php"
    fields:
      title: h1
      description: "#about"
      vendor: {xpath: "//tr[th='Seller:']/td", lower: true}
      price: {xpath: "//tr[th='Price:']/td", regex: "[0-9.]+"}
      currency: {value: USD}
      stock: [".stock", {xpath: "//tr[th='In stock:']/td", replace: {pcs: ""}}]
    pairs: {row: "tr", label: th, value: td, names: {Ships from: region, Added: date}}
"""
SPA = """
browser: {wait_for: article, more: "#more"}
selectors:
  item: article
  fields:
    id: "@data-key"
    title: a
    price: {css: b, strip: "€", replace: {",": "."}}
    vendor: {css: i, regex: "by (.+)"}
    description: p
  pairs:
    {label: dt, value: dd, names: {Left: stock, Kind: category, Land: region, Score: rating,
     Since: date}}
"""
FORUM = """
selectors:
  boards: {item: ".rooms a", fields: {title: "", url: "@href"}}
  item: "li.t"
  fields: {title: a, url: a@href, author: em, replies: {css: u, regex: "[0-9]+"}}
  next_page: "a[rel=next]"
  posts:
    item: "section"
    fields: {id: {attr: id, regex: "m-(.+)"}, author: h4, date: time, body: div}
"""


def crawl(
    folder: Path, pages: Mapping[str, tuple[int, str]], recipe: str, asked: list[str], **stated: str
) -> dict[str, Any]:
    """Crawl a site once by its YAML; the run's row."""
    home = Home(folder)
    home.make()
    with site(pages, asked) as host:
        values = {"kind": "market", "start": "/"} | stated
        (home.sources / "shop.yml").write_text(SOURCE.format(host=host, **values) + recipe, "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", values["kind"], "-a", "source=shop"],
            cwd=ROOT, env=os.environ | {"RACKRENT_HOME": str(folder)},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    runs = rows(home.database, "select * from runs")
    assert len(runs) == 1, done.stderr
    return runs[0]


def items_in(database: Path) -> list[dict[str, str]]:
    """What was stored of each item, in the words of `LOTS`."""
    sql = (
        "select t.title, a.name as vendor, v.text as description, p.posted_at as date, v.fields "
        "from posts p join threads t on t.id = p.thread_id "
        "join post_versions v on v.id = p.version_id left join accounts a on a.id = p.account_id"
    )
    return [
        json.loads(row.pop("fields")) | row | {"date": row["date"][:10]}
        for row in rows(database, sql)
    ]


def assert_whole(database: Path) -> None:
    """All lots are stored once, with every field."""
    found = {item["title"]: item for item in items_in(database)}
    assert len(items_in(database)) == len(LOTS)
    for lot in LOTS:
        wanted = {key: value for key, value in lot.items() if key != "id"}
        assert {key: found[lot["title"]].get(key) for key in wanted} == wanted


def test_a_table_shop_with_product_pages(tmp_path: Path) -> None:
    asked: list[str] = []
    run = crawl(tmp_path, table_shop(), TABLE, asked, start="/shop.php")
    assert (run["status"], run["issues"]) == ("ok", 0)
    assert_whole(Home(tmp_path).database)
    asked.remove("/robots.txt")
    assert len(asked) == len(set(asked))
    assert not any("sid=" in path for path in asked)


@pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine")
def test_a_shop_that_scripts_draw(tmp_path: Path) -> None:
    run = crawl(tmp_path, spa_shop(), SPA, [])
    assert (run["status"], run["issues"]) == ("ok", 0)
    assert_whole(Home(tmp_path).database)


def test_a_home_made_forum(tmp_path: Path) -> None:
    asked: list[str] = []
    run = crawl(tmp_path, home_made_forum(), FORUM, asked, kind="forum")
    assert (run["status"], run["issues"]) == ("ok", 0)
    found = rows(Home(tmp_path).database, "select p.native_id, t.title, p.posted_at, a.name "
                 "from posts p join threads t on t.id = p.thread_id "
                 "join accounts a on a.id = p.account_id")  # fmt: skip
    assert len(found) == len({row["native_id"] for row in found}) == 2 * THREADS * POSTS
    assert len({row["title"] for row in found}) == 2 * THREADS
    for row in found:
        number = row["native_id"].rpartition("-")[2]
        assert (row["name"], row["posted_at"]) == (f"anon{number}", f"2026-11-0{number}T10:00:00Z")
    assert len(asked) == len(set(asked))

"""Every ad of the demo market is read as its content claims, and a hostile one stays words."""

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.chromium import find_chromium
from crawler.clock import moment_of
from crawler.demo.market import LAST_DAY, contents_of, load, market_on
from crawler.demo.series import drawn
from crawler.serving import datasette_of
from tests.market import rows

pytestmark = [
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine"),
]


@pytest.fixture
def market(homes: dict[str, Path]) -> Path:
    """The database after day 3."""
    return homes["last"] / "market.db"


def test_a_hostile_post_is_kept_as_it_stands(market: Path) -> None:
    (post,) = rows(
        market,
        "select t.title, v.text, a.name from threads t join posts p on p.thread_id = t.id "
        "join post_versions v on v.id = p.version_id join accounts a on a.id = p.account_id "
        "where t.title like '=HYPERLINK%'",
    )
    (raw,) = [one for one in contents_of("demo_mybb") if one["id"] == "hostile"]
    assert (post["title"], post["name"]) == (raw["title"], raw["author"])
    assert post["text"] == raw["text"].replace("[b]", "").replace("[/b]", "")


@pytest.mark.parametrize(
    ("table", "column", "word"),
    [
        ("threads", "title", "HYPERLINK"),
        ("accounts", "name", "allo"),
        ("posts_now", "title", "HYPERLINK"),
        ("latest_listings", "title", "HYPERLINK"),
        ("post_versions", "title", "HYPERLINK"),
    ],
)
def test_a_hostile_post_is_inert_in_datasette(
    market: Path, table: str, column: str, word: str
) -> None:
    path = f"/market/{table}?{column}__contains={word}"
    page = asyncio.run(datasette_of(market).client.get(path)).text
    assert word in page
    assert "\u202e" not in page
    shown = LexborHTMLParser(page)
    assert not [node.html for node in shown.css("td img, td svg, td b, [onerror], [onload]")]
    assert "alert" not in " ".join(node.text() for node in shown.css("script"))
    for node in shown.css("[href], [src], [action]"):
        for name in ("href", "src", "action"):
            link = node.attributes.get(name) or "/"
            assert link.startswith(("/", "#", "?", "http://localhost/")), link


@pytest.mark.parametrize(
    "asset", ["access.rdp", "hosting.bph.vps", "hosting.bph.dedicated", "anon.proxy.residential",
              "access.logs", "anon.vpn"],
)  # fmt: skip
def test_prices_are_known_over_eight_months(market: Path, asset: str) -> None:
    # by days, not by months of the calendar: which of those the ads fall into depends on today
    (known,) = rows(
        market,
        "select count(distinct substr(posted_at, 1, 10)) as days, "
        "julianday(max(posted_at)) - julianday(min(posted_at)) as span from listing_prices "
        "where asset_type = ? and usd_min is not null and posted_at is not null",
        asset,
    )
    assert known["days"] >= 7
    assert known["span"] > 185


def test_every_ad_is_read_as_its_content_claims(homes: dict[str, Path], market: Path) -> None:
    anchor = moment_of(json.loads((homes["last"] / "demo.json").read_text("utf-8"))["anchor"])
    wrong = {
        (source, key): (claimed, read)
        for source, key, claimed in claims(anchor)
        if (read := assets_of(market, source, key)) != claimed
    }
    assert wrong == {}


def claims(anchor: datetime) -> Iterator[tuple[str, str, set[str]]]:
    """Source and native id of each ad of day 3 with the asset types that its content claims."""
    day = market_on(LAST_DAY, anchor)
    later = [raw for changes in load("days").values() for raw in changes["new_threads"]]
    for source in day.threads:
        known = {
            raw["id"]: raw for raw in (*contents_of(source), *later)
        }  # fmt: skip
        for thread in day.threads[source]:
            raw = known[thread.key]
            ads = {one["text"].strip() for one in drawn(raw["series"])} if "series" in raw else ()
            for post in thread.posts:
                if post is thread.posts[0] or post.text in ads:
                    yield source, str(post.id), set(raw.get("assets", ()))
    said = load("telegram")["posts"] + load("stories")["telegram"]
    said += [raw for changes in load("days").values() for raw in changes["telegram"]]
    for series in load("history"):
        said += [raw | {"assets": series["assets"]} for raw in drawn(series)]
    told = {raw["text"].strip(): set(raw["assets"]) for raw in said}
    for post in day.messages:
        yield "demo_telegram", f"{day.channel}/{post.id}", told.get(post.text, set())


def assets_of(database: Path, source: str, native_id: str) -> set[str]:
    """Asset types that were found in a post's current text."""
    found = rows(
        database,
        "select l.asset_type from listings l join posts p on p.version_id = l.post_version_id "
        "where p.source_id = ? and p.native_id = ?",
        source, native_id,
    )  # fmt: skip
    return {row["asset_type"] for row in found}

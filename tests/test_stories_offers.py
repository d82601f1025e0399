"""What the demo market tells of its offers after three days: ads, prices, lives, languages."""

from pathlib import Path
from typing import Any

import pytest

from crawler.chromium import find_chromium
from tests.market import EVIDENCE, FINDINGS, RUN_COLUMNS, dump, rows

SELLERS = (
    "ad_texts", "ad_posts", "proposals", "marks", "listings_now", "providers_now", "asset_sellers",
    "asset_types_now", "month_prices", "day_counts", "repricings", "reposted_ads", "mining_signs",
    "totals",
)  # fmt: skip
SEEN = RUN_COLUMNS | {"silent_since"}
"""Columns that say when something was last seen."""

pytestmark = [
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine"),
]


@pytest.fixture
def market(homes: dict[str, Path]) -> Path:
    """The database after day 3."""
    return homes["last"] / "market.db"


def texts_in_ad_of(database: Path, title: str) -> list[dict[str, Any]]:
    """All posts that state the ad of a title, oldest first."""
    return rows(
        database,
        """
        select a.name as account, p.source_id as source, p.posted_at, x.ad_id, p.id as post
        from ad_posts x join post_versions v on v.id = x.post_version_id
        join posts p on p.version_id = v.id join accounts a on a.id = p.account_id
        where x.ad_id in (
            select o.ad_id from ad_posts o join post_versions w on w.id = o.post_version_id
            where w.title = ?
        ) order by p.posted_at
        """,
        title,
    )


@pytest.mark.parametrize("table", EVIDENCE + FINDINGS + SELLERS)
def test_the_last_day_again_changes_nothing(homes: dict[str, Path], table: str) -> None:
    last, again = (homes[name] / "market.db" for name in ("last", "again"))
    assert dump(last, table) or table == "issues"
    assert dump(last, table, SEEN) == dump(again, table, SEEN)


def test_a_cross_posted_ad_is_one(market: Path) -> None:
    posts = texts_in_ad_of(market, "Lantern Quay: bulletproof servers beside the sea")
    assert [(row["source"], row["account"]) for row in posts] == [
        ("demo_mybb", "lantern_quay"),
        ("demo_telegram", "Lantern Quay"),
        ("demo_telegram", "Lantern Quay"),
    ]
    assert len({row["ad_id"] for row in posts}) == 1


def test_a_repost_at_another_price_is_the_same_ad_and_in_the_history(market: Path) -> None:
    first, again = texts_in_ad_of(market, "Fast flux network for rent, double flux, own NS")
    assert first["ad_id"] == again["ad_id"]
    history = rows(
        market,
        "select post, usd from price_history where account = 'fluxweaver' order by post, place",
    )
    asked = {
        post: [row["usd"] for row in history if row["post"] == post]
        for post in (first["post"], again["post"])
    }
    assert asked == {first["post"]: [110, 850, 55], again["post"]: [85, 690, 45]}
    changes = rows(
        market,
        "select how, usd_before, usd, post_before, post from price_changes "
        "where account = 'fluxweaver' order by usd desc",
    )
    assert [tuple(row.values()) for row in changes] == [
        ("repost", before, now, first["post"], again["post"])
        for before, now in ((850, 690), (110, 85), (55, 45))
    ]


def test_edits_of_the_last_day_are_price_changes(homes: dict[str, Path]) -> None:
    query = "select account, usd_before, usd from price_history where change <> 0"
    before, after = (
        {tuple(row.values()) for row in rows(homes[name] / "market.db", query)}
        for name in ("later", "last")
    )
    assert after - before >= {("mailowl", 18, 22), ("TundraHost", 42, 39)}


def test_lives_end_sold_or_gone_and_a_bump_keeps_alive(market: Path) -> None:
    found = rows(market, "select title, account, state from latest_listings where intent = 'offer'")
    state = {(row["account"], row["title"]): row["state"] for row in found}
    assert {title[:5] for (name, title), s in state.items() if s == "sold"} == {"Corp ", "Citri"}
    assert state["SimkaOpt", "Virtual number month"] == "gone"
    bumped = next(title for name, title in state if name == "gatewarden")
    assert state["gatewarden", bumped] == "active"
    bumps = rows(
        market,
        "select v.text from posts p join post_versions v on v.id = p.version_id "
        "join accounts a on a.id = p.account_id where a.name = 'gatewarden' and p.position > 1 "
        "order by p.posted_at desc limit 1",
    )
    assert bumps == [{"text": "Up, still working."}]


def test_a_described_victim_is_told_by_country_and_revenue_and_has_no_contact(market: Path) -> None:
    facts = rows(
        market,
        "select a.value, t.title from attributes a join listings l on l.id = a.listing_id "
        "join posts p on p.version_id = l.post_version_id join threads t on t.id = p.thread_id "
        "where l.asset_type = 'access.corporate' and a.key in ('country', 'revenue_usd')",
    )
    for beginning, told in (
        ("Corp access, Portugal", {"PT", "27000000"}),
        ("Доступ в сеть, Чехия", {"CZ", "31000000"}),
    ):
        assert {row["value"] for row in facts if row["title"].startswith(beginning)} == told
    kinds = rows(
        market,
        "select distinct c.kind from contact_mentions m join contacts c on c.id = m.contact_id "
        "join accounts a on a.id = m.account_id where a.name in ('pitprops', 'severny_broker')",
    )
    assert {row["kind"] for row in kinds} == {"telegram", "session"}


def test_goods_are_offered_in_seven_languages(market: Path) -> None:
    found = rows(market, "select distinct languages from analyses where intent = 'offer'")
    spoken = {word for row in found for word in row["languages"].split()}
    assert {"en", "ru", "es", "pt", "de", "zh", "ar"} <= spoken

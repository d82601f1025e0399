"""Conditions of rules on listings: asset types, prices, medians, words."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.alerting.keywords import word_in
from tests.alerts import Kept, Market, market_at, titles_of, vps
from tests.pages import START, post

TO = "to: [{atom: true}]\n"
EVERYTHING = f"when: {{sources: [board]}}\n{TO}"


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    made = market_at(tmp_path)
    yield made
    made.board.store.close()


def matched(market: Market, when: str) -> list[str]:
    """Titles that a rule with these conditions matches."""
    market.rule(f"when: {when}\n{TO}")
    market.alert(Kept())
    return titles_of(market.rows())


VPS_TITLE = "hosting.bph.vps offered by host"
RDP_TITLE = "access.rdp offered by seller"
WANTED_TITLE = "access.rdp sought by buyer"


@pytest.mark.parametrize(
    ("when", "titles"),
    [
        ("{asset_types: [hosting.bph]}", [VPS_TITLE]),
        ("{asset_types: [hosting.bph.vps]}", [VPS_TITLE]),
        ("{asset_types: [hosting.bp]}", []),
        ("{asset_types: [access], intent: offer}", [RDP_TITLE]),
        ("{asset_types: [access], intent: wanted}", [WANTED_TITLE]),
        ("{usd_month_below: 21}", [VPS_TITLE]),
        ("{usd_month_below: 20}", []),
        ("{usd_month_above: 10, usd_month_below: 30}", [VPS_TITLE]),
        ("{usd_each_below: 10}", [RDP_TITLE]),
        ("{usd_each_above: 10}", []),
        ("{usd_each_below: 10, usd_month_below: 30}", [VPS_TITLE, RDP_TITLE]),
        ("{providers: [SELLER]}", [RDP_TITLE]),
        ("{contacts: ['telegram:RDP_seller']}", [RDP_TITLE]),
        ("{contacts: ['telegram:nobody']}", []),
        ("{countries: [US]}", [RDP_TITLE]),
        ("{countries: [DE, FR]}", [WANTED_TITLE]),
        ("{countries: [FR]}", []),
        ("{sources: [elsewhere]}", []),
        ("{languages: [en], asset_types: [hosting]}", [VPS_TITLE]),
        ("{languages: [ru]}", []),
        ("{keywords: [abuses]}", [VPS_TITLE]),
        ("{keywords: [abuse ignoring]}", [VPS_TITLE]),
        ("{keywords: [ignored abuse]}", []),
    ],
)
def test_conditions(market: Market, when: str, titles: list[str]) -> None:
    market.read(
        post(1, "Selling hacked RDP, USA, admin rights - 5$ each\ntg: @rdp_seller"),
        vps(2, 20),
        post(3, "Want to buy RDP, Germany? No: any country", author="buyer"),
    )
    assert sorted(matched(market, when)) == sorted(titles)


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("Продаю дедики под майнинг", "дедик", True),
        ("Продаю дедики под майнинг", "под майнинга", True),
        ("Ещё абузоустойчивые серверы", "абузоустойчивый сервер", True),
        ("出售RDP,支持挖矿", "挖矿", True),
        ("出售RDP,支持挖矿", "RDP", True),
        ("VPSs for sale", "servers", False),
        ("Servers for sale", "server", True),
        ("vpsserver for sale", "vps", False),
        ("bullet proof", "bulletproof", False),
    ],
)
def test_keywords_are_found_in_any_ending(text: str, word: str, found: bool) -> None:
    assert word_in(text, [word]) == (word if found else None)


def test_a_price_below_its_providers_median(market: Market) -> None:
    for number, price in enumerate((20, 22, 24), start=1):
        market.read(vps(number, price, posted_at=START - timedelta(days=10 - number)))
    market.rule(f"when: {{below_provider_median: 30}}\n{TO}", written=market.now)
    market.read(vps(4, 16, posted_at=market.now), vps(5, 15, posted_at=market.now))
    market.alert(Kept())
    (row,) = market.rows()
    assert row["reason"] == (
        "15 USD a month, 32 % below 22 USD, the median of 3 earlier offers of its provider; "
        "changed: 24$ → 15$"
    )


def test_two_earlier_offers_are_no_median(market: Market) -> None:
    market.read(*(vps(n, 20 + n, posted_at=START - timedelta(days=9 - n)) for n in (1, 2)))
    market.read(vps(3, 5, posted_at=market.now))
    assert matched(market, "{below_provider_median: 30}") == []


def test_a_price_below_the_markets_median_of_the_month_before(market: Market) -> None:
    before = START - timedelta(days=20)
    market.read(*(vps(n, 38 + n, author=f"host{n}", posted_at=before) for n in range(1, 6)))
    market.rule(f"when: {{below_market_median: 50}}\n{TO}", written=market.now)
    market.read(vps(8, 21, author="dear"), vps(9, 20, author="cheap"))
    market.alert(Kept())
    (row,) = market.rows()
    assert row["title"] == "hosting.bph.vps offered by cheap"
    assert "51 % below 41 USD, the market's median of 5 prices in 2026-02" in row["reason"]

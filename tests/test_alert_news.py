"""What is news to a rule and what is not: first runs, edits, reposts, sellers, sources."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.alerting.running import Wish
from tests.alerts import Kept, Market, market_at, titles_of, vps
from tests.pages import START

TO = "to: [{atom: true}]\n"
EVERYTHING = f"when: {{sources: [board]}}\n{TO}"


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    made = market_at(tmp_path)
    yield made
    made.board.store.close()


def test_what_was_seen_before_the_rule_is_no_news_unless_asked_for(market: Market) -> None:
    market.read(vps(1, 20))
    market.rule(EVERYTHING, written=market.now + timedelta(minutes=30))
    assert market.alert(Kept(), market.now + timedelta(minutes=40)).matched == 0
    market.read(vps(1, 20), vps(2, 30, author="other"))
    assert market.alert(Kept()).matched == 1
    wish = Wish(back_to=market.now - timedelta(days=2))
    assert market.alert(Kept(), wish=wish).matched == 1
    assert market.alert(Kept(), wish=wish).matched == 0


def test_an_old_file_looks_a_day_back_at_most(market: Market) -> None:
    market.read(vps(1, 20))
    market.rule(EVERYTHING, written=START - timedelta(days=400))
    assert market.alert(Kept(), market.now + timedelta(days=3)).matched == 0


def test_the_past_of_a_new_source_is_no_news(market: Market) -> None:
    market.rule(EVERYTHING)
    market.read(
        vps(1, 20, posted_at=START - timedelta(days=40)),
        vps(2, 30, author="other", posted_at=START - timedelta(days=20)),
    )
    market.alert(Kept())
    assert titles_of(market.rows()) == ["hosting.bph.vps offered by other"]


def test_a_disabled_rule_starts_anew(market: Market) -> None:
    path = market.rule(EVERYTHING)
    market.read(vps(1, 20))
    market.alert(Kept())
    market.rule(f"enabled: false\n{EVERYTHING}")
    market.read(vps(2, 30, author="other"))
    market.alert(Kept())
    market.rule(EVERYTHING, written=market.now)
    assert market.alert(Kept()).matched == 0
    path.unlink()
    market.alert(Kept())
    assert market.rows("select * from alert_rules") == []


def test_a_changed_rule_looks_from_its_last_run_on(market: Market) -> None:
    market.rule(f"when: {{keywords: [nothing]}}\n{TO}")
    market.read(vps(1, 20))
    market.alert(Kept())
    market.read(vps(1, 20), vps(2, 30, author="other"))
    market.rule(EVERYTHING, written=market.now)
    market.alert(Kept())
    assert titles_of(market.rows()) == ["hosting.bph.vps offered by other"]


def test_an_edit_is_news_only_for_the_price_that_it_changed(market: Market) -> None:
    market.rule(EVERYTHING, "any")
    market.rule(f"when: {{usd_month_below: 18}}\n{TO}", "cheap")
    market.read(vps(1, 20))
    market.alert(Kept())
    market.read(vps(1, 15))
    market.alert(Kept())
    market.read(vps(1, 14))
    market.alert(Kept())
    told = [(row["rule"], row["reason"]) for row in market.rows()]
    assert sorted(told) == [
        ("any", "new offer"),
        ("cheap", "15 USD a month, below 18; changed: 20$ → 15$"),
    ]

"""When alerts leave: digests, quiet hours, further tries, many at once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.alerting.delivering import BURST
from crawler.alerting.rules import Rule
from crawler.alerting.timing import TRIES, due_at, is_quiet, next_try
from tests.alerts import Kept, Market, market_at, vps
from tests.pages import START

WHEN = "when: {asset_types: [hosting.bph]}\n"
TO = "to: [{atom: true}]\n"
NIGHT = {"quiet_hours": "22:00-07:00"}


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    made = market_at(tmp_path)
    yield made
    made.board.store.close()


def test_many_immediate_alerts_leave_as_one_message(market: Market) -> None:
    market.rule(f"{WHEN}{TO}")
    market.read(*(vps(n, 20, author=f"host{n}") for n in range(1, BURST + 2)))
    kept = Kept()
    market.alert(kept)
    (message,) = kept.messages
    assert message.subject == f"[TLP:AMBER] rule: {BURST + 1} alerts"
    assert message.body.count("offered by") == BURST + 1


def rule_with(**changes: str) -> Rule:
    raw = {"name": "rule", "when": {"keywords": ["vps"]}, "to": [{"atom": True}]}
    return Rule.model_validate(raw | changes)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "matched", "due"),
    [
        ({}, "2026-03-01 09:05", "2026-03-01 09:05"),
        ({"digest": "hourly"}, "2026-03-01 09:05", "2026-03-01 10:00"),
        ({"digest": "hourly", "timezone": "Asia/Kolkata"}, "2026-03-01 09:05", "2026-03-01 09:30"),
        ({"digest": "daily@08:00"}, "2026-03-01 07:59", "2026-03-01 08:00"),
        ({"digest": "daily@08:00"}, "2026-03-01 08:00", "2026-03-02 08:00"),
        (
            {"digest": "daily@08:00", "timezone": "Europe/Vienna"},
            "2026-03-28 12:00", "2026-03-29 06:00",  # clocks change that night
        ),
        (NIGHT, "2026-03-01 21:59", "2026-03-01 21:59"),
        (NIGHT, "2026-03-01 22:00", "2026-03-02 07:00"),
        (NIGHT, "2026-03-01 03:00", "2026-03-01 07:00"),
        ({"digest": "hourly", **NIGHT}, "2026-03-01 21:30", "2026-03-02 07:00"),
        (
            {"timezone": "America/New_York", **NIGHT},
            "2026-03-01 04:00", "2026-03-01 12:00",
        ),
    ],
)  # fmt: skip
def test_when_alerts_leave(changes: dict[str, str], matched: str, due: str) -> None:
    rule = rule_with(**changes)
    assert due_at(rule, at(matched)) == at(due)
    assert not is_quiet(rule, at(due))


def test_tries_are_further_and_further_apart_and_none_in_quiet_hours() -> None:
    rule = rule_with(quiet_hours="22:00-07:00")
    noon = at("2026-03-01 12:00")
    pauses = [next_try(rule, tries, noon) - noon for tries in range(1, TRIES)]
    assert pauses == sorted(pauses)
    assert len(set(pauses)) == len(pauses)
    assert next_try(rule, 1, at("2026-03-01 21:59")) == at("2026-03-02 07:00")


def test_a_digest_waits_gathers_and_leaves_once(market: Market) -> None:
    market.rule(f"digest: daily@18:00\nquiet_hours: '17:30-19:00'\n{WHEN}{TO}")
    kept = Kept()
    for number in (1, 2, 3):
        market.read(*(vps(n, 20, author=f"host{n}") for n in range(1, number + 1)))
        assert market.alert(kept).delivered.sent == 0
    evening = START.replace(hour=18)
    assert market.alert(kept, evening + timedelta(minutes=30)).delivered.sent == 0
    assert market.alert(kept, evening + timedelta(hours=1)).delivered.sent == 3
    assert market.alert(kept, evening + timedelta(hours=2)).delivered.sent == 0
    assert kept.subjects == ["[TLP:AMBER] rule: 3 alerts"]

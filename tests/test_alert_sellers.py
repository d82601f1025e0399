"""New providers, complaints, rebrandings, early signs and sick sources are told once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.clock import stamp
from crawler.store import runs
from crawler.store.database import Store
from tests.alerts import Kept, Market, market_at, vps
from tests.pages import post

TO = "to: [{atom: true}]\n"
EVERYTHING = f"when: {{sources: [board]}}\n{TO}"


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    made = market_at(tmp_path)
    yield made
    made.board.store.close()


def test_reposts_are_left_out_on_wish(market: Market) -> None:
    text = (
        "Bulletproof VPS in a quiet datacentre, abuse reports are ignored, setup within an hour, "
        "full root, backups every night, support in English around the clock - 20$/month"
    )
    market.rule(f"when: {{sources: [board], reposts: ignore}}\n{TO}", "once")
    market.rule(EVERYTHING, "each")
    market.read(post(1, text, author="host"))
    market.alert(Kept())
    market.read(post(1, text, author="host"), post(2, text, author="host", posted_at=market.now))
    market.alert(Kept())
    assert [row["rule"] for row in market.rows()].count("once") == 1
    assert [row["rule"] for row in market.rows()].count("each") == 2


def test_a_new_provider_is_told_once_and_narrowed_by_its_listings(market: Market) -> None:
    market.rule(f"when: {{new_provider: true}}\n{TO}", "all")
    market.rule(f"when: {{new_provider: true, asset_types: [access]}}\n{TO}", "access")
    market.read(vps(1, 20), post(2, "Selling RDP, USA - 5$ each"))
    market.alert(Kept())
    market.read(vps(1, 20), vps(3, 25), post(2, "Selling RDP, USA - 5$ each"))
    market.alert(Kept())
    told = sorted((row["rule"], row["title"]) for row in market.rows())
    assert told == [
        ("access", "new provider seller"),
        ("all", "new provider host"),
        ("all", "new provider seller"),
    ]


def test_a_complaint(market: Market) -> None:
    market.rule(f"when: {{complaint: true}}\n{TO}")
    market.read(vps(1, 20), post(2, "This seller is a scammer, took my money", author="buyer"))
    market.alert(Kept())
    market.alert(Kept())
    (row,) = market.rows()
    assert row["title"] == "complaint about host"
    assert row["text"] == "buyer says: This seller is a scammer, took my money"


def proposal(store: Store, key: str, appeared_at: str) -> None:
    """A proposal between the two sellers, as `propose` writes it."""
    accounts = [row["id"] for row in store.rows("select id from accounts order by name")]
    store.execute(
        "insert into proposals values (?, 'rebrand', 'open', 0.9, ?, ?, 'host', 'seller', "
        "'same ad', '2026-02-01T00:00:00Z', ?)",
        (key, *accounts, appeared_at),
    )


def test_a_rebranding_is_told_unless_known_before_the_rule(market: Market) -> None:
    market.read(vps(1, 20), post(2, "Selling RDP, USA - 5$ each"))
    proposal(market.board.store, "old", stamp(market.now - timedelta(days=3)))
    market.rule(f"when: {{rebrand_proposal: true}}\n{TO}", written=market.now)
    market.alert(Kept())
    # found late, of an older name: news all the same
    proposal(market.board.store, "late", stamp(market.now - timedelta(days=2)))
    market.alert(Kept())
    states = {row["object_id"]: (row["state"], row["detail"]) for row in market.rows()}
    assert states == {"old": ("suppressed", "known before the rule"), "late": ("sent", None)}
    (sent,) = [row for row in market.rows() if row["state"] == "sent"]
    assert sent["title"] == "host may be back as seller"


def test_an_early_sign(market: Market) -> None:
    market.rule(f"when: {{early_sign: true}}\n{TO}")
    market.read(post(1, "Renting servers for mining, GPU, 40$/month", author="pit"))
    market.alert(Kept())
    assert market.rows() == []
    market.read(
        post(1, "Renting servers for mining, GPU, 40$/month", author="pit"),
        post(2, "Selling hacked RDP, USA - 5$ each", author="pit", posted_at=market.now),
    )
    market.alert(Kept())
    market.alert(Kept())
    (row,) = market.rows()
    assert row["title"].startswith("pit sells access.rdp after ")


def finish(market: Market, status: str, reason: str | None = None) -> None:
    """A run that ends so."""
    run = market.board.begin()
    runs.finish_run(market.board.store, run, market.board.now, status, reason)


def test_a_sick_source_is_told_once_a_spell_and_every_pause(market: Market) -> None:
    market.rule(f"when: {{source_health: [failed, paused]}}\n{TO}")
    said = []
    for status in ("ok", "failed", "failed", "ok", "failed", "paused", "paused", "degraded"):
        finish(market, status, f"{status}: <why>")
        market.alert(Kept())
        said.append(len(market.rows()))
    assert said == [0, 1, 1, 1, 2, 3, 4, 4]
    row = market.rows()[2]
    assert row["title"] == "source board is paused"
    assert row["text"].splitlines() == [
        "paused: ‹why›", "mend that, then run `rackrent crawl --resume board`"
    ]  # fmt: skip

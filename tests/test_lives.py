"""The life of an offer: how it is kept alive, changes its price, and ends."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.store.database import Store
from crawler.store.lives import SAID, SAID_BY, SETTLE
from tests.offers import Said, tell
from tests.pages import START, Board, board_at, source


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return board_at(tmp_path)


def view(board: Board, name: str) -> list[dict[str, Any]]:
    """All rows of a view."""
    return [dict(row) for row in board.store.rows(f"select * from {name} order by 1")]


def later(days: float) -> Any:
    """So many days after the start."""
    return START + timedelta(days=days)


def test_sold_in_a_later_post_tells_the_days(board: Board) -> None:
    tell(board, Said(1, usd=[900], asset="access.corporate"))
    tell(board, Said(2, "up", intent="other", posted_at=later(2)))
    tell(board, Said(3, "sold", intent="other", state="sold", posted_at=later(4.5)))
    (life,) = view(board, "offer_lives")
    assert (life["state"], life["days_to_sold"], life["days_listed"]) == ("sold", 4.5, 4.5)
    assert (life["bumps"], life["edits"]) == (2, 0)
    assert life["ended_at"] == "2026-03-05T21:00:00Z"


def test_what_others_say_ends_nothing_and_bumps_nothing(board: Board) -> None:
    tell(board, Said(1))
    tell(board, Said(2, "sold?", "eve", intent="other", state="sold"))
    (life,) = view(board, "offer_lives")
    assert (life["state"], life["bumps"], life["ended_at"]) == ("active", 0, None)


def test_an_edit_to_sold_ends_it_when_the_edit_was_seen(board: Board) -> None:
    tell(board, Said(1, usd=[900]))
    board.hour += 47
    tell(board, Said(1, "SOLD fresh dedicated servers with root", usd=[900], state="sold"))
    (life,) = view(board, "offer_lives")
    assert (life["state"], life["edits"], life["days_to_sold"]) == ("sold", 1, 2.0)


def test_sold_from_the_start_tells_no_days(board: Board) -> None:
    tell(board, Said(1, usd=[900], state="sold"))
    (life,) = view(board, "offer_lives")
    assert (life["state"], life["ended_at"], life["days_to_sold"]) == ("sold", None, None)


def test_a_deleted_offer_is_gone_since_it_was_missed(board: Board) -> None:
    tell(board, Said(1), Said(2, "other words", "bob"))
    tell(board, Said(2, "other words", "bob"), whole=True)
    lives = {row["account"]: row for row in view(board, "offer_lives")}
    assert lives["seller"]["ended_at"] == "2026-03-01T11:00:00Z"
    assert (lives["seller"]["state"], lives["seller"]["days_to_sold"]) == ("gone", None)
    assert lives["bob"]["ended_at"] is None


def test_an_edited_price_is_a_change(board: Board) -> None:
    tell(board, Said(1, usd=[5]))
    tell(board, Said(1, usd=[7]))
    (change,) = view(board, "price_changes")
    assert (change["how"], change["usd_before"], change["usd"]) == ("edit", 5, 7)
    assert (change["change"], change["percent"]) == (2, 40)
    assert change["post"] == change["post_before"]
    assert view(board, "offer_lives")[0]["price_changes"] == 1


def test_an_ad_posted_again_at_another_price_is_a_change(board: Board) -> None:
    other = Board(board.store, source("other"), board.hour)
    tell(board, Said(1, usd=[5], author="ann", handle="desk"))
    tell(other, Said(1, usd=[4], author="ann_2", handle="desk", posted_at=later(9)))
    (change,) = view(board, "price_changes")
    assert (change["how"], change["usd_before"], change["usd"]) == ("repost", 5, 4)
    assert (change["source"], change["at"]) == ("other", "2026-03-10T09:00:00Z")
    (ad,) = view(board, "reposts")
    assert (ad["posts"], ad["accounts"], ad["providers"], ad["sources"]) == (2, 2, 1, 2)
    assert [row["reposts"] for row in view(board, "offer_lives")] == [1, 1]


@pytest.mark.parametrize(
    "second",
    [
        Said(2, usd=[7], author="another"),
        Said(2, usd=[7], per="month"),
        Said(2, usd=[7], currency="EUR"),
        Said(2, usd=[7], kind="from"),
        Said(2, usd=[7, 8]),
        Said(2, usd=[7], asset="access.ssh_root"),
        Said(2, usd=[7], facts={"ram_gb": "8"}),
        Said(2, usd=[5]),
    ],
    ids=["seller", "period", "currency", "kind", "number", "goods", "size", "same"],
)
def test_prices_in_other_terms_are_no_change(board: Board, second: Said) -> None:
    tell(board, Said(1, usd=[5]))
    tell(board, second)
    assert view(board, "price_changes") == []


def test_a_rate_that_moved_is_no_change(board: Board) -> None:
    tell(board, Said(1, usd=[5], currency="EUR"))
    tell(board, Said(2, usd=[5], currency="EUR", posted_at=START - timedelta(days=400)))
    rows = board.store.rows("select distinct usd_min from prices")
    assert len(rows) == 2
    assert view(board, "price_changes") == []


def test_mining_and_then_access_is_an_early_sign(board: Board) -> None:
    tell(board, Said(1, "servers for mining, any", "ann", "abuse.cryptomining", handle="desk"))
    tell(board, Said(2, "admin of a company", "bob", "access.corporate", posted_at=later(20)))
    assert view(board, "early_signs") == []
    tell(board, Said(3, "domain admin", "ann_2", "access.corporate", handle="desk",
                     posted_at=later(31)))  # fmt: skip
    tell(board, Said(4, "more domains", "ann", "access.corporate", posted_at=later(50)))
    (sign,) = view(board, "early_signs")
    assert (sign["provider"], sign["sold"], sign["days"], sign["sales"]) == (
        "ann", "access.corporate", 31.0, 2,
    )  # fmt: skip
    assert (sign["tie"], sign["why"], sign["intent"]) == ("account", "asset", "offer")


def test_a_request_with_a_sellers_contact_is_an_early_sign(board: Board) -> None:
    wanted = Said(1, "need servers", "buyer", "abuse.cryptomining", "wanted", handle="desk")
    tell(board, wanted)
    tell(board, Said(2, "rdp of companies", "seller", handle="desk", posted_at=later(12)))
    (sign,) = view(board, "early_signs")
    assert (sign["intent"], sign["tie"], sign["days"]) == ("wanted", "telegram desk", 12.0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("strong dedicated servers for mining, paid monthly", True),
        ("сервера под майнинг, оплата за месяц", True),
        ("独立服务器，适合挖矿，月付", True),
        ("dedicated servers, not for mining, paid monthly", False),
        ("dedicated servers, paid monthly", False),
    ],
)
def test_words_for_mining_are_a_sign(board: Board, text: str, found: bool) -> None:
    tell(board, Said(1, text, asset="hosting.bph.dedicated"))
    tell(board, Said(2, "root of linux boxes", asset="access.ssh_root", posted_at=later(3)))
    assert [row["why"] for row in view(board, "early_signs")] == ["words"] * found


def test_what_sellers_said_is_looked_up_for_each_listing_and_not_read_through(
    tmp_path: Path,
) -> None:
    with closing(Store(tmp_path / "market.db")) as store, store.transaction():
        store.execute(SAID)
        store.execute(SAID_BY)
        plan = [row["detail"] for row in store.rows(f"explain query plan {SETTLE}")]
    assert any("said USING INDEX said_by" in step for step in plan), plan
    assert [step for step in plan if step.startswith("SCAN")] == ["SCAN listings"]

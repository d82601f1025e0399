"""Marks: what others say of sellers, what sellers show, and whom a post means."""

from pathlib import Path

import pytest

from crawler.marks import rank_sign
from crawler.store.database import Store
from tests.bazaar import Bazaar, account

PRAISE = "Bought from him twice, works fine, recommend this seller, good service"
BLAME = "Scam! Paid and he blocked me, never delivered, stay away"


@pytest.fixture
def bazaar(tmp_path: Path) -> Bazaar:
    return Bazaar(tmp_path)


def marks(store: Store) -> set[tuple[str, str, int]]:
    """Account, kind and sign of each mark."""
    rows = store.rows("select account_id, kind, sign from marks")
    return {(row["account_id"], row["kind"], row["sign"]) for row in rows}


def test_answers_in_a_sellers_thread_are_about_him(bazaar: Bazaar) -> None:
    thread = bazaar.sell("good_seller", "Telegram: @good_desk")
    bazaar.say("buyer_one", PRAISE, thread=thread, day=1)
    bazaar.say("buyer_two", BLAME, thread=thread, day=2)
    assert marks(bazaar.open()) == {
        (account("good_seller"), "review", 1),
        (account("good_seller"), "complaint", -1),
    }


def test_a_complaint_elsewhere_is_about_the_contact_it_gives(bazaar: Bazaar) -> None:
    bazaar.sell("bad_seller", "Telegram: @bad_desk")
    bazaar.say("victim", f"{BLAME}\nHis telegram: @bad_desk", title="Scam report", day=5)
    assert (account("bad_seller"), "complaint", -1) in marks(bazaar.open())


def test_a_complaint_is_about_the_name_in_its_title(bazaar: Bazaar) -> None:
    bazaar.sell("bad_seller", "Telegram: @bad_desk")
    bazaar.say("victim", BLAME, title="Scam report: bad_seller", day=5)
    assert (account("bad_seller"), "complaint", -1) in marks(bazaar.open())


def test_nobody_praises_himself(bazaar: Bazaar) -> None:
    thread = bazaar.sell("good_seller", "Telegram: @good_desk")
    bazaar.sell("second_name", "Telegram: @good_desk", source="forum2", day=1)
    bazaar.sell("second_name", "Telegram: @good_desk", day=1)
    bazaar.say("second_name", PRAISE, thread=thread, day=2)
    assert marks(bazaar.open()) == set()


def test_a_group_chat_has_no_opener(bazaar: Bazaar) -> None:
    thread = bazaar.sell("good_seller", "Telegram: @good_desk", source="group1")
    bazaar.say("buyer_one", BLAME, source="group1", thread=thread, day=1)
    assert marks(bazaar.open()) == set()


def test_escrow_that_a_seller_accepts_speaks_for_him(bazaar: Bazaar) -> None:
    bazaar.sell("good_seller", "Escrow accepted. Telegram: @good_desk")
    assert marks(bazaar.open()) == {(account("good_seller"), "escrow", 1)}


@pytest.mark.parametrize(
    ("rank", "sign"),
    [
        ("Verified vendor", 1),
        ("Проверенный продавец", 1),
        ("Ripper", -1),
        ("Unverified seller", -1),
        ("Кидала", -1),
        ("Banned", -1),
        ("Member", 0),
        ("", 0),
    ],
)
def test_ranks(rank: str, sign: int) -> None:
    assert rank_sign(rank) == sign

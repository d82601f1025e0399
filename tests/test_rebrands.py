"""Proposals: a seller falls silent, another appears with the same ad, prices or contact."""

from pathlib import Path
from typing import Any

import pytest

from crawler.rebrands import propose
from crawler.store.database import Store
from tests.bazaar import Bazaar, account
from tests.pages import dump

AD = (
    "Bulletproof servers, abuse ignored, no takedowns, no questions asked.\n"
    "Halls that nobody visits, power that never fails, technicians awake at night.\n"
    "VPS 2 GB - {0}$ per month\nVPS 4 GB - {1}$ per month\nDedicated - {2}$ per month\n"
    "VPS 8 GB - {3}$ per month\nDedicated 10 Gbit - {4}$ per month\nTelegram: @{5}"
)
OTHER = (
    "Offshore hosting for every project, DMCA ignored, complaints go nowhere at all.\n"
    "Ordered today, running tonight, paid in coins, forgotten by everybody else.\n"
    "VPS 2 GB - {0}$ per month\nVPS 4 GB - {1}$ per month\nDedicated - {2}$ per month\n"
    "VPS 8 GB - {3}$ per month\nDedicated 10 Gbit - {4}$ per month\nTelegram: @{5}"
)
GRID = (17, 31, 143, 58, 389)


@pytest.fixture
def bazaar(tmp_path: Path) -> Bazaar:
    return Bazaar(tmp_path)


def proposals(store: Store) -> list[dict[str, Any]]:
    return dump(store, "proposals")


def test_the_same_ad_after_a_silence_is_a_rebrand(bazaar: Bazaar) -> None:
    bazaar.say("BasaltRacks", AD.format(*GRID, "first_desk"))
    bazaar.say("OnyxHalls", AD.format(*GRID, "new_desk"), source="forum2", day=20)
    (row,) = proposals(bazaar.open())
    assert (row["kind"], row["state"]) == ("rebrand", "open")
    assert (row["name_a"], row["name_b"]) == ("BasaltRacks", "OnyxHalls")
    assert row["reasons"].split("\n") == [
        "an ad in the same words",
        "5 equal prices for the same goods",
        "BasaltRacks offered nothing new after OnyxHalls appeared",
    ]


def test_the_same_prices_in_other_words_are_proposed_after_a_silence(bazaar: Bazaar) -> None:
    bazaar.say("BasaltRacks", AD.format(*GRID, "first_desk"))
    bazaar.say("OnyxHalls", OTHER.format(*GRID, "new_desk"), source="forum2", day=20)
    (row,) = proposals(bazaar.open())
    assert row["kind"] == "rebrand"
    assert "5 equal prices for the same goods" in row["reasons"]


def test_some_equal_prices_are_not_enough(bazaar: Bazaar) -> None:
    bazaar.say("BasaltRacks", AD.format(*GRID, "first_desk"))
    bazaar.say("OnyxHalls", OTHER.format(17, 31, 143, 60, 400, "new_desk"), day=20)
    assert proposals(bazaar.open()) == []


def test_both_active_are_the_same_seller_perhaps(bazaar: Bazaar) -> None:
    bazaar.say("BasaltRacks", AD.format(*GRID, "first_desk"))
    bazaar.say("OnyxHalls", AD.format(*GRID, "new_desk"), source="forum2", day=20)
    bazaar.say("BasaltRacks", "up", day=40, thread=0)
    (row,) = proposals(bazaar.open())
    assert (row["kind"], row["silent_since"]) == ("same seller", None)


def test_an_ad_that_many_post_tells_nothing(bazaar: Bazaar) -> None:
    for number in range(6):
        prices = [value * (number + 2) for value in GRID]
        text = AD.format(*prices, f"desk_number_{number}")
        bazaar.say(f"{'abcdef'[number]}_hosting", text, day=number)
    assert proposals(bazaar.open()) == []


def test_a_linked_rename_is_told_and_not_open(bazaar: Bazaar) -> None:
    bazaar.say("BasaltRacks", AD.format(*GRID, "first_desk"))
    bazaar.say("OnyxHalls", AD.format(*GRID, "first_desk"), source="forum2", day=20)
    (row,) = proposals(bazaar.open())
    assert (row["kind"], row["state"]) == ("rebrand", "linked")
    assert "telegram first_desk stands in offers of both" in row["reasons"]


def test_two_providers_are_proposed_once(bazaar: Bazaar) -> None:
    for source in ("forum1", "forum2"):
        bazaar.say("BasaltRacks", AD.format(*GRID, "first_desk"), source=source)
    for source in ("forum3", "forum4"):
        bazaar.say("OnyxHalls", AD.format(*GRID, "new_desk"), source=source, day=20)
    store = bazaar.open()
    (row,) = [row for row in proposals(store) if row["state"] == "open"]
    assert {row["name_a"], row["name_b"]} == {"BasaltRacks", "OnyxHalls"}


def test_proposing_again_changes_nothing(bazaar: Bazaar) -> None:
    bazaar.say("BasaltRacks", AD.format(*GRID, "first_desk"))
    bazaar.say("OnyxHalls", AD.format(*GRID, "new_desk"), source="forum2", day=20)
    store = bazaar.open()
    before = proposals(store)
    with store.transaction():
        assert propose(store) == 1
    assert proposals(store) == before
    assert before[0]["account_a"] == account("BasaltRacks")

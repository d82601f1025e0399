"""What joins accounts and what does not, on posts as people write them."""

from pathlib import Path

import pytest

from tests.bazaar import Bazaar, groups

JOINED = {frozenset({"old_name", "new_name"})}
TOX = "A54DCA182530BB1D6D132CDED6237B2ED91E3F721FCB1971174494D6493C9D5C3460BE3120CD"
BTC = "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"


@pytest.fixture
def bazaar(tmp_path: Path) -> Bazaar:
    return Bazaar(tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "Telegram: @quiet_dealer",
        f"TOX: {TOX}",
        f"Payment to BTC {BTC}",
        "PGP: 0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567",
        "Shop: https://quiet-dealer.example/",
        "Escrow accepted, contact @quiet_dealer",
        "Escrow is welcome. tg @quiet_dealer",
        "Beware of fakes, my only contact: @quiet_dealer",
        "Our shop bot: @old_name_new_name_bot",
    ],
)
def test_a_contact_of_both_joins(bazaar: Bazaar, line: str) -> None:
    bazaar.sell("old_name", line)
    bazaar.sell("new_name", line, source="forum2", day=3)
    store = bazaar.open()
    assert groups(store) == JOINED
    assert all(row["reason"] for row in store.rows("select reason from provider_links"))


@pytest.mark.parametrize(
    "line",
    [
        "Escrow: @shared_hands",
        "We work through guarantor @shared_hands",
        "@shared_hands (escrow)",
        "Сделки через гаранта @shared_hands",
        "Our partners:\n@someone_else\n@shared_hands - logs",
        "My supplier is @shared_hands",
        "Beware of fakes: @fake_seller, @shared_hands",
        "Wholesale: @shared_hands",
        "Buy in our bot: @quick_store_bot",
        "Join the chat t.me/market_talk",
        "Autoshop: https://sellbox.example/u/seller",
        "Price list: https://telegra.ph/prices",
        "@garant_of_boards is my contact",
        "> write to @shared_hands",
    ],
)
def test_what_belongs_to_others_or_to_many_joins_nobody(bazaar: Bazaar, line: str) -> None:
    bazaar.sell("old_name", line)
    bazaar.sell("new_name", line, source="forum2", day=3)
    assert groups(bazaar.open()) == set()


def test_a_second_handle_in_each_ad_is_somebody_elses(bazaar: Bazaar) -> None:
    bazaar.sell("supplier", "Telegram: @head_office")
    bazaar.sell("reseller", "tg @head_office\nTelegram: @my_own_desk", source="forum2", day=3)
    store = bazaar.open()
    assert groups(store) == set()
    (row,) = store.rows("select reasons, state from proposals")
    assert "telegram head_office stands in offers of both" in row["reasons"]
    assert row["state"] == "open"


def test_two_second_handles_together_join(bazaar: Bazaar) -> None:
    bazaar.sell("old_name", "Telegram: @first_desk\nTelegram: @night_shift")
    bazaar.sell("new_name", "Telegram: @first_desk\nTelegram: @night_shift", day=3)
    assert groups(bazaar.open()) == JOINED


def test_a_moderators_contact_is_no_evidence(bazaar: Bazaar) -> None:
    for name in ("old_name", "new_name"):
        bazaar.sell(name, "Telegram: @keeper_of_peace")
    bazaar.say("boss", "Be kind to one another", title="Rules")
    bazaar.profile("boss", rank="Moderator", signature="Write me: @keeper_of_peace")
    assert groups(bazaar.open()) == set()


def test_a_forwarded_ad_is_not_the_channels(bazaar: Bazaar) -> None:
    bazaar.sell("seller", "Telegram: @quiet_dealer")
    fields = {"forwarded_from": "seller"}
    for day in (1, 2):
        bazaar.sell("Dark ads", "tg @quiet_dealer", source="channel1", day=day, fields=fields)
    assert groups(bazaar.open()) == set()


def test_a_channel_that_passes_on_unmarked_ads_joins_nobody(bazaar: Bazaar) -> None:
    for day, name in enumerate(("ann", "bob", "cid")):
        bazaar.sell(name, f"Telegram: @{name}_sells")
        bazaar.sell("Dark", f"Telegram: @{name}_sells", source="channel1", day=day)
    assert groups(bazaar.open()) == set()


def test_a_copied_ad_with_another_handle_joins_nobody(bazaar: Bazaar) -> None:
    bazaar.sell("velvet_racks", f"Telegram: @velvet_desk\nTOX: {TOX}")
    bazaar.sell("velvet_rocks", f"Telegram: @evil_desk\nTOX: {TOX}", source="forum2", day=3)
    store = bazaar.open()
    assert groups(store) == set()
    (row,) = store.rows("select kind, reasons from proposals")
    assert row["kind"] == "impostor"
    assert "one letter apart" in row["reasons"]


def test_a_former_name_joins_when_it_fell_silent(bazaar: Bazaar) -> None:
    bazaar.sell("old_name", "tg @first_desk")
    bazaar.sell("new_name", "We were formerly old_name\ntg @other_desk", source="forum2", day=9)
    store = bazaar.open()
    assert groups(store) == JOINED
    (link,) = store.rows("select kind, reason from provider_links")
    assert link["kind"] == "alias"
    assert "old_name offered nothing new after new_name appeared" in link["reason"]


def test_a_former_name_of_somebody_who_still_sells_is_a_claim(bazaar: Bazaar) -> None:
    bazaar.sell("old_name", "tg @first_desk")
    bazaar.sell("new_name", "We were formerly old_name\ntg @other_desk", source="forum2", day=9)
    bazaar.sell("old_name", "tg @first_desk", day=30)
    store = bazaar.open()
    assert groups(store) == set()
    (row,) = store.rows("select reasons from proposals where state = 'open'")
    assert "new_name says that he is old_name" in row["reasons"]


def test_a_former_name_that_two_sellers_have_joins_nobody(bazaar: Bazaar) -> None:
    bazaar.sell("Shadow", "tg @first_desk")
    bazaar.sell("Shadow", "tg @second_desk", source="forum3")
    bazaar.sell("new_name", "ex-Shadow\ntg @other_desk", source="forum2", day=9)
    assert groups(bazaar.open()) == set()


def test_threads_that_name_each_other_join(bazaar: Bazaar) -> None:
    url = "http://forum{}.example/showthread.php?tid={}"
    bazaar.sell("old_name", f"tg @first_desk\nOur official thread: {url.format(2, 1)}")
    bazaar.sell("new_name", f"tg @other_desk\nOur official thread: {url.format(1, 0)}",
                source="forum2", day=3)  # fmt: skip
    bazaar.sell("old_name", "tg @first_desk", day=9)
    assert groups(bazaar.open()) == JOINED


def test_one_who_only_points_to_a_thread_joins_nobody(bazaar: Bazaar) -> None:
    bazaar.sell("old_name", "tg @first_desk")
    url = "http://forum1.example/showthread.php?tid=0"
    bazaar.sell("new_name", f"tg @other_desk\nOur thread: {url}", source="forum2", day=3)
    bazaar.sell("old_name", "tg @first_desk", day=9)
    assert groups(bazaar.open()) == set()

"""What is one ad: figures, contacts, names and a few words may change, the goods may not."""

from pathlib import Path

import pytest

from crawler.ads import group_ads
from crawler.shingles import likeness, pairs_of, signature_of, words_of
from crawler.store.database import Store
from tests.bazaar import Bazaar
from tests.pages import dump

AD = (
    "Selling hacked RDP with admin rights, checked before delivery, one hand only.\n"
    "Fresh every morning, clean addresses, replacement within a day if dead on arrival.\n"
    "RDP USA - 6$ each\nRDP Germany - 9$ each\nTelegram: @first_desk"
)


@pytest.fixture
def bazaar(tmp_path: Path) -> Bazaar:
    return Bazaar(tmp_path)


def ads(store: Store) -> int:
    """How many ads there are."""
    return int(store.rows("select count(distinct ad_id) as n from ad_posts")[0]["n"])


@pytest.mark.parametrize(
    "changed",
    [
        AD.replace("6$", "4$").replace("9$", "7$"),
        AD.replace("@first_desk", "@other_desk_of_mine"),
        f"UP! {AD}",
        AD.replace("Fresh every morning", "New every evening"),
    ],
)
def test_a_repost_is_the_same_ad(bazaar: Bazaar, changed: str) -> None:
    bazaar.say("seller", AD)
    bazaar.say("seller", changed, day=3)
    bazaar.say("seller", changed, source="forum2", day=4)
    assert ads(bazaar.open()) == 1


def test_an_ad_under_another_name_is_the_same(bazaar: Bazaar) -> None:
    text = "{0}: {0} sells hacked RDP, {0} replaces what is dead, ask {0} for more. Only {0}."
    bazaar.say("BasaltRacks", text.format("BasaltRacks"))
    bazaar.say("OnyxHalls", text.format("OnyxHalls"), source="forum2", day=3)
    assert ads(bazaar.open()) == 1


def test_other_goods_in_the_same_words_are_another_ad(bazaar: Bazaar) -> None:
    other = AD.replace("hacked RDP", "bulletproof VPS, abuse ignored").replace("RDP", "VPS")
    bazaar.say("seller", AD)
    bazaar.say("seller", other, title="[SELL] bulletproof VPS", day=3)
    assert ads(bazaar.open()) == 2


def test_short_texts_are_one_ad_only_of_one_seller_and_for_one_thing(bazaar: Bazaar) -> None:
    for day, (name, text) in enumerate(
        [("ann", "RDP USA 5$"), ("ann", "RDP USA 4$"), ("bob", "RDP USA 5$"),
         ("ann", "RDP USA 8 GB 5$")]
    ):  # fmt: skip
        bazaar.say(name, text, title=None, source="market1", day=day)
    store = bazaar.open()
    rows = store.rows(
        "select group_concat(v.text, '; ') as texts from ad_posts a "
        "join post_versions v on v.id = a.post_version_id group by a.ad_id"
    )
    assert {row["texts"] for row in rows} == {
        "RDP USA 5$; RDP USA 4$", "RDP USA 5$", "RDP USA 8 GB 5$",
    }  # fmt: skip


def test_grouping_again_changes_nothing(bazaar: Bazaar) -> None:
    bazaar.say("seller", AD)
    bazaar.say("seller", AD.replace("6$", "5$"), day=3)
    store = bazaar.open()
    before = [dump(store, table) for table in ("ad_texts", "ad_bands")]
    with store.transaction():
        assert group_ads(store) == 0
    assert [dump(store, table) for table in ("ad_texts", "ad_bands")] == before


def test_a_signature_estimates_the_share_of_common_pairs() -> None:
    words = [f"{a}{b}word" for a in "abcdefgh" for b in "abcdefgh"]
    one, other = " ".join(words), " ".join(words[16:])
    first, second = pairs_of(one), pairs_of(other)
    share = len(first & second) / len(first | second)
    assert likeness(signature_of(first), signature_of(second)) == pytest.approx(share, abs=0.15)


def test_figures_and_contacts_are_left_out_of_pairs() -> None:
    assert pairs_of("RDP 5$ each @nick http://a.example/x") == {"rdp each"}
    assert words_of("RDP 8 GB 5$") == ["rdp", "8", "gb"]

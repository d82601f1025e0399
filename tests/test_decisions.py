"""What analysts decide outranks the rules, survives them, and stands in the audit."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.decisions import DecisionError, merge, reject, split
from crawler.link import link_providers
from crawler.rebrands import propose
from crawler.store.database import Store
from tests.bazaar import Bazaar, account, groups

ANN, BOB, CID, DAN = (account(name) for name in ("ann", "bob", "cid", "dan"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Ann, Bob and Cid share a contact, Dan has one of his own."""
    bazaar = Bazaar(tmp_path)
    for day, name in enumerate(("ann", "bob", "cid")):
        bazaar.sell(name, "Telegram: @one_desk", day=day)
    bazaar.sell("dan", "Telegram: @dans_desk", day=5)
    return bazaar.open()


def decide(store: Store, what: Callable[..., None], *ids: str, note: str = "") -> None:
    with store.transaction():
        what(store, *ids, actor="analyst", note=note)
        link_providers(store)
        propose(store)


def names(*some: str) -> frozenset[str]:
    return frozenset(some)


def provider_of(store: Store, account_id: str) -> str:
    sql = "select provider_id as id from provider_members where member_id = ?"
    return str(store.rows(sql, (account_id,))[0]["id"])


def test_a_split_account_stays_out_and_the_others_stay_together(store: Store) -> None:
    decide(store, split, BOB, note="an impostor")
    assert groups(store) == {names("ann", "cid")}
    with store.transaction():
        link_providers(store)
    assert groups(store) == {names("ann", "cid")}


def test_a_merge_joins_with_the_analysts_reason(store: Store) -> None:
    decide(store, merge, CID, DAN, note="same voice")
    assert groups(store) == {names("ann", "bob", "cid", "dan")}
    (link,) = store.rows("select * from provider_links where kind = 'analyst'")
    assert (link["score"], link["reason"], link["decided_by"]) == (1.0, "same voice", "analyst")


def test_providers_can_be_named_instead_of_accounts(store: Store) -> None:
    decide(store, merge, provider_of(store, ANN), provider_of(store, DAN))
    assert groups(store) == {names("ann", "bob", "cid", "dan")}


def test_a_merge_takes_a_split_back(store: Store) -> None:
    decide(store, split, BOB)
    decide(store, merge, ANN, BOB)
    assert groups(store) == {names("ann", "bob", "cid")}
    assert {row["action"] for row in store.rows("select action from link_decisions")} == {"merge"}


def test_a_merge_of_one_provider_holds_when_the_evidence_goes(store: Store) -> None:
    decide(store, merge, ANN, BOB)
    store.execute("delete from contact_mentions where account_id = ?", (BOB,))
    with store.transaction():
        link_providers(store)
    assert groups(store) == {names("ann", "bob", "cid")}


def test_rejected_providers_are_not_joined_by_later_evidence(store: Store) -> None:
    decide(store, reject, BOB, DAN)
    decide(store, merge, CID, DAN)
    decide(store, reject, DAN, provider_of(store, ANN))
    with store.transaction():
        link_providers(store)
    joined = {name for group in groups(store) for name in group if "dan" in group}
    assert "ann" not in joined


def test_each_decision_is_audited(store: Store) -> None:
    decide(store, split, BOB, note="an impostor")
    (row,) = store.rows("select * from audit")
    assert (row["actor"], row["action"], row["detail"]) == ("analyst", "split", "an impostor")
    assert set(row["object"].split()) == {ANN, BOB, CID}


@pytest.mark.parametrize(
    ("what", "ids", "said"),
    [
        (merge, ("nobody", ANN), "nobody: is the id of no provider"),
        (merge, (ANN, ANN), "are the same account"),
        (reject, (ANN, ANN), "are the same account"),
        (split, (DAN,), "is no account that shares its provider"),
        (split, ("nobody",), "is no account that shares its provider"),
    ],
)
def test_what_cannot_be_decided_says_why(
    store: Store, what: Callable[..., None], ids: tuple[str, ...], said: str
) -> None:
    with pytest.raises(DecisionError, match=said):
        decide(store, what, *ids)
    assert store.rows("select * from audit") == []

"""Who is one provider: exact shared contacts in offers, never hubs, never what others say."""

from pathlib import Path

import pytest

from crawler.link import link_providers
from crawler.links import HUB
from crawler.rates import Rates
from crawler.store.findings import Text, keep_findings
from crawler.store.lives import settle_listings
from nlp.findings import Contact, Findings, Intent, Listing, ListingState, Span
from tests.pages import START, Board, board_at, dump, post

RATES = Rates()


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return board_at(tmp_path)


def say(
    board: Board,
    number: int,
    author: str,
    handle: str | None = None,
    *,
    intent: Intent = "offer",
    state: ListingState | None = None,
) -> None:
    """A post by an account, analysed: an offer (or not) with a contact (or none)."""
    span = Span("text", 0, 3, "RDP")
    contact = Contact("telegram", handle or "", None, span, "test", 1.0)
    listing = Listing("access.rdp", intent, "active", span, "test", 1.0)
    findings = Findings(
        intent,
        () if intent == "other" else (listing,),
        (contact,) if handle else (),
        state=state,
    )
    run_id = board.begin()
    board.thread_page(run_id, [post(number, f"RDP by {author}", author=author)], walk="2000")
    (row,) = board.store.rows(
        "select v.id, p.account_id, v.seen_at from post_versions v "
        "join posts p on p.id = v.post_id where p.native_id = ?",
        (str(number),),
    )
    text = Text(
        row["id"], "board", None, "forum", "", f"RDP by {author}", author, row["account_id"], "",
        None, "2026-03-01", row["seen_at"],
    )  # fmt: skip
    with board.store.transaction():
        keep_findings(board.store, text, findings, RATES, "test", START)
        settle_listings(board.store)
        link_providers(board.store)


def groups(board: Board) -> set[frozenset[str]]:
    """Account names by provider."""
    rows = board.store.rows(
        "select m.provider_id, group_concat(a.name, ' ') as names from provider_members m "
        "join accounts a on a.id = m.member_id where m.kind = 'account' group by m.provider_id"
    )
    return {frozenset(row["names"].split()) for row in rows}


def test_a_shared_contact_makes_one_provider_with_its_reason(board: Board) -> None:
    say(board, 1, "old_name", "same_handle")
    say(board, 2, "new_name", "same_handle")
    say(board, 3, "stranger", "other_handle")
    assert groups(board) == {frozenset({"old_name", "new_name"}), frozenset({"stranger"})}
    (link,) = dump(board.store, "provider_links")
    assert (link["kind"], link["value"], link["decided_by"]) == ("telegram", "same_handle", "rule")
    assert "same_handle" in link["reason"]


def test_similar_names_are_no_evidence(board: Board) -> None:
    say(board, 1, "abuse_host77")
    say(board, 2, "abuse_host78")
    assert len(groups(board)) == 2


def test_a_contact_in_a_complaint_is_no_evidence(board: Board) -> None:
    say(board, 1, "seller", "same_handle")
    say(board, 2, "victim", "victims_own")
    say(board, 3, "victim", "same_handle", intent="other")
    assert groups(board) == {frozenset({"seller"}), frozenset({"victim"})}


def test_a_hub_is_no_evidence(board: Board) -> None:
    for number in range(1, HUB + 1):
        say(board, number, f"seller{number}", "escrow_bot")
    assert len(groups(board)) == HUB
    assert dump(board.store, "provider_links") == []


def test_the_provider_keeps_its_id_when_accounts_join(board: Board) -> None:
    say(board, 1, "first", "same_handle")
    (before,) = dump(board.store, "providers")
    say(board, 2, "second", "same_handle")
    (after,) = dump(board.store, "providers")
    assert (after["id"], after["name"]) == (before["id"], "first")


def test_what_the_seller_last_said_decides_the_state(board: Board) -> None:
    def states() -> list[str]:
        return [row["state"] for row in board.store.rows("select state from listings")]

    say(board, 1, "seller")
    assert states() == ["active"]
    say(board, 2, "buyer", intent="other", state="sold")
    assert states() == ["active"]
    say(board, 3, "seller", intent="other", state="sold")
    assert states() == ["sold"]
    say(board, 4, "seller", intent="other", state="active")
    assert states() == ["active"]

"""What the demo market tells of its sellers after three days: who is who, and who is not."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from crawler.chromium import find_chromium
from crawler.decisions import split
from crawler.store.database import Store
from tests.market import rackrent, rows

pytestmark = [
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine"),
]


@pytest.fixture
def market(homes: dict[str, Path]) -> Path:
    """The database after day 3."""
    return homes["last"] / "market.db"


def provider_of(database: Path, account: str) -> str:
    """Id of the provider of an account of a board or the channel, by its name."""
    (row,) = rows(
        database,
        "select distinct m.provider_id from provider_members m join accounts a "
        "on a.id = m.member_id where m.kind = 'account' and a.name = ? "
        "and a.source_id <> 'demo_shop'",
        account,
    )
    return str(row["provider_id"])


def proposal(database: Path, older: str, newer: str) -> dict[str, Any]:
    """The one proposal for two names."""
    (row,) = rows(database, "select * from proposals where name_a = ? and name_b = ?", older, newer)
    return row


def links_of(database: Path, account: str) -> list[str]:
    """Values of the links in which an account stands."""
    return [
        row["value"]
        for row in rows(
            database,
            "select k.value from provider_links k join accounts a "
            "on a.id in (k.account_a, k.account_b) where a.name = ?",
            account,
        )
    ]


def test_a_host_that_vanished_is_proposed_as_the_one_that_came(market: Path) -> None:
    found = proposal(market, "CobbleStack", "FernWeir")
    assert (found["kind"], found["state"]) == ("rebrand", "open")
    reasons = found["reasons"].splitlines()
    assert "an ad in the same words" in reasons
    assert "4 equal prices for the same goods" in reasons
    assert "CobbleStack offered nothing new after FernWeir appeared" in reasons
    assert provider_of(market, "CobbleStack") != provider_of(market, "FernWeir")
    assert links_of(market, "FernWeir") == []


def test_a_new_name_with_the_old_contact_is_linked_and_told(market: Path) -> None:
    found = proposal(market, "BasaltRacks", "OnyxRacks")
    assert (found["kind"], found["state"]) == ("rebrand", "linked")
    assert "telegram basalt_racks stands in offers of both" in found["reasons"].splitlines()
    assert provider_of(market, "BasaltRacks") == provider_of(market, "OnyxRacks")


def test_an_impostor_one_letter_apart_is_not_merged(market: Path) -> None:
    assert provider_of(market, "dedovod") != provider_of(market, "dedovood")
    assert links_of(market, "dedovood") == []
    assert proposal(market, "dedovod", "dedovood")["state"] == "open"


@pytest.mark.parametrize("escrow", ["nightdock_escrow", "garant_gavan"])
def test_a_shared_escrow_contact_links_nobody(market: Path, escrow: str) -> None:
    accounts = rows(
        market,
        "select distinct a.name from contact_mentions m join contacts c on c.id = m.contact_id "
        "join accounts a on a.id = m.account_id where c.value = ?",
        escrow,
    )
    assert len(accounts) >= 6
    providers = {provider_of(market, row["name"]) for row in accounts}
    assert len(providers) == len(accounts)
    assert rows(market, "select * from provider_links where value = ?", escrow) == []
    told = rows(market, "select * from proposals where instr(reasons, ?)", escrow)
    assert told == []


def test_servers_for_mining_are_wanted_weeks_before_a_company_is_sold(market: Path) -> None:
    signs = rows(
        market,
        "select provider, intent, tie, days from early_signs "
        "where sign = 'abuse.cryptomining' and sold = 'access.corporate'",
    )
    found = {row["provider"]: row for row in signs}
    by_contact, by_account = found["ashlar"], found["pitprops"]
    assert by_contact["intent"] == "wanted"
    assert by_contact["tie"].startswith("tox 9F3C61D8")
    assert 36 <= by_contact["days"] <= 38
    assert (by_account["intent"], by_account["tie"]) == ("offer", "account")
    assert 54 <= by_account["days"] <= 56


def test_marks_speak_for_and_against_the_right_sellers(market: Path) -> None:
    def marks(name: str) -> list[tuple[str, int, str]]:
        found = rows(
            market,
            "select m.kind, m.sign, m.detail from marks m join accounts a on a.id = m.account_id "
            "where a.name = ?",
            name,
        )
        return [(row["kind"], row["sign"], row["detail"]) for row in found]

    copper = [mark for mark in marks("copper_vps") if mark[0] == "complaint"]
    assert {sign for _, sign, _ in copper} == {-1}
    assert sum("took my money" in words or "blocked me" in words for *_, words in copper) == 2
    lantern = {(kind, sign) for kind, sign, _ in marks("lantern_quay")}
    assert {("deposit", 1), ("escrow", 1), ("rank", 1), ("review", 1)} <= lantern
    assert ("complaint", -1) not in lantern
    assert ("rank", 1, "Verified Vendor") in marks("lantern_quay")
    reviews = [words for kind, _, words in marks("lantern_quay") if kind == "review"]
    assert any("six weeks" in words for words in reviews)


def test_who_reports_a_scam_is_not_accused(market: Path) -> None:
    accused = rows(
        market,
        "select distinct a.name from marks m join accounts a on a.id = m.account_id "
        "where m.sign < 0",
    )
    assert "copper_vps" in {row["name"] for row in accused}
    assert {"marlin_b", "lowtide", "greyhoodie"}.isdisjoint(row["name"] for row in accused)


def test_a_wrong_merge_is_split_and_stays_split(homes: dict[str, Path], tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(homes["last"], home)
    database = home / "market.db"
    assert provider_of(database, "harborlite") == provider_of(database, "kotelnaya")
    assert links_of(database, "harborlite") == ["ticket_relay"]
    store = Store(database)
    (account,) = store.rows("select id from accounts where name = 'kotelnaya'")
    with store.transaction():
        split(store, account["id"], actor="test", note="a helpdesk for rent")
    store.close()
    done = rackrent(home, "analyse", "--all")
    assert done.returncode == 0, done.stderr
    assert provider_of(database, "harborlite") != provider_of(database, "kotelnaya")
    assert links_of(database, "harborlite") == []
    assert proposal(database, "harborlite", "kotelnaya")["state"] == "rejected"

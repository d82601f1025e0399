"""`rackrent link`: review, merge, split, reject; decisions survive `analyse --all`."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from crawler.home import Home
from crawler.store.database import Store
from scripts.link_rows import write
from tests.bazaar import Bazaar, account
from tests.market import rackrent, rows

EVIL = "evil\x1b[2Jname"
AD = (
    "Bulletproof servers, abuse ignored, no takedowns, no questions asked.\n"
    "Halls that nobody visits, power that never fails, technicians awake at night.\n"
    "VPS 2 GB - 17$ per month\nTelegram: @{}"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two accounts with one contact; a third with the same ad and a name that moves the cursor."""
    bazaar = Bazaar(Home(tmp_path).database.parent)
    bazaar.say("first_name", AD.format("one_desk"))
    bazaar.sell("second_name", "Telegram: @one_desk", source="forum2", day=1)
    bazaar.say(EVIL, AD.format("evil_desk"), source="forum3", day=20)
    with closing(Store(Home(tmp_path).database)) as store:
        write(bazaar.world, store)
    assert rackrent(tmp_path, "analyse").returncode == 0
    return tmp_path


def providers(home: Path) -> int:
    (row,) = rows(Home(home).database, "select count(*) as n from providers")
    return int(row["n"])


def test_proposals_are_shown_with_evidence_and_commands(home: Path) -> None:
    done = rackrent(home, "link", "review")
    assert done.returncode == 0, done.stderr
    pair = f"{account('first_name')} {account(EVIL, 'forum3')}"
    assert "an ad in the same words" in done.stdout
    assert f"accept: rackrent link merge {pair}" in done.stdout
    assert f"reject: rackrent link reject {pair}" in done.stdout
    assert "\x1b" not in done.stdout
    (shown,) = json.loads(rackrent(home, "link", "review", "--json").stdout)
    assert shown["accept"] == f"rackrent link merge {pair}"
    assert "an ad in the same words" in shown["reasons"]
    assert json.loads(rackrent(home, "link", "review", "--json", "--kind", "impostor").stdout) == []


def test_a_split_survives_linking_and_reading_again(home: Path) -> None:
    assert providers(home) == 2
    second = account("second_name", "forum2")
    done = rackrent(home, "link", "split", second, "--note", "an impostor", "--actor", "ann")
    assert done.returncode == 0, done.stderr
    assert providers(home) == 3
    for again in (("link",), ("link", "run", "--json"), ("analyse", "--all")):
        assert rackrent(home, *again).returncode == 0
        assert providers(home) == 3
    (row,) = rows(Home(home).database, "select actor, action, detail from audit")
    assert row == {"actor": "ann", "action": "split", "detail": "an impostor"}


def test_an_accepted_proposal_is_merged_and_gone_from_the_list(home: Path) -> None:
    done = rackrent(home, "link", "merge", account("first_name"), account(EVIL, "forum3"))
    assert done.returncode == 0, done.stderr
    assert providers(home) == 1
    assert rackrent(home, "link", "review").stdout.strip() == "no open proposals"


def test_a_rejected_proposal_is_not_proposed_again(home: Path) -> None:
    done = rackrent(home, "link", "reject", account("first_name"), account(EVIL, "forum3"))
    assert done.returncode == 0, done.stderr
    assert rackrent(home, "analyse", "--all").returncode == 0
    assert rackrent(home, "link", "review").stdout.strip() == "no open proposals"
    assert providers(home) == 2


def test_wrong_ids_and_kinds_end_with_exit_2(home: Path) -> None:
    for wrong in (("merge", "nobody", "else"), ("split", "nobody"), ("review", "--kind", "twin")):
        done = rackrent(home, "link", *wrong)
        assert done.returncode == 2
        assert done.stderr.startswith("rackrent: ")

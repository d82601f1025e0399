"""An analyst signs in with a real Chromium, splits a wrong merge, accepts a proposal."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import CHROMIUM, Visitor, served, visitor
from tests.market import rackrent, rows

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
Form = dict[str, str | float | bool]
PASSWORD = "a long enough password"
LATER = [("analyse", "--all"), ("link",)]
"""Commands that are run after a split, and must not undo it."""


@pytest.fixture(scope="module")
def home(homes: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own with the analyst maria."""
    made = tmp_path_factory.mktemp("deciding") / "home"
    shutil.copytree(homes["last"], made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RACKRENT_PASSWORD", PASSWORD)
        done = rackrent(made, "analyst", "add", "maria")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def desk(home: Path) -> Iterator[str]:
    """The desk over it."""
    with served(home / "market.db") as address:
        yield address


@pytest.fixture(scope="module")
def maria(browser: Browser, desk: str) -> Iterator[Visitor]:
    """A window in which maria has signed in."""
    with visitor(browser, desk) as seen:
        page = seen.go("/-/login")
        page.get_by_label("Username").fill("maria")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_text("maria").wait_for()
        yield seen
        assert seen.strangers() == []
        assert seen.told == []


def provider_of(home: Path, account: str) -> str:
    """Id of the provider of an account."""
    found = rows(
        home / "market.db",
        "select m.provider_id from provider_members m join accounts a on a.id = m.member_id "
        "where a.name = ?",
        account,
    )
    return str(found[0]["provider_id"])


def audited(home: Path) -> list[dict[str, Any]]:
    """The audit, oldest first."""
    return rows(
        home / "market.db", "select actor, action, object, detail from audit order by at, rowid"
    )


def account_of(home: Path, name: str) -> str:
    """Id of an account."""
    return str(rows(home / "market.db", "select id from accounts where name = ?", name)[0]["id"])


def told(page: Page) -> str:
    """What the desk says of the last decision."""
    return page.locator("p[role=status].message-info").inner_text()


def test_a_wrong_merge_is_split_in_the_page_and_stays_split(maria: Visitor, home: Path) -> None:
    assert provider_of(home, "harborlite") == provider_of(home, "kotelnaya")
    page = maria.go(f"/provider/{provider_of(home, 'kotelnaya')}")
    before = len(audited(home))
    row = page.get_by_role("row", name="kotelnaya")
    row.get_by_role("button", name="is somebody else").click()
    assert "split off" in told(page)
    apart = provider_of(home, "harborlite"), provider_of(home, "kotelnaya")
    assert apart[0] != apart[1]
    for name, known in zip(("harborlite", "kotelnaya"), apart, strict=True):
        page = maria.go(f"/provider/{known}")
        assert page.locator(".two table").first.locator("tbody tr").count() == 1
        assert name in page.locator(".two table").first.inner_text()
    written = audited(home)[before:]
    assert [(row["actor"], row["action"]) for row in written] == [("maria", "split")]
    assert account_of(home, "kotelnaya") in written[0]["object"]
    for command in LATER:
        done = rackrent(home, *command)
        assert done.returncode == 0, done.stderr
        assert provider_of(home, "harborlite") != provider_of(home, "kotelnaya"), command


def test_a_proposal_is_accepted(maria: Visitor, home: Path) -> None:
    assert provider_of(home, "CobbleStack") != provider_of(home, "FernWeir")
    page = maria.go("/proposals")
    before = len(audited(home))
    told_of = page.locator("ul.plain > li", has_text="CobbleStack").filter(has_text="FernWeir")
    told_of.get_by_label("Why").fill("the same ad, the same prices")
    told_of.get_by_role("button", name="They are one").click()
    assert "merged" in told(page)
    assert provider_of(home, "CobbleStack") == provider_of(home, "FernWeir")
    (written,) = audited(home)[before:]
    assert (written["actor"], written["action"]) == ("maria", "merge")
    assert written["detail"] == "the same ad, the same prices"
    page = maria.go(f"/provider/{provider_of(home, 'FernWeir')}")
    assert {"CobbleStack", "FernWeir"} <= set(page.locator(".two td a").all_inner_texts())
    assert "by maria" in page.inner_text("#content")


def test_a_note_is_written_and_withdrawn(maria: Visitor, home: Path) -> None:
    page = maria.go(f"/provider/{provider_of(home, 'lantern_quay')}")
    before = len(audited(home))
    page.get_by_label("Words").fill("asked the registrar")
    page.get_by_role("button", name="Write", exact=True).click()
    assert "asked the registrar" in page.locator("#content").inner_text()
    page.get_by_role("button", name="Withdraw this note").click()
    assert "Withdrawn" in told(page)
    assert "asked the registrar" not in page.locator("#content").inner_text()
    assert [row["action"] for row in audited(home)[before:]] == ["note", "withdraw"]


def state_of(home: Path) -> list[list[dict[str, Any]]]:
    """Everything that a decision or a note would change."""
    tables = ("audit", "link_decisions", "annotations", "provider_members")
    return [rows(home / "market.db", f"select * from {table} order by id") for table in tables]


FORMS: dict[str, Form] = {
    "/decide": {"a": "x", "b": "y", "action": "reject", "back": "/"},
    "/annotate": {"object": "provider", "object_id": "x", "kind": "note", "value": "hello"},
    "/withdraw": {"annotation": "x"},
}


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("token", [None, "", "forged"])
def test_without_a_token_nothing_is_written(
    maria: Visitor, home: Path, path: str, token: str | None
) -> None:
    known = {"a": account_of(home, "dedovod"), "b": account_of(home, "dedovood")}
    known["object_id"] = provider_of(home, "dedovod")
    form = {name: known.get(name, value) for name, value in FORMS[path].items()}
    if token is not None:
        form["csrftoken"] = token
    before = state_of(home)
    answer = maria.page.request.post(maria.base + path, form=form, max_redirects=0)
    assert answer.status == 403
    assert state_of(home) == before


@pytest.mark.parametrize("path", FORMS)
def test_a_stranger_with_a_good_token_writes_nothing(
    browser: Browser, desk: str, home: Path, path: str
) -> None:
    before = state_of(home)
    with visitor(browser, desk) as seen:
        page = seen.go("/-/login")
        token = page.locator("input[name=csrftoken]").first.get_attribute("value")
        form = FORMS[path] | {"csrftoken": str(token)}
        assert page.request.post(desk + path, form=form, max_redirects=0).status == 403
        page = seen.go("/proposals")
        assert page.get_by_role("button", name="They are one").count() == 0
    assert state_of(home) == before

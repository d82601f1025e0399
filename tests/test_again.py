"""An analysis when nothing changed does nothing, and does all when anything did."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import crawler.analyse
from crawler.analyse import Analysed, analyse
from crawler.home import Home
from crawler.settle import is_settled, settle
from crawler.store.database import Store
from tests.pages import board_at, post


@pytest.fixture
def settled(tmp_path: Path) -> Home:
    """A home whose one text was analysed."""
    home = Home(tmp_path)
    home.make()
    board = board_at(tmp_path)
    board.thread_page(board.begin(), [post(1, "Selling RDP 5$, telegram @kiln_sales")])
    board.store.close()
    assert analyse(home) == Analysed(1, 1, 1)
    return home


def test_nothing_is_settled_again(settled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(store: Store) -> int:
        raise AssertionError("settled again")

    monkeypatch.setattr(crawler.analyse, "settle", unwanted)
    before = settled.database.read_bytes()
    assert analyse(settled) == Analysed(0, 0, 1)
    assert settled.database.read_bytes() == before


@pytest.mark.parametrize("in_transaction", [True, False])
def test_any_change_by_anyone_is_noticed(settled: Home, in_transaction: bool) -> None:
    with closing(Store(settled.database)) as store, closing(Store(settled.database)) as other:
        assert is_settled(store)
        sql = "update posts set gone_at = '2026-03-02T00:00:00Z'"
        if in_transaction:
            with other.transaction():
                other.execute(sql)
        else:
            other.execute(sql)
        assert not is_settled(store)
        with other.transaction():
            settle(other)
        assert is_settled(store)
        (listing,) = store.rows("select state from listings")
        assert listing["state"] == "gone"


def test_a_transaction_that_fails_or_changes_nothing_leaves_the_mark(settled: Home) -> None:
    with closing(Store(settled.database)) as store:
        with store.transaction():
            store.execute("update posts set gone_at = null where id = 'none'")
        with pytest.raises(sqlite3.IntegrityError), store.transaction():
            store.execute("update posts set thread_id = 'none'")
        assert is_settled(store)
        with pytest.raises(ZeroDivisionError), store.transaction():
            store.execute("update posts set gone_at = '2026-03-02T00:00:00Z'")
            raise ZeroDivisionError
        assert is_settled(store)


def test_a_change_after_the_mark_in_the_same_transaction_counts(settled: Home) -> None:
    with closing(Store(settled.database)) as store:
        with store.transaction():
            settle(store)
            store.execute("update posts set gone_at = '2026-03-02T00:00:00Z'")
        assert not is_settled(store)


def test_other_rules_settle_again(settled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.settle.rules_mark", lambda: 7)
    with closing(Store(settled.database)) as store:
        assert not is_settled(store)
    analyse(settled)
    with closing(Store(settled.database)) as store:
        assert store.mark == 7

"""Summary tables say what the other tables say, and write only what changed."""

import random
import statistics
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from crawler.decisions import merge, split
from crawler.settle import relink
from crawler.store.summaries import summarise, summary_files
from tests.offers import Said, tell
from tests.pages import START, Board, board_at, dump, source


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return board_at(tmp_path)


def summaries(board: Board) -> dict[str, list[dict[str, object]]]:
    """All rows of all summary tables."""
    return {table: dump(board.store, table) for table in summary_files()}


def assert_settled(board: Board) -> None:
    """Nothing is written again, and a rebuild gives the same rows."""
    with board.store.transaction():
        before = board.store.conn.total_changes
        assert summarise(board.store) == 0
        assert board.store.conn.total_changes == before
        kept = summaries(board)
        summarise(board.store, everything=True)
        assert summaries(board) == kept


def some_move(board: Board, dice: random.Random, posts: dict[int, Said]) -> None:
    """One of the things that happen to a market."""
    move = dice.choice(("new", "new", "edit", "repost", "delete", "sold", "merge", "split"))
    number = max(posts, default=0) + 1
    known = dice.choice(sorted(posts)) if posts else None
    if move in ("new", "repost") or known is None:
        old = posts[known] if known and move == "repost" else Said(0)
        posts[number] = Said(
            number,
            old.text if move == "repost" else f"{old.text} {dice.choice('abc')}",
            dice.choice(("ann", "bob", "cid")),
            dice.choice(("access.rdp", "hosting.bph.vps", "abuse.cryptomining")),
            dice.choice(("offer", "offer", "wanted")),
            [dice.randint(1, 300) for _ in range(dice.randint(0, 3))],
            dice.choice(("unit", "month", "week", None)),
            handle=dice.choice((None, "desk_one", "desk_two")),
            facts={"country": dice.choice(("DE", "US"))},
            posted_at=START + timedelta(days=dice.randint(0, 90)),
        )
    elif move == "edit":
        old = posts[known]
        posts[known] = Said(
            known, old.text, old.author, old.asset, old.intent, [dice.randint(1, 300)], old.per,
            handle=old.handle, facts=old.facts, posted_at=old.posted_at,
        )  # fmt: skip
    elif move == "delete":
        del posts[known]
    elif move == "sold":
        old = posts[known]
        posts[number] = Said(number, "sold, thanks", old.author, intent="other", state="sold")
    else:
        decide(board, dice, move)
        return
    tell(board, *posts.values(), whole=True)


def decide(board: Board, dice: random.Random, move: str) -> None:
    """An analyst merges two providers or splits an account off."""
    accounts = [row["id"] for row in board.store.rows("select id from accounts order by id")]
    with board.store.transaction():
        try:
            if move == "merge":
                merge(board.store, *dice.sample(accounts, 2), actor="ann")
            else:
                split(board.store, dice.choice(accounts), actor="ann")
        except ValueError:
            # two of one provider, one alone: nothing to decide
            return
        relink(board.store)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_summaries_equal_a_rebuild(board: Board, seed: int) -> None:
    dice = random.Random(seed)
    posts: dict[int, Said] = {}
    for _ in range(12):
        some_move(board, dice, posts)
        assert_settled(board)
    assert len(dump(board.store, "listings_now")) > 2


def test_one_edit_writes_few_rows(board: Board) -> None:
    posts = [Said(number, usd=[number], author=f"s{number}") for number in range(1, 40)]
    tell(board, *posts)
    rows = dump(board.store, "listings_now")
    tell(board, Said(7, usd=[300], author="s7"))
    after = dump(board.store, "listings_now")
    assert sum(row not in rows for row in after) == 1
    assert len(after) == 39


@pytest.mark.parametrize(
    ("usd", "per", "band"),
    [
        ((), "month", "no price"),
        ((9.99,), "month", "under 10"),
        ((10,), "month", "10 to 50"),
        ((52, 700), "week", "200 to 1000"),
        ((199.5,), "unit", "50 to 200"),
        ((1000,), None, "1000 and more"),
    ],
)
def test_the_band_is_that_of_the_lowest_price_a_month(
    board: Board, usd: tuple[float, ...], per: str | None, band: str
) -> None:
    tell(board, Said(1, usd=usd, per=per))
    (row,) = dump(board.store, "listings_now")
    assert row["band"] == band


def test_quartiles_are_those_of_numpy(board: Board) -> None:
    prices = [3, 8, 8.5, 21, 40, 41, 90]
    tell(
        board, *(Said(n, f"{n} words " * 9 + "x" * n, usd=[usd]) for n, usd in enumerate(prices, 1))
    )
    rows = [row for row in dump(board.store, "month_prices") if row["source_id"] == ""]
    assert len(rows) == 1
    (row,) = rows
    assert (row["n"], row["low"], row["high"]) == (7, 3, 90)
    assert row["median"] == statistics.median(prices)
    assert [row["q1"], row["q3"]] == [round(float(x), 4) for x in np.quantile(prices, (0.25, 0.75))]


def test_an_ads_same_price_counts_once_a_month_over_all_markets(board: Board) -> None:
    other = Board(board.store, source("other"), board.hour)
    tell(board, Said(1, usd=[30], author="ann"), Said(2, usd=[30], author="ann"))
    tell(other, Said(1, usd=[30], author="bob"))
    tell(board, Said(3, usd=[30], author="ann", posted_at=START + timedelta(days=40)))
    counted = {
        (row["source_id"], row["month"]): row["n"] for row in dump(board.store, "month_prices")
    }
    assert counted == {
        ("", "2026-03"): 1,
        ("board", "2026-03"): 1,
        ("other", "2026-03"): 1,
        ("", "2026-04"): 1,
        ("board", "2026-04"): 1,
    }


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Said(1, usd=[70], per="week", asset="hosting.bph.vps"), [("month", 304.38)]),
        (Said(1, usd=[70]), [("each", 70)]),
        (Said(1, usd=[70], per=None), [("each", 70)]),
        (Said(1, usd=[70], per=None, asset="hosting.bph.vps"), []),
        (Said(1, usd=[70], per="lot", quantity=10), [("each", 7)]),
        (Said(1, usd=[70], per="gb"), []),
        (Said(1, usd=[70], kind="setup", per="month"), []),
        (Said(1, usd=[70], kind="start"), []),
        (Said(1, usd=[70], kind="step"), []),
        (Said(1, usd=[70], kind="upto"), []),
        (Said(1, usd=[70], kind="blitz"), [("each", 70)]),
        (Said(1, usd=[70], kind="from"), [("each", 70)]),
        (Said(1, usd=[70], intent="wanted"), []),
        (Said(1, usd=[70], currency="XXX"), []),
    ],
)
def test_which_prices_make_figures(
    board: Board, said: Said, expected: list[tuple[str, float]]
) -> None:
    tell(board, said)
    found = [(r["measure"], r["median"]) for r in dump(board.store, "month_prices")]
    assert found == expected * 2


def test_an_edited_price_counts_in_the_month_of_the_edit(board: Board) -> None:
    tell(board, Said(1, usd=[30], posted_at=START - timedelta(days=70)))
    tell(board, Said(1, usd=[40], posted_at=START - timedelta(days=70)))
    months = {r["month"]: r["median"] for r in dump(board.store, "month_prices")}
    assert months == {"2025-12": 30, "2026-03": 40}


def test_an_edited_offer_is_no_new_one(board: Board) -> None:
    tell(board, Said(1, usd=[30]))
    board.hour += 24 * 3
    tell(board, Said(1, usd=[40]))
    (row,) = dump(board.store, "day_counts")
    assert (row["day"], row["n"]) == ("2026-03-01", 1)


def test_a_provider_is_counted_over_its_accounts(board: Board) -> None:
    tell(board, Said(1, usd=[5], author="ann", handle="desk"), Said(2, author="bob", handle="desk"))
    tell(board, Said(3, "they cheated me", "eve", intent="other", tone="complaint"))
    (row,) = dump(board.store, "providers_now")
    assert (row["accounts"], row["contacts"], row["offers"], row["ads"]) == (2, 1, 2, 1)
    assert (row["asset_types"], row["accused"]) == ("access.rdp", 1)
    totals = {row["id"]: row["n"] for row in dump(board.store, "totals")}
    assert (totals["posts"], totals["active"], totals["providers"]) == (3, 2, 1)

"""Bounds on hostile text: length, runs, tokens, and the time of all finders together."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.contacts import contacts_in, masked
from nlp.harden import LIMIT, RUN, TOKEN, harden
from nlp.normalise import normalise
from nlp.prices import prices_in
from tests.nlp import ids

_DICE = random.Random(7)
HOSTILE = {
    "dollars": "$" * LIMIT,
    "digits": "7" * LIMIT,
    "hex": "".join(_DICE.choice("0123456789abcdef") for _ in range(LIMIT)),
    "emoji": "😀" * LIMIT,
    "flags": "🇩🇪" * (LIMIT // 2),
    "brackets": "[" * LIMIT,
    "open tags": "[url=" * 4000,
    "dots": "a." * (LIMIT // 2),
    "right to left": "\u202eشهر " * 4000,
    "spaces": " " * LIMIT,
    "line ends": "\n" * LIMIT,
    "one token of 1 MB": "x" * 1_000_000,
    "marks": "e" + "\u0301\u0323" * (LIMIT // 2),
    "surrogates": "\ud800" * LIMIT,
    "at signs": "@abcde " * 3000,
    "addresses": "a@b.cc " * 3000,
    "amounts": "1,000,000.00 $ " * 1300,
    "ranges": "$1-$2-" * 3000,
    "price words": "price: per month deposit " * 800,
    "auctions": "start 5 step 5 blitz 5 " * 800,
    "rows": "a - 5$\n" * 3000,
    "tables": "Plan | Month | Year\n" + "a | 5 | 6\n" * 1800,
    "percents": "10% of profit " * 1400,
    "mixed": "".join(_DICE.choice("$€1 29.,-–/@:|[]()abkм元%\nmo") for _ in range(LIMIT)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_under_half_a_second(name: str) -> None:
    raw = HOSTILE[name]
    began = time.process_time()
    text = normalise(raw)
    contacts = contacts_in(text)
    prices = prices_in(text, masked(text, contacts))
    assert time.process_time() - began < 0.5
    assert all(raw[p.span.start : p.span.end] == p.span.quote for p in prices)


def test_a_long_text_is_cut_and_says_so() -> None:
    text = harden("word " * 10_000)
    assert len(text.clean) == LIMIT
    assert text.problems == (f"text cut at {LIMIT} of 50000 characters",)


def test_a_run_of_one_symbol_keeps_fifteen() -> None:
    assert harden("a" + "." * 300 + "b").clean == "a" + "." * RUN + "b"
    assert harden("no run here...").clean == "no run here..."


def test_a_long_token_is_split_and_keeps_its_characters() -> None:
    raw = "abc1" * 400
    text = harden(raw)
    assert max(map(len, text.clean.split())) <= TOKEN
    assert text.clean.replace(" ", "") == raw


@pytest.mark.parametrize("made", [ids.tox(), ids.monero(), "05" + "ab" * 32, ids.TAPROOT])
def test_long_ids_stay_whole(made: str) -> None:
    assert harden(f"write to {made} now").clean == f"write to {made} now"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=600) | st.text(alphabet="$.a \n\u0301😀", max_size=600))
def test_offsets_lead_back_to_the_same_characters(raw: str) -> None:
    text = harden(raw)
    assert len(text.offsets) == len(text.clean) + 1
    assert list(text.offsets) == sorted(text.offsets)
    same = [raw[o] == c for o, c in zip(text.offsets, text.clean, strict=False) if not c.isspace()]
    assert all(same)

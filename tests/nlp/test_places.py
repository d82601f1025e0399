"""Patterns that are tried only at likely places find what they find everywhere."""

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.assets import _LACKS, _WITHOUT
from nlp.contact_hosts import _ADDRESS, _BARE, _bare_in, _written_in
from nlp.folded import lower
from nlp.price_bare import _PRICED, _may_have_cue
from nlp.price_headings import _ALL_IN, _BY_PERIOD, _MAY_BE_PERIOD
from nlp.price_lots import (
    _BARE as _BARE_COUNT,
)
from nlp.price_lots import (
    _COUNTED,
    _DIGIT,
    _GB,
    _PACKAGE,
    _SET,
    _SLANG,
    _WORD_NUMBER,
)
from nlp.price_other import _UNSPACED, _UNSPACED_LETTER
from nlp.price_rows import _ROW, _row_in
from nlp.provider_marks import INTRO, OPENING, SELF

BITS = re.findall(
    r"\S+",
    "a b kiln example com a.b seller 1 9 x- -x _ . @ / % + # İ é 中 (at) [at] {собака} <aet> "
    "arroba [.] [dot] (точка) {.} <.> [d0t] (#=@) :80 /p %2e DOT ät ат",
)
SPACED = ("\n", " dot ", " точка ", " . ", ". ", " @ ", " at ", " собака ", " AT ", " [ . ] ", " ")
WRITTEN = st.lists(st.sampled_from((*BITS, *SPACED)), max_size=14).map("".join)
BEFORE = st.sampled_from(("", " ", "x ", "12 ", "\n"))


@settings(max_examples=1_500, deadline=None)
@given(text=WRITTEN)
@pytest.mark.parametrize(
    ("everywhere", "likely"),
    [(_BARE, _bare_in), (_ADDRESS, _written_in)],
    ids=("hosts", "addresses"),
)
def test_hosts_and_addresses_are_found_as_by_the_whole_pattern(
    everywhere: re.Pattern[str],
    likely: Callable[[str, str], Iterator[re.Match[str]]],
    text: str,
) -> None:
    found = [m.span() for m in likely(text, lower(text))]
    assert found == [m.span() for m in everywhere.finditer(text)]


def counts(label: str) -> object:
    return _DIGIT.search(label) or _WORD_NUMBER.search(label)


def leads(before: str) -> bool:
    return before[-1:].isspace() or before[-1:] in OPENING


LOOKS: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "priced": (_PRICED, _may_have_cue),
    "row": (_ROW, _row_in),
    "without": (_WITHOUT, lambda text: text.rstrip().lower().endswith(_LACKS)),
    "unspaced": (_UNSPACED, _UNSPACED_LETTER.search),
    "by period": (_BY_PERIOD, _MAY_BE_PERIOD.search),
    "gigabytes": (_GB, counts),
    "counted": (_COUNTED, counts),
    "package": (_PACKAGE, counts),
    "set": (_SET, counts),
    "slang": (_SLANG, counts),
    "bare count": (_BARE_COUNT, counts),
    "intro": (INTRO, leads),
    "self": (SELF, leads),
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_lets_through_whatever_its_pattern_fits(name: str) -> None:
    pattern, lets_through = LOOKS[name]

    @settings(max_examples=300, deadline=None)
    @given(BEFORE, st.from_regex(pattern))
    def holds(before: str, found: str) -> None:
        text = lower(before + found)
        assert lets_through(text) or pattern.search(text) is None

    holds()


@pytest.mark.parametrize("pattern", _ALL_IN, ids=("words", "brackets", "end of brackets"))
def test_a_currency_said_in_a_line_is_said_in_its_text(pattern: re.Pattern[str]) -> None:
    @settings(max_examples=300, deadline=None)
    @given(BEFORE, st.from_regex(pattern), BEFORE)
    def holds(above: str, found: str, below: str) -> None:
        text = lower(f"{above}\n{found}\n{below}")
        assert pattern.search(text) or not any(map(pattern.search, text.split("\n")))

    holds()

"""Patterns behind a gate find what they find without it."""

import json
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nlp
from nlp.folded import fold, lowered
from nlp.grouped import grouped
from nlp.lookalikes import _SINGLE, _SPREAD
from nlp.price_filters import AUCTION_LABEL, is_auction
from nlp.sought import Sought, exact
from tests.nlp.test_pipeline import HOSTILE


def gated() -> dict[str, Sought]:
    """Every gated pattern of the package, by module and name."""
    modules = [import_module(f"nlp.{module.name}") for module in iter_modules(nlp.__path__)]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Sought)
    }


CHANNELS = Path(__file__).parent / "gold/channels.jsonl"
POSTS = [json.loads(line)["text"] for line in CHANNELS.read_text("utf-8").splitlines()]
GATED = gated()
TEXTS = [lowered(text) for text in (*POSTS, *(text[:2_000] for text in HOSTILE.values()))]


@pytest.mark.parametrize("name", sorted(GATED))
def test_no_match_stands_in_a_text_that_the_gate_refuses(name: str) -> None:
    sought = GATED[name]
    found = {text: [m.span() for m in sought.pattern.finditer(text)] for text in TEXTS}
    assert {text: [m.span() for m in sought.finditer(text)] for text in TEXTS} == found


@pytest.mark.parametrize("name", sorted(GATED))
def test_lines_of_a_text_match_the_same_behind_the_text_s_own_gate(name: str) -> None:
    for text in TEXTS:
        narrow = GATED[name].within(text)
        for line in text.split("\n"):
            plain = [m.span() for m in GATED[name].pattern.finditer(line)]
            assert [m.span() for m in narrow.finditer(line)] == plain


def test_no_string_of_a_text_is_none_for_its_lines() -> None:
    assert exact(r"BTC\d|ETH").within("ETH\n1").needs == ("ETH",)
    assert exact(r"BTC\d").within("none").needs == ()


def test_no_auction_stands_in_a_text_that_names_only_one_of_its_prices() -> None:
    for text in TEXTS:
        kinds = {m.lastgroup for m in AUCTION_LABEL.pattern.finditer(text)}
        assert is_auction(text) == (len(kinds) >= 2)


SPREAD = st.lists(st.sampled_from(["a", "b", "Я", "д", "1", " ", ".", "*", "·", "\n", "@", "_"]))


@given(pieces=SPREAD)
def test_no_spread_word_stands_in_a_text_without_single_letters_side_by_side(
    pieces: list[str],
) -> None:
    text = "".join(pieces)
    assert _SINGLE.search(text) or not _SPREAD.search(text)


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"rev(?:enue)?s?\s\d+", {"rev"}),
        (r"(?:gb|гб)(?!ps)", {"gb", "гб"}),
        (r"d[ií]a", {"dia", "día"}),
        (r"(?:x|y)?\s?port", {"port"}),
        (r"m(?=\s?port)", {"port"}),
        (r"(?:admin|administrator)", {"admin"}),
        (r"(?<!a)b\w+c", {"b"}),
        (r"t{2,3}", {"t"}),
    ],
)
def test_needs_are_the_strings_of_which_each_match_holds_one(pattern: str, needs: set[str]) -> None:
    assert set(Sought(pattern).needs) == needs


@pytest.mark.parametrize("pattern", [r"\d+", r"(?:usd)?", r"(?:usd|\d)", r"[a-z]x?"])
def test_a_pattern_that_needs_no_string_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="needs no string"):
        Sought(pattern)


def test_exact_patterns_keep_their_case() -> None:
    sought = exact(r"BTC\d")
    assert sought.search("BTC1") is not None
    assert sought.search("btc1") is None


PATTERNS = [
    r"ab|a|b|bc|c|ca|abc",
    r"(?:ab|[bc]a|a|b?c|ca|cab|abb)c",
    r"(?P<x>aa|ab|ac|ba|bb|bc|a)(?:b|c)?",
    r"(?<!a|b|c)(?:abc|ab|ba|bc|ca|cb)(?!a|ab|b|ba|bb|cc)",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text("abc", max_size=14))
def test_grouped_alternations_match_the_same(pattern: str, text: str) -> None:
    plain, sorted_ = re.compile(pattern), re.compile(grouped(pattern))
    assert [(m.span(), m.groupdict()) for m in sorted_.finditer(text)] == [
        (m.span(), m.groupdict()) for m in plain.finditer(text)
    ]


def test_long_alternations_are_told_by_their_first_letter() -> None:
    assert grouped("usd|us dollars?|eur|euro|gbp|uah") == "u(?:sd|s dollars?|ah)|e(?:ur|uro)|gbp"
    assert grouped("usd|eur") == "usd|eur"
    assert fold("USD|(?-i:TRY)") == "usd|(?:TRY)"

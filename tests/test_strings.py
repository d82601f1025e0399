"""One look for many strings finds what a look for each finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.boundaries.strings import CHUNK, Strings

PIECES = st.text("ab=пя\ud800", max_size=12)
WORDS = st.lists(st.text("ab=пя", min_size=1, max_size=4), max_size=6)


@given(words=WORDS, text=PIECES)
def test_the_strings_of_a_text_are_those_that_stand_in_it(words: list[str], text: str) -> None:
    assert Strings(words).held_by(text) == {word for word in words if word in text}


@pytest.mark.parametrize("before", range(CHUNK - 7, CHUNK + 1))
def test_a_string_is_seen_over_the_end_of_a_chunk(before: int) -> None:
    held = Strings(("session", "sess", "nonce")).held_by("x" * before + "session")
    assert held == {"session", "sess"}


def test_a_text_full_of_strings_is_looked_through_in_parts() -> None:
    assert Strings(("a", "aa", "aaa", "b")).held_by("a" * (5 * CHUNK)) == {"a", "aa", "aaa"}


def test_an_empty_string_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Strings(("",))

"""Cheap looks before costly ones: whatever a pattern fits, its gate lets through."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.boundaries.forms import QUERY
from crawler.boundaries.secrets import _STRINGS, _may_have_query
from crawler.boundaries.shapes import ADDRESSES, CARDS, has_any, shape_of
from crawler.boundaries.text import CONTROL, clean_text
from crawler.home import DATA
from crawler.intake import load_guard
from crawler.leaked import _HOST_LOGIN
from crawler.personal import CARD, ID_FORMS
from crawler.reading import PostRead, Reading
from spiders.date_words import AGO, DAY_WORD, NAMED, NOW, WEEKDAY
from spiders.dates import NUMERIC_ONLY, YEAR_FIRST
from spiders.intake import guarded

ANYTHING = st.text(max_size=40)
GUARD = load_guard(DATA / "intake" / "terms.yml")
SECRETS = (
    "login: root\npassword: Hunter2hunter",
    "198.51.100.7:root:Tr0ub4dor",
    "4111 1111 1111 1111",
    "536-90-4399",
    "AKIAIOSFODNN7EXAMPLE",
    "https://board.example/?sid=0123456789abcdef",
    "a@x.example:12ab34cd\nb@x.example:12ab34cd\nc@x.example:12ab34cd",
)
CLEAN = ("", "Selling RDP, 12$ each", "pass", ": later", "-----BEGIN", "token", "://")


@pytest.mark.parametrize(
    ("form", "parts"),
    [(CARD, CARDS), (_HOST_LOGIN, ADDRESSES), *((form, (part,)) for part, form, _ in ID_FORMS)],
)
def test_the_shape_of_a_number_is_seen(form: re.Pattern[str], parts: tuple[bytes, ...]) -> None:
    @settings(max_examples=60, deadline=None)
    @given(ANYTHING, st.from_regex(form), ANYTHING)
    def holds(before: str, found: str, after: str) -> None:
        text = before + found + after
        assert has_any(shape_of(text), parts) or form.search(text) is None

    holds()


@settings(max_examples=200, deadline=None)
@given(ANYTHING, st.from_regex(QUERY))
def test_a_token_in_a_query_is_seen(before: str, found: str) -> None:
    lower = f"{before}{found}".lower()
    assert _may_have_query(lower, _STRINGS.held_by(lower)) or QUERY.search(lower) is None


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_text_is_cleaned_as_by_the_pattern(text: str) -> None:
    assert clean_text(text) == CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@settings(max_examples=300, deadline=None)
@given(st.from_regex(NUMERIC_ONLY, fullmatch=True))
def test_no_word_is_overlooked_in_a_date_of_numbers(text: str) -> None:
    assert not [form for form in (NOW, AGO, DAY_WORD, *NAMED) if form.search(text)]
    assert WEEKDAY.match(text) is None
    assert YEAR_FIRST.search(text) is None


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("place", range(3))
def test_a_secret_is_masked_wherever_it_stands_among_texts(secret: str, place: int) -> None:
    for other in CLEAN:
        texts = [other, other, other]
        texts[place] = secret
        posts = tuple(PostRead(str(number), text) for number, text in enumerate(texts))
        read = guarded(Reading("ok", posts=posts), GUARD, dropped=False)
        assert [post.text == text for post, text in zip(read.posts, texts, strict=True)] == [
            number != place for number in range(3)
        ]


@pytest.mark.parametrize("text", CLEAN)
def test_a_reading_without_secrets_stays_as_it_is(text: str) -> None:
    reading = Reading("ok", posts=(PostRead("1", text), PostRead("2", text)))
    assert guarded(reading, GUARD, dropped=False) == reading

"""Spans that do not overlap, against a plain look at all of them."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.taken import Taken

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda s: (s[0], sum(s))))


@given(SPANS)
def test_a_span_is_taken_unless_it_overlaps_one_that_is(spans: list[tuple[int, int]]) -> None:
    taken, plain = Taken(), list[tuple[int, int]]()
    for start, end in spans:
        free = not any(start < e and s < end for s, e in plain)
        assert taken.overlaps(start, end) is not free
        assert taken.take(start, end) is free
        plain += [(start, end)] if free else []

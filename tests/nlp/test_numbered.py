import pytest

from nlp.numbered import Numbered, numbers_at

SIZES = Numbered(r"(?<![\w.])(\d{1,3}) ?gb", also=r"disk: (\d{1,3})")


def found(text: str) -> list[tuple[int, str]]:
    return [(m.start(), m[1]) for m in SIZES.finditer(text, numbers_at(text))]


def test_numbers_begin_where_runs_of_digits_do() -> None:
    assert numbers_at("1 22a3.4") == [0, 2, 5, 7]
    assert numbers_at("none") == []


def test_matches_begin_with_numbers_or_with_the_other_words_and_are_in_order() -> None:
    assert found("8gb, disk: 40, 16 gb, disk: 9") == [(0, "8"), (5, "40"), (15, "16"), (22, "9")]


def test_a_match_never_lies_over_an_earlier_one() -> None:
    assert found("disk: 40gb 2gb") == [(0, "40"), (11, "2")]


@pytest.mark.parametrize("text", ["x8gb", "1.8gb", "8 tb", ""])
def test_what_stands_before_a_number_counts(text: str) -> None:
    assert found(text) == []


def test_search_gives_the_first_match() -> None:
    match = SIZES.search("a 4 b 5gb 6gb")
    assert match is not None
    assert match[1] == "5"
    assert SIZES.search("4 b") is None

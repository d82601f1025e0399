"""Numbers as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numbers import count_of, factor, read_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("15", 15),
        ("1,000", 1000),
        ("1.000", 1000),
        ("1.000.000", 1_000_000),
        ("1 250 000", 1_250_000),
        ("1'200", 1200),
        ("9,99", 9.99),
        ("9.5", 9.5),
        ("0.035", 0.035),
        ("0,035", 0.035),
        ("1.250,50", 1250.5),
        ("1,250.50", 1250.5),
        ("12.3456", 12.3456),
        ("1.2.3", None),
        ("12,34.56", None),
        ("9" * 40, None),
        ("", None),
    ],
)
def test_a_number_is_read(written: str, value: float | None) -> None:
    assert read_number(written) == value


def test_crypto_amounts_have_no_thousands_marks() -> None:
    assert read_number("1.350", grouped=False) == 1.35


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("10k", 10_000),
        ("2,5к", 2500),
        ("3 тыс.", 3000),
        ("1kk", 1e6),
        ("ten", 10),
        ("три", 3),
        ("x", None),
    ],
)
def test_a_count_is_read(written: str, value: float | None) -> None:
    assert count_of(written) == value


@pytest.mark.parametrize(
    ("multiple", "value"),
    [(None, 1), ("k", 1e3), ("КК", 1e6), ("тыс.", 1e3), ("млн", 1e6), ("万", 1e4)],
)
def test_a_multiple_is_read(multiple: str | None, value: float) -> None:
    assert factor(multiple) == value


@given(st.integers(min_value=0, max_value=10**9))
def test_marks_do_not_change_a_whole_number(number: int) -> None:
    assert read_number(f"{number:,}") == number == read_number(f"{number:,}".replace(",", " "))

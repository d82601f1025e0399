"""Dollars come from a dated rate that names its source, or not at all."""

from pathlib import Path

import pytest

from crawler.rates import Rates, usd_a_month, usd_of

RATES = Rates()


def test_a_dollar_is_a_dollar() -> None:
    rate = RATES.find("USD", "2024-05-05")
    assert rate is not None
    assert (rate.usd, rate.day) == (1.0, "2024-05-05")


def test_a_weekend_takes_the_rate_of_friday() -> None:
    # ECB euro reference rate of Friday 2024-05-03
    rate = RATES.find("EUR", "2024-05-05")
    assert rate is not None
    assert (round(rate.usd, 4), rate.day, rate.source) == (
        1.0744,
        "2024-05-03",
        "ECB reference rates",
    )


@pytest.mark.parametrize(
    ("currency", "day"), [("RUB", "2024-01-10"), ("BTC", "2024-01-10"), ("EUR", "1990-01-01")]
)
def test_no_rate_is_no_guess(currency: str, day: str) -> None:
    assert RATES.find(currency, day) is None


def test_the_operators_table_is_used(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("day,currency,usd,source\n2024-01-01,RUB,0.011,central bank\n", "utf-8")
    rate = Rates([path]).find("RUB", "2024-01-10")
    assert rate is not None
    assert (rate.usd, rate.day, rate.source) == (0.011, "2024-01-01", "central bank")


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("day,currency,usd,source\n2024-01-01,RUB,cheap,x\n", "utf-8")
    with pytest.raises(ValueError, match=r"rates\.csv:2: .*cheap"):
        Rates([path])


def test_months() -> None:
    assert usd_a_month(120.0, "year") == 10.0
    assert usd_a_month(10.0, "month") == 10.0
    assert usd_a_month(10.0, "unit") is None
    assert usd_a_month(10.0, "hour") is None
    assert usd_of(None, None) is None
    week = usd_a_month(7.0, "week")
    assert week is not None
    assert 30.4 < week < 30.5

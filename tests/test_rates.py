"""Dollars come from a dated rate that names its source, or not at all."""

import io
import json
import threading
import zipfile
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.home import DATA, Home
from crawler.rates import Rates, load_rates, usd_a_month, usd_of
from crawler.rates_update import RatesError, missing_days, update_days, update_ecb

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
    ("currency", "day"),
    [("RUB", "2024-01-10"), ("ETH", "2024-01-10"), ("BTC", "2009-01-10"), ("EUR", "1990-01-01")],
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


def test_the_bundled_table_says_its_day_and_source() -> None:
    rates = Rates(sorted((DATA / "rates").glob("*.csv")))
    rouble, coin = rates.find("RUB", "2025-02-03"), rates.find("BTC", "2019-02-03")
    assert rouble is not None
    assert coin is not None
    assert (rouble.day, rouble.source) == ("2025-02-01", "exchange-api")
    assert (coin.usd, coin.day, coin.source) == (3400.32, "2019-01-31", "Bitstamp monthly close")


def test_days_that_are_asked_for() -> None:
    known = [date(2026, 9, 1), date(2026, 9, 29)]
    assert missing_days(known, date(2026, 10, 15), 7) == [
        date(2026, 10, 6), date(2026, 10, 13), date(2026, 10, 15)
    ]  # fmt: skip
    assert missing_days(known, date(2026, 9, 29), 7) == []


class Bank(BaseHTTPRequestHandler):
    """Serves a table of rates for each day, and a ZIP file as the ECB's."""

    def do_GET(self) -> None:
        body = b"gone"
        if self.path.startswith("/day/"):
            body = json.dumps({"date": self.path[5:], "usd": {"rub": 80, "btc": 1e-5}}).encode()
        elif self.path == "/ecb.zip":
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                archive.writestr("eurofxref-hist.csv", "Date,USD,\n2026-10-01,1.2,\n")
            body = packed.getvalue()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""


@pytest.fixture
def bank() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bank)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_newer_days_come_once_and_win(bank: str, tmp_path: Path) -> None:
    home = Home(tmp_path)
    today = date(2026, 10, 15)
    template = bank + "/day/{day}"
    assert update_days(home, today, every=30, template=template, local=True) == 2
    assert update_days(home, today, every=30, template=template, local=True) == 0
    assert update_ecb(home, url=bank + "/ecb.zip", local=True) > 0
    rate, euro = (
        load_rates(home).find("RUB", "2026-10-16"),
        load_rates(home).find("EUR", "2026-10-02"),
    )
    assert rate is not None
    assert (rate.usd, rate.day) == (0.0125, "2026-10-15")
    assert euro is not None
    assert (euro.usd, euro.day) == (1.2, "2026-10-01")


def test_an_answer_without_rates_is_named(bank: str, tmp_path: Path) -> None:
    home = Home(tmp_path)
    with pytest.raises(RatesError, match=r"2026-10-15 from .* no table of rates"):
        update_days(home, date(2026, 10, 15), every=60, template=bank + "/no/{day}", local=True)
    with pytest.raises(RatesError, match="not a ZIP file"):
        update_ecb(home, url=bank + "/no", local=True)
    assert not (home.rates / "exchange-api.csv").exists()

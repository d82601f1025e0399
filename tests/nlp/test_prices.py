"""Prices: what texts of many styles say, and what holds for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.contacts import contacts_in, masked
from nlp.findings import Price
from nlp.normalise import normalise
from nlp.prices import prices_in
from tests.nlp import price_cases_en, price_cases_forms, price_cases_intl


def read(text: str, *, title: str = "", default: str | None = None) -> list[Price]:
    clean = normalise(text)
    hidden = masked(clean, contacts_in(clean))
    return prices_in(clean, hidden, title=normalise(title).clean, default_currency=default)


def written(price: Price) -> str:
    """The price in the notation of the cases: amount currency per [kind] [xN]; `?` says nothing."""
    low = "" if price.min is None else f"{price.min:.10g}"
    high = "" if price.max is None else f"{price.max:.10g}"
    amount = low if low == high else f"{low}..{high}"
    words = [amount, price.currency or "-", price.per or "?"]
    if price.kind in ("start", "step", "blitz", "setup"):
        words.append(price.kind)
    if price.quantity:
        words.append(f"x{price.quantity}")
    return " ".join(words).replace("- share", "- share")


@pytest.mark.parametrize(
    ("text", "said"), price_cases_en.CASES + price_cases_intl.CASES + price_cases_forms.CASES
)
def test_a_text_says_its_prices(text: str, said: str) -> None:
    assert "; ".join(map(written, read(text))) == said.replace("unit?", "?")


def test_a_currency_of_the_source_is_used_for_rows_and_said_so() -> None:
    (price,) = read("Price: 14.00", default="USD")
    assert (price.min, price.currency, price.currency_source) == (14, "USD", "source")
    (stated,) = read("Price: 14.00 EUR", default="USD")
    assert (stated.currency, stated.currency_source) == ("EUR", "stated")


def test_a_heading_gives_its_currency_and_says_so() -> None:
    (price,) = read("Prices in EUR:\nSmall box - 9")
    assert (price.currency, price.currency_source) == ("EUR", "heading")


@pytest.mark.parametrize(
    ("title", "text", "said"),
    [
        ("VPN key - 12 months", "Price: £29", "29 GBP year"),
        ("Mobile port, 1 week", "$45", "45 USD week"),
        ("SOCKS5 x10 - 30 days", "$22 for the pack", "22 USD lot x10"),
        ("Logs USA 1,000 pcs pack", "Price: 0.006 BTC", "0.006 BTC thousand"),
        ("SMTP 10,000/day", "Price: $40", "40 USD ?"),
        ("RDP, 24h warranty", "Price: $9", "9 USD ?"),
    ],
)
def test_a_title_explains_a_lonely_price(title: str, text: str, said: str) -> None:
    assert "; ".join(map(written, read(text, title=title))) == said


def test_prices_are_not_read_inside_contacts_and_addresses() -> None:
    assert read("tg @shop_50usd, icq 612-345-678, 10.0.0.5:8080, mail a50usd@rack.test") == []


def test_quotes_are_raw_text() -> None:
    raw = "VPS: [b]from ５ $[/b] a month"
    (price,) = read(raw)
    assert price.span.quote == raw[price.span.start : price.span.end] == "from ５ $"
    assert written(price) == "5.. USD month"


_SCRAPS = st.sampled_from(
    ["$", "€", "5", "1,000", " - ", "/mo", "from ", "до ", "100 шт", " за ", "month", "\n", "|",
     "%", "k", "руб", ": ", "start ", "blitz ", "元", "USD", "RDP ", "1 GB", "[s]", "[/s]", "  "]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.text(max_size=200) | st.lists(_SCRAPS, max_size=40).map("".join))
def test_any_text_gives_true_quotes_in_order_twice_the_same(raw: str) -> None:
    prices = read(raw, default="USD")
    assert prices == read(raw, default="USD")
    assert [p.span.start for p in prices] == sorted(p.span.start for p in prices)
    for price in prices:
        assert raw[price.span.start : price.span.end] == price.span.quote != ""
        assert 0 <= price.confidence <= 1
        assert price.min is not None or price.max is not None
        assert price.quantity is None or price.per == "lot"

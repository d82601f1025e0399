"""Prices in a text: amounts of money, sorted from other money, with what they are per."""

import re
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from nlp.findings import Part, Price, PriceKind, Span
from nlp.folded import folded, lowered
from nlp.markup import struck_spans
from nlp.money import Money, money_in
from nlp.price_bare import bare_in
from nlp.price_context import lines_of
from nlp.price_filters import (
    auction_kind,
    halves_in,
    is_once_for_service,
    is_setup,
    is_setup_list,
    is_surcharge,
    shares_in,
)
from nlp.price_lots import lot_before
from nlp.price_other import is_other_money
from nlp.price_per import may_take_title, title_pack, title_unit, units_of
from nlp.price_places import Place, marked, places_in
from nlp.price_units import Unit, is_once, unit_after
from nlp.price_words import spelled_in
from nlp.text import Text

_ARROW = re.compile(r"\)?\s?(?:[-–—=>→⇒]{1,2}|(?<=\)):|(?<=\) ):)")
_NOW = folded(
    r"[\s,;(/-]{0,3}(?:(?:and|but|а|и) )?(?:now|right now|today|down to|сейчас|теперь|стало|щас"
    r"|ahora|agora|hoje|jetzt|现价|现在|الآن)"
    r"[\s:=—-]{0,3}(?:only |just |за |for |nur |s[oó]lo |por |at )?",
)
"""Between an old price and the new one."""
_ADD_ON = folded(
    r"(?<![^\W_])(?:licen[sc]es?|лиценз\w*|lizenz\w*|licencia|licença|backups?|бэкап\w*|ram|озу"
    r"|ssd|nvme|disk"
    r"|диск|ips?|ipv4|traffic|трафик|cores?|ядр\w*|管理|授权|managed|administration|администрирование)"
    r"(?:\s[^\W\d]\w{0,9}){0,2}\W{0,4}$",
)
"""What is added to goods for more money: `Windows license +$10/mo`."""
_AT_MOST = folded(
    r"(?:max(?:imum|imal|imo)?|макс(?:имум)?|tops|höchstens)(?![^\W_])|以内|以下|封顶"
)
"""Behind an amount, with or without its unit: `2.5k$ a month max`."""
_DIGIT = re.compile(r"\d")
MANY = 1_000
"""Amounts in digits of one text that are read, with the goods among them."""
_REVENUE_SIZES = {"USD": 1e6, "EUR": 1e6, "GBP": 1e6, "AUD": 1e6, "CAD": 1e6, "RUB": 2e7}
"""Amounts from which a sum is a company's revenue, not a price."""


class _Meant(NamedTuple):
    """What an amount means as a price, without its place."""

    low: float | None
    high: float | None
    per: str | None
    kind: PriceKind
    quantity: int | None


def prices_in(
    text: Text,
    masked_text: str,
    *,
    part: Part = "text",
    default_currency: str | None = None,
    title: str = "",
) -> list[Price]:
    """Prices in text order, each with unit, kind and quantity as far as its surroundings say.

    `masked_text` is `masked(text, contacts)`. `title` is the clean title of the same post: its
    period or pack is used for amounts that nothing else explains. `per` is None where nothing
    says. Other money (revenue, deposits, balances, old prices, surcharges) is left out.
    """
    if _DIGIT.search(masked_text) is None:
        return []
    title = lowered(title)
    masked_text = lowered(marked(masked_text))
    found = _places(masked_text, default_currency)
    units = units_of(found)
    lonely = sum(unit is None for unit in units) <= 2
    prices = _shares(text, masked_text, part)
    for item, unit, other in zip(found, units, _others(found, units), strict=True):
        if not other:
            by_title = unit is None and lonely and may_take_title(item)
            price = _price(item, title_unit(title) if by_title else unit, title)
            prices.append(_placed(price, item, text, part))
    struck = struck_spans(text.raw)
    kept = [p for p in prices if not any(s < p.span.end <= e for s, e in struck)]
    return sorted(kept, key=lambda p: (p.span.start, p.span.end))


def end_of_amounts(masked_text: str) -> int:
    """Where a text is to be cut so that at most `MANY` amounts stand in it; else its length."""
    if len(masked_text) <= MANY or sum(map(str.isdecimal, masked_text)) <= MANY:
        return len(masked_text)
    amounts = money_in(lowered(marked(masked_text)))
    further = next(islice(amounts, MANY, None), None)
    return further.lead if further else len(masked_text)


def _places(masked_text: str, default_currency: str | None) -> list[Place]:
    """Every amount of a text, with or without a currency of its own, and the words around it."""
    amounts = list(money_in(masked_text))
    if spelled := list(spelled_in(masked_text)):
        amounts = sorted([*amounts, *spelled], key=lambda money: money.start)
    lines = lines_of(masked_text, amounts, default_currency)
    for line, money in list(bare_in(lines)):
        line.money = sorted([*line.money, money], key=lambda m: m.start)
    return [item for line in lines for item in places_in(line)]


def _others(found: list[Place], units: list[Unit | None]) -> list[bool]:
    """Which amounts are no prices; `shipping 6 €, 3 € untracked` goes on with the first one's."""
    others: list[bool] = []
    for i, (item, unit) in enumerate(zip(found, units, strict=True)):
        listed = i > 0 and found[i - 1].line is item.line and _goes_on(found[i - 1].money, item)
        replaced = i + 1 < len(found) and _is_replaced(item, found[i + 1])
        replaced = replaced or any(
            _is_rate(a, b) for a, b in pairwise(found[max(i - 1, 0) : i + 2])
        )
        others.append(replaced or _is_other(item, unit) or (listed and others[-1]))
    return others


def _is_replaced(item: Place, following: Place) -> bool:
    """Whether an amount only names or precedes the next: `Azure $200 — $20`, `4$ => 3$`."""
    start = item.line.start
    between = item.line.text[item.money.end - start : max(following.money.lead - start, 0)]
    if following.line is not item.line:
        return False
    if _NOW.fullmatch(between) or (between.strip() == "por" and item.label.endswith("de ")):
        return following.money.currency == item.money.currency
    if not _ARROW.fullmatch(between.strip()):
        return False
    return following.money.currency == item.money.currency or between.strip()[-1:] == ":"


def _is_rate(one: Place, other: Place) -> bool:
    """Whether two amounts are an exchange rate: `1 BTC = 40000$`."""
    start = one.line.start
    between = one.line.text[one.money.end - start : max(other.money.lead - start, 0)]
    differ = one.line is other.line and one.money.currency != other.money.currency
    return differ and one.money.high == 1 and between.strip() in ("=", "≈", "~")


def _goes_on(before: Money, item: Place) -> bool:
    """Whether only a comma stands between two amounts of a line."""
    start = item.line.start
    between = item.line.text[before.end - start : max(item.money.lead - start, 0)]
    if item.label.strip() or "," not in between or "|" in between:
        return False
    return unit_after(item.tail) is None


def _is_other(item: Place, unit: Unit | None) -> bool:
    """Whether the amount is no price of what is offered."""
    money = item.money
    amount = money.high or money.low or 0
    fee = item.label.endswith(("zzgl. ", "zzgl ")) and is_setup("", item.tail)
    if amount <= 0 or (not fee and is_other_money(item.lead, item.behind)):
        return True
    if amount >= _REVENUE_SIZES.get(money.currency or "USD", 1e12):
        return True
    if not is_surcharge(item.label) or is_setup(item.label, item.tail):
        return False
    said = unit if unit is not item.line.unit else None
    return said is None or _ADD_ON.search(item.label) is not None


def _price(item: Place, unit: Unit | None, title: str) -> _Meant:
    """What an amount means as a price."""
    money = item.money
    kind: PriceKind = money.bound
    per, quantity = (unit.per, unit.quantity) if unit else (None, None)
    own = item.line.text[: money.start - item.line.start][-60:]
    auction = auction_kind(own) if item.line.auction else None
    if auction is not None:
        kind, per, quantity = auction, "unit", None
    elif _is_fee(item):
        kind, per, quantity = "setup", None, None
    elif is_once(item.tail):
        per = None
    if per == "lot" and not quantity:
        pack = title_pack(title) or (lot_before(title + " = ") if title else None)
        per, quantity = (pack.per, pack.quantity) if pack else ("lot", None)
    low, high = money.low, money.high
    tail = item.tail[unit.end if unit else 0 :].lstrip()
    if kind == "fixed" and tail.startswith("起"):
        kind, high = "from", None
    elif kind == "fixed" and (_AT_MOST.match(tail) or _AT_MOST.match(item.tail.lstrip())):
        kind, low = "upto", None
    if kind in ("start", "step", "blitz", "setup"):
        low = high = low if low is not None else high
    return _Meant(low, high, per, kind, quantity)


def _placed(meant: _Meant, item: Place, text: Text, part: Part) -> Price:
    """The price with its place in the raw text."""
    money = item.money
    start, end = text.raw_span(money.lead, money.end)
    return Price(
        min=meant.low,
        max=meant.high,
        currency=money.currency,
        currency_source=_source(item),
        per=meant.per,
        kind=meant.kind,
        span=Span(part, start, end, text.raw[start:end]),
        rule=f"price.{'stated' if money.explicit else 'bare'}",
        confidence=0.9 if money.explicit else 0.7 if money.currency else 0.5,
        quantity=meant.quantity,
    )


def _is_fee(item: Place) -> bool:
    """Whether the amount is a one-off fee: said at it or by its line, and no period behind it."""
    once = is_once(item.tail) and is_once_for_service(item.label)
    said = once or is_setup(item.label, item.tail) or is_setup_list(item.line.text)
    return said and unit_after(item.tail) is None


def _source(item: Place) -> Literal["stated", "heading", "source", "none"]:
    if item.money.explicit:
        return "stated"
    if item.money.currency is None:
        return "none"
    return "source" if item.line.by_source else "heading"


def _shares(text: Text, masked_text: str, part: Part) -> list[Price]:
    """Shares of the proceeds as prices: percent, without a currency."""
    prices = []
    for low, high, start, end in (*shares_in(masked_text), *halves_in(masked_text)):
        raw_start, raw_end = text.raw_span(start, end)
        span = Span(part, raw_start, raw_end, text.raw[raw_start:raw_end])
        prices.append(Price(low, high, None, "none", "share", "fixed", span, "price.share", 0.8))
    return prices

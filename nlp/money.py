"""Amounts of money in a text: number, currency, range; what they are for is decided elsewhere."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from nlp.currencies import AFTER_SIGN, AFTER_WORD, BEFORE, BEFORE_WORDS, CRYPTO, currency_of
from nlp.folded import folded
from nlp.numbered import numbers_at
from nlp.numbers import MULTIPLE, NUMBER, factor, read_number

Bound = Literal["fixed", "from", "upto"]


class Money(NamedTuple):
    """An amount or range with its currency, in clean coordinates."""

    low: float | None
    high: float | None
    currency: str | None
    bound: Bound
    start: int
    end: int
    lead: int
    """Where its own words before it begin (`from`, `up to`); equal to start without any."""
    explicit: bool = True
    """Whether the currency stands at the amount."""


_FROM = (
    r"(?:from|starting (?:at|from)|starts? (?:at|from)|at least|от|ab|desde"
    r"|a partir de|"
    r"من|not less than|не менее|>=|≥)"
)
_UPTO = (
    r"(?:up ?to|upto|no more than|not more than|max(?:imum|imal|imo|\.)?|under|до|не (?:более"
    r"|больше|дороже)|максимум"
    r"|макс\.?|bis(?: zu)?|höchstens|hasta|máx(?:imo)?\.?|at[eé]"
    r"|حتى|最多|不超过|<=|≤|within|i go to)"
)
_AFTER = rf"(?:\s?{AFTER_SIGN}(?!\d)|\s{{0,2}}{AFTER_WORD})"
_DASH = r"\s?(?:-|–|—|~|\.\.\.?|…)\s?"
_TO = (
    rf"(?:{_DASH}|\s(?:to|till|до|по|bis|a|à|até|ate|hasta|up ?to|إلى|الى)\s|至|到"
    r"|(?(both)\s(?:and|y|и|und|e)\s|(?!)))"
)
_MULT = rf"(?:\s?{MULTIPLE}|[,.][-–—]{{1,2}})"
_LEAD = (
    rf"(?:(?<![^\W_])(?=\D{{2,24}}\d)(?:(?P<from>{_FROM})|(?P<upto>{_UPTO})"
    r"|(?P<both>between|entre|между|zwischen))[\s:]{0,2}|(?P<around>[~≈<>]\s?))?"
)
_FREE = r"(?=\d)(?<![^\W\u0600-\u06ff\u3040-\u9fff])(?<!\.)(?<!\d,)"
_NOT_INSIDE = r"(?![^\W\d_](?<=[^\W\d_]{2}))"
"""No amount begins within a word: said first, it spares the alternatives."""
_MONEY = folded(
    rf"{_NOT_INSIDE}{_LEAD}"
    rf"(?:(?P<b1>{BEFORE})\s?(?P<n1>{NUMBER})(?P<m1>{_MULT})?(?P<a0>{_AFTER})?"
    rf"(?:(?P<d1>{_TO})(?P<b2>{BEFORE})?\s?(?P<n2>{NUMBER})(?P<m2>{_MULT})?(?P<a2>{_AFTER})?)?"
    rf"|{_FREE}(?P<ranged>(?<![:/]))?(?P<n3>{NUMBER})(?P<m3>{_MULT})?(?P<a3>{_AFTER})?"
    rf"(?:(?(ranged)(?P<d2>{_TO})(?P<n4>{NUMBER})(?P<m4>{_MULT})?(?P<a4>{_AFTER})|(?!))"
    r"|(?(a3)|(?!))))"
    r"(?P<plus>\+(?!\d)|\s(?:and )?up(?! to)\b|\s(?:and more|и выше|и более|起)|起)?",
)
_UNIT_NEXT = folded(
    r"\s?(?:[a-z]{0,3}bps|gb|гб|g\b|tb|тб|days?|дн|день|дня|weeks?|недел|нед|months?|мес|mo\b"
    r"|years?|год|г\.|h\b|час|час|pcs?"
    r"|шт|hours?|min|%|d\b|w\b|y\b|meses|mes\b|día|dias|tage?\b|monat|jahr|сут|месяц|stück"
    r"|domains?|слот)",
)


_DOLLARS = frozenset(
    {"AUD", "CAD", "MXN", "HKD", "SGD", "NZD", "ARS", "COP", "CLP", "TWD", "BRL", "USDT"}
)
"""Currencies written with the dollar sign and a code: `$200 MXN`."""
_LEADS = folded(
    r"(?<![^\W_])(?:price|prices|cost|costs|rate|asking|ask|pay|paying|offer(?:ing)?|budget"
    r"|sell(?:ing)?|for|from|between|about|around|approx|is|are|at|of|or|and|each|only|just|range"
    r"|цен[аы]|ценник|стоимость|стоит|стоят|прайс|плачу|дам|куплю|продам|отдам|бюджет|за|по|от"
    r"|около"
    r"|примерно|всего|это|или|и|precio|precios|presupuesto|entre|por|desde|pago|unos|preço|preco"
    r"|custa|or[cç]amento"
    r"|preis|kostet|kosten|ab|für|zahle|budget|etwa|ca|je|价格|单价|预算|每个|每台|السعر|من|بسعر|الميزانية)$",
)
"""What may stand before a range; behind any other word the first number is part of a name."""
_BETWEEN = re.compile("between|entre|между|zwischen")
_LEAD_BEFORE = folded(
    rf"(?:(?<![^\W_])(?:{_FROM}|{_UPTO}|between|entre|между|zwischen)[\s:]{{0,2}}|[~≈<>]\s?)$"
)
"""The same words right before an amount that was found."""
_LEAD_ENDS = frozenset("~≈<>=≥≤.")
_LEAD_MOST = 26
"""Characters of the longest of them."""
_SIGN_MOST = 7
"""Characters of the longest currency before its number."""
_SIGNS = frozenset("$€£¥₽₴₿₺₹₸₩₫₮")


def money_in(clean: str) -> Iterator[Money]:
    """Amounts with a currency, in text order."""
    at = 0
    between = _BETWEEN.search(clean) is not None
    for number in numbers_at(clean):
        if number < at:
            continue
        for start in (*_signs_before(clean, number, at), number):
            m = _match(clean, start, at, between=between) if start >= at else None
            if m is None:
                continue
            money = _money(m, clean)
            at = max(money.end if money else m.end("n3"), m.start() + 1)
            if money is not None:
                yield money
                break


def _match(clean: str, start: int, at: int, *, between: bool) -> re.Match[str] | None:
    """The amount whose sign or number begins at a place, with its own words before it."""
    m = _MONEY.match(clean, start)
    if m is None and not between:
        return None
    before = clean[max(start - 3, at) : start].rstrip(" \t\n:")[-1:]
    if before and not before.isalpha() and before not in _LEAD_ENDS:
        return m
    lead = _LEAD_BEFORE.search(clean, max(start - _LEAD_MOST, at), start)
    return (_MONEY.match(clean, lead.start()) if lead else None) or m


def _signs_before(clean: str, number: int, at: int) -> list[int]:
    """Where a currency may begin that stands before a number."""
    end = number - 1 if clean[number - 1 : number].isspace() else number
    start = end
    while start > max(at, end - _SIGN_MOST) and (
        clean[start - 1].isalpha() or clean[start - 1] in _SIGNS or clean[start - 1] == "."
    ):
        start -= 1
    word = clean[start:end]
    if not word or (word.isalpha() and word not in BEFORE_WORDS):
        return []
    return [start, *(i for i in range(start + 1, end) if clean[i] in _SIGNS)]


def _money(m: re.Match[str], clean: str) -> Money | None:
    if m["n4"] is not None:
        return _postfixed_range(m, clean)
    if m["n3"] is not None:
        return _single(m, "n3", "m3", m["a3"], m.end("a3"))
    if m["n2"] is not None and _is_range(m, clean):
        low, high = _amounts(m, ("n1", "m1"), ("n2", "m2"), m["b1"])
        return _ranged(m, low, high, currency_of(m["b1"])[0], m.start("b1"))
    if m["a0"] and not _after_is_next(m, clean):
        precise = m["b1"] == "$" and currency_of(m["a0"])[0] in _DOLLARS
        return _single(m, "n1", "m1", m["a0"] if precise else m["b1"], m.end("a0"))
    return _single(m, "n1", "m1", m["b1"], m.end("m1" if m["m1"] else "n1"))


def _after_is_next(m: re.Match[str], clean: str) -> bool:
    """Whether the currency behind a prefixed amount belongs to the next number (`$5 €7`)."""
    return clean[m.end("a0") : m.end("a0") + 1].isdecimal()


def _is_range(m: re.Match[str], clean: str) -> bool:
    """Whether `$5 - 10` is a range: not when the second number counts something else."""
    if m["b2"] is not None or m["a2"] is not None:
        low, high = _amounts(m, ("n1", "m1"), ("n2", "m2"), m["b1"])
        return low is not None and high is not None and low < high
    if _UNIT_NEXT.match(clean, m.end("m2") if m["m2"] else m.end("n2")):
        return False
    low, high = _amounts(m, ("n1", "m1"), ("n2", "m2"), m["b1"])
    spaced = m["d1"] != m["d1"].strip() and m["d1"].strip() in ("-", "–", "—")
    return low is not None and high is not None and low < high and not (spaced and high > 20 * low)


def _postfixed_range(m: re.Match[str], clean: str) -> Money | None:
    """`9-20 $`, `40$-120$`, `от 5 до 30$`; a spaced dash behind a line's first count is none."""
    low, high = _amounts(m, ("n3", "m3"), ("n4", "m4"), m["a4"])
    falling = low is not None and high is not None and low >= high
    if falling or _is_count(m, clean):
        if m["a3"] is not None:
            return _single(m, "n3", "m3", m["a3"], m.end("a3"))
        money = _single(m, "n4", "m4", m["a4"], m.end("a4"))
        return money and money._replace(
            low=money.high or money.low,
            high=money.high or money.low,
            bound="fixed",
            lead=m.start("n4"),
            start=m.start("n4"),
        )
    return _ranged(m, low, high, currency_of(m["a4"])[0], m.start("n3"))


def _is_count(m: re.Match[str], clean: str) -> bool:
    """Whether the first number counts what the second one prices: `50 - 20$`, `от 100 - 220р`."""
    line = clean[clean.rfind("\n", 0, m.start()) + 1 : m.start("n3")]
    if line.endswith("+"):
        return True
    dash = m["d2"].strip()
    if dash not in ("-", "–", "—") or m["d2"] == dash or m["a3"] is not None:
        return False
    tier = m["from"] or m["upto"] or (m["m3"] and not m["m4"])
    return bool(tier) or not re.search(r"[^\W\d_]", line) or _is_named(line.rstrip())


def _is_named(label: str) -> bool:
    """Whether a number behind these words is part of a name: `win 11 — 25$`, `office 365 - 9$`."""
    return label[-1:].isalpha() and not _LEADS.search(label[-24:])


def _amounts(
    m: re.Match[str], first: tuple[str, str], second: tuple[str, str], sign: str
) -> tuple[float | None, float | None]:
    currency, scale = currency_of(sign)
    grouped = currency not in CRYPTO
    low, high = (
        read_number(m[first[0]], grouped=grouped),
        read_number(m[second[0]], grouped=grouped),
    )
    shared = m[first[1]] or (
        m[second[1]] if low is not None and high is not None and low < high else ""
    )
    return (
        None if low is None else _round(low * factor(shared) * scale),
        None if high is None else _round(high * factor(m[second[1]]) * scale),
    )


def _ranged(
    m: re.Match[str], low: float | None, high: float | None, currency: str | None, start: int
) -> Money | None:
    if low is None or high is None:
        return None
    end = max(m.end(group) for group in ("n2", "m2", "a2", "n4", "m4", "a4"))
    return Money(low, high, currency, "fixed", start, end, m.start())


def _single(m: re.Match[str], number: str, multiple: str, sign: str, end: int) -> Money | None:
    currency, scale = currency_of(sign)
    amount = read_number(m[number], grouped=currency not in CRYPTO)
    if amount is None:
        return None
    amount = _round(amount * factor(m[multiple]) * scale)
    start = min(m.start(number), m.start("b1") if m["b1"] else m.start(number))
    if m["from"] or (m["plus"] and m.end("plus") >= end and m.start("plus") == end):
        stop = m.end("plus") if m["plus"] and m.start("plus") == end else end
        return Money(amount, None, currency, "from", start, stop, m.start())
    if m["upto"]:
        return Money(None, amount, currency, "upto", start, end, m.start())
    lead = m.start() if m["around"] else start
    return Money(amount, amount, currency, "fixed", start, end, lead)


def _round(amount: float) -> float:
    return round(amount, 9)

"""Headings and sentences that speak for a whole list: what it is per, in which currency."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.currencies import AFTER_SIGN, AFTER_WORD, currency_of
from nlp.folded import folded
from nlp.price_units import Unit, period_in, periods_in
from nlp.sought import Sought

PRICE_WORD = folded(
    r"(?<![^\W_])(?:prices?|pricing|priced|cost|tariffs?|rates?|plans?|planos|planes|pläne"
    r"|subscriptions?|подписк\w*|аренда|خطط|باقات|套餐|цен[аыу]?|прайс|тариф\w*|ценник\w*"
    r"|стоимость|расценки|preise?|tarife?|precios?|tarifas?|pre[cç]os?|valores"
    r"|价格|报价|价目|资费|الأسعار|السعر|أسعار|usd|eur|rub)(?![^\W_])",
)
_WHOLE = folded(r"(?<![^\W_])(?:all|все|всё|alle|todos?|todas?|全部)(?![^\W_])")
_PER = folded(
    r"(?:per|for|all|за|в|на|pro|por|al|je|each|every|/|每|x|цена|цены|price|prices|прайс|charged"
    r"|billed|paid)\s?(?:all\s)?(?:один\s|одну\s|1\s)?$",
)
_BILLED = Sought(
    r"(?<![^\W_])(?:all(?=\s(?:per|monthly|for))|billing|billed|all prices|(?:every|each) price"
    r"(?: \w{2,8}){0,2}|prices below|prices? (?:are|is)"
    r"|rates? (?:are|is)"
    r"|цены (?:указаны )?(?:за|в)|все цены|оплата(?: только)?|платится|abgerechnet|alle preise"
    r"|preise (?:sind|pro)|precios|todos los precios|facturaci[oó]n|pre[cç]os|cobran[cç]a|价格均为"
    r"|均为|جميع الأسعار|الأسعار)"
    r"(?![^\W_])",
)
_PAID = Sought(
    r"(?<![^\W_])(?:monthly|weekly|yearly|annual|ежемесячная|помесячная|ежегодная|mensual|mensal"
    r"|monatliche)"
    r" (?:payments?|billing|оплата|pago|pagamento|zahlung)(?![^\W_])",
)
_CARD = Sought(
    r"[\s*•·▪️►>-]*(?:(?:rental |lease |billing |payment |subscription )?(?:period|term|duration"
    r"|cycle|validity)"
    r"|billing|billed|rent(?:al)?|срок(?: аренды| действия| подписки)?|период(?: оплаты)?|оплата"
    r"|термін"
    r"|laufzeit|abrechnung|mietdauer|periodo|período|plazo|prazo|duraci[oó]n|dura[cç][aã]o"
    r"|vigencia|validade"
    r"|周期|期限|时长|租期|付款周期|المدة|مدة الاشتراك|الفترة)\s?[:：=—–-]\s?",
)
_WORD = re.compile(r"[^\W_]")
_TRAILING = folded(r"\W*(?:all |prices? |цены |всё |все )?(?:per|за|pro|por)\s")
_RATE = folded(r"\d[\d.,]{0,8}\s?[kк]?\s?[^\W\d]{0,12}\s?(?:/|a|per|в|por|pro|за)\s?$")
_PAST = folded(
    r"(?:остат\w+|собра\w+|набра\w+|добы\w+|улов\w*|накоп\w+|leftovers?|gathered|collected|loot)"
    r"(?:\s(?:за|for|from|of|in))?(?:\s(?:эту|the|this|last|past))?\s$",
)
"""Before the time in which the goods were gathered: `остатки за неделю`."""
_PER_THING = Sought(
    r"(?:(?:per|single|for|за|pro|por|je|каждые|each|por cada|cada|كل|سعر|لكل|price|цена"
    r"|прайс"
    r"|preis|precio)\s|每|单)(?:(?:each"
    r"|every|каждые|one|a|single|1|одну|один|ein|eine|uma?|una?)\s)?(?P<thing>1[.,\s]?000"
    r"|1 ?[kк](?![a-zа-я])|thousand|тысяч[уи]|mil(?=\s|:"
    r"|$)|1 ?gb|gb|гб|1 ?гб|gig|minute|g(?![^\W_])|минуту|мин|minuto|minute[nr]?|1 ?шт|шт"
    r"|штук[уа]|piece|pc|stück|unidade?|价(?!格)|[台个条张只号套](?!月)|(?:ال)?واحد(?:ة)?|الحبة"
    r"|unit|each|account|domain(?! admin)|ip|proxy|activation|number|sms|otp|code|message|call"
    r"|активаци[юи]|код|звонок|аккаунт"
    r"|сообщение|номер)"
    r"|(?:^|\W)(?P<k>1[.,\s]?000|1[kк])\s(?:unique|уник|sms|смс|сообщ|messages|installs|инсталл"
    r"|загруз|mails|logs?|лог)"
    r"|(?P<one>(?<![^\W_])(?:je|jeweils|each|apiece|cada un[oa]|cada|кажд(?:ый|ая|ое|ую)|каждого"
    r"|(?:ال)?حبة"
    r"|للواحدة?|لكل واحد)(?=\s?[:=—–-]?\s?$))"
    r"|(?P<k2>每?千条)|(?P<minutes>per[- ]minute|поминутн\w*|minutes?:|cost of minute"
    r"|стоимость минуты|/min\b|/мин\b)|(?P<gbs>pay per gb|за трафик|by traffic|按流量|per gb|за гб"
    r"|за гигабайт|por gb|pro gb)",
)
_THINGS = (
    ("thousand", folded(r"1[.,\s]?000|1 ?[kк]|thousand|тысяч|mil")),
    ("gb", folded(r"1 ?gb|gb|гб|1 ?гб|gig|g(?![^\W_])")),
    ("minute", folded(r"min|мин")),
)
_IN_WORDS = folded(
    rf"(?:all|ценник|prices?|pricing|everything|numbers|rates?|amounts?|sums?|bids|cost"
    rf"|price list|все|всё|цен[аы]\w{{0,3}}|прайс|тариф\w{{0,4}}|расч[её]т|ставки|суммы|указан[ыо]"
    rf"|preise?"
    rf"|precios?|valores|pre[cç]os?|tarifas?|价格|报价|单位|الأسعار|price|стоимость)"
    rf"[^\n\d]{{0,40}}?(?:(?:1[., ]?000|1[kк])[^\n\d]{{0,40}}?){{0,2}}?"
    rf"(?:\bin\b|\bв\b|\ben\b|\bem\b|\bare\b|[,:(/]|=|为|是|بال"
    rf"|в\s)\s?\(?\s?(?P<currency>{AFTER_SIGN}|{AFTER_WORD})(?![^\S\n]?\d)",
)
_IN_BRACKETS = folded(
    rf"\(\s?(?:в |in |все в |all in |цены в |all )?(?P<currency>{AFTER_SIGN}|{AFTER_WORD})"
    rf"\s?(?:(?:[/,;]|за|per|por|pro)\s?[^()\d\n]{{1,24}})?\s?\)",
)
_ENDS_BRACKETS = folded(rf"\([^()\n\d]{{1,24}}[,;/]\s?(?P<currency>{AFTER_SIGN}|{AFTER_WORD})\s?\)")
_PERIODS = r"/\s?(?:mo|month|m|мес|year|y|год|pc|шт|gb|гб)(?![^\W_])"
_BY_PERIOD = folded(rf"(?:^|[|\s])(?P<currency>{AFTER_SIGN})\s?{_PERIODS}")
_MAY_BE_PERIOD = folded(_PERIODS)
_ALL_IN = (_IN_WORDS, _IN_BRACKETS, _ENDS_BRACKETS)
"""How words say which currency a list is in."""
_HEAD_MAX = 120


@dataclass(slots=True)
class Heading:
    """The heading in force: a wide one speaks for a whole list, others end at a blank line."""

    unit: Unit | None = None
    """What the prices below it are per."""
    wide: bool = False
    """Whether it names prices, plans or all."""
    used: bool = False
    """Whether an amount has followed."""


def heading_below(line: str, above: Heading) -> Heading:
    """The heading in force after a line without amounts."""
    text = line.strip()
    if not text:
        return Heading() if above.used and not above.wide else above
    if len(text) > _HEAD_MAX:
        return Heading()
    if not _is_heading(text):
        return above
    unit = heading_unit(text)
    priced = PRICE_WORD.search(text) is not None or _WHOLE.search(text) is not None
    if unit is None and above.wide and not priced:
        return above
    return Heading(unit, wide=unit is not None and priced)


def _is_heading(text: str) -> bool:
    if text[-1] in ":：" or PRICE_WORD.search(text) is not None:
        return True
    return len(text) <= 48 and not text[-1].isdecimal()


def general_unit(lines: Sequence[str], whole: str) -> Unit | None:
    """The period in which a line of the whole text says that all is paid: `billing is monthly`."""
    billed, paid = _BILLED.within(whole), _PAID.within(whole)
    if not billed.needs and not paid.needs:
        return None
    return next((unit for line in lines if (unit := _general(line, billed, paid))), None)


def _general(text: str, billed: Sought, paid: Sought) -> Unit | None:
    m = billed.search(text)
    if m is None:
        adverb = paid.search(text)
        return period_in(adverb[0]) if adverb else None
    period = next(iter(periods_in(text[m.end() : m.end() + 36])), None)
    if period is None or period.start > 26 or period.per in (None, "minute", "hour"):
        return None
    return period


def may_have_cards(text: str) -> bool:
    """Whether any line of a text can state the period of a card's price."""
    return _CARD.may_match(text)


def card_unit(text: str) -> Unit | None:
    """The period that a line of a card states for the price beside it: `Billing cycle: monthly`."""
    m = _CARD.match(text) if len(text) <= 60 else None
    if m is None:
        return None
    period = next(iter(periods_in(text[m.end() :])), None)
    only = period is not None and not _WORD.search(text, m.end() + period.end)
    return period if only and period is not None and period.start <= 2 else None


def trailing_unit(text: str) -> Unit | None:
    """What a short line below a list says that the list is per: `per number, one use`."""
    return heading_unit(text) if len(text) <= 60 and _TRAILING.match(text) else None


def series_in(text: str) -> tuple[Unit, ...]:
    """The periods that a heading names for prices in a row: `day/week/month`; else empty."""
    periods = periods_in(text) if "/" in text or "|" in text else ()
    pairs = pairwise(periods)
    joined = all(text[a.end : b.start].strip(" 1") in ("/", "|", "-") for a, b in pairs)
    return periods if len(periods) > 1 and joined else ()


def thing_in(text: str) -> Unit | None:
    """The thing that words say prices are per (`per 1000`, `за гб`, `price for one`), or None."""
    m = _PER_THING.search(text)
    if m is None:
        return None
    if m["one"]:
        return Unit("unit", None, m.start(), m.end())
    thing = m["thing"] or ("1k" if m["k"] or m["k2"] else "min" if m["minutes"] else "gb")
    per = next((p for p, pattern in _THINGS if pattern.match(thing)), "unit")
    return Unit(per, None, m.start(), m.end())


def heading_unit(text: str) -> Unit | None:
    """What a heading says that all prices below are per, or None."""
    if (thing := thing_in(text)) is not None:
        return thing
    periods = [
        p
        for p in periods_in(text)
        if not (_RATE.search(text[: p.start]) or _PAST.search(text[: p.start]))
    ]
    if not periods:
        return None
    said = next((p for p in periods if _PER.search(text[: p.start])), None)
    period = said or periods[-1]
    said = said or (period if len(text) <= 60 and PRICE_WORD.search(text) else None)
    only = not _WORD.search(text[: period.start] + text[period.end :])
    if period.per in ("minute", "hour") and not only:
        return None
    return period if said or only else None


def list_currencies(lines: Sequence[str], whole: str) -> list[tuple[str | None, bool] | None]:
    """For each line of a text the currency its list is in, and whether it says so in words."""
    found = [pattern for pattern in _ALL_IN if pattern.search(whole)]
    if _MAY_BE_PERIOD.search(whole):
        found.append(_BY_PERIOD)
    return [_list_currency(line, found) for line in lines] if found else [None] * len(lines)


def _list_currency(
    text: str, patterns: Sequence[re.Pattern[str]]
) -> tuple[str | None, bool] | None:
    """The currency that the first match in a line names."""
    said = [m for pattern in patterns if (m := pattern.search(text))]
    if not said:
        return None
    m = min(said, key=lambda m: m.start())
    return currency_of(m["currency"])[0], m.re is not _BY_PERIOD

"""What each amount is per: its own words first, then its neighbours, column, heading, title."""

import re

from nlp.folded import folded
from nlp.numbers import count_of
from nlp.price_context import Line
from nlp.price_headings import heading_unit, thing_in
from nlp.price_lots import is_whole, lot, lot_after, lot_before
from nlp.price_places import Place, first_sentence, last_sentence
from nlp.price_tables import column_at
from nlp.price_units import RENTED, Unit, period_in, periods_in, unit_after

_PRICED_PERIOD = folded(
    r"^(?:[\s\W]|(?:ال)?واحدة?|كاملة?|trial|test|тест|price|pass|access|plan|rent|lease|payment"
    r"|license|key"
    r"|subscription|подписка"
    r"|аренда|тариф|цена|оплата|плата|абонплата"
    r"|slot|место|доступ|for|за|только|only|abo|miete|preis|precio|plano|套餐|价格|1G|10G)*$",
)
_NOT_PERIOD = folded(
    r"(?:warranty|guarantee\w*|гаранти\w*|uptime|replacement|replace|замен\w*|older"
    r"|age|возраст|старше|since|last|within"
    r"|in|через|\d\S{0,6}\s?(?:/|a|per|в)|free|garant[ií]a|garantie|质保|الضمان|hold|держ\w*"
    r"|of the|past|each|online|valid)[\s:=—–-]{0,3}$",
)
_NOT_PERIOD_AFTER = folded(
    r"\W{0,3}(?:warranty|guarantee|гарант|garant|replacement|замен|support|test|тест|uptime|old"
    r"|trial(?!\W{0,5}[$€£\d])|refund|money)",
)
_PER_LINE = folded(
    r"[(\[]?(?:/|(?:per|a|an|each|every|в|за|pro|im|al|por)\s|monthly|yearly|weekly|daily|ежемес"
    r"|mensual|mensal|monatl|每)",
)
_MESSAGES = folded(
    r"\d\s?[kк]?\s?(?:sms|смс|messages?|сообщ|e?mails?|писем|installs?|инсталл|загруз|leads"
    r"|minutes|минут"
    r"|uniq|уник|requests|calls|звонк|activations|активаци)",
)
"""Goods that nobody has in stock by the piece."""
_SAME = re.compile(r"[\s~≈(=/]{1,6}(?:(?:or|или|oder|ou|o)\s)?")
_FEE = folded(r"\s(?:fee|rate|line fee)[\s:=—–-]*$")
_ALL = folded(
    r"[\s,;–—()-]*(?:(?:all|все|всё|prices?|цены|are|per|for|за|на|в|por|pro|each|every)\s){0,3}",
)
_JOINED = folded(r"[\s,;(~≈=]*(?:and|or|и|или|y|e|und|oder)?[\s,;(~≈=]*")
_TITLE_PACK = folded(
    r"(?<![^\W_])(?:pack|bundle|пак|пачка|набор|lote|paquete|pacote) (?:of |из |de "
    r"|von )?(?P<n>\d[\d.,]{0,6}[kк]?)(?!\w)"
    r"|(?<!\w)(?P<m>\d[\d.,]{0,6}[kк]?) ?(?:pcs?|pieces|шт\w*|x)?\.? ?(?:\w{1,10} )?(?:pack"
    r"|bundle|пак|пачк\w+|набор)(?!\w)|(?<!\w)x(?P<x>\d{2,5})(?!\w)",
)
_TIER_AFTER = folded(
    r"\s?(?:from|от|ab|desde|a partir de|при)\s\d[\d.,]{0,6}\s?(?!\s?[$€£])",
)
_TIER = folded(
    r"(?:(?<![^\W_])(?:from|от|від|ab|desde|a partir de|over|min\.?|acima de|满|买满"
    r"|из)\s?\d[\d.,]{0,6}\s?[kк]?\s?\w{0,8}\.?|(?:from|от|ab|desde|over) (?:тыщ\w|тысяч\w"
    r"|сотн\w|сотк\w|десятк\w)(?: \w{1,6})?|\d\s?\+\s?\w{0,6}|\d[个台条张只号](?:起|以上))"
    r"[\s:=—–-]{0,4}(?:(?:по|for|at|за|a|je|por|отдам|отдаю|только|just|only)\s){0,2}$",
)


def units_of(found: list[Place]) -> list[Unit | None]:
    """Each amount's unit; a tier (`от 100 шт`) goes on with the unit of the amount before it."""
    units: list[Unit | None] = []
    for i, item in enumerate(found):
        unit = _unit(item)
        before = units[-1] if units and found[i - 1].line is item.line else None
        tier = unit is None or unit.per in ("lot", "thousand")
        tier = tier or (unit is not None and unit.per == "unit" and unit_after(item.tail) is None)
        stated = unit is not None and unit.per == "thousand" and unit_after(item.tail) is not None
        if before is not None and tier and not stated and _goes_on(item, unit, before):
            unit = before
        units.append(unit)
        units[i] = _neighbour(found, units, i)
    for i in range(len(found) - 2, -1, -1):
        if units[i] is None and _is_listed(found[i].line, found[i], found[i + 1]):
            units[i] = units[i + 1]
    return units


def _neighbour(found: list[Place], units: list[Unit | None], i: int) -> Unit | None:
    """What the amount before says it is per, where only the line's last words explain this one."""
    item, unit = found[i], units[i]
    if i == 0 or unit is None or found[i - 1].line is not item.line:
        return unit
    last = item.money is item.line.money[-1]
    if last or unit.per not in ("thousand", "gb", "minute") or unit_after(item.tail):
        return unit
    before = unit_after(found[i - 1].tail)
    return before or unit


def _is_listed(line: Line, item: Place, following: Place) -> bool:
    """Whether the next amount only lists on: `3$, 5$ and 8$ monthly`."""
    return (
        following.line is line
        and _JOINED.fullmatch(item.tail) is not None
        and _JOINED.fullmatch(following.label) is not None
    )


def _goes_on(item: Place, unit: Unit | None, before: Unit) -> bool:
    """Whether an amount repeats the unit of the one before it in its line."""
    if unit is None and (before.per in ("thousand", "gb", "minute") or not item.money.explicit):
        return True
    if unit is None and _SAME.fullmatch(item.label):
        return True
    return bool(_TIER.search(item.label) or _TIER_AFTER.match(item.tail))


def _unit(item: Place) -> Unit | None:
    """What the amount is per: by the words behind, before, its column, its line, its heading."""
    behind = unit_after(item.tail) or _unit_below(item)
    pack = lot_before(item.label, with_period=behind is not None)
    period = behind or item.line.unit
    if pack is not None and pack.per == "unit" and period and period.per in RENTED:
        return period
    if pack is not None and (behind is None or behind.per not in ("unit", "gb")):
        return _stock_or_pack(pack, item)
    if behind is None and (after := lot_after(item.tail)) is not None:
        return after
    if behind is not None:
        return (_label_unit(item) if item.shared else None) or behind
    if is_whole(item.label):
        return Unit("lot")
    return _label_unit(item) or _line_unit(item)


def _unit_below(item: Place) -> Unit | None:
    """The unit in the next line of a plan card: `$10` above `per month`."""
    below = item.line.following.strip()
    if item.ending.strip() or item.money is not item.line.money[-1] or len(below) > 24:
        return None
    unit = unit_after(below) if _PER_LINE.match(below) else None
    return unit if unit is not None and unit.end >= len(below) - 1 else None


def _stock_or_pack(pack: Unit, item: Place) -> Unit:
    """A count with a tiny price beside a name is what is in stock: `вп 900 шт — 0,7$`."""
    amount = item.money.high or item.money.low or 0
    if _MESSAGES.search(item.label):
        return pack
    named = re.search(r"[^\W\d_]{2}", item.label[: pack.start]) is not None
    worth = item.money.currency in ("USD", "EUR", "GBP", "USDT")
    if pack.quantity and named and worth and amount <= 15 and amount < 0.35 * pack.quantity:
        return Unit("unit")
    return pack


def _label_unit(item: Place) -> Unit | None:
    """The period named right before the amount, or what its label says it is per."""
    period = period_in(item.label)
    if period is not None:
        between, lead = item.label[period.end :], item.label[: period.start]
        fee = _FEE.match(between) and item.label[: period.end].lower().endswith("ly")
        if (fee or _PRICED_PERIOD.match(between)) and not _NOT_PERIOD.search(lead):
            return period
    if ":" in item.label or "千" in item.label:
        return heading_unit(item.label)
    thing = thing_in(item.label[-50:])
    after = item.label[-50:][thing.end :] if thing else ""
    return thing if not re.search(r"[,;.]", after.strip(" ,:;-—")) else None


def _line_unit(item: Place) -> Unit | None:
    """What the amount's column, the first or last words of its line, or a heading say."""
    column = column_at(item.line.text, item.line.columns, item.money.start - item.line.start)
    if column is not None and column.per is not None:
        return column.per
    series = item.line.series
    if len(series) == len(item.line.money):
        return series[item.line.money.index(item.money)]
    opening = last_sentence(item.opening)
    headed = ":" in opening or opening.rstrip(" ")[-1:] == "|" or opening.endswith(("  ", "\t"))
    first = heading_unit(opening) if headed and len(opening) <= 90 else None
    return first or _ending_unit(first_sentence(item.ending)[:60]) or item.line.unit


def title_pack(title: str) -> Unit | None:
    """The pack of counted pieces that a title offers, or None."""
    m = _TITLE_PACK.search(title)
    count = count_of(m["n"] or m["m"] or m["x"]) if m else None
    return lot(int(count)) if count else None


def _ending_unit(ending: str) -> Unit | None:
    """What the words behind the last amount say of all in the line: `— all 1 year`."""
    unit = heading_unit(ending)
    return unit if unit is not None and _ALL.fullmatch(ending[: unit.start]) else None


def may_take_title(item: Place) -> bool:
    """Whether a lonely amount may take its title's period: not when its label names one."""
    return not periods_in(item.lead)


def title_unit(title: str) -> Unit | None:
    """The pack or counted rental period that a title states, minutes and hours excluded."""
    if (pack := title_pack(title)) is not None:
        return pack
    period = period_in(title)
    if period is None or period.per in ("minute", "hour"):
        return None
    before, said, after = (
        title[: period.start],
        title[period.start : period.end],
        title[period.end :],
    )
    if _NOT_PERIOD.search(before) or _NOT_PERIOD_AFTER.match(after):
        return None
    counted = len(said.split()) > 1 or said[:1].isdecimal() or said.lower().endswith("ly")
    return period if counted else None

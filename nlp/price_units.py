"""What a price is per, in the words right beside it: periods, pieces, gigabytes, thousands."""

import re
from functools import lru_cache
from typing import NamedTuple

from nlp.folded import folded
from nlp.numbers import count_of
from nlp.sought import Sought


class Unit(NamedTuple):
    """What one price buys."""

    per: str | None
    """unit, month, week, day, hour, year, quarter, half-year, gb, minute, thousand, lot; None for a
    period without a name (5 days, lifetime)."""
    quantity: int | None = None
    """Pieces in a lot."""
    start: int = 0
    """Where its words begin, in the string that was searched."""
    end: int = 0
    """Where they end."""


_PERIODS: dict[str, str] = {
    "minute": r"minutes?|mins?|минут[аыу]?|мин\.?|minutos?|minuten?|分钟|دقيقة|دقائق",
    "hour": r"hours?|hrs?|час(?:а|ов)?|годин[ауи]?|ч\.?|horas?|stunden?|std\.?|小时|ساعة|ساعات|h",
    "day": (
        r"days?|сут(?:ки|ок|\.)?|доб[ауи]|діб|днів|д(?:ень|ня|ней|н\.?)|d[ií]as?|dias?|tage?s?|日"
        r"|天|يوم(?:ياً|يا)?"
        r"|أيام|ايام|diarios?|24 ?h(?:ours?|rs?)?|24ч|d"
    ),
    "week": (
        r"weeks?|wks?|недел[яюьие]|недель|нед\.?|тиж(?:д(?:ень|ні|нів)|\.)?|semanas?|wochen?|周"
        r"|星期|أسبوع(?:ياً)?|اسبوع|أسابيع|w"
    ),
    "month": (
        r"months?|mon|mos?|mth|месяц(?:а|ев|у)?|мес\.?|міс(?:яц[ьіяв]\w{0,2}|\.)?|m[eê]s(?:es)?"
        r"|monate?s?|mtl\.?|mtl|月|个月"
        r"|شهر(?:ياً|يا)?(?:\sواحد|\sكامل)?|أشهر|اشهر|شهور|م|м|m"
    ),
    "quarter": r"quarters?|квартал|trimestres?|quartale?|季度?",
    "half-year": r"half(?: a)?[- ]?years?|полгода|пол года|полугоди[ея]|semestres?|halbjahr|半年",
    "year": (
        r"years?|yrs?|annum|год(?:а|у)?|лет|г\.?|рік|рок[иу]|років|a[nñ]os?|anos?|jahre?s?|年|سنة"
        r"(?:\sكاملة)?|سنوات|سنوي(?:اً"
        r"|ا)?|y"
    ),
}
_ADVERBS: dict[str, str] = {
    "day": r"daily|ежедневно|посуточно|di[aá]ri[oa]s?|täglich|يومي(?:اً|ا|ة)?|日付|日租",
    "week": r"weekly|еженедельно|понедельно|semanal(?:es)?|semanais|wöchentlich|щотижня"
    r"|[أا]سبوعي(?:اً|ا|ة)?|周付|周租",
    "month": (
        r"monthly|p\.m\.|ежемесячн\w{1,3}|помесячно|mensual(?:es)?|mensal|mensais|monatlich"
        r"|щомісяця"
        r"|شهرياً|شهري[اة]?"
        r"|月付|包月|月费|月租"
    ),
    "quarter": r"quarterly|ежеквартально|trimestral(?:es)?|vierteljährlich|季付|包季",
    "half-year": r"semi-?annual(?:ly)?|semestral|halbjährlich|半年付|half-yearly",
    "year": (
        r"yearly|annually|annual|per annum|p\.a\.|ежегодно|anual(?:es|mente)?|anuais|jährlich"
        r"|سنوياً|سنوي[اة]?|年付|包年|年费"
    ),
    "hour": r"hourly|почасово",
}
_NAMES = [(name, folded(words)) for table in (_PERIODS, _ADVERBS) for name, words in table.items()]
_COUNTED = {
    ("day", 1): "day", ("day", 7): "week", ("day", 30): "month", ("day", 31): "month",
    ("day", 28): "month", ("day", 90): "quarter", ("day", 180): "half-year", ("day", 365): "year",
    ("day", 360): "year",
    ("week", 1): "week", ("week", 4): "month", ("month", 1): "month", ("month", 3): "quarter",
    ("month", 6): "half-year", ("month", 12): "year", ("year", 1): "year",
    ("year", 0.5): "half-year",
    ("hour", 1): "hour", ("hour", 24): "day", ("minute", 1): "minute", ("minute", 60): "hour",
    ("quarter", 1): "quarter", ("half-year", 1): "half-year", ("month", 0.5): None,
}  # fmt: skip
_COUNT = (
    r"(?:one|two|three|six|twelve|один|одну|два|две|три|шесть|двенадцать|un|una|uno|dos"
    r"|ثلاثة|ثلاث|ستة|ست|واحد"
    r"|tres|três|seis|ein|eine|einen|einem|drei|sechs|两|三|六|一|半|half an?|half)"
)
_PERIOD = (
    rf"(?:(?P<count>\d{{1,4}}(?=[\s-]{{0,2}}\S)|{_COUNT}(?=[\s-]))[\s-]{{0,2}}(?:(?:х|x|full"
    rf"|полных)\s?)?)?(?P<word>{'|'.join(_PERIODS.values())})(?![^\W\d_])"
)
_PERIOD_CJK = r"(?P<count>\d{1,3}|[一两三六半])?个?(?P<word>天|日|周|星期|月|季|年|分钟|小时)"
_ADVERB = f"(?P<word>{'|'.join(_ADVERBS.values())})"
_SHORT = folded(r"(?:\d{0,4}[\s-]{0,2})[a-zа-я]\.?")
_COUNTED_SHORT = folded(r"(?:\d{1,3} ?[hdwyчд]|(?:1|3|6|12) ?[mм])\.?")
_GB = r"(?:1 ?)?(?:gb|гб|gigs?|gigabytes?|гиг\w{0,4}|giga|جيجا|للجيجا|g)(?![^\W_])"
_THOUSAND = (
    r"(?:1[.,\s]?000|1 ?[kк]|thousand|тысяч[уаи]?|тыс\.?|tausend|mil|千条?|cpm|mille)(?![^\W_])"
)
_PIECE = (
    r"(?:(?:1|one)\s?)?(?:pcs?|pieces?|units?|items?|each|ea|шт(?:ук[уаи]?|учк[аиу]|\.)?"
    r"|штук[уаи]|piezas?"
    r"|unidade?s?|unidad|unid?\.?|un\.?"
    r"|stück|stk\.?|个|条|张|台|只|号|套|قطعة|للقطعة|للرقم|للواحدة?|الواحدة?|cada uno|cada una|uno"
    r"|head|one(?![- ]?time)"
    r"|acc(?:ount|s)?|акк(?:аунт)?"
    r"|domain(?! (?:admin|user))|домен|site|сайт"
    r"|log|лог|row|line|строк[уа]|number|номер|sms|смс|proxy|ips?|айпи|ип|box|server|сервер|shell"
    r"|шелл|rdp|дед(?:ик)?|host|хост|socks"
    r"|install|bot|бот|card|sim|сим(?:ку|ка)?|user|юзера?|access|доступ|mail|call|звонок"
    r"|activation|активаци[юя]|code|код"
    r"|key|router|роутер|lead|pair|cuenta|conta|n[uú]mero|konto|nummer|port|порт|license|session"
    r"|сессию|тунн?ель|tunnel"
    r"|root|рут|smtp|panel|запис[ьи]|message|сообщение|device|request|запрос|slot|слот|seat"
    r"|место|person|camera|камеру|camera)"
    r"(?![^\W_])"
)
_LINK = (
    r"(?:per|for an?|for each|for every|for one|for|an?|each|every|x|х|in the|in|im|pro|por cada"
    r"|por"
    r"|cada|al|à la|el|la|за кажд\w{2,3}|за одн[уо]\w?"
    r"|за один|за|в|на|في ال|بال|في|لل|je|das|der|die|für|par|ao|o|um|uma|لكل|كل|по|[/\\]|p/)"
)
_TAIL_PERIOD = folded(
    rf"[\s*)]{{0,3}}[(\[]?\s?(?:(?P<link>{_LINK}\s?|=\s?|[-–—]\s(?=\d))(?:{_PIECE}\s?[/\\]\s?"
    rf"|[/\\]\s?)?)?(?P<period>{_PERIOD})"
    r"(?!\s?(?:warranty|guarantee|гарант|garant|replacement|замен|refund|возврат|trial|support"
    r"|uptime))",
)
_TAIL_ADVERB = folded(rf"[\s*(/,]{{0,3}}{_ADVERB}(?![^\W\d_])")
_TAIL_CJK = folded(
    rf"\s?(?:(?:/|每)\s?(?:个|IP|台|条|号)?\s?/?\s?|(?=[一两三六半]个?[天周月年季])){_PERIOD_CJK}",
)
_TAIL_GB = folded(rf"[\s(]{{0,2}}(?:{_LINK}\s?{_GB}|للجيجا|لكل جيجا)")
_TAIL_THOUSAND = folded(
    rf"[\s(]{{0,2}}(?:{_LINK}\s?{_THOUSAND}|一千[条个]?|(?:cpm|per mille|за 1\s?[kк])(?![^\W_]))"
)
_TAIL_PIECE = folded(
    rf"[\s(*]{{0,2}}(?:(?:{_LINK}\s?)?{_PIECE}|(?:per|за(?: кажд\w{{2,3}})?"
    rf"|pro)\s[^\W\d]\w{{1,11}}\s{_PIECE}"
    rf"|per\s(?!gbps|gbit|mbps|mbit|node\b)[^\W\d_]{{2,14}}(?=\W{{0,3}}(?:$|[\n,.;)|]|monthly"
    rf"|weekly|a\s|in\s|/))"
    rf"|c/u|apiece|a pop(?![^\W_])|la unidad|a unidade|em cada(?: um\w?)?|кажд(?:ый|ая|ую|ое"
    rf"|ого)|за кажд\w{{2}}"
    rf"|per(?=\W*(?:$|\n|[.,;]))"
    r"|[一每][条个台张只号套]|люб(?:ые|ой|ая)|p/u|unit|cada|каждого)",
)
_ONCE = folded(
    r"[\s(,*-]{0,3}(?:(?:por|for|als|за)\s)?(?:(?:una|uma)\s)?(?:one[- ]?time|once|one[- ]?off"
    r"|разово|единоразово|единовременно|одноразово"
    r"|einmalig"
    r"|única vez|pago único|taxa única|una vez|一次性|مرة واحدة|lifetime|навсегда|forever"
    r"|для всегда|永久)(?![^\W_])",
)
_LABEL_PERIOD = folded(rf"(?<![^\W_])(?<![\d.])(?:ال|بال|لل)?{_PERIOD}(?![-–]\d)")
_LABEL_ADVERB = Sought(rf"(?<![^\W\d_]){_ADVERB}(?![^\W\d_])")
_CJK_PERIOD = Sought(_PERIOD_CJK)
_LIFETIME = Sought(
    r"(?:lifetime|навсегда|forever|永久|de por vida|vitalício|مدى الحياة)",
)
RENTED = frozenset({"day", "week", "month", "quarter", "half-year", "year"})
"""Periods for which goods are rented."""
_MAX_DAYS = 4000


def _unit(m: re.Match[str]) -> Unit | None:
    """The unit of a match with a period's word and perhaps a count; None for impossible counts."""
    counted = m["count"] if "count" in m.re.groupindex else None
    count = 1.0 if counted is None else count_of(re.sub(r"half an?", "half", counted.lower()))
    if count is None or count > _MAX_DAYS:
        return None
    return Unit(_COUNTED.get((_period_of(m["word"]), count)), None, m.start(), m.end())


@lru_cache(maxsize=1_000)
def _period_of(word: str) -> str:
    """The period that a word names."""
    return next(name for name, words in _NAMES if words.fullmatch(word))


@lru_cache(maxsize=10_000)
def unit_after(tail: str) -> Unit | None:
    """The unit said right behind an amount (`/мес`, `per GB`, `a piece`), or None."""
    for pattern, per in ((_TAIL_GB, "gb"), (_TAIL_THOUSAND, "thousand")):
        if m := pattern.match(tail):
            return Unit(per, None, 0, m.end())
    for pattern in (_TAIL_ADVERB, _TAIL_CJK):
        if (m := pattern.match(tail)) and (unit := _unit(m)):
            return Unit(unit.per, None, 0, m.end())
    m = _TAIL_PERIOD.match(tail)
    if m and (unit := _unit(m)):
        slashed = m["link"] and ("/" in m["link"] or "\\" in m["link"])
        if slashed or not _SHORT.fullmatch(m["period"]):
            return Unit(unit.per, None, 0, m.end())
    if m := _TAIL_PIECE.match(tail):
        return _period_of_piece(tail, m.end()) or Unit("unit", None, 0, m.end())
    return None


def _period_of_piece(tail: str, at: int) -> Unit | None:
    """The period that follows a piece: `per port weekly`, `за шт в месяц`."""
    if (m := _TAIL_ADVERB.match(tail, at)) and (unit := _unit(m)):
        return Unit(unit.per, None, 0, m.end())
    m = _TAIL_PERIOD.match(tail, at)
    if m and (m["link"] or "(" in tail[at : m.start("period")]) and (unit := _unit(m)):
        return Unit(unit.per, None, 0, m.end())
    return None


@lru_cache(maxsize=10_000)
def is_once(tail: str) -> bool:
    """Whether the words behind an amount say that it is paid once or for ever."""
    return _ONCE.match(tail) is not None


@lru_cache(maxsize=10_000)
def periods_in(words: str) -> tuple[Unit, ...]:
    """The periods named in a label, heading or table cell, in order; single letters excluded."""
    found: list[Unit] = []
    for m in _LABEL_PERIOD.finditer(words):
        short = _SHORT.fullmatch(m[0]) and not _COUNTED_SHORT.fullmatch(m[0])
        if not short and (unit := _unit(m)):
            found.append(unit)
    for pattern in (_LABEL_ADVERB, _CJK_PERIOD):
        found += [unit for m in pattern.finditer(words) if (unit := _unit(m))]
    found += [Unit(None, None, m.start(), m.end()) for m in _LIFETIME.finditer(words)]
    return tuple(sorted(found, key=lambda unit: (unit.end, unit.start)))


def period_in(words: str) -> Unit | None:
    """The last period named in a label, heading or table cell, or None."""
    found = periods_in(words)
    return found[-1] if found else None

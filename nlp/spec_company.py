"""Size of an organisation: its revenue and its hosts."""

import re
from collections.abc import Iterator

from nlp.folded import folded
from nlp.numbered import Numbered
from nlp.post import Page
from nlp.sought import Sought
from nlp.spec_numbers import Place, plain, whole
from nlp.taken import Taken

_UNIT = (
    r"(?P<{0}>kkk|ккк|kk|кк|mln|mio|млн|лям\w*|million\w*|millones|milhões|m|м|b|bn|billion|млрд"
    r"|亿|万|مليون|ملايين|مليار"
    r"|mi|mm)"
)
_DOLLAR = r"(?:usd|us\$|u\$s|\$|долл\w*|бакс\w*|дол|dollars?|d[oó]lar\w*|美元|美金|刀|دولار\w*)"
_REVENUE = Sought(
    r"(?:revenue|\brev\b|ревенью|\bрев\w{0,2}\b|оборот|доход|выручк\w|zoominfo|зум\w{0,4}|umsatz"
    r"|facturaci[óo]n|factura|ingresos"
    r"|faturamento|receita|营收|年收入|[إا]يرادات)[^\d\n$]{0,24}?(?:"
    + _DOLLAR
    + r"|~|>|<|us)*\s?(?P<n>\d{1,4}(?:[.,]\d{1,3})*)\s?"
    + _UNIT.format("u")
    + r"?(?:(?<=[亿万])|(?!\w))\s?(?P<cur>€|eur|евро|£|gbp|₽|руб\w*|rub|r\$|brl|aud|a\$)?",
)
_BEFORE_REVENUE = Sought(
    r"(?<![\w.,€£])\$?(?P<n>\d{1,4}(?:[.,]\d{1,2})?)\s?(?P<u>kk|кк|mln|млн|million|m|м|bn|b"
    r"|billion)\s?\+?\s?"
    r"(?:\$|usd)?\s?(?:(?:in|of|annual|yearly|a year)\s){0,2}(?:revenue|\brev\b|ревеню|выручки"
    r"|оборота|umsatz|turnover)",
)
_BARE_REVENUE = Numbered(
    r"(?<![\d.,])(?P<n>\d{1,4}(?:[.,]\d{1,2})?)\s?(?P<u>kkk|ккк|kk|кк|mln|млн"
    r"|million|m|bn|b)\s?(?P<d2>\$|usd|долл)?(?![\w€£])",
)
_IN_DOLLARS = Sought(_DOLLAR)
_SCALE = {
    "مليار": 1e9, "kkk": 1e9, "ккк": 1e9, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "млрд": 1e9, "亿": 1e8, "万": 1e4,
}  # fmt: skip
_HOSTS = Numbered(
    r"(?<![\w.,$€])(\d{1,3}(?:[,. ]\d{3})+|\d{1,6})\s?\+?\s?(?:hosts?|pcs?(?= (?:in|each|on))"
    r"|pc\b|machines?|computers?|endpoints|workstations"
    r"|хост\w{0,2}|машин\w?|тачек|тачк\w|пк\b|компов|компьютер\w{0,2}|rechner|clients?(?= in)"
    r"|equipos|máquinas"
    r"|computadores|estaciones|estações|台|主机|جهاز|أجهزة)",
    also=r"(?:hosts?|хост\w{0,2}(?: в домене)?|machines?|computers|workstations|pcs?|endpoints"
    r"|devices"
    r"|машин\w?|тачек|компов|компьютер\w{0,2}|пк|rechner|endgeräte|equipos|máquinas|computadores"
    r"|estaciones|estações|主机|终端|电脑|[أا]جهزة\w?)"
    r"(?:[^\S\n][^\W\d_]{1,8}){0,3}[^\S\n]?(?:[:=：]|about|around|approx\.?|~|около|примерно|unos"
    r"|cerca de|etwa|rund|حوالي)"
    r"[^\S\n]?(?:about|around|ca\.?|circa|approx\.?|около|примерно|где-то|unos|unas|cerca de"
    r"|aprox\.?|etwa|rund|约|حوالي|تقريبا)?"
    r"[^\S\n]?[~≈><]?[^\S\n]?(\d{1,3}(?:[,. ]\d{3})+"
    r"|\d{1,6})",
)


_FOREIGN = re.compile(r"[€£]\s?$")
_OTHER_HOSTS = folded(r"esxi|(?:test|trial|free|тест|пробн\w*|تجربة)\W{0,3}$")
"""Before hosts that are no part of a network, or that are given away to try."""


def hosts_in(page: Page) -> Iterator[Place]:
    """Hosts of a network, ten and more, in text order."""
    for m in _HOSTS.finditer(page.low, page.numbers) if page.numbered else ():
        before = page.low[max(m.start() - 12, 0) : m.start()]
        if whole(m[1]) >= 10 and not _OTHER_HOSTS.search(before):
            yield Place("hosts", whole(m[1]), *m.span())


def revenue_in(page: Page) -> Iterator[Place]:
    """Revenue in dollars or in no stated currency; below 100,000 it is something else."""
    text = page.low
    taken = Taken()
    in_dollars = "in usd" in text
    for m in _BEFORE_REVENUE.finditer(text):
        value = _amount(m["n"], m["u"])
        if value >= 1e5:
            taken.take(*m.span())
            yield Place("revenue_usd", plain(value), *m.span("n"))
    for m in _REVENUE.finditer(text):
        before = text[max(m.start("n") - 3, 0) : m.start("n")]
        if _FOREIGN.search(before) or not taken.take(*m.span()):
            continue
        value = _amount(m["n"], m["u"])
        dollars = _IN_DOLLARS.search(m[0] + text[m.end() : m.end() + 8]) or in_dollars
        if value >= 1e5 and not m["cur"] and (dollars or m["u"] is None):
            yield Place("revenue_usd", plain(value), *m.span("n"))
    for m in _BARE_REVENUE.finditer(text, page.numbers) if _IN_DOLLARS.search(text) else ():
        small = (m["u"] or "").lower() in ("m", "b", "bn")
        if not (m["d2"] or text[max(m.start() - 2, 0) : m.start()].rstrip()[-1:] == "$") or (
            small and _amount(m["n"], m["u"]) < 1e6
        ):
            continue
        if taken.overlaps(*m.span()):
            continue
        if not re.match(
            r"\s?(?:€|eur|евро|£|руб|₽|строк|lines|records|users|польз)",
            text[m.end() : m.end() + 8],
            re.IGNORECASE,
        ):
            yield Place("revenue_usd", plain(_amount(m["n"], m["u"])), *m.span("n"))


def _amount(number: str, unit: str | None) -> float:
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number)
    value = float(re.sub(r"[.,]", "", number) if grouped else number.replace(",", "."))
    return value * (_SCALE.get(unit.lower(), 1e6) if unit else 1.0)

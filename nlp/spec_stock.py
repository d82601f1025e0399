"""How many pieces a seller has."""

import re
from collections.abc import Iterator

from nlp.folded import folded
from nlp.post import Page
from nlp.sought import Sought
from nlp.spec_numbers import Place, whole

_STOCK = Sought(
    r"(?:in stock|stock|available|в наличии|наличие|остаток|осталось|库存|现货|en stock|em estoque"
    r"|auf lager|lagernd|verfügbar|disponibles?|disponíveis|estoque|existencias|quantity|qty"
    r"|qty left|free now|free|seats left|المتوفر|متوفر|الكمية)"
    r"(?P<gap>\s?[:=(]?\s?(?:about |~|over |more than )?)(?P<a>\d[\d,]{0,6})(?P<k>k"
    r"|к)?(?![^\W\u4e00-\u9fff])(?!\s?[.:]?\d*\s?(?:\$|€|usd|rub|руб|£|hours|h\b))"
    r"|(?<![^\W\u4e00-\u9fff])(?<![.,$€])(?P<b>\d{1,3}(?:[, ]\d{3})+|\d{1,6})(?P<k2>k"
    r"|к)?\s?\+?\s?(?:pcs|pieces"
    r"|шт\w{0,3}\b\.?|stück|stk|unidades|unid|个|台|قطعة"
    r"|in stock|on stock|available|(?:\w{3,10}\s)?left|seats? (?:is |are )?free"
    r"|слот\w? свобод\w+|в наличии"
    r"|free seats|units|available now|em estoque|en stock|disponibles|disponíveis|auf lager"
    r"|lagernd|verfügbar"
    r"|осталось|свободно|в стоке|متوفر)",
)
_NO_STOCK = folded(
    r"\b(?:min|minimum|from|от|від|до|up to|over|bulk|packs?|order|мин\w*|replace|за|at least|for"
    r"|por|per|каждые|ab|desde|a partir de|купил|взял)\b[^\w.]{0,4}\w{0,8}[^\w.]{0,2}$",
)


def stock_in(page: Page) -> Iterator[Place]:
    """Pieces in stock, and numbers right before goods."""
    if page.numbered:
        yield from _stock(page)
        yield from _counted_goods(page)


def _stock(page: Page) -> Iterator[Place]:
    lots = {p.quantity for p in page.prices if p.per == "lot" and p.quantity}
    for m in _STOCK.finditer(page.low):
        number = m["a"] or m["b"]
        value = whole(number) * (1000 if m["k"] or m["k2"] else 1)
        line = page.low[page.line_bounds(page.line_of(m.start()))[0] : m.start()]
        if value == 0 or (m["b"] and (value in lots or value == 1 or _NO_STOCK.search(line[-24:]))):
            continue
        after = page.low[m.end() : m.end() + 6]
        if (
            m["b"]
            and re.match(r"\s?(?:=|[-—–]\s?\$?\d)", after)
            and "." not in number
            and value >= 5
            and value in (5, 10, 20, 25, 50, 100, 500, 1000)
            and m["k"] is None
        ):
            continue
        yield Place("quantity", value, *m.span())


_COUNT = re.compile(
    r"(?<![\w.,$€#])(\d{1,3}(?:[, ]\d{3})+|\d{1,6})(k|к)?\+?[^\S\n](?:\w{4,12}[^\S\n])?$"
)
_UNCOUNTED = ("access.cloud_account", "access.bot_rental", "access.corporate")
_DAILY = Sought(r"/ ?day|\b(?:a day|per day|daily|every day|в день|ежедневно|в сутки|online)\b")
_BOUGHT = folded(
    r"\b(?:min|from|от|up to|до|по|to|за|for|bulk|over|купил\w?|взял\w?|брал\w?|took|bought|win"
    r"|windows|any|"
    r"pack of|pack|bundle|пакет|пачка|набор|оптом|paquete(?: de)?|pacote(?: de| com)?|lote"
    r"(?: de)?|paket|taking|беру"
    r"|inside|socks|server|top|per|limit|лимит)\W{0,3}(?:\w{1,6}\W)?$",
)


def _counted_goods(page: Page) -> Iterator[Place]:
    """A number right before goods: `12 roots`; not a pack with its price (`50 socks - 400`)."""
    text = page.low
    lots = {p.quantity for p in page.prices if p.per == "lot"}
    daily: dict[int, bool] = {}
    for hit in page.cues.get("asset", ()):
        if not text[hit.start - 1 : hit.start].isspace():
            continue
        if hit.name in _UNCOUNTED or not hit.name.startswith(("access.", "telephony.sim")):
            continue
        m = _COUNT.search(text[max(hit.start - 26, 0) : hit.start])
        if m is None:
            continue
        at = max(hit.start - 26, 0) + m.start(1)
        value = whole(m[1]) * (1000 if m[2] else 1)
        priced = re.match(r"\W{0,3}[-=—–:]\s?[$€]?\d", text[hit.end : hit.end + 10])
        if (line := page.line_of(at)) not in daily:
            daily[line] = _DAILY.search(page.line(line)) is not None
        if daily[line]:
            continue
        if (
            value >= 2
            and not priced
            and value not in lots
            and not _BOUGHT.search(text[max(at - 16, 0) : at])
        ):
            yield Place("quantity", value, at, hit.end)

"""Amounts without a currency of their own at the end of list rows and in table cells."""

import re
from collections.abc import Iterator

from nlp.folded import folded
from nlp.money import Bound, Money
from nlp.numbered import numbers_at
from nlp.numbers import MULTIPLE, NUMBER, factor, read_number
from nlp.price_context import Line
from nlp.price_tables import column_at

NUM = rf"(?P<n>{NUMBER})(?P<m>\s?{MULTIPLE})?"
LINK = (
    r"(?:/\s?[^\W\d]\w{0,8}|(?:per|for|за|в|на|por|pro|im|al|für)\s(?:\d{1,2}\s)?[^\W\d]\w{0,9}"
    r"|an?\s(?:day|week|month|year|piece|pop)"
    r"|each|monthly|weekly|yearly|шт\.?|мес\.?|/\s?\d{2}\s?(?:days|дн\w*)|\((?:1|3|6|12|30|7"
    r"|90) ?\w{1,7}\))"
)
_ROW = folded(
    rf"(?P<sep>\s[-–—]\s?|[=:]\s?|\s?\|\s*|\s?\.{{3,}}\s?|\s{{2,}}|\t|\s?[-=]?>\s?"
    rf"|\s)(?P<from>от |from |ab |desde )?(?<![\w.,/+-]){NUM}(?P<tail>\s?{LINK})?[\s.*)]*$",
)
_ROW_END = folded(rf"{NUM}(?:\s?{LINK})?[\s.*)]*$")
"""What a number begins that ends a row."""
_CHUNK = re.compile(r",(?!\d)|;|\s/\s|\||\s•\s|$", re.MULTILINE)
_ASIDE = re.compile(r"\([^()]*\)\s*$")
_LETTER = re.compile(r"[^\W\d_]")
COUNT_LABEL = folded(
    r"(?<![^\W_])(?:id|stock|sold|available|quantity|qty|left|slots?(?: free| left)?"
    r"|seats(?: free)?|free|hosts?|pcs?|machines|total|port|level|trust|score|rating"
    r"|reviews?|order|product|limit|views?|replies|likes|хостов|машин|осталось|наличии|наличие"
    r"|склад\w*|остаток|порт|возраст|age|since|uptime|size|count|cores?|ram|cpu|ядер"
    r"|озу|гб|gb|deals?|сделок|отзывов|days?|дн\w*|da|pa|dr|ttl|year|год|port|№|no\.?|version"
    r"|win(?:dows)?|server|srv|php|posts?|rep|online|онлайн|users|sellers|members"
    r"|revenue|rev|рев(?!ерс)\w*|employees|сотрудников|min|мин|минимум|m[ií]nim[oa]|mindestens"
    r"|max|up to|до|hasta|bis|até|from"
    r"|от|с|test|step|vouches|есть|сразу|возьму|беру|нужно|have|got|need|take|at once"
    r"|trades|pcs|шт|ping|timeout|threads|bit|ipv|tls|v|gen|note|order id|lot|лот|тел|phone"
    r"|库存|数量|المخزون|lager|bestand|estoque|existencias|disponibles?|disponíveis|verfügbar|lines"
    r"|строк|hits|checked|valid|percent|trial)[\s:=—–.#>-]*$",
)
_FROM: Bound = "from"
_CELL_NUMBER = folded(
    rf"(?:^|\||\t|\s{{2}})\s?(?<![\w.,]){NUM}(?=\s*(?:\||\t|$)|\s{{2}})",
)


def amount_of(
    line: Line, m: re.Match[str], currency: str | None, *, upto: bool = False
) -> Money | None:
    """The amount of a match; None for nothing, years and sizes that no price has."""
    value = read_number(m["n"])
    if value is None:
        return None
    amount = round(value * factor(m["m"]), 9)
    year = m["m"] is None and 1990 <= amount <= 2035 and line.currency is None
    if amount <= 0 or amount > 1e8 or year:
        return None
    start = line.start + m.start("n")
    end = line.start + (m.end("m") if m["m"] else m.end("n"))
    low = None if upto else amount
    bound: Bound = "upto" if upto else "fixed"
    return Money(low, amount, currency, bound, start, end, start, explicit=False)


def rows_in(line: Line, shape: tuple[str | None, str]) -> Iterator[Money]:
    """Numbers at the end of list items whose currency a heading, source or neighbour says."""
    if (line.currency or shape[0]) is None or line.heads or len(line.text) > 300:
        return
    start = 0
    for cut in _CHUNK.finditer(line.text):
        chunk = line.text[start : cut.start()]
        m = _row_in(chunk) or _row_in(_ASIDE.sub(lambda x: " " * len(x[0]), chunk))
        if m is not None and _is_row(line, chunk, m, shape):
            money = amount_of(line, m, line.currency or shape[0])
            if money is not None:
                yield _moved(money, start, open_end=bool(m["from"]))
        start = cut.end()


def _row_in(chunk: str) -> re.Match[str] | None:
    """The number that ends a chunk, with the sign before it."""
    ends = any(_ROW_END.match(chunk, at) for at in numbers_at(chunk))
    return _ROW.search(chunk) if ends else None


def _moved(money: Money, by: int, *, open_end: bool) -> Money:
    """The amount found in a chunk, in the text's coordinates; from that amount on when open."""
    start, end = money.start + by, money.end + by
    high, bound = (None, _FROM) if open_end else (money.high, money.bound)
    return money._replace(high=high, bound=bound, start=start, end=end, lead=money.lead + by)


def _is_row(line: Line, chunk: str, m: re.Match[str], shape: tuple[str | None, str]) -> bool:
    """Whether a chunk is a list item that ends in its price."""
    label, sep = chunk[: m.start()], m["sep"].strip()[:1]
    wide = (len(m["sep"]) >= 2 and not sep.strip("|.")) or sep in ("–", "—", "-")
    counted_label = (
        COUNT_LABEL.fullmatch(label.strip(" *•|-")) if wide else COUNT_LABEL.search(label)
    )
    if counted_label or len(label) > 120:
        return False
    weak = not sep and len(m["sep"]) < 2
    if line.currency is None and (sep or " ") != shape[1]:
        return False
    if weak and (
        len(label.rpartition(":")[2].split()) > 3 or (line.currency is None and "." not in m["n"])
    ):
        return False
    counted = re.fullmatch(r"[\W_]*\d[\d .,]*[kк]?\s*", label) is not None
    return _LETTER.search(label) is not None or (counted and not weak)


def cells_in(line: Line) -> Iterator[Money]:
    """Numbers alone in the price cells of a table row."""
    for m in _CELL_NUMBER.finditer(line.text):
        column = column_at(line.text, line.columns, m.start("n"))
        if column is not None and (currency := column.currency or line.currency):
            money = amount_of(line, m, currency)
            if money is not None:
                yield money

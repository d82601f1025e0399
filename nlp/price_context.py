"""The lines of a text with their amounts, and what headings and tables say about each line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nlp.currencies import AFTER_SIGN, currency_of
from nlp.folded import folded
from nlp.money import Money
from nlp.price_filters import is_auction
from nlp.price_headings import (
    Heading,
    card_unit,
    general_unit,
    heading_below,
    list_currencies,
    may_have_cards,
    series_in,
    trailing_unit,
)
from nlp.price_tables import RULER, Column, cells_of, columns_in
from nlp.price_units import Unit

_SIGN_ALONE = re.compile(rf"[(\[]?\s?(?:{AFTER_SIGN})\s?[)\]]?")
_HEADS = folded(
    r"(?<![^\W_])(?:prices?|pricing|price list|rates|цен[аы]|прайс|тариф\w*|preise|precios"
    r"|pre[cç]os|价格|报价|الأسعار)"
    r"(?![^\W_])[^\n]*[:)]\s*$",
)
_DIGIT = re.compile(r"\d")
_LINE_MAX = 800


@dataclass(slots=True)
class Line:
    """One line of a text with its amounts and what its surroundings say."""

    start: int
    """Where it begins in the text."""
    text: str
    """Its characters, masked."""
    numbered: bool
    """Whether any digit stands in it: a line without has no amount, only words for others'."""
    money: list[Money] = field(default_factory=list)
    """Its amounts, in order."""
    unit: Unit | None = None
    """What a heading above says that prices are per."""
    currency: str | None = None
    """What a heading or the whole text says that bare numbers are in."""
    following: str = ""
    """The next line, where the words for an amount at this line's end may stand."""
    by_source: bool = False
    """Whether that currency is the source's default."""
    heads: bool = False
    """Whether it only says in which currency the prices below it are."""
    auction: bool = False
    """Whether the text names at least two of start, step and blitz."""
    series: tuple[Unit, ...] = ()
    """Periods that a heading names for the amounts of each line, in order."""
    columns: tuple[Column, ...] = ()
    """Columns of the table the line is a row of."""


def lines_of(masked: str, money: Sequence[Money], default: str | None = None) -> list[Line]:
    """The lines of a text, each with its amounts and its headings' units and currencies."""
    lines = _split(masked, money)
    texts = [line.text for line in lines]
    said = list_currencies(texts, masked)
    _say_for_all(lines, said, is_auction(masked), general_unit(texts, masked))
    heading = Heading()
    series: tuple[Unit, ...] = ()
    currency: str | None = None
    columns: tuple[Column, ...] = ()
    last = max((i for i, line in enumerate(lines) if line.numbered), default=-1)
    for i, line in enumerate(lines):
        if i and not line.money and lines[i - 1].money:
            _look_back(lines, i, trailing_unit(line.text))
        if i > last:
            continue
        ruler = not line.text.strip(RULER)
        if not line.money:
            below = [row.text for row in lines[i + 1 : i + 4]]
            header = () if ruler else columns_in(line.text, below)
            columns = header or columns
            series = series_in(line.text) or (series if line.text.strip() else ())
            currency = (said[i] or (None,))[0] or currency
            line.heads = said[i] is not None and _HEADS.search(line.text) is not None
            heading = Heading() if header else heading_below(line.text, heading)
        else:
            heading.used = True
        if columns and not ruler and len(cells_of(line.text)) < 2:
            columns = ()
        line.series = series
        line.unit, line.columns = heading.unit or line.unit, columns
        line.currency = currency or line.currency or default
        line.by_source = line.by_source and currency is None
    if may_have_cards(masked):
        _say_cards(lines)
    return lines


def _say_cards(lines: Sequence[Line]) -> None:
    """Give the prices of each card, up to a blank line, the period that a line of it says."""
    card: list[Line] = []
    said: list[Unit] = []
    for line in [*lines, None]:
        if line is not None and line.text.strip():
            card.append(line)
            unit = None if line.money else card_unit(line.text)
            said += [unit] if unit else []
            continue
        priced = [each for each in card if each.money]
        if len(said) == 1:
            for each in priced:
                each.unit = each.unit or said[0]
        card, said = [], []


def _say_for_all(
    lines: list[Line],
    said: list[tuple[str | None, bool] | None],
    auction: bool,
    general: Unit | None,
) -> None:
    """Give every line what the text says once for all: auction, period, currency, next line."""
    whole = _text_currency(lines, said)
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        line.auction, line.unit, line.currency = auction, general, whole
        line.by_source = whole is None
        line.following = below.text if below is not None else ""


def _look_back(lines: Sequence[Line], at: int, unit: Unit | None) -> None:
    """Give the list right above a line its unit, where no heading gave one."""
    while unit is not None and at > 0 and lines[at - 1].money:
        at -= 1
        lines[at].unit = lines[at].unit or unit


def _split(masked: str, money: Sequence[Money]) -> list[Line]:
    lines: list[Line] = []
    at, i = 0, 0
    for text in _pieces(masked):
        end = at + len(text)
        line = Line(at, text, _DIGIT.search(text) is not None)
        while i < len(money) and money[i].start <= end:
            if money[i].start >= at:
                line.money.append(money[i])
            i += 1
        lines.append(line)
        at = end + 1
    return lines


def _pieces(masked: str) -> Iterator[str]:
    """The lines of a text; endless ones are cut at a sentence or blank, for speed."""
    for line in masked.split("\n"):
        while len(line) > _LINE_MAX:
            cut = max(line.rfind(". ", 200, _LINE_MAX) + 1, line.rfind("; ", 200, _LINE_MAX) + 1)
            cut = cut or line.rfind(" ", 200, _LINE_MAX)
            cut = cut if cut > 0 else _LINE_MAX
            yield line[:cut]
            line = line[cut + 1 :]
        yield line


def _text_currency(lines: list[Line], said: list[tuple[str | None, bool] | None]) -> str | None:
    """The currency that the text states once for all of it, wherever it stands."""
    for line, found in zip(lines, said, strict=True):
        if not line.money and found:
            return found[0]
        stripped = line.text.strip()
        if len(stripped) <= 6 and _SIGN_ALONE.fullmatch(stripped):
            return currency_of(stripped.strip("()[] "))[0]
    return next((found[0] for found in said if found and found[1]), None)

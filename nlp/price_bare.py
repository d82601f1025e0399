"""Amounts without a currency of their own: auction lines, continuations, budgets, rows."""

from collections.abc import Iterator

from nlp.folded import folded
from nlp.money import Money
from nlp.numbered import numbers_at
from nlp.numbers import NUMBER
from nlp.price_context import Line
from nlp.price_filters import AUCTION_LABEL
from nlp.price_rows import COUNT_LABEL, LINK, NUM, amount_of, cells_in, rows_in
from nlp.sought import Sought

_PRICED = folded(
    rf"(?<![^\W_])(?P<cue>price|цена|прайс|стоимость|precio|pre[cç]o|preis|价格|السعر|budget"
    rf"|бюджет|presupuesto|or[cç]amento|预算|الميزانية|pay(?:ing)?|плачу|платим"
    rf"|asking|looking for|хочу|прошу|отда[мю](?:\s?(?:за|по))?|по|за|дам по"
    rf"|sell(?:ing)? (?:it )?for"
    rf"|all for|just|only|за вс[её]|go (?:up )?to|is"
    rf"|забер\w+ вс[её](?:\s[^\W\d]\w{{0,9}}){{0,3}}|вс[её] (?:вместе|сразу|скопом|разом)"
    rf"|all together|take (?:it )?all)"
    rf"[\s:=—–-]{{1,3}}(?P<upto>up to |до |max\.? |bis |hasta |até )?(?:is |of |around |about "
    rf"|~)?(?<![\w.,/-]){NUM}(?![\w%])(?!\s?[-–/]\s?\d)(?P<tail>\s?{LINK})?",
)
_CUE_ENDS = (
    "price", "цена", "прайс", "стоимость", "precio", "preco", "preço", "preis", "价格", "السعر",
    "budget", "бюджет", "presupuesto", "orcamento", "orçamento", "预算", "الميزانية",
    "pay", "paying", "плачу", "платим", "asking", "for", "хочу", "прошу", "отдам", "отдаю",
    "по", "за", "all", "just", "only", "to", "is", "together", "до", "max", "max.", "bis", "hasta",
    "até", "of", "around", "about", "~",
)  # fmt: skip
"""What may stand right before a number with a cue, unless the cue takes any words (`всё …`)."""
_BEFORE_NUMBER = ":=—–-" + "".join(filter(str.isspace, map(chr, range(0x3001))))
"""Characters that may stand between a cue and its number."""
_NEXT_TO_NUMBER = frozenset(_BEFORE_NUMBER + "~")
_WEAK = frozenset(
    {
        "по",
        "за",
        "отдаю",
        "отдам",
        "дам по",
        "just",
        "only",
        "paying",
        "pay",
        "is",
        "looking for",
        "отдам по",
        "отдаю по",
    }
)
_LIMIT = Sought(
    rf"(?:^|[,;.(–—-]\s?)(?:up to|max\.?|до|bis|hasta|até) (?P<n>{NUMBER})(?P<m>[kк]|тыс\.?)"
    rf"(?=[\s.!)]*$)",
)
_NEXT = folded(
    rf"(?:[,;/]|\s(?:or|или|oder|ou|o|и|and|y"
    rf"|e))\s?(?P<label>(?:[^\W\d_][\w+-]{{0,14}}\s){{0,3}}"
    rf"|\d{{1,3}} [^\W\d_]\w{{1,10}} )(?<![\w.]){NUM}(?P<tail>\s?{LINK})?(?=\s?(?:$|\n"
    rf"|[,;.)(]|/(?!\s?[$€£\d])))(?![.,]\d)",
)
_ENDS = folded(
    r"\s?(?:$|[\n,;.)(/|!?])|\s(?:usd|кто|торг|or best|obo|firm|fixed|мир|за всё|ровно)(?![^\W_])",
)
_PER_DAY = folded(r"\s?(?:в (?:день|сутки|неделю)|per day|a day|daily|/day)")
_COUNTED = folded(r"\s?(?:шт|мес|each|monthly)")
_PIECES = folded(r"\s?(?:шт|pcs|pieces|sms|смс|gb|гб|logs|лог|акк|acc)")
_NUMBER_HERE = folded(NUM)


def bare_in(lines: list[Line]) -> Iterator[tuple[Line, Money]]:
    """Amounts whose currency a heading, the source or a neighbour says, or nobody; with lines."""
    shape: tuple[str | None, str] = (None, "")
    stated = {money.currency for line in lines for money in line.money}
    only = stated.pop() if len(stated) == 1 else None
    for line in lines:
        if not line.numbered:
            shape = shape if line.text.strip() else (None, "")
            continue
        found: list[Money] = list(_auction(line, only)) if line.auction else []
        if line.money:
            found += _continued(line)
            shape = (line.money[-1].currency, _separator(line, line.money[-1]))
        elif not found:
            found += cells_in(line) if line.columns else rows_in(line, shape)
        found += _limits(line)
        found = [m for i, m in enumerate(found) if not _overlaps(m, found[:i])]
        found += [
            m for m in _priced(line, shape[0] or only) if not _overlaps(m, [*found, *line.money])
        ]
        yield from ((line, money) for money in found)


def _limits(line: Line) -> Iterator[Money]:
    """`Citrix AU, up to 3k` at the end of a line: what a buyer pays at most."""
    if not line.text.rstrip(" .!)").endswith(("k", "к", "тыс")):
        return
    for m in _LIMIT.finditer(line.text):
        if (money := amount_of(line, m, line.currency, upto=True)) is not None:
            yield money


def _overlaps(money: Money, others: list[Money]) -> bool:
    return any(money.start < o.end and o.start < money.end for o in others)


def _separator(line: Line, money: Money) -> str:
    """The sign between an amount and its label; a blank when there is only white space."""
    label = line.text[: money.lead - line.start].rstrip()
    return label[-1:] if label[-1:] in "-–—=|." else " "


def _auction(line: Line, only: str | None) -> Iterator[Money]:
    """`start 10k`, `S 1000`, `Шаг 250` where the amount has no currency."""
    for m in AUCTION_LABEL.finditer(line.text):
        number = _NUMBER_HERE.match(line.text, m.end())
        if number is None or any(o.lead <= line.start + number.start() < o.end for o in line.money):
            continue
        after = number.end()
        while line.text[after : after + 1] in (" ", "/"):
            after += 1
        ends = _ENDS.match(line.text, number.end()) or AUCTION_LABEL.match(line.text, after)
        if not ends and line.text[after : after + 1] != "(":
            continue
        if (money := amount_of(line, number, line.currency or only)) is not None:
            yield money


def _continued(line: Line) -> Iterator[Money]:
    """Amounts that go on after one with a currency: `8$, user 4`, `12 bucks, 30 for 3 months`."""
    at = line.money[0].end - line.start
    while (m := _NEXT.search(line.text, at)) is not None:
        at = max(m.end(), m.start() + 1)
        start = line.start + m.start("n")
        reach = line.start + m.end()
        taken = any(o.start < reach and start < o.end for o in line.money)
        if taken or not (m["label"] or m["tail"]) or (m[0][0] == "/" and m["tail"]):
            continue
        if COUNT_LABEL.search(line.text[: m.start("n")]):
            continue
        near = max((o for o in line.money if o.end <= start), key=lambda o: o.end)
        if start - near.end <= 40 and (money := amount_of(line, m, near.currency)):
            yield money


def _may_have_cue(text: str) -> bool:
    """Whether a word that may end a cue stands before a number."""
    starts = [at for at in numbers_at(text) if text[at - 1 : at] in _NEXT_TO_NUMBER]
    return (
        any(text[:at].rstrip(_BEFORE_NUMBER).endswith(_CUE_ENDS) for at in starts) or "вс" in text
    )


def _priced(line: Line, shape: str | None) -> Iterator[Money]:
    """`price: 14`, `бюджет до 3к`, `отдам за 170`; weak cues need a currency nearby."""
    for m in _PRICED.finditer(line.text) if _may_have_cue(line.text) else ():
        cue = m["cue"].lower()
        if any(
            not line.text[o.end - line.start : m.start()].strip()
            for o in line.money
            if o.end - line.start <= m.start()
        ):
            continue
        if not (m["tail"] or _ENDS.match(line.text, m.end())) or _PER_DAY.match(
            line.text, m.end("n")
        ):
            continue
        currency = (line.money[0].currency if line.money else None) or line.currency or shape
        if (
            cue in _WEAK
            and currency is None
            and not (m["m"] and (m["upto"] or cue == "looking for"))
        ):
            continue
        counted = cue in ("за", "по") and _COUNTED.match(m["tail"] or "")
        if counted or (cue in ("за", "for") and _PIECES.match(line.text, m.end("n"))):
            continue
        if cue in ("is", "only", "just") and not (m["m"] or "." in m["n"]):
            continue
        money = amount_of(line, m, currency, upto=bool(m["upto"]) or cue.startswith("go "))
        if money is not None:
            yield money

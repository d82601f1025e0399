"""The words around each amount: which belong to it, which to its neighbours."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nlp.folded import folded
from nlp.money import Money
from nlp.price_context import Line
from nlp.price_other import own_label

_BOUNDARY = re.compile(
    r"[.!?](?:(?<=[^\W\d_]{3}.)\s+(?=[^\W\d_a-zа-я])|(?<=[)\d].)\s+(?=[A-ZА-ЯÄÖÜ]))",
)
"""Between sentences; only capitals tell, so it is marked before a text is lowered."""
_MARK = "\x1e"
"""White space that stands between sentences of a lowered text."""
_SENTENCE = re.compile(rf"[.!?]{_MARK}\s*")
_SHORTENED = folded(
    r"(?<![^\W_])(?:доп|руб|шт|мес|мин|макс|тыс|max|min|approx|incl|etc|tel|est|usd|eur|stk|zzgl"
    r"|inkl|aprox)$",
)
_DELIMITER = folded(
    r"[;|•·،]|(?<!\d),|,(?!\d)|\n|\s/\s(?!\d{0,3}\s?(?:mon?|mth|months?|days?|weeks?|wk|years?|yr|d"
    r"|hours?|h|min|gb|pcs?|unit|each|мес\w*|сут\w*|день|дн\w*|нед\w*|год\w*|час\w*|мин|гб|шт"
    r"|m[eê]s"
    r"|d[ií]a|semana|a[nñ]o|monat|woche|jahr|tag|stk)(?!\w))",
)
"""Between amounts; a slash before a period is none: `85 USD / 7 days or 270 USD / 30 days`."""
_ASIDE = re.compile(r"\((?![^()]*\d ?[$€£%])[^()\n]{0,60}\)(?=[\s:=—–-]*$)")


class Place(NamedTuple):
    """An amount with its line and the words around it."""

    money: Money
    """The amount."""
    line: Line
    """The line it stands in."""
    label: str
    """The words before it that belong to it."""
    tail: str
    """The words behind it that belong to it."""
    shared: bool
    """Whether its tail runs up to the next amount, so that it may be that one's label."""
    lead: str
    """The label with the amount's own lead word (`from`, `up to`)."""
    behind: str
    """The line from the amount on, whoever the words belong to."""
    opening: str
    """The line up to its first amount."""
    ending: str
    """The line behind its last amount."""


def marked(text: str) -> str:
    """The text with the first blank between two sentences replaced by a mark of the same length."""
    parts, at = [], 0
    for m in _BOUNDARY.finditer(text):
        if text[m.start() + 1] != "\n":
            parts += [text[at : m.start() + 1], _MARK]
            at = m.start() + 2
    return "".join([*parts, text[at:]])


def places_in(line: Line) -> Iterator[Place]:
    """Each amount of a line with the words that belong to it."""
    for i, money in enumerate(line.money):
        start, end = money.lead - line.start, money.end - line.start
        before = line.money[i - 1].end - line.start if i else 0
        after = line.money[i + 1].lead - line.start if i + 1 < len(line.money) else None
        label = line.text[before : max(start, before)]
        label = _later_label(label) if i else label
        tail = line.text[end:after][:90]
        shared = after is not None and not (_DELIMITER.search(tail) or _parted(tail))
        if after is not None:
            tail = _own_tail(tail)
        lead = label + line.text[start : money.start - line.start]
        yield Place(
            money=money,
            line=line,
            label=last_sentence(_ASIDE.sub("", label)),
            tail=first_sentence(tail),
            shared=shared,
            lead=last_sentence(lead),
            behind=line.text[end : end + 60],
            opening=line.text[: max(0, line.money[0].lead - line.start)],
            ending=line.text[line.money[-1].end - line.start :],
        )


def _later_label(label: str) -> str:
    """What of the words between two amounts belongs to the second one."""
    label = own_label(label)
    m = _DELIMITER.search(label)
    return label[m.end() :] if m else label


def _own_tail(tail: str) -> str:
    """What of the words between two amounts belongs to the first one."""
    cuts = [m.start() for m in _DELIMITER.finditer(tail)]
    if (sentence := first_sentence(tail)) != tail:
        return sentence
    if cuts:
        return tail[: cuts[-1]]
    return "" if tail.rstrip()[-1:] in ("-", "–", "—", ":", "=") else tail


def _parted(words: str) -> bool:
    return _MARK in words and _SENTENCE.search(words) is not None


def last_sentence(label: str) -> str:
    """The last sentence of the words before an amount."""
    if _MARK not in label:
        return label
    found = [m for m in _SENTENCE.finditer(label) if not _SHORTENED.search(label[: m.start()])]
    return label[found[-1].end() :] if found else label


def first_sentence(tail: str) -> str:
    """The first sentence of the words behind an amount."""
    if tail[:1] in (".", "!", "?") and tail[1:2] in ("", " "):
        return ""
    m = _SENTENCE.search(tail) if _MARK in tail else None
    return tail[: m.start()] if m else tail

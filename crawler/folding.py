"""Texts and queries as the search index holds them: one form for the ways of writing a word.

SQLite's tokenizer takes a run of Chinese for one word; here such a run becomes its pairs of
neighbouring characters, so that a phrase of pairs finds any part of it (a trigram index would
find nothing shorter than three characters, and Chinese words mostly have two).
"""

import re
from itertools import pairwise

_RUN = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]+")
"""Scripts that are written without blanks."""
_MARKS = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
"""Arabic vowel signs and the stretching line, marks that nobody sees."""
_SAME = str.maketrans("ёЁأإآٱىة", "еЕاااايه")
"""Letters that stand for each other in careless writing."""


def folded(text: str) -> str:
    """The text as it is indexed: `挖矿机` becomes `挖矿 矿机 机`, `ещё` `еще`."""
    if text.isascii():
        return text
    plain = _MARKS.sub("", text).translate(_SAME)
    return _RUN.sub(lambda run: f" {' '.join([*_pairs(run[0]), run[0][-1]])} ", plain)


def folded_query(words: str) -> str:
    """A word or phrase of a query, to be put into double quotes; a lone sign wants a `*` after it.

    `挖矿机` becomes `挖矿 矿机`; marks that are no part of words are left to the tokenizer.
    """
    if words.isascii():
        return words
    plain = _MARKS.sub("", words).translate(_SAME)
    return " ".join(_RUN.sub(lambda run: f" {' '.join(_pairs(run[0]) or run[0])} ", plain).split())


def _pairs(run: str) -> list[str]:
    """Neighbouring characters, two at a time; none of a lone one."""
    return [a + b for a, b in pairwise(run)]

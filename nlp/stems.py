"""Stems of words: what stays of them whatever their ending."""

import re
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from nlp.remembered import KNOWN, Remembered

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_PIECES = re.compile(r"[^\W\d_]+|\d+|#")
_RUSSIAN = snowballstemmer.stemmer("russian")
_ENGLISH = snowballstemmer.stemmer("english")
_LONGEST = 40
"""Longer words are no words: they are compared as they are."""


@lru_cache(maxsize=KNOWN)
def stem(word: str) -> str:
    """The lower-case stem: Russian for Cyrillic, English for the rest."""
    word = word.lower().replace("ё", "е")
    if len(word) > _LONGEST or len(word) < 3:
        return word
    stemmer = _RUSSIAN if _CYRILLIC.search(word) else _ENGLISH
    return str(stemmer.stemWord(word))


_FLAT = Remembered(lambda piece: "#" if piece.isdigit() else stem(piece))
"""Stems of words, and `#` for numbers."""


def flat(text: str) -> str:
    """The stems of a text's words, with `#` for numbers and nothing else, each between blanks."""
    return flat_of(_PIECES.findall(text))


def flat_of(pieces: Iterable[str]) -> str:
    """The same of the words, numbers and `#` of a text."""
    return f" {' '.join(map(_FLAT.__getitem__, pieces))} "

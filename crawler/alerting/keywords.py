"""Words of a rule in a text, in any ending; in scripts without blanks, anywhere."""

import re
from collections.abc import Iterable
from functools import lru_cache

from crawler.folding import folded
from nlp.stems import stem

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")


def word_in(text: str, words: Iterable[str]) -> str | None:
    """The first of the words or phrases that stands in the text; None without any."""
    low = text.casefold()
    stems = f" {' '.join(stems_of(text))} "
    for word in words:
        if _UNSPACED.search(word):
            if word.casefold() in low:
                return word
        elif f" {' '.join(_wanted(word))} " in stems:
            return word
    return None


def stems_of(text: str) -> list[str]:
    """Stems of a text's words in order: Russian for Cyrillic, English for the rest."""
    # a run of Chinese stands beside Latin words without a blank
    spaced = _UNSPACED.sub(" ", folded(text))
    return [stem(m[0]) for m in _WORD.finditer(spaced)]


@lru_cache(maxsize=1000)
def _wanted(word: str) -> tuple[str, ...]:
    return tuple(stems_of(word))

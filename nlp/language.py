"""Which languages a text is written in."""

import re

from nlp.lexicon import Language
from nlp.remembered import Remembered

_WORD = re.compile(r"[^\W\d_][^\W\d_]*")
_SCRIPTS = {
    "ru": (re.compile(r"[\u0400-\u04ff]+"), 1),
    "zh": (re.compile(r"[\u3400-\u9fff]+"), 3),
    "ar": (re.compile(r"[\u0600-\u06ff]+"), 1),
}
"""Runs of letters, and how many letters of other scripts one of them says as much as."""
_SPACED = {"ru": _SCRIPTS["ru"]}
_UNSPACED = re.compile(r"[\u3400-\u9fff\u0600-\u06ff]")
_FOREIGN = re.compile(r"[\u0400-\u04ff\u3400-\u9fff\u0600-\u06ff]")
_ENOUGH = 0.15
"""Share of the letters or small words from which a further language is reported."""


_LATIN = Remembered(lambda word: 0 if _FOREIGN.search(word) else len(word))
"""How many letters each word has; none where another script's stands in it."""


class Languages:
    """Tells languages apart by their scripts and small words."""

    def __init__(self, languages: dict[str, Language]) -> None:
        """Read the small words of the Latin languages."""
        self._latin = sorted(code for code in languages if code not in _SCRIPTS)
        self._small: dict[str, list[str]] = {}
        for code in self._latin:
            for word in languages[code].stop_words:
                self._small.setdefault(word, []).append(code)

    def of(self, text: str) -> tuple[str, ...]:
        """Languages of a clean text, ISO 639-1, most used first; empty when nothing tells.

        Scripts decide for Russian, Chinese and Arabic; small words tell Latin languages apart.
        """
        words = _WORD.findall(text.lower())
        best = self._latin_language(words)
        if text.isascii():
            return (best,) if best else ()
        scripts = _SCRIPTS if _UNSPACED.search(text) else _SPACED
        letters = {
            code: len("".join(pattern.findall(text))) * weight
            for code, (pattern, weight) in scripts.items()
        }
        if best:
            letters[best] = sum(map(_LATIN.__getitem__, words))
        total = sum(letters.values())
        ranked = sorted(letters, key=lambda code: (-letters[code], code))
        return tuple(c for c in ranked if letters[c] and letters[c] >= total * _ENOUGH)

    def _latin_language(self, words: list[str]) -> str | None:
        """The one with most small words; English when there are only names and goods."""
        small = self._small
        scores = dict.fromkeys(self._latin, 0)
        for word in filter(small.__contains__, words):
            for code in small[word]:
                scores[code] += 1
        best = max(self._latin, key=scores.__getitem__, default=None)
        if best is None or not any(map(str.isascii, words)):
            return None
        return best if scores[best] else "en"

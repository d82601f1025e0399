"""Which languages a text is written in."""

import re
from collections import Counter

from nlp.lexicon import Language

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "zh": re.compile(r"[\u3400-\u9fff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
}
_FOREIGN = re.compile(r"[\u0400-\u04ff\u3400-\u9fff\u0600-\u06ff]")
_ENOUGH = 0.15
"""Share of the letters or small words from which a further language is reported."""


def languages_in(text: str, languages: dict[str, Language]) -> tuple[str, ...]:
    """Languages of a clean text, ISO 639-1, most used first; empty when nothing tells.

    Scripts decide for Russian, Chinese and Arabic; small words tell Latin languages apart.
    """
    letters: Counter[str] = Counter()
    if not text.isascii():
        letters.update({code: len(p.findall(text)) for code, p in _SCRIPTS.items()})
        letters["zh"] *= 3
    words = _WORD.findall(text.lower())
    latin = sum(len(word) for word in words if word.isascii() or not _FOREIGN.search(word))
    best = _latin_language(words, languages)
    if best:
        letters[best] += latin
    total = sum(letters.values())
    ranked = sorted(letters, key=lambda code: (-letters[code], code))
    return tuple(c for c in ranked if letters[c] and letters[c] >= total * _ENOUGH)


def _latin_language(words: list[str], languages: dict[str, Language]) -> str | None:
    """The Latin language with most small words; English when there are only names and goods."""
    counted = Counter(words)
    scores = {
        code: sum(counted[word] for word in counted.keys() & language.stop_words)
        for code, language in languages.items()
        if code not in _SCRIPTS
    }
    best = max(sorted(scores), key=lambda code: scores[code], default=None)
    if best is None or not any(word.isascii() for word in words):
        return None
    return best if scores[best] else "en"

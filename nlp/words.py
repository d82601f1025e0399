"""Where the words of the lexicon stand in a text: one spaCy pass for all of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from nlp.lexicon import Lexicon

_TOKEN = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+|\d+|[^\w\s-]|_|(?<!\w)-|-(?!\w)")
"""Chinese stands beside Latin words without a blank: 出售RDP."""
_UNSPACED = re.compile(r"[\u0600-\u06ff\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_RUSSIAN = snowballstemmer.stemmer("russian")
_ENGLISH = snowballstemmer.stemmer("english")
_BY_STEM = frozenset(
    {"asset", "country", "organisation", "victim", "offtopic", "promise", "hacked", "legal"}
)
"""Kinds whose Cyrillic words match in any ending; other cues are verbs and match as written."""
_SHORT_STEM = 3
"""A country's stem up to this length is also a stem of other words: it matches as written."""
_LONGEST_STEM = 40
"""Longer words are no words: they are compared as they are."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One term of the lexicon in a text, in clean coordinates."""

    kind: str
    """asset, country, or a kind of cue."""
    name: str
    """Asset id or country code; empty for cues."""
    start: int
    end: int
    number: int = 0
    """Position of the term among its asset type's words."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The lower-case stem: Russian for Cyrillic, English for the rest."""
    word = word.lower().replace("ё", "е")
    if len(word) > _LONGEST_STEM or len(word) < 3:
        return word
    stemmer = _RUSSIAN if _CYRILLIC.search(word) else _ENGLISH
    return str(stemmer.stemWord(word))


class Words:
    """Finds every term of a lexicon: asset types, countries and cues."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Build the matcher; takes some tenths of a second."""
        self._unspaced: dict[str, list[str]] = {}
        self._vocab = spacy.blank("xx").vocab
        self._stemmed = PhraseMatcher(self._vocab, attr="ORTH")
        self._written = PhraseMatcher(self._vocab, attr="ORTH")
        for label, term in _terms(lexicon):
            if _UNSPACED.search(term):
                self._unspaced.setdefault(term.lower(), []).append(label)
                continue
            words = [m[0] for m in _TOKEN.finditer(term)]
            if _by_stem(label, term):
                self._stemmed.add(label, [self._doc([stem(word) for word in words])])
            else:
                self._written.add(label, [self._doc([word.lower() for word in words])])
        self._pattern = _alternation(self._unspaced)
        self._inside = {term: _terms_inside(term, self._unspaced) for term in self._unspaced}

    def _doc(self, words: list[str]) -> Doc:
        return Doc(self._vocab, words=words)

    def hits(self, text: str) -> list[Hit]:
        """All terms in text order; a longer term hides shorter ones of its kind inside it."""
        tokens = list(_TOKEN.finditer(text))
        words = [m[0] for m in tokens]
        found = [
            _hit(self._vocab.strings[label], tokens[start].start(), tokens[end - 1].end())
            for matcher, doc in (
                (self._stemmed, self._doc([stem(word) for word in words])),
                (self._written, self._doc([word.lower() for word in words])),
            )
            for label, start, end in matcher(doc)
        ]
        if self._pattern is not None:
            for m in self._pattern.finditer(text.lower() if _keeps_length(text) else text):
                for term, offset in self._inside[m[0].lower()]:
                    start = m.start() + offset
                    found += [_hit(x, start, start + len(term)) for x in self._unspaced[term]]
        return _longest(found)


def _terms(lexicon: Lexicon) -> Iterable[tuple[str, str]]:
    """Every term with its label: kind, name and number."""
    for asset in lexicon.assets.values():
        number = 0
        for words in asset.words.values():
            for word in words:
                yield f"asset|{asset.id}|{number}", word.term
                number += 1
    for code, country in lexicon.countries.items():
        for name in country.names:
            yield f"country|{code}|0", name
    for language in lexicon.languages.values():
        for kind, cues in language.cues.items():
            for cue in cues:
                yield f"{kind}||0", cue


def _by_stem(label: str, term: str) -> bool:
    """Whether the words of a term are compared by their stems, else as written."""
    kind = label.split("|")[0]
    if kind == "country":
        return len(stem(term)) > _SHORT_STEM
    return kind == "asset" or (kind in _BY_STEM and _CYRILLIC.search(term) is not None)


def _hit(label: str, start: int, end: int) -> Hit:
    kind, name, number = label.split("|")
    return Hit(kind, name, start, end, int(number))


def _alternation(terms: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(terms, key=lambda t: (-len(t), t))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None


def _terms_inside(term: str, terms: Iterable[str]) -> list[tuple[str, int]]:
    """The term itself and every term within it, with their offsets."""
    return [(other, term.find(other)) for other in terms if other in term]


def _keeps_length(text: str) -> bool:
    return len(text.lower()) == len(text)


def _longest(found: list[Hit]) -> list[Hit]:
    """The hits without those inside a longer one of the same kind."""
    kept: list[Hit] = []
    reach: dict[str, tuple[int, int]] = {}
    for hit in sorted(set(found), key=lambda h: (h.start, -h.end, h.kind, h.name, h.number)):
        start, end = reach.get(hit.kind, (-1, -1))
        inside = hit.end <= end and (hit.start, hit.end) != (start, end)
        if inside:
            continue
        kept.append(hit)
        if hit.end >= end:
            reach[hit.kind] = (hit.start, hit.end)
    return kept

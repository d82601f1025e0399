"""Where the words of the lexicon stand in a text: one spaCy pass for all of them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
import spacy
from spacy.language import Language
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


@Language.component("rackrent_stems")
def _stems(doc: Doc) -> Doc:
    for token in doc:
        token.norm_ = stem(token.text)
    return doc


class Words:
    """Finds every term of a lexicon: asset types, countries and cues."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Build the matcher; takes some tenths of a second."""
        rulers: dict[str, list[dict[str, str]]] = {"NORM": [], "LOWER": []}
        self._unspaced: dict[str, list[str]] = {}
        for label, term in _terms(lexicon):
            if _UNSPACED.search(term):
                self._unspaced.setdefault(term.lower(), []).append(label)
            else:
                rulers[_attribute(label, term)].append({"label": label, "pattern": term})
        self._nlp = spacy.blank("xx")
        self._nlp.tokenizer = _tokenizer(self._nlp)
        self._nlp.add_pipe("rackrent_stems")
        for attribute, patterns in rulers.items():
            config = {
                "phrase_matcher_attr": attribute,
                "spans_filter": None,
                "spans_key": attribute,
            }
            ruler = self._nlp.add_pipe(
                "span_ruler", name=f"words_{attribute.lower()}", config=config
            )
            ruler.add_patterns(patterns)  # type: ignore[attr-defined]
        self._pattern = _alternation(self._unspaced)
        self._inside = {term: _terms_inside(term, self._unspaced) for term in self._unspaced}

    def hits(self, text: str) -> list[Hit]:
        """All terms in text order; a longer term hides shorter ones of its kind inside it."""
        doc = self._nlp(text)
        places = doc.user_data["places"]
        found = [
            _hit(span.label_, places[span.start][0], places[span.end - 1][1])
            for key in ("NORM", "LOWER")
            for span in doc.spans.get(key, [])
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


def _attribute(label: str, term: str) -> str:
    """NORM (stem) or LOWER (as written): how the words of a term are compared."""
    kind = label.split("|")[0]
    if kind == "country":
        return "LOWER" if len(stem(term)) <= _SHORT_STEM else "NORM"
    if kind == "asset":
        return "NORM"
    return "NORM" if kind in _BY_STEM and _CYRILLIC.search(term) else "LOWER"


def _tokenizer(nlp: Language) -> Callable[[str], Doc]:
    """Words, numbers and single symbols; a hyphen inside a word is a blank."""

    def tokenize(text: str) -> Doc:
        matches = list(_TOKEN.finditer(text))
        doc = Doc(nlp.vocab, words=[m[0] for m in matches], spaces=[True] * len(matches))
        doc.user_data["places"] = [m.span() for m in matches]
        return doc

    return tokenize


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

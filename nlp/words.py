"""Where the words of the lexicon stand in a text: one spaCy pass for all of them."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.arabic import is_word
from nlp.grouped import grouped
from nlp.lexicon import Lexicon

_TOKEN = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+|\d+|[^\w\s-]|_|(?<!\w)-|-(?!\w)")
"""Chinese stands beside Latin words without a blank: 出售RDP."""
_UNSPACED = re.compile(r"[\u0600-\u06ff\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_RUSSIAN = snowballstemmer.stemmer("russian")
_ENGLISH = snowballstemmer.stemmer("english")
_GAP = "\n"
"""Stands for words of no term; never a token."""
_KNOWN = 50_000
"""Tokens whose stems are remembered."""
_BY_STEM = frozenset(
    {
        "asset", "country", "organisation", "victim", "offtopic", "promise", "hacked", "legal",
        "grievance",
    }
)  # fmt: skip
"""Kinds whose Cyrillic words match in any ending; other cues are verbs and match as written."""
_TERMS = frozenset({"pay", "payment", "guarantee", "denied", "allowed", "forbidden", "content"})
"""Kinds of the terms of a sale."""
_SHORT_STEM = 3
"""A country or term up to this length is also a stem of other words: it matches as written."""
_LONGEST_STEM = 40
"""Longer words are no words: they are compared as they are."""


class Hit(NamedTuple):
    """One term of the lexicon in a text, in clean coordinates."""

    kind: str
    """asset, country, or a kind of cue."""
    name: str
    """Asset id or country code; empty for cues."""
    number: int
    """Position of the term among its asset type's words."""
    start: int
    end: int


_Term = tuple[str, str, int, str | None]
"""Kind, name and number of a term, and its words when it matches only as written."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The lower-case stem: Russian for Cyrillic, English for the rest."""
    word = word.lower().replace("ё", "е")
    if len(word) > _LONGEST_STEM or len(word) < 3:
        return word
    stemmer = _RUSSIAN if _CYRILLIC.search(word) else _ENGLISH
    return str(stemmer.stemWord(word))


class _Known(dict[str, str]):
    """Stems of tokens as far as some term holds them, `_GAP` for the others; filled on demand."""

    def __init__(self) -> None:
        self.stems: set[str] = set()

    def __missing__(self, token: str) -> str:
        if len(self) >= _KNOWN:
            self.clear()
        word = stem(token)
        self[token] = word if word in self.stems else _GAP
        return self[token]


class Words:
    """Finds every term of a lexicon: asset types, countries and cues."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Build the matcher; takes some tenths of a second."""
        self._unspaced: dict[str, list[str]] = {}
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._terms: dict[int, list[_Term]] = {}
        self._known = _Known()
        for label, term in _terms(lexicon):
            if _UNSPACED.search(term):
                self._unspaced.setdefault(term.lower(), []).append(label)
                continue
            words = [m[0] for m in _TOKEN.finditer(term)]
            stems = [stem(word) for word in words]
            self._known.stems.update(stems)
            written = None if _by_stem(label, term) else " ".join(words).lower()
            known = self._terms.setdefault(self._vocab.strings.add(" ".join(stems)), [])
            if not known:
                self._matcher.add(" ".join(stems), [self._doc(stems)])
            known.append((*_parts(label), written))
        self._pattern = _alternation(self._unspaced)
        self._inside = {term: _terms_inside(term, self._unspaced) for term in self._unspaced}

    def _doc(self, words: list[str]) -> Doc:
        return Doc(self._vocab, words=words)

    def hits(self, text: str) -> list[Hit]:
        """All terms in text order; a longer term hides shorter ones of its kind inside it."""
        stems, tokens = self._known_tokens(text)
        found: list[Hit] = []
        for label, start, end in self._matcher(self._doc(stems)):
            first, last = tokens[start].start(), tokens[end - 1].end()
            words = " ".join([m[0] for m in tokens[start:end]]).lower()
            for kind, name, number, written in self._terms[label]:
                if written is None or written == words:
                    found.append(Hit(kind, name, number, first, last))
        if self._pattern is not None and _UNSPACED.search(text):
            for m in self._pattern.finditer(text.lower() if _keeps_length(text) else text):
                for term, offset in self._inside[m[0].lower()]:
                    start = m.start() + offset
                    end = start + len(term)
                    if not is_word(text, start, end):
                        continue
                    found += [Hit(*_parts(x), start, end) for x in self._unspaced[term]]
        return _longest(found)

    def _known_tokens(self, text: str) -> tuple[list[str], list[re.Match[str]]]:
        """The tokens that some term holds, with their stems; a gap's stem stands for others."""
        stems: list[str] = []
        tokens: list[re.Match[str]] = []
        known, last = self._known, _GAP
        for m in _TOKEN.finditer(text):
            word = known[m[0]]
            if word is not _GAP or last is not _GAP:
                stems.append(word)
                tokens.append(m)
            last = word
        return stems, tokens


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
    for kind, name, term in lexicon.terms.labelled():
        yield f"{kind}|{name}|0", term


def _by_stem(label: str, term: str) -> bool:
    """Whether the words of a term are compared by their stems, else as written."""
    kind = label.split("|")[0]
    if kind == "country":
        return len(stem(term)) > _SHORT_STEM
    if kind in _TERMS:
        return len(term) > _SHORT_STEM
    return kind == "asset" or (kind in _BY_STEM and _CYRILLIC.search(term) is not None)


def _parts(label: str) -> tuple[str, str, int]:
    kind, name, number = label.split("|")
    return kind, name, int(number)


def _alternation(terms: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(terms, key=lambda t: (-len(t), t))
    return re.compile(grouped("|".join(map(re.escape, ordered)))) if ordered else None


def _terms_inside(term: str, terms: Collection[str]) -> list[tuple[str, int]]:
    """The term itself and every term within it, with their offsets."""
    ends = range(1, len(term) + 1)
    parts = {term[start:end]: start for end in ends for start in reversed(range(end))}
    return [(part, term.find(part)) for part in parts if part in terms]


def _keeps_length(text: str) -> bool:
    return len(text.lower()) == len(text)


def _order(hit: Hit) -> tuple[int, int, str, str, int]:
    return hit.start, -hit.end, hit.kind, hit.name, hit.number


def _longest(found: list[Hit]) -> list[Hit]:
    """The hits without those inside a longer one of the same kind."""
    kept: list[Hit] = []
    reach: dict[str, tuple[int, int]] = {}
    for hit in sorted(set(found), key=_order):
        start, end = reach.get(hit.kind, (-1, -1))
        inside = hit.end <= end and (hit.start, hit.end) != (start, end)
        if inside:
            continue
        kept.append(hit)
        if hit.end >= end:
            reach[hit.kind] = (hit.start, hit.end)
    return kept

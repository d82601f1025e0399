"""Where the words of the lexicon stand in a text: short terms by table, long ones by spaCy."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.arabic import is_word
from nlp.grouped import grouped
from nlp.hits import Hit
from nlp.lexicon import Lexicon
from nlp.remembered import Remembered
from nlp.stems import flat, stem

_TOKEN = re.compile(
    r"([^\W\d_\u3400-\u9fff]+|\d+|[^\w\s-]|_|-(?:(?<!\w-)|(?!\w))|[\u3400-\u9fff]+)"
)
"""Chinese stands beside Latin words without a blank: 出售RDP."""
_UNSPACED = re.compile(r"[\u0600-\u06ff\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_GAP = "\n"
"""Stands for words of no term; never a token."""
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


_Term = tuple[str, str, int, str | None]
"""Kind, name and number of a term, and its words when it matches only as written."""
_Found = tuple[int, int, str, str, int]
"""Start, negated end, kind, name and number of a hit: in the order of hits."""


class Read(NamedTuple):
    """What was read of a text."""

    hits: list[Hit]
    """The terms, in text order; a longer one hides shorter ones of its kind inside it."""
    stems: frozenset[str]
    """The stems of its words, as far as terms and exclusions hold them."""
    tokens: list[str]
    """Its words, numbers and signs, in order."""


class Words:
    """Finds every term of a lexicon: asset types, countries and cues."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Build the matcher; takes some tenths of a second."""
        self._unspaced: dict[str, list[str]] = {}
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._terms: dict[int, list[_Term]] = {}
        self._single: dict[str, list[_Term]] = {}
        self._pairs: dict[tuple[str, str], list[_Term]] = {}
        self._triples: dict[tuple[str, str, str], list[_Term]] = {}
        self._openings: set[tuple[str, str, str]] = set()
        self._firsts: set[str] = set()
        self._most = 0
        self._stems: set[str] = set()
        self._known = Remembered(self._stem_of)
        for label, term in _terms(lexicon):
            if _UNSPACED.search(term):
                self._unspaced.setdefault(term.lower(), []).append(label)
                continue
            words = _TOKEN.findall(term)
            stems = [stem(word) for word in words]
            self._stems.update(stems)
            written = None if _by_stem(label, term) else " ".join(words).lower()
            self._add(stems, (*_parts(label), written))
        for terms in self._all():
            terms[:] = sorted(set(terms), key=lambda term: (*term[:3], term[3] or ""))
        for asset in lexicon.assets.values():
            self._stems.update(*(flat(phrase).split()[:1] for phrase in asset.exclude))
        self._pattern = _alternation(self._unspaced)
        self._inside = {term: _terms_inside(term, self._unspaced) for term in self._unspaced}

    def _add(self, stems: list[str], term: _Term) -> None:
        """Look for a term by its stems."""
        self._firsts.add(stems[0])
        if len(stems) == 1:
            self._single.setdefault(stems[0], []).append(term)
            return
        if len(stems) == 2:
            self._pairs.setdefault((stems[0], stems[1]), []).append(term)
            return
        if len(stems) == 3:
            self._triples.setdefault((stems[0], stems[1], stems[2]), []).append(term)
            return
        self._openings.add((stems[0], stems[1], stems[2]))
        self._most = max(self._most, len(stems))
        known = self._terms.setdefault(self._vocab.strings.add(" ".join(stems)), [])
        if not known:
            self._matcher.add(" ".join(stems), [self._doc(stems)])
        known.append(term)

    def _all(self) -> Iterator[list[_Term]]:
        """The terms that have the same stems, list by list."""
        for table in (self._single, self._pairs, self._triples, self._terms):
            yield from table.values()

    def _doc(self, words: list[str]) -> Doc:
        return Doc(self._vocab, words=words)

    def _stem_of(self, token: str) -> str:
        """The stem of a token as far as some term holds it; `_GAP` for the others."""
        word = stem(token)
        return word if word in self._stems else _GAP

    def hits(self, text: str) -> list[Hit]:
        """All terms in text order; a longer term hides shorter ones of its kind inside it."""
        return self.read(text).hits

    def read(self, text: str) -> Read:
        """The terms of a text, and its tokens."""
        parts = _TOKEN.split(text)
        ends = list(accumulate(map(len, parts)))
        tokens, found = parts[1::2], []
        stems = list(map(self._known.__getitem__, tokens))
        said = frozenset(stems)
        for terms, first, last in self._matches(stems):
            start, end = ends[2 * first], ends[2 * last - 1]
            words = None
            for kind, name, number, written in terms:
                if written is not None:
                    words = words or " ".join(tokens[first:last]).lower()
                    if written != words:
                        continue
                found.append((start, -end, kind, name, number))
        if self._pattern is not None and not text.isascii() and _UNSPACED.search(text):
            found += set(self._unspaced_in(self._pattern, text))
        return Read(_longest(found), said, tokens)

    def _matches(self, stems: list[str]) -> Iterator[tuple[list[_Term], int, int]]:
        """Terms with the numbers of their first token and of the one behind their last.

        In the order of their first token, longer ones first; those of four words and more last.
        """
        single, pairs, triples = self._single, self._pairs, self._triples
        firsts, openings = self._firsts, self._openings
        long: list[int] = []
        stems += (_GAP, _GAP)
        for i in [i for i, word in enumerate(stems) if word in firsts]:
            word, second = stems[i], stems[i + 1]
            if second != _GAP:
                third = stems[i + 2]
                if third != _GAP:
                    opening = (word, second, third)
                    if opening in triples:
                        yield triples[opening], i, i + 3
                    if opening in openings:
                        long.append(i)
                if (word, second) in pairs:
                    yield pairs[word, second], i, i + 2
            if word in single:
                yield single[word], i, i + 1
        if long:
            # only where a long term may stand: making a Doc costs more than matching
            start, end = long[0], long[-1] + self._most
            for label, first, last in self._matcher(self._doc(stems[start:end])):
                yield self._terms[label], start + first, start + last

    def _unspaced_in(self, pattern: re.Pattern[str], text: str) -> Iterator[_Found]:
        """Terms of scripts whose words stand without blanks, or with prefixes."""
        for m in pattern.finditer(text.lower() if _keeps_length(text) else text):
            for term, offset in self._inside[m[0].lower()]:
                start = m.start() + offset
                end = start + len(term)
                if is_word(text, start, end):
                    yield from ((start, -end, *_parts(x)) for x in self._unspaced[term])


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


def _longest(found: list[_Found]) -> list[Hit]:
    """The hits without those inside a longer one of the same kind."""
    kept: list[Hit] = []
    reach: dict[str, tuple[int, int]] = {}
    found.sort()  # nearly in order: cheap
    for start, back, kind, name, number in found:
        end = -back
        longest, last = reach.get(kind, (-1, -1))
        if end <= last and (start, end) != (longest, last):
            continue
        kept.append(Hit(kind, name, number, start, end))
        if end >= last:
            reach[kind] = (start, end)
    return kept

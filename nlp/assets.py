"""Which asset types a post names: terms of the lexicon, judged by what stands around them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nlp.hits import Hit
from nlp.lexicon import Lexicon, Word
from nlp.post import Page, Post
from nlp.stems import flat

_WITHOUT = re.compile(
    r"(?:\b(?:без|without|sin|sem|ohne|no|not|don't|do not|never|не|you have)\s|无|不含|بدون\s)$",
    re.IGNORECASE,
)
"""What a thing lacks stands behind these words: `tunnels without shell`, `no logs`."""
_LACKS = (
    "без", "without", "sin", "sem", "ohne", "no", "not", "never", "не", "have", "无", "含", "بدون",
    "don't",
)  # fmt: skip
"""The last of such words."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_BULLET = re.compile(r"\s*[^\w\s(\[]")
_PURPOSE = re.compile(
    r"(?:\b(?:под|для)\s(?:ваш\w{1,3}\s)?"
    r"|(?<!looking )(?<!searching )(?<!prices )(?<!price )(?<!offers )"
    r"\bfor\s(?:your\s|my\s|any\s)?|\bpara\s|\bfür\s"
    r"|\bon\s(?:your|hacked|my)\s(?:hacked\s)?|(?<!one )(?<!partner )(?<!seller )\bwith\s"
    r"|\bс\s|\bcon\s|\bcom\s|\bmit\s)$",
    re.IGNORECASE,
)
"""What a thing is for stands behind these words: `fronts for your panel` offers no panel."""
_PURPOSES = frozenset(
    re.findall(r"\S+", "под для for your my any para für on hacked with с con com mit")
)
_YOUR = "ваш"
_DERIVED = re.compile(r"(?<=[a-z]{3})(?:ations?|ings?|ed|ers?)$|(?<=груз)и(?:[яюи]|ей)$")
_HEADING = 90
"""Longest line, in characters, that can be a heading."""


class Mention(NamedTuple):
    """A place where an asset type is named."""

    asset_type: str
    page: Page
    start: int
    end: int
    line: int
    strong: bool
    """Whether the term names the type by itself."""
    weight: float
    """How much the place counts: title, priced line, heading, first lines, running text."""
    term: str
    """The term of the lexicon."""


class Assets:
    """Judges the asset terms of a post."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Prepare the context words of every asset type."""
        self._words = {
            a.id: [w for ws in a.words.values() for w in ws] for a in lexicon.assets.values()
        }
        self._written = {kind: [w.term.lower() for w in ws] for kind, ws in self._words.items()}
        self._exclude = {a.id: _by_stem(a.exclude) for a in lexicon.assets.values() if a.exclude}

    def mentions(self, post: Post) -> list[Mention]:
        """Mentions in order of title and text."""
        found: list[Mention] = []
        for page in post.pages:
            places: dict[tuple[str, int, int], list[Hit]] = {}
            for hit in page.cues.get("asset", ()):
                places.setdefault((hit.name, hit.start, hit.end), []).append(hit)
            for hits in places.values():
                mention = self._mention(self._best(hits, page), page, post)
                if mention is not None:
                    found.append(mention)
        return _longest(found)

    def in_name(self, post: Post, hits: list[Hit]) -> list[Mention]:
        """Mentions for a post that names nothing itself, from the words in its channel's name."""
        _, end = post.text.line_bounds(0)
        return [
            Mention(hit.name, post.text, 0, end, 0, True, 2.5, word.term)
            for hit in hits
            if hit.kind == "asset"
            and (word := self._words[hit.name][hit.number]).needs in (None, *post.kinds)
        ]

    def _best(self, hits: list[Hit], page: Page) -> Hit:
        """Of several terms with the same stem the one that is written so, else a weak one."""
        if len(hits) == 1:
            return hits[0]
        written = page.text.clean[hits[0].start : hits[0].end].lower()

        def rank(hit: Hit) -> tuple[bool, bool, int]:
            word = self._words[hit.name][hit.number]
            exact = self._written[hit.name][hit.number] == written
            return not exact, word.weak == exact, hit.number

        return min(hits, key=rank)

    def _mention(self, hit: Hit, page: Page, post: Post) -> Mention | None:
        """The mention of a hit, or None when its surroundings say something else."""
        word: Word = self._words[hit.name][hit.number]
        if word.needs is not None and word.needs not in post.kinds:
            return None
        if not page.masked[hit.start : hit.end].strip():
            return None
        if _is_derived(word.term, page.text.clean[hit.start : hit.end]):
            return None
        line = page.line_of(hit.start)
        exact = " " in word.term and not word.weak and page.part == "title"
        if not exact and self._is_excluded(hit, page):
            return None
        if word.near and not any(_phrase(near) in flat(page.line(line)) for near in word.near):
            return None
        untitled = not post.title.text.clean.strip()
        weight = _weight(page, line, hit, term=word.term, untitled=untitled)
        lead = page.text.clean[max(hit.start - 9, 0) : hit.start]
        if lead.rstrip().lower().endswith(_LACKS) and _WITHOUT.search(lead):
            return None
        strong = not word.weak
        before = page.text.clean[max(hit.start - 24, 0) : hit.start]
        if _may_be_purpose(before) and _PURPOSE.search(before):
            strong, weight = False, min(weight, 0.5)
        return Mention(hit.name, page, hit.start, hit.end, line, strong, weight, word.term)

    def _is_excluded(self, hit: Hit, page: Page) -> bool:
        """Whether the words around a hit say that it is something else."""
        said = self._said(hit.name, page)
        around = _around(page, hit) if said else ""
        return any(phrase in around for phrase in said)

    def _said(self, asset_type: str, page: Page) -> list[str]:
        """The words against an asset type that a page says anywhere; looked for once a page."""
        if asset_type not in page.against:
            phrases = self._exclude.get(asset_type, {})
            page.against[asset_type] = [
                phrase
                for opening in phrases.keys() & page.openings
                for phrase in phrases[opening]
                if phrase in page.flat
            ]
        return page.against[asset_type]


def _may_be_purpose(before: str) -> bool:
    """Whether the last word before a hit is one of those that `_PURPOSE` may end with."""
    words = before.lower().split() if before[-1:].isspace() else []
    return bool(words) and (words[-1] in _PURPOSES or words[-1].startswith(_YOUR))


def _is_derived(term: str, written: str) -> bool:
    """Whether words of a term's stems mean something else: installed (installs), Грузия (грузы)."""
    if " " in term:
        pairs = zip(term.lower().split(), written.lower().split(), strict=False)
        return any(one.endswith("ed") != two.endswith("ed") for one, two in pairs)
    ending = _ending(written.lower().split()[0])
    return ending not in ("", _ending(term.lower()))


def _ending(word: str) -> str:
    """The ending that makes another word of a stem; empty for none."""
    found = _DERIVED.search(word)
    return found[0].rstrip("s") if found else ""


def _weight(page: Page, line: int, hit: Hit, *, term: str, untitled: bool) -> float:
    """Title 5, priced line 3, heading or bullet 2.5, short line 2, running text 1."""
    if page.part == "title":
        return 5.0
    if line in page.priced_lines and _is_priced(page, line, hit):
        return 3.0
    text = page.line(line)
    if untitled and _BULLET.match(text) and " " in term:
        return 2.5
    if len(text.strip()) <= _HEADING and (line <= 2 or text.rstrip().endswith(":")):
        return 2.5
    if len(text.strip()) <= _HEADING // 2:
        return 2.0
    return 1.5 if hit.start < 200 else 1.0


def _is_priced(page: Page, line: int, hit: Hit) -> bool:
    """Whether a price of the line stands behind the hit, or opens the line."""
    start, _ = page.line_bounds(line)
    own = page.prices_by_line[line]
    return max(own) >= hit.start or min(own) - start <= 4


def _around(page: Page, hit: Hit) -> str:
    """The line of a hit, at most 100 characters on either side, as plain stems."""
    start, end = page.line_bounds(page.line_of(hit.start))
    return flat(page.text.clean[max(start, hit.start - 100) : min(end, hit.end + 100)])


def _phrase(words: str) -> str:
    """Words as they stand in a flat line; Chinese has no blanks to stand between."""
    plain = flat(words)
    return plain.strip() if _CHINESE.search(plain) else plain if plain.strip() else words


def _by_stem(words: Sequence[str]) -> dict[str, list[str]]:
    """Phrases by their first stem; those that stand within words by the empty one."""
    found: dict[str, list[str]] = {}
    for phrase in map(_phrase, words):
        first = phrase.split(" ")[1] if phrase[:1] == " " else ""
        found.setdefault(first, []).append(phrase)
    return found


def _longest(mentions: list[Mention]) -> list[Mention]:
    """Without the mentions that lie inside a longer one that also counts."""
    kept: list[Mention] = []
    for mention in sorted(
        mentions, key=lambda m: (m.page.part != "title", m.start, -m.end, not m.strong)
    ):
        inside = any(
            other.page is mention.page
            and other.start <= mention.start
            and mention.end <= other.end
            and _covers(other, mention)
            for other in kept[-6:]
        )
        if not inside:
            kept.append(mention)
    return kept


def _covers(other: Mention, mention: Mention) -> bool:
    """Whether a mention is longer, or names its type by itself where this one is a weak word."""
    longer = other.end - other.start > mention.end - mention.start
    return longer or (
        other.strong and not mention.strong and other.asset_type != mention.asset_type
    )

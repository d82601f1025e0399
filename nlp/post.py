"""A document as the finders see it: its parts cleaned, their lines, and the words in them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.findings import Contact, Document, Part, Price, Span
from nlp.folded import lower
from nlp.hits import Hit
from nlp.lazy import lazy
from nlp.numbered import numbers_at
from nlp.promise import promises
from nlp.stems import flat, flat_of
from nlp.text import Text

_LINE_END = re.compile(r"\n")
_DIGIT = re.compile(r"\d")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_REPLY = re.compile(r"(?:re|aw|отв|ответ|rv|res)\s*[:：]|回复")
MANY_LINES = 2_000
"""Lines of one text that are told apart; the rest counts as one line."""


@dataclass
class Page:
    """One part of a document with everything found in it; never changed."""

    part: Part
    text: Text
    masked: str
    """The clean text with contacts and addresses blanked."""
    hits: tuple[Hit, ...]
    """Words of the lexicon, in text order."""
    stems: frozenset[str] = frozenset()
    """Stems of its words, as far as terms and exclusions of the lexicon hold them."""
    tokens: Sequence[str] = ()
    """Its words, numbers and signs (see `nlp.words`)."""
    contacts: tuple[Contact, ...] = ()
    prices: tuple[Price, ...] = ()
    low: str = field(init=False)
    """The masked text in lower case, of the same length."""
    numbered: bool = field(init=False)
    """Whether any digit stands in the masked text."""
    cues: dict[str, list[Hit]] = field(init=False)
    """The hits by kind, in text order."""
    line_starts: list[int] = field(init=False)
    """Clean offsets where lines begin."""
    against: dict[str, list[str]] = field(init=False, default_factory=dict)
    """Words that it says against asset types, as far as they were looked for."""

    def __post_init__(self) -> None:
        self.low = lower(self.masked)
        self.numbered = _DIGIT.search(self.masked) is not None
        self.cues = {}
        for hit in self.hits:
            self.cues.setdefault(hit.kind, []).append(hit)
        ends = [m.end() for m in _LINE_END.finditer(self.text.clean)]
        self.line_starts = [0, *ends][:MANY_LINES]

    @property
    def clean(self) -> str:
        """The clean text."""
        return self.text.clean

    def line_of(self, at: int) -> int:
        """Number of the line in which a clean offset stands."""
        return bisect_right(self.line_starts, at) - 1

    def line(self, number: int) -> str:
        """The clean text of a line, without its end."""
        start, end = self.line_bounds(number)
        return self.text.clean[start:end]

    def line_bounds(self, number: int) -> tuple[int, int]:
        """Clean start and end of a line."""
        starts = self.line_starts
        end = starts[number + 1] - 1 if number + 1 < len(starts) else len(self.text.clean)
        return starts[number], end

    @lazy
    def openings(self) -> frozenset[str]:
        """What phrases of `flat` may begin with: stems, `#` for a number, nothing in Chinese."""
        number = {"#"} if _DIGIT.search(self.text.clean) else set()
        inside = {""} if self.chinese else set()
        return self.stems | number | inside

    @lazy
    def flat(self) -> str:
        """The stems of all words (see `nlp.stems.flat`)."""
        if self.chinese:
            # its tokens part Chinese from the letters beside it
            return flat(self.text.clean)
        return flat_of([token for token in self.tokens if token.isalnum() or token == "#"])

    @lazy
    def chinese(self) -> bool:
        """Whether a Chinese sign stands in the clean text."""
        return _CHINESE.search(self.text.clean) is not None

    @lazy
    def numbers(self) -> list[int]:
        """Offsets in `low` where runs of digits begin."""
        return numbers_at(self.low)

    @lazy
    def promises(self) -> bool:
        """Whether it promises to ignore complaints, by its words or by what they say together."""
        return "promise" in self.cues or promises(self)

    @lazy
    def prices_by_line(self) -> dict[int, list[int]]:
        """Clean offsets of the prices, by number of their line."""
        lines: dict[int, list[int]] = {}
        for price in self.prices:
            at = self.place(price.span)[0]
            lines.setdefault(self.line_of(at), []).append(at)
        return lines

    @lazy
    def priced_lines(self) -> frozenset[int]:
        """Numbers of the lines with a price in them."""
        return frozenset(self.prices_by_line)

    def place(self, span: Span) -> tuple[int, int]:
        """Clean start and end of a raw span of this part."""
        return self.text.clean_span(span.start, span.end)

    def span(self, start: int, end: int) -> Span:
        """The raw span of clean[start:end]."""
        raw_start, raw_end = self.text.raw_span(start, end)
        return Span(self.part, raw_start, raw_end, self.text.raw[raw_start:raw_end])


@dataclass(frozen=True)
class Post:
    """A document being analysed."""

    document: Document
    title: Page
    text: Page
    languages: tuple[str, ...] = ()
    pages: tuple[Page, Page] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pages", (self.title, self.text))

    @lazy
    def kinds(self) -> frozenset[str]:
        """Kinds of cue that stand anywhere in the post."""
        found = frozenset(self.title.cues) | frozenset(self.text.cues)
        promised = "promise" in found or any(page.promises for page in self.pages)
        return found | {"promise"} if promised else found

    @lazy
    def is_reply(self) -> bool:
        """Whether the title says that this answers another post."""
        return _REPLY.match(self.title.text.clean.lower()) is not None

    @lazy
    def prices(self) -> list[Price]:
        """Prices of title and text; one that stands in both counts where it says what it is per."""
        body = list(self.text.prices)
        said = {(p.min, p.max, p.currency) for p in body}
        amounts = {(p.min, p.max) for p in body}
        return [
            p
            for p in self.title.prices
            if (p.min, p.max, p.currency) not in said
            and (p.currency is not None or (p.min, p.max) not in amounts)
        ] + body

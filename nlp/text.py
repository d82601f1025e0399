"""A text beside its cleaned form, with the way back to every raw character."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Replace clean[start:end] by a string."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its map back to raw."""

    raw: str
    """As it was given, never changed."""
    clean: str
    """Normalised; what the finders read."""
    offsets: Sequence[int]
    """Raw offset of every clean character, in order, and at the end where the text stops."""
    problems: tuple[str, ...] = ()
    """What was cut, one line each."""

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw start and end of clean[start:end], with the marks that belong to its last character.

        What was removed beside the span (tags, zero-width characters) stays outside.
        """
        if end <= start:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1] + 1
        if self.raw[last - 1] == "&" and self.clean[end - 1] != "&":
            last = self.raw.find(";", last, last + 9) + 1 or last
        while last < len(self.raw) and unicodedata.category(self.raw[last]) in ("Mn", "Me"):
            last += 1
        return self.offsets[start], last

    def cut(self, end: int, problem: str) -> "Text":
        """The text up to a clean offset, with one more problem."""
        problems = (*self.problems, f"text {problem}")
        return Text(self.raw, self.clean[:end], self.offsets[: end + 1], problems)

    def clean_span(self, start: int, end: int) -> tuple[int, int]:
        """Clean start and end of what is left of raw[start:end]."""
        first = bisect_left(self.offsets, start)
        if end <= start:
            return first, first
        return first, min(bisect_right(self.offsets, end - 1), len(self.clean))


def edited(text: Text, edits: Iterable[Edit]) -> Text:
    """The text with the edits done; they are in order and do not overlap.

    A replacement as long as what it replaces keeps each character's offset; in a shorter or longer
    one the first characters keep theirs and the rest stand on the last replaced one.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for start, end, new in edits:
        pieces += (text.clean[at:start], new)
        offsets += text.offsets[at:start]
        last = max(end - 1, start)
        offsets += [text.offsets[min(start + i, last)] for i in range(len(new))]
        at = end
    if not pieces:
        return text
    pieces.append(text.clean[at:])
    offsets += text.offsets[at:]
    return Text(text.raw, "".join(pieces), offsets, text.problems)


def has_long_word(text: str, least: int) -> bool:
    """Whether so many characters stand together without white space."""
    return len(text) >= least and max(map(len, text.split()), default=0) >= least

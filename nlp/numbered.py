"""Patterns that begin with a number: tried where numbers begin, not at every character."""

import re
from collections.abc import Iterator, Sequence

from nlp.folded import folded
from nlp.sought import Sought

_RUN = re.compile(r"\d\d*")
"""A class stands first, so that `re` skips to it by itself: `\\d+` is tried at every character."""


def numbers_at(text: str) -> list[int]:
    """Where runs of digits begin, in order."""
    return [m.start() for m in _RUN.finditer(text)]


class Numbered:
    """A pattern for lowered text whose matches begin with a digit that follows no other."""

    __slots__ = ("_also", "_pattern")

    def __init__(self, pattern: str, also: str | None = None) -> None:
        """Compile the pattern, and another one for the matches that begin with words."""
        self._pattern = folded(pattern)
        self._also = Sought(also) if also else None

    def finditer(self, text: str, numbers: Sequence[int]) -> Iterator[re.Match[str]]:
        """All matches in order, none over another; `numbers` is `numbers_at(text)`."""
        worded = self._also.finditer(text) if self._also else iter(())
        word = next(worded, None)
        end = 0
        for at in numbers:
            while word is not None and word.start() < at:
                if word.start() >= end:
                    yield word
                    end = word.end()
                word = next(worded, None)
            if at >= end and (m := self._pattern.match(text, at)):
                yield m
                end = m.end()
        while word is not None:
            if word.start() >= end:
                yield word
                end = word.end()
            word = next(worded, None)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return next(self.finditer(text, numbers_at(text)), None)

"""Spans of a text that are taken, none over another."""

from bisect import bisect_right


class Taken:
    """Tells whether a span overlaps one that is taken, however many there are."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a part of text[start:end] is taken."""
        return self._meets(bisect_right(self._starts, start), start, end)

    def take(self, start: int, end: int) -> bool:
        """Take a span that is free; whether it was."""
        i = bisect_right(self._starts, start)
        if self._meets(i, start, end):
            return False
        self._starts.insert(i, start)
        self._ends.insert(i, end)
        return True

    def _meets(self, i: int, start: int, end: int) -> bool:
        """Whether the neighbours of a span that would become the i-th reach into it."""
        before = i > 0 and self._ends[i - 1] > start
        return before or (i < len(self._starts) and self._starts[i] < end)

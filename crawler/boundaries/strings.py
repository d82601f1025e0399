"""Which of many strings stand in a text: one look for all of them, however long the text."""

from collections.abc import Iterable

from ahocorasick_rs import BytesAhoCorasick

CHUNK = 1 << 16
"""Bytes that are looked through at once: what is found in them is held in memory."""


class Strings:
    """Strings of which a text is told which it holds."""

    def __init__(self, strings: Iterable[str]) -> None:
        """Prepare the look; ValueError for an empty string, which every text holds."""
        self._strings = tuple(dict.fromkeys(strings))
        encoded = [string.encode() for string in self._strings]
        self._automaton = BytesAhoCorasick(encoded)
        self._longest = max(map(len, encoded), default=0)

    def held_by(self, text: str) -> frozenset[str]:
        """Those that stand in a text; capitals count."""
        data = text.encode("utf-8", "surrogatepass")
        found: set[int] = set()
        for start in range(0, len(data), CHUNK):
            # a string may lie over the end of a chunk
            piece = data[start : start + CHUNK + self._longest - 1]
            matches = self._automaton.find_matches_as_indexes(piece, overlapping=True)
            found.update(number for number, _, _ in matches)
        return frozenset(self._strings[number] for number in found)

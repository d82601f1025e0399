"""Patterns that are rarely there: looked for only in a text with one of the strings they need.

Whether a string is in a text is told a hundred times faster than whether a pattern matches.
"""

import re
from collections.abc import Iterable, Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

from nlp.folded import fold
from nlp.grouped import grouped

_VARIANTS = 8
"""Most strings that small character classes may multiply one run of letters to."""
_CLASS = 4
"""Largest character class whose letters are told apart."""
_WIDTHLESS = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)

Needs = frozenset[str]


class Sought:
    """A pattern for `lowered` text with the strings of which every match holds at least one."""

    __slots__ = ("_plain", "needs", "pattern")

    def __init__(self, pattern: str, *, folded: bool = True) -> None:
        """Compile the pattern; ValueError when nothing can be told from what it needs."""
        source = fold(pattern) if folded else pattern
        self.pattern = re.compile(grouped(source))
        found = _needs(_parser.parse(source))
        if not found:
            raise ValueError(f"a match of {pattern!r} needs no string: use folded() for it")
        self.needs = tuple(sorted(_shortest(found), key=lambda need: (len(need), need)))
        self._plain = tuple(need for need in self.needs if need.isascii())

    def may_match(self, text: str) -> bool:
        """Whether one of the strings is there."""
        for need in self._plain if text.isascii() else self.needs:  # noqa: SIM110 -- three times as fast as any()
            if need in text:
                return True
        return False

    def within(self, text: str) -> "Sought":
        """The same for parts of a text: only the strings that it holds are looked for in them."""
        narrow = Sought.__new__(Sought)
        narrow.pattern = self.pattern
        wanted = self._plain if text.isascii() else self.needs
        narrow.needs = narrow._plain = tuple([need for need in wanted if need in text])
        return narrow

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self.pattern.search(text) if self.may_match(text) else None

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The match that begins right at a place."""
        return self.pattern.match(text, at)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in order."""
        return self.pattern.finditer(text) if self.may_match(text) else iter(())


def exact(pattern: str) -> Sought:
    """The pattern as written, for text in its own case."""
    return Sought(pattern, folded=False)


def _shortest(found: Needs) -> Iterable[str]:
    """The strings without those that hold another one."""
    return (need for need in found if not any(o != need and o in need for o in found))


def _needs(sequence: Iterable[tuple[Any, Any]]) -> Needs:
    """Strings of which a match of the sequence holds at least one; empty when nothing is sure."""
    choices: list[Needs] = []
    run = frozenset({""})
    for op, value in sequence:
        letters = _letters(op, value)
        if letters and len(run) * len(letters) <= _VARIANTS:
            run = frozenset(start + letter for start in run for letter in letters)
            continue
        choices.append(_inside(op, value))
        if op not in _WIDTHLESS:
            choices.append(run)
            run = letters or frozenset({""})
    choices.append(run)
    best = max(choices, key=_worth)
    return best if all(best) else frozenset()


def _letters(op: object, value: Any) -> Needs:
    """The characters that one place of a pattern may be, when they are few."""
    if op is _constants.LITERAL:
        return frozenset({chr(value)})
    few = op is _constants.IN and len(value) <= _CLASS
    if few and all(kind is _constants.LITERAL for kind, _ in value):
        return frozenset(chr(code) for _, code in value)
    return frozenset()


def _inside(op: object, value: Any) -> Needs:
    """What a group, repetition or alternation needs."""
    if op is _constants.SUBPATTERN:
        return _needs(value[-1])
    if op in _REPEATS and value[0] > 0:
        return _needs(value[2])
    if op is _constants.ASSERT:
        return _needs(value[1])
    if op is _constants.BRANCH:
        branches = [_needs(branch) for branch in value[1]]
        return frozenset().union(*branches) if all(branches) else frozenset()
    return frozenset()


def _worth(needs: Needs) -> tuple[int, int]:
    """How well the strings tell a match: none with an empty one, long ones, few of them."""
    shortest = min(map(len, needs), default=0)
    return (shortest, -len(needs)) if shortest else (0, 0)

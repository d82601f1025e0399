"""Long alternations sorted under their first letters: `re` tries every alternative in turn."""

import re
from collections.abc import Iterator
from itertools import groupby

_MANY = 6
"""Alternatives from which sorting pays."""
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|[^\\\[()|]+", re.DOTALL)
_FIRST = re.compile(r"([^\\.^$*+?{}\[\]|()]|\\[^\w\s])(?![?*{])")
_OPENING = re.compile(r"\((?:\?(?::|P<\w+>|[=!>]))?")
"""The beginning of a group whose alternatives may be sorted; lookbehinds and conditions may not."""


def grouped(pattern: str) -> str:
    """A pattern equal to this one for lower-case text, with long alternations as `a(?:…)|b(?:…)`.

    Alternatives keep their order among those with the same first character, and never pass one
    whose first character is not certain.
    """
    found = [_inside(alternative) for alternative in _split(pattern)]
    return "|".join(_sorted(found)) if len(found) >= _MANY else "|".join(found)


def _sorted(found: list[str]) -> Iterator[str]:
    for certain, run in groupby(found, key=lambda each: _FIRST.match(each) is not None):
        by_first: dict[str, list[str]] = {}
        for alternative in run:
            first = _FIRST.match(alternative)
            if first is None:
                yield alternative
            else:
                by_first.setdefault(first[1], []).append(alternative[first.end() :])
        for letter, rests in by_first.items() if certain else ():
            yield letter + (rests[0] if len(rests) == 1 else f"(?:{grouped('|'.join(rests))})")


def _split(pattern: str) -> list[str]:
    """The alternatives of a pattern as they stand outside its groups."""
    found = [""]
    depth = 0
    for m in _PIECE.finditer(pattern):
        depth += (m[0] == "(") - (m[0] == ")")
        if m[0] == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += m[0]
    return found


def _inside(alternative: str) -> str:
    """The alternative with its groups sorted."""
    parts: list[str] = []
    depth = start = 0
    for m in _PIECE.finditer(alternative):
        if m[0] == "(":
            start = m.start() if depth == 0 else start
            depth += 1
        elif m[0] == ")":
            depth -= 1
            if depth == 0:
                parts.append(_group(alternative[start : m.end()]))
        elif depth == 0:
            parts.append(m[0])
    return "".join(parts)


def _group(group: str) -> str:
    opening = _OPENING.match(group)
    if opening is None or group[opening.end()] == "?":
        return group
    return f"{opening[0]}{grouped(group[opening.end() : -1])})"

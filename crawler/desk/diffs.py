"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
WORDS = 6_000
"""Words of a text that are compared; longer ones are compared line by line."""
CONTEXT = 60
"""Characters of unchanged text that are shown beside a change."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the comparison."""

    kind: str
    """same, added, removed or left_out."""
    text: str
    """The raw text; of unchanged stretches only the ends."""


def changes_between(before: str, after: str) -> list[Change]:
    """The comparison from start to end; empty when the texts are equal."""
    if before == after:
        return []
    old, new = _words(before), _words(after)
    if max(len(old), len(new)) > WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    changes: list[Change] = []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (tag, a, b, c, d) in enumerate(codes):
        if tag == "equal":
            first, last = number == 0, number == len(codes) - 1
            changes += _shortened("".join(new[c:d]), first=first, last=last)
            continue
        if b > a:
            changes.append(Change("removed", "".join(old[a:b])))
        if d > c:
            changes.append(Change("added", "".join(new[c:d])))
    return changes


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _shortened(text: str, *, first: bool, last: bool) -> Iterator[Change]:
    """Unchanged text: its end before a change, its start after one."""
    kept = (0 if first else CONTEXT) + (0 if last else CONTEXT)
    if len(text) <= kept + CONTEXT:
        yield Change("same", text)
        return
    if not first:
        yield Change("same", text[:CONTEXT])
    yield Change("left_out", "…")
    if not last:
        yield Change("same", text[-CONTEXT:])

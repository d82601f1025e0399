"""A text in pieces: each with the findings that stand on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Found:
    """One finding in a text."""

    kind: str
    """asset, price, contact or attribute."""
    start: int
    """First character, in the raw text."""
    end: int
    """Behind the last character."""
    label: str
    """What was understood, for people."""
    rule: str
    """Which rule found it."""
    confidence: float | None
    """0 to 1; None where the rule states none."""
    number: int = 0
    """Its number in the list beside the text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text on which the same findings stand."""

    text: str
    """The raw text."""
    founds: tuple[Found, ...]
    """The findings, the shortest first; empty between them."""


def pieces_of(text: str, founds: Sequence[Found]) -> list[Piece]:
    """The whole text, cut where a finding begins or ends; findings outside of it are left out."""
    inside = [f for f in founds if 0 <= f.start < f.end <= len(text)]
    cuts = sorted({0, len(text), *(f.start for f in inside), *(f.end for f in inside)})
    pieces = []
    for start, end in pairwise(cuts):
        on = sorted(
            (f for f in inside if f.start <= start and f.end >= end), key=lambda f: f.end - f.start
        )
        pieces.append(Piece(text[start:end], tuple(on)))
    return pieces


def numbered(founds: Sequence[Found]) -> list[Found]:
    """The findings in text order, numbered from 1."""
    ordered = sorted(founds, key=lambda f: (f.start, -f.end, f.kind, f.label))
    return [
        Found(f.kind, f.start, f.end, f.label, f.rule, f.confidence, number)
        for number, f in enumerate(ordered, start=1)
    ]

"""First step on hostile text: bounds on length, runs and marks, so that later steps are fast."""

import re
from bisect import bisect_right

from nlp.text import Edit, Text, edited, has_long_word

LIMIT = 20_000
"""Characters of a text that are read."""
RUN = 15
"""Longest run of one symbol that is kept; spaCy's tokenizer is quadratic on such runs."""
TOKEN = 256
"""Longest run without white space that is kept in one piece; ids and addresses are shorter."""

_SYMBOLS = re.compile(rf"([^\w\s]|_)\1{{{RUN},}}")
_RUN = re.compile(rf"[^\w\s][^\w\s]{{{RUN}}}")
_MIXED = re.compile(r"[^\w\s]{61,}")
_SPACES = re.compile(r"[^\S\n][^\S\n]{40,}")
_LINE_ENDS = re.compile(r"(?:[^\S\n]*\n){9,}")
_MARKS = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]{5,}"
)
_PIECE = re.compile(rf"\S{{{TOKEN // 2},{TOKEN - 1}}}[^A-Za-z0-9\s]|\S{{{TOKEN}}}")


def harden(raw: str, *, limit: int = LIMIT) -> Text:
    """The text within bounds: cut at `limit`, runs of symbols and marks shortened, tokens split.

    Nothing else is changed. What was lost is said in `problems`; a token over 256 characters is
    split by a space, not lost.
    """
    kept = raw[:limit]
    problems = [] if len(raw) <= limit else [f"text cut at {limit} of {len(raw)} characters"]
    text = Text(raw, kept, range(len(kept) + 1))
    if not kept.isascii():
        text = edited(text, _shorten(_MARKS, text.clean, 4))
    if "_" * (RUN + 1) in text.clean or _RUN.search(text.clean):
        text = edited(text, _shorten(_SYMBOLS, text.clean, RUN))
        mixed = list(_shorten(_MIXED, text.clean, 60))
        if mixed:
            problems.append(f"{len(mixed)} runs of more than 60 symbols cut")
        text = edited(text, mixed)
    text = edited(text, _squeeze(text.clean))
    if has_long_word(text.clean, TOKEN + 1):
        text = edited(text, _split(text.clean))
    return Text(raw, text.clean, text.offsets, tuple(problems)) if problems else text


def _shorten(pattern: re.Pattern[str], clean: str, keep: int) -> list[Edit]:
    return [(m.start() + keep, m.end(), "") for m in pattern.finditer(clean)]


def _squeeze(clean: str) -> list[Edit]:
    """Edits that cut white space: 40 blanks in a line, 8 line ends."""
    edits: list[Edit] = []
    if clean.count("\n") > 8:
        edits = [(m.start(), m.end(), "\n" * 8) for m in _LINE_ENDS.finditer(clean)]
    ends = [end for _, end, _ in edits]
    for m in _SPACES.finditer(clean):
        i = bisect_right(ends, m.start())
        if i == len(ends) or m.end() <= edits[i][0]:
            edits.append((m.start(), m.end(), " " * 40))
    return sorted(edits)


def _split(clean: str) -> list[Edit]:
    """Edits that put a space into long tokens, after a symbol where there is one."""
    edits: list[Edit] = []
    at = 0
    while (m := _PIECE.search(clean, at)) is not None:
        at = m.end()
        if at < len(clean) and not clean[at].isspace():
            edits.append((at, at, " "))
    return edits

"""Each source as if it had been left out, in one table.

Nothing is learnt from labelled posts, so a source left out is read as it is read now; the worst
row says what to expect of a forum that nobody has looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

COLUMNS = {
    "asset": "types",
    "price_amount_currency": "prices",
    "price_tuple": "with unit",
    "offer": "offers",
    "contact": "contacts",
    "provider": "brands",
}
"""Measures of which F1 is shown, with their headings."""
NOTE = "Nothing is trained: a source left out scores as it stands here."


def left_out(figures: Mapping[str, Any]) -> list[str]:
    """Lines of a table with one row per source, the worst of each column, and a note.

    `figures` are those of `nlp.evaluate.score`; a dash where a source has nothing to be found.
    """
    rows = {name: _row(one) for name, one in figures["by"]["source"].items()}
    width = max([len("left out"), *map(len, rows)])
    sizes = {name: str(one["posts"]) for name, one in figures["by"]["source"].items()}
    head = ["intent", "macro", *COLUMNS.values()]
    lines = [_line("left out", "posts", head, width)]
    lines += [_line(name, sizes[name], map(_shown, row), width) for name, row in rows.items()]
    worst = [_least(column) for column in zip(*rows.values(), strict=True)]
    lines.append(_line("worst", "", map(_shown, worst), width))
    return [*lines, NOTE]


def _row(figures: Mapping[str, Any]) -> list[float | None]:
    """Intent accuracy, macro F1 over types, and F1 of each measure."""
    macro = figures["asset_macro_f1"] if figures["asset"]["n"] else None
    return [figures["intent_accuracy"], macro, *(_f1(figures[name]) for name in COLUMNS)]


def _f1(measure: Mapping[str, Any]) -> float | None:
    value = measure["f1"]
    return float(value) if measure["n"] and value is not None else None


def _least(column: Sequence[float | None]) -> float | None:
    return min((figure for figure in column if figure is not None), default=None)


def _shown(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3f}"


def _line(name: str, posts: str, cells: Iterable[str], width: int) -> str:
    return f"{name:{width}s}  {posts:>5s}  " + "  ".join(f"{cell:>9s}" for cell in cells)

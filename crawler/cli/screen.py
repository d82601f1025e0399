"""What people see: tables on a terminal, plain lines elsewhere, JSON on demand."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

console = Console()
errors = Console(stderr=True)

CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)


def safe(value: Any) -> str:
    """A value for a terminal: without control sequences and direction marks; empty for None.

    Everything that strangers wrote passes through here before it is printed.
    """
    return "" if value is None else CONTROLS.sub("\ufffd", str(value))


def safe_line(value: Any) -> str:
    """Like `safe`, on one line, so that a text cannot pretend to be a line of ours."""
    return " ".join(safe(value).split())


@dataclass
class Taste:
    """What the operator wants to see beside results and errors."""

    quiet: bool = False
    """Whether progress is unwanted."""


taste = Taste()


def print_json(value: Any) -> None:
    """Print one JSON document; characters that steer a terminal are escaped in it."""
    print(safe_json(value, indent=2))


def safe_json(value: Any, indent: int | None = None) -> str:
    """A value as JSON in which characters that steer a terminal are escaped: it reads the same."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return CONTROLS.sub(escape_sequence, text)


def escape_sequence(found: re.Match[str]) -> str:
    """A character as JSON escapes it."""
    return json.dumps(found[0])[1:-1]


def print_rows(title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Print rows as a table; as plain aligned lines where no terminal is attached."""
    if not console.is_terminal:
        print_plain(columns, rows)
        return
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        number = any(isinstance(row[column], int | float) for row in rows)
        table.add_column(column.replace("_", " "), justify="right" if number else "left")
    for row in rows:
        table.add_row(*(escape(safe_line(row[column])) for column in columns))
    console.print(table)


def print_plain(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Print rows as lines of aligned columns, with one line of names."""
    lines = [list(columns), *([safe_line(row[column]) for column in columns] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    for line in lines:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )

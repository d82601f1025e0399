"""What people see: tables on a terminal, plain lines elsewhere, JSON on demand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.boundaries.terminal import safe_json, safe_term, safe_term_line

NEWLINE = re.compile(r"[\n\t]")
console = Console()
errors = Console(stderr=True)


@dataclass
class Taste:
    """What the operator wants to see beside results and errors."""

    quiet: bool = False
    """Whether progress is unwanted."""


taste = Taste()


def say(text: Any = "") -> None:
    """Print one line of results; nothing in it steers the terminal or begins another line."""
    print(NEWLINE.sub(" ", safe_term(text)), flush=True)


def say_lines(text: str) -> None:
    """Print a text of several lines that is ours, such as a report or a unit file."""
    for line in text.splitlines():
        say(line)


def tell(text: Any) -> None:
    """Print one line about what is done or wrong on standard error, as safe as `say`."""
    line = NEWLINE.sub(" ", safe_term(text))
    errors.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """Print one JSON document; characters that steer a terminal are escaped in it."""
    print(safe_json(value, indent=2))


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
        table.add_row(*(Text(safe_term_line(row[column])) for column in columns))
    console.print(table)


def print_plain(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Print rows as lines of aligned columns, with one line of names."""
    lines = [list(columns), *([safe_term_line(row[column]) for column in columns] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    for line in lines:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )

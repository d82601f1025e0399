"""What people see: tables and progress on a terminal, plain lines elsewhere, JSON on demand."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

console = Console()
errors = Console(stderr=True)

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe(value: Any) -> str:
    """A value for a terminal: without control sequences and direction marks; empty for None."""
    return "" if value is None else CONTROLS.sub("\ufffd", str(value))


def print_json(value: Any) -> None:
    """Print one JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


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
        table.add_row(*(escape(safe(row[column])) for column in columns))
    console.print(table)


def print_plain(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Print rows as lines of aligned columns, with one line of names."""
    lines = [list(columns), *([safe(row[column]) for column in columns] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    for line in lines:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress display that is silent where no terminal is attached."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<16}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[note]}", markup=False),
    )
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        yield bar

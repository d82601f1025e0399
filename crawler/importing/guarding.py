"""The intake guard over messages of an export, before any of them is kept."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from crawler.ids import sha256_of
from crawler.importing.formats import Format, Row
from crawler.intake import Guard, masked


@dataclass(frozen=True, slots=True)
class Rules:
    """How messages become chunks."""

    format: Format
    guard: Guard
    masks: bool
    """Whether secrets of third persons are masked in what is kept."""


def guarded_rows(
    rows: list[Any], head: Row, rules: Rules
) -> tuple[list[Any], list[tuple[str, str, int]], int]:
    """Rows that may be kept, those left out (id, hash, size), and secrets masked.

    A look at all of them together is cheap; single ones are looked at only where it finds any.
    """
    name = "\n".join(strings_in(head))
    together = "\n".join([name, *(whole_of(row, rules.format) for row in rows)])
    drops = []
    if rules.guard.is_forbidden(together):
        kept = []
        for row in rows:
            if rules.guard.is_forbidden(f"{name}\n{whole_of(row, rules.format)}"):
                raw = dumped(row)
                drops.append((name_of(row), sha256_of(raw), len(raw)))
            else:
                kept.append(row)
        rows = kept
    if not rules.masks or not masked(together)[1]:
        return rows, drops, 0
    hidden = [masked_row(row, rules.format) for row in rows]
    return [row for row, _ in hidden], drops, sum(count for _, count in hidden)


def whole_of(row: Any, form: Format) -> str:
    """All texts of a message: its words as they were seen, and everything else."""
    words = form.words(row) if isinstance(row, dict) else ""
    return "\n".join([words, *strings_in(row)])


def masked_row(row: Any, form: Format) -> tuple[Any, int]:
    """A message with secrets of third persons masked in all of its texts, and how many."""
    count = 0

    def hide(text: str) -> str:
        nonlocal count
        clean, found = masked(text)
        count += found
        return clean

    if isinstance(row, dict):
        words, found = masked(form.words(row))
        if found:
            row, count = form.worded(row, words), found
    return mapped(row, hide), count


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with each of its texts changed; its depth is bounded by the stream."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: mapped(each, change) for key, each in value.items()}
    return [mapped(each, change) for each in value] if isinstance(value, list) else value


def strings_in(value: Any) -> Iterator[str]:
    """The texts in a JSON value, in order; keys are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings_in(each)


def name_of(row: Any) -> str:
    """The id of a message, for people."""
    return str(row.get("id"))[:64] if isinstance(row, dict) else type(row).__name__


def dumped(value: Any) -> bytes:
    """A JSON value as bytes, one line; without `<`, so that nothing takes it for markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").encode("utf-8", "replace")

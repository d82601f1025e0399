"""Hostile cases by area: what somebody does to us, and what Rackrent does then.

A module of this package is an area: its docstring's first line names it, `CASES` lists its cases,
and the tests beside it run each. `make cases` writes docs/hostile-cases.md from them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile case."""

    name: str
    """Lower-case words joined by hyphens; unique over all areas."""
    does: str
    """What the other side does, as a noun phrase or a sentence without its full stop."""
    holds: str
    """What Rackrent does then: what the test asserts."""

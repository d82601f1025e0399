"""What a check says."""

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Status = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's answer about one thing."""

    check: str
    """Which check, lower snake case."""
    status: Status
    """ok; warning: works, but not for long or not for all; fault: something does not work."""
    text: str
    """What was found, and where."""
    remedy: str | None = None
    """What mends it: a command as it is to be typed, or one sentence; None when all is well."""


def ok(check: str, text: str) -> Finding:
    """All is well."""
    return Finding(check, "ok", text)


def warning(check: str, text: str, remedy: str) -> Finding:
    """It works, but not for long or not for all."""
    return Finding(check, "warning", text, remedy)


def fault(check: str, text: str, remedy: str) -> Finding:
    """Something does not work."""
    return Finding(check, "fault", text, remedy)


def quoted(path: Path) -> str:
    """A path as a shell reads it."""
    return shlex.quote(str(path))

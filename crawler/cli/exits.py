"""Exit codes, as the design fixes them, and the one way to end with an error."""

import sys
from enum import IntEnum
from typing import NoReturn

from crawler.cli import screen


class Exit(IntEnum):
    """What the command's exit code says."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    WAY_OUT = 3
    DEGRADED = 4
    PAUSED = 5
    STORAGE = 6
    INTERRUPTED = 130


STATUS_EXITS = {
    "ok": Exit.DONE,
    "degraded": Exit.DEGRADED,
    "failed": Exit.DEGRADED,
    "paused": Exit.PAUSED,
    "interrupted": Exit.INTERRUPTED,
    "running": Exit.ERROR,
}
"""Exit code of a run's status."""


def exit_of(status: str, reason: str | None) -> Exit:
    """The exit code of a run."""
    if status == "failed" and (reason or "").startswith("storage"):
        return Exit.STORAGE
    if status == "failed" and (reason or "").startswith("proxy"):
        return Exit.WAY_OUT
    if status == "interrupted" and (reason or "").startswith("active_hours"):
        return Exit.DONE
    return STATUS_EXITS.get(status, Exit.ERROR)


SEVERITY = (
    Exit.DONE, Exit.DEGRADED, Exit.PAUSED, Exit.WAY_OUT, Exit.ERROR, Exit.STORAGE,
    Exit.INTERRUPTED,
)  # fmt: skip
"""From harmless to grave: of several runs the gravest counts."""


def gravest(codes: list[Exit]) -> Exit:
    """The exit code that stands for several."""
    return max(codes, key=SEVERITY.index, default=Exit.DONE)


def fail(text: str, code: Exit) -> NoReturn:
    """Say what is wrong on standard error and end."""
    for line in text.splitlines():
        screen.tell(f"rackrent: {line}")
    sys.exit(code)

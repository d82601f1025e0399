"""Progress of long commands: a bar with rate and time to go; plain lines where no terminal is."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

from crawler.cli.screen import errors, taste, tell

Tell = Callable[..., None]
"""Called with how much is done, how much there is in all (or None), and a note."""
BYTES = "bytes"
"""The unit of which rates are written as MB/s."""
LINE_S = 10.0
"""Seconds between two lines where no terminal is attached."""


class RateColumn(ProgressColumn):
    """How much is done a second, or a minute when it is slow."""

    def render(self, task: Task) -> Text:
        """The rate in words; empty before it is known."""
        return Text(rate_in_words(task.speed), style="dim")


def rate_in_words(per_second: float | None) -> str:
    """A rate such as `12.5/s` or `20/min`; empty for None and for nothing."""
    if not per_second:
        return ""
    return f"{per_second:.1f}/s" if per_second >= 1 else f"{per_second * 60:.1f}/min"


@contextmanager
def bars(unit: str = "") -> Iterator[Progress]:
    """A display of several bars; silent where no terminal is attached or nobody wants it."""
    sized = unit == BYTES
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<16}", markup=False),
        BarColumn(bar_width=24),
        DownloadColumn() if sized else MofNCompleteColumn(),
        TransferSpeedColumn() if sized else RateColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[note]}", markup=False),
    )
    hidden = taste.quiet or not errors.is_terminal
    with Progress(*columns, console=errors, transient=True, disable=hidden) as progress:
        yield progress


@contextmanager
def counting(name: str, unit: str) -> Iterator[Tell]:
    """Tell how far one thing is: a bar on a terminal, a line now and then elsewhere."""
    if taste.quiet:
        yield lambda done, total=None, note="": None
    elif not errors.is_terminal:
        yield Lines(name, unit).tell
    else:
        with bars(unit) as progress:
            task = progress.add_task(name, total=None, note=unit)
            yield lambda done, total=None, note="": progress.update(
                task, completed=done, total=total, note=note or unit
            )


@dataclass
class Lines:
    """Progress as lines on standard error, one every few seconds."""

    name: str
    """What is at work."""
    unit: str
    """What is counted."""
    clock: Callable[[], float] = time.monotonic
    """Seconds that only grow."""
    began: float = field(init=False)
    told: float = field(init=False)

    def __post_init__(self) -> None:
        """Start the clock."""
        self.began = self.told = self.clock()

    def tell(self, done: int, total: int | None = None, note: str = "") -> None:
        """Print a line when the last one is some seconds old."""
        now = self.clock()
        if now - self.told < LINE_S:
            return
        self.told = now
        rate = done / (now - self.began)
        left = f" · {(total - done) / rate:.0f} s to go" if total and rate else ""
        of = f" of {total}" if total else ""
        line = f"{self.name}: {done}{of} {self.unit} · {rate_in_words(rate)}{left} {note}"
        tell(line.rstrip())

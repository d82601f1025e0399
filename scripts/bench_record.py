"""The record of `make bench`: `docs/performance.json`, one entry a run, newest last."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from scripts.measure import Measure, measure_of

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "docs/performance.json"
KEPT = 20
"""Runs that stay in the record."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a benchmark brought."""

    bench: str
    measures: tuple[Measure, ...] = ()
    error: str | None = None
    """Why there are no measures; None where there are."""
    seconds: float = 0.0
    """How long it took, wall time."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One run of `make bench`: where and when, and what it brought."""

    commit: str
    dirty: bool
    """Whether files differed from the commit."""
    at: str
    """When it began, UTC."""
    processor: str
    cores: int
    python: str
    quick: bool
    """Whether fewer rounds than usual were taken."""
    load: float
    """Load of the machine when it began: processes that wanted to run, over one minute."""
    outcomes: tuple[Outcome, ...] = field(default=())


def here(at: str, *, quick: bool) -> Taken:
    """This machine and this commit."""
    return Taken(
        commit=_git("rev-parse", "HEAD"),
        dirty=bool(_git("status", "--porcelain", "--untracked-files=no")),
        at=at,
        processor=processor_name(),
        cores=os.cpu_count() or 1,
        python=platform.python_version(),
        quick=quick,
        load=round(os.getloadavg()[0], 1),
    )


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def processor_name() -> str:
    """The processor as the system names it; its architecture where it names none."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names and names[0] else platform.machine()


def load_record(path: Path = RECORD) -> list[Taken]:
    """All runs of a record, oldest first; none where there is no file.

    Raises:
        ValueError: the file is no record.
    """
    if not path.exists():
        return []
    return [taken_of(raw) for raw in json.loads(path.read_text("utf-8"))["runs"]]


def taken_of(raw: dict[str, Any]) -> Taken:
    """A run from its JSON object."""
    outcomes = tuple(
        Outcome(
            bench=each["bench"],
            measures=tuple(measure_of(measure) for measure in each["measures"]),
            error=each["error"],
            seconds=each["seconds"],
        )
        for each in raw["outcomes"]
    )
    return Taken(**{**raw, "outcomes": outcomes})


def save_record(runs: Iterable[Taken], path: Path = RECORD) -> None:
    """Write the newest runs."""
    kept = [asdict(run) for run in runs][-KEPT:]
    path.write_text(json.dumps({"runs": kept}, indent=1, ensure_ascii=False) + "\n", "utf-8")


def newest(runs: Iterable[Taken]) -> dict[str, tuple[Taken, Outcome]]:
    """The newest outcome of each benchmark, with its run: one with figures where there is one."""
    found: dict[str, tuple[Taken, Outcome]] = {}
    for run in runs:
        for outcome in run.outcomes:
            if outcome.measures or outcome.bench not in found:
                found[outcome.bench] = (run, outcome)
    return found

"""Figures of benchmarks as they are kept: what each script writes with `--json FILE`."""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure and the bar that it is held against."""

    name: str
    """What is measured; the same in every run."""
    value: float
    """The figure: as a rule the median of the rounds."""
    unit: str
    """Its unit; `ratio` for one that has none."""
    bar: float
    """The worst value that still holds."""
    better: Better
    """Which way is better."""
    rounds: tuple[float, ...]
    """The figure of each round, in order."""
    note: str = ""
    """How it was taken, in a sentence."""

    @property
    def holds(self) -> bool:
        """Whether the figure keeps to its bar."""
        return self.value >= self.bar if self.better == "higher" else self.value <= self.bar

    @property
    def spread(self) -> float:
        """Largest round less smallest, as a share of the figure; 0 where there is one round."""
        if len(self.rounds) < 2 or not self.value:
            return 0.0
        return (max(self.rounds) - min(self.rounds)) / abs(self.value)


def median_of(
    name: str, rounds: Sequence[float], bar: float, better: Better, *, note: str = ""
) -> Measure:
    """A ratio whose value is the median of its rounds."""
    return Measure(name, statistics.median(rounds), "ratio", bar, better, tuple(rounds), note)


def measure_of(raw: dict[str, Any]) -> Measure:
    """A measure from its JSON object.

    Raises:
        ValueError: a field is missing or of no use; the message names it.
    """
    try:
        better = raw["better"]
        if better not in ("higher", "lower"):
            raise ValueError(f"better: '{better}' is neither 'higher' nor 'lower'")
        return Measure(
            name=str(raw["name"]),
            value=float(raw["value"]),
            unit=str(raw["unit"]),
            bar=float(raw["bar"]),
            better=better,
            rounds=tuple(float(each) for each in raw["rounds"]),
            note=str(raw.get("note", "")),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{raw}: no measure: {error!r}") from error


def save_measures(path: Path, measures: Iterable[Measure]) -> None:
    """Write `{"measures": […]}`."""
    rows = [asdict(measure) for measure in measures]
    text = json.dumps({"measures": rows}, indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", "utf-8")


def load_measures(path: Path) -> list[Measure]:
    """The measures of a file that `save_measures` or another script wrote.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not JSON of that shape.
    """
    raw = json.loads(path.read_text("utf-8"))
    if not isinstance(raw, dict) or not isinstance(raw.get("measures"), list):
        raise ValueError(f"{path}: no object with a list of measures")
    return [measure_of(each) for each in raw["measures"]]


def line_of(measure: Measure) -> str:
    """A measure as a line of a terminal."""
    most = "at least" if measure.better == "higher" else "at most"
    holds = "holds" if measure.holds else "MISSES"
    unit = "" if measure.unit == "ratio" else f" {measure.unit}"
    return f"{measure.name}: {measure.value:.3g}{unit}   ({most} {measure.bar:g}: {holds})"


def report(measures: Sequence[Measure], kept: Path | None) -> None:
    """Print measures, and write them to a file where one is named."""
    for measure in measures:
        print(line_of(measure))
    if kept:
        save_measures(kept, measures)

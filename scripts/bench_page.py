"""`docs/performance.md` from the record of `make bench`: misses first, then all measures."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from scripts.bench_list import BENCHES
from scripts.bench_record import ROOT, Outcome, Taken, load_record, newest
from scripts.measure import Measure

PAGE = ROOT / "docs/performance.md"
NOTES = ROOT / "scripts/bench_notes.yml"
"""Where the time of a missed measure goes, by its name: what a profile showed."""
HEAD = """# Performance

<!-- written by `make bench` and `make performance` from performance.json; do not edit -->

Every figure is a ratio against a limit that was measured in the same run, so it says the same on
another machine; processor time where that is what counts. `make bench` takes them all and prints
one table, `make bench QUICK=1` with fewer rounds; `scripts/bench.py --only store size` takes some,
`--against COMMIT` prints an earlier run's next to them. The record with every round, the commit and
the machine is [performance.json](performance.json).
"""
ROW = "| {name} | {value} | {bar} | {holds} | {spread} | {commit} |"


def page_text(runs: Sequence[Taken], notes: dict[str, str]) -> str:
    """The page for a record."""
    found = newest(runs)
    known = [(bench, *found[bench.name]) for bench in BENCHES if bench.name in found]
    outcomes = [outcome for _, _, outcome in known]
    parts = [HEAD, misses_text(outcomes, notes), "## All measures\n"]
    parts.append(
        "The value is the median of the rounds, the spread the largest round less the smallest.\n"
    )
    for bench, run, outcome in known:
        parts += [f"### {bench.name}\n", f"{bench.about}\n", table_text(run, outcome)]
    parts += ["## Machines\n", machines_text([run for _, run, _ in known])]
    left = [bench.name for bench in BENCHES if bench.name not in found]
    if left:
        parts.append(f"Not taken yet: {', '.join(left)}.\n")
    return "\n".join(parts)


def misses_text(outcomes: Sequence[Outcome], notes: dict[str, str]) -> str:
    """What misses its bar or could not be taken, and why."""
    misses = [each for outcome in outcomes for each in outcome.measures if not each.holds]
    failed = [outcome for outcome in outcomes if outcome.error]
    if not misses and not failed:
        return "## What misses its bar\n\nNothing.\n"
    lines = [
        f"- **{each.name}**: {figure_text(each.value, each.unit)}, bar {bar_text(each)}."
        + (f" {' '.join(notes[each.name].split())}" if each.name in notes else "")
        for each in misses
    ]
    lines += [f"- **{each.bench}** could not be taken: {each.error}." for each in failed]
    return "\n".join(["## What misses its bar\n", *lines, ""])


def table_text(run: Taken, outcome: Outcome) -> str:
    """A benchmark's measures as a table."""
    if outcome.error:
        return f"Could not be taken: {outcome.error}.\n"
    commit = f"{run.commit[:10]}{' +' if run.dirty else ''}{', quick' if run.quick else ''}"
    rows = [
        ROW.format(
            name=each.name.replace("|", "\\|"),
            value=figure_text(each.value, each.unit),
            bar=bar_text(each),
            holds="holds" if each.holds else "**misses**",
            spread=f"{each.spread:.0%} of {len(each.rounds)}" if len(each.rounds) > 1 else "",
            commit=commit,
        )
        for each in outcome.measures
    ]
    notes = [f"{each.name}: {each.note}." for each in outcome.measures if each.note]
    head = ["| measure | value | bar | | spread | commit |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *rows, "", *(f"- {note}" for note in notes), ""])


def machines_text(runs: Sequence[Taken]) -> str:
    """Where and when the shown figures were taken."""
    lines = {
        f"- {run.at}: {run.commit[:10]}{' with changes (+)' if run.dirty else ''}, {run.cores} ×"
        f" {run.processor}, Python {run.python}, load {run.load:g} when it began"
        for run in runs
    }
    return "\n".join([*sorted(lines), ""])


def figure_text(value: float, unit: str) -> str:
    """A figure with its unit."""
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return text if unit == "ratio" else f"{text} {unit}"


def bar_text(measure: Measure) -> str:
    """A bar as a comparison."""
    sign = "≥" if measure.better == "higher" else "≤"
    return f"{sign} {figure_text(measure.bar, measure.unit)}"


def load_notes(path: Path = NOTES) -> dict[str, str]:
    """Notes on measures, by name."""
    return {str(k): str(v) for k, v in (yaml.safe_load(path.read_text("utf-8")) or {}).items()}


def write_page() -> None:
    """Write the page from the record."""
    PAGE.write_text(page_text(load_record(), load_notes()), "utf-8")

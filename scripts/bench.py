"""`make bench`: all benchmarks one after another, one table, kept with the commit.

A benchmark that fails or lacks an optional package is a row that says so. `docs/performance.md` is
written from the record by `--docs` (`make performance`). Exit code 1: a bar was missed or a
benchmark failed.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from scripts.bench_list import BENCHES, Bench  # noqa: E402
from scripts.bench_page import bar_text, figure_text, write_page  # noqa: E402
from scripts.bench_record import RECORD, Outcome, here, load_record, save_record  # noqa: E402
from scripts.measure import Measure, load_measures  # noqa: E402

LONGEST_S = 3600


def outcome_of(bench: Bench, *, quick: bool, scripts: Path = ROOT / "scripts") -> Outcome:
    """Run a benchmark in a process of its own; what it brought, or why it brought nothing."""
    script = scripts / f"bench_{bench.name}.py"
    if not script.exists():
        return Outcome(bench.name, error=f"{script.name} is not there")
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rr-") as name:
        kept = Path(name) / "measures.json"
        command = [sys.executable, str(script), "--json", str(kept), *(bench.quick * quick)]
        try:
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, timeout=LONGEST_S, check=False
            )
            measures, error = measures_in(kept, done)
        except subprocess.TimeoutExpired:
            measures, error = (), f"took more than {LONGEST_S} s"
    return Outcome(bench.name, measures, error, round(time.monotonic() - start, 1))


def measures_in(
    kept: Path, done: "subprocess.CompletedProcess[bytes]"
) -> tuple[tuple[Measure, ...], str | None]:
    """The measures that a process kept, or the last line of what it said instead."""
    if not kept.exists():
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
        what = f"exit code {done.returncode}" if done.returncode else "it kept no measures"
        return (), f"{what}: {said[-1] if said else 'it said nothing'}"[:300]
    try:
        return tuple(load_measures(kept)), None
    except ValueError as error:
        return (), str(error)[:300]


def print_table(outcomes: Sequence[Outcome], earlier: dict[str, float]) -> None:
    """Print every measure with its bar, and what it was in an earlier run."""
    table = Table("measure", "value", *(["before"] if earlier else []), "bar", "", "spread", "note")
    for outcome in outcomes:
        if outcome.error:
            table.add_row(outcome.bench, "–", *(["–"] if earlier else []), "", "FAILED", "",
                          outcome.error)  # fmt: skip
        for measure in outcome.measures:
            old = earlier.get(measure.name)
            table.add_row(
                measure.name,
                figure_text(measure.value, measure.unit),
                *([figure_text(old, measure.unit) if old is not None else "–"] if earlier else []),
                bar_text(measure),
                "holds" if measure.holds else "MISSES",
                f"{measure.spread:.0%}" if len(measure.rounds) > 1 else "",
                measure.note,
            )
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def figures_of(against: str) -> dict[str, float]:
    """Figures by measure of the newest runs of a commit, or of a file of measures or a record.

    Raises:
        ValueError: nothing is known of it.
    """
    path = Path(against)
    if path.is_file():
        try:
            return {each.name: each.value for each in load_measures(path)}
        except ValueError:
            runs = load_record(path)
    else:
        runs = [run for run in load_record() if against and run.commit.startswith(against)]
    found = {m.name: m.value for run in runs for out in run.outcomes for m in out.measures}
    if not found:
        raise ValueError(f"'{against}' is neither a file with figures nor a commit in {RECORD}")
    return found


def main() -> int:
    """Run, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    names = [bench.name for bench in BENCHES]
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--against", metavar="FILE|COMMIT", help="print its figures next to these")
    parser.add_argument("--docs", action="store_true", help="only write the page from the record")
    asked = parser.parse_args()
    if asked.docs:
        write_page()
        return 0
    earlier = figures_of(asked.against) if asked.against else {}
    taken = here(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", quick=asked.quick)
    outcomes: list[Outcome] = []
    before = load_record()
    for bench in BENCHES:
        if bench.name in asked.only:
            print(f"{bench.name} …", file=sys.stderr, flush=True)
            outcomes.append(outcome_of(bench, quick=asked.quick))
            # what was taken stays, however the rest ends
            save_record([*before, replace(taken, outcomes=tuple(outcomes))])
    print_table(outcomes, earlier)
    write_page()
    return int(any(out.error or not all(m.holds for m in out.measures) for out in outcomes))


if __name__ == "__main__":
    sys.exit(main())

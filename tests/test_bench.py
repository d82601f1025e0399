"""The table, the record and the page of `make bench`."""

import json
from pathlib import Path

import pytest

from scripts.bench import figures_of, outcome_of
from scripts.bench_list import BENCHES, Bench
from scripts.bench_page import PAGE, load_notes, page_text
from scripts.bench_record import Outcome, Taken, load_record, newest, save_record
from scripts.measure import Measure, load_measures, median_of, save_measures

HOLDS = median_of("good", [1.0, 3.0, 2.0], 1.5, "higher", note="in turns")
MISSES = Measure("slow", 9.0, "s", 2.0, "lower", (9.0,))


def taken(*outcomes: Outcome, commit: str = "a" * 40) -> Taken:
    """A run with these outcomes."""
    return Taken(
        commit, False, "2026-03-01T09:00:00Z", "Chip", 2, "3.11.7", False, 0.5, tuple(outcomes)
    )


def script(folder: Path, text: str) -> Path:
    """A folder with a benchmark named `one`."""
    (folder / "bench_one.py").write_text(text, "utf-8")
    return folder


def test_the_page_is_what_the_record_says() -> None:
    assert PAGE.read_text("utf-8") == page_text(load_record(), load_notes()), (
        "run `make performance`"
    )


def test_notes_are_of_measures_and_benchmarks_have_names_of_their_own() -> None:
    measured = {m.name for run in load_record() for out in run.outcomes for m in out.measures}
    assert load_notes().keys() <= measured
    assert len({bench.name for bench in BENCHES}) == len(BENCHES)


def test_measures_come_back_as_they_were_kept(tmp_path: Path) -> None:
    assert (HOLDS.value, HOLDS.holds, HOLDS.spread) == (2.0, True, 1.0)
    assert (MISSES.holds, MISSES.spread) == (False, 0.0)
    path = tmp_path / "m.json"
    save_measures(path, [HOLDS, MISSES])
    assert load_measures(path) == [HOLDS, MISSES]


@pytest.mark.parametrize(
    "text",
    ["[]", '{"measures": 1}', '{"measures": [{"name": "x"}]}', "{", '{"measures": ["x"]}'],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError):
        load_measures(path)


def test_a_benchmark_that_fails_is_an_outcome_that_says_so(tmp_path: Path) -> None:
    bench = Bench("one", "about", quick=("--rounds", "1"))
    assert outcome_of(bench, quick=False, scripts=tmp_path).error == "bench_one.py is not there"
    failing = script(tmp_path, "import package_that_nobody_has")
    error = outcome_of(bench, quick=False, scripts=failing).error
    assert error and error.startswith("exit code 1: ModuleNotFoundError")
    silent = script(tmp_path, "print('all is well')")
    assert outcome_of(bench, quick=False, scripts=silent).error == (
        "it kept no measures: all is well"
    )
    row = {"name": "n", "value": 1, "unit": "s", "bar": 2, "better": "lower", "rounds": [1]}
    text = json.dumps({"measures": [row]})
    good = script(tmp_path, f"import sys\nopen(sys.argv[2], 'w').write('''{text}''')\n"
                  "assert sys.argv[3:] == ['--rounds', '1']")  # fmt: skip
    outcome = outcome_of(bench, quick=True, scripts=good)
    assert (outcome.error, outcome.measures) == (None, (Measure("n", 1, "s", 2, "lower", (1,)),))


def test_the_record_keeps_runs_and_the_page_shows_the_newest_figures(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    old = taken(Outcome("store", (HOLDS,)), Outcome("nlp", error="exit code 1: no words"))
    new = taken(Outcome("store", error="exit code 1: no room"), Outcome("size", (MISSES,)))
    save_record([old, new], path)
    assert load_record(path) == [old, new]
    found = newest([old, new])
    assert found["store"][0] is old
    text = page_text([old, new], {"slow": "Words take it."})
    assert "- **slow**: 9 s, bar ≤ 2 s. Words take it." in text
    assert "- **nlp** could not be taken: exit code 1: no words." in text
    assert "| good | 2 | ≥ 1.5 | holds | 100% of 3 | aaaaaaaaaa |" in text
    assert "| slow | 9 s | ≤ 2 s | **misses** |  | aaaaaaaaaa |" in text
    assert "Not taken yet: crawl, queue" in text
    assert figures_of(str(path)) == {"good": 2.0, "slow": 9.0}
    with pytest.raises(ValueError, match="neither a file with figures nor a commit"):
        figures_of("ffffffff")

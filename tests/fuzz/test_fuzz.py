"""Finds of the fuzzer are fed again; a short fuzz of every engine and of texts runs along."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spiders.engines import ENGINES
from tests.fuzz.finds import kept, replay
from tests.fuzz.judging import judge_page, judge_text
from tests.fuzz.mutating import EDITS, Edit, Seed, mutated, seeds, texts
from tests.market import ROOT

LOOSE = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("find", kept(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_find_does_no_harm_any_more(find: Path) -> None:
    replay(find)


@pytest.mark.parametrize("name", sorted(ENGINES))
@given(data=st.data(), edits=EDITS)
@LOOSE
def test_mutated_pages_are_read_in_time(name: str, data: st.DataObject, edits: list[Edit]) -> None:
    page = data.draw(st.sampled_from([each for each in seeds() if each.engine == name]))
    other: Seed = data.draw(st.sampled_from(seeds()))
    text = mutated(page.text, other.text, edits)
    judge_page(page, text.encode("utf-8", "surrogatepass"))


@given(st.sampled_from(texts()), st.sampled_from(texts()), EDITS)
@LOOSE
def test_mutated_texts_are_analysed_in_time(text: str, other: str, edits: list[Edit]) -> None:
    judge_text(mutated(text, other, edits).encode("utf-8", "ignore").decode("utf-8"))


def test_every_engine_has_pages_to_mutate() -> None:
    assert {each.engine for each in seeds()} == set(ENGINES)


def test_make_fuzz_runs_the_fuzzer() -> None:
    assert "scripts/fuzz.py" in (ROOT / "Makefile").read_text("utf-8")

"""Figures on labelled posts hold: none falls by more than a point, and the docs state them."""

import json
from pathlib import Path

import pytest

from scripts.figures import GOLD, PAGE, RECORD, measured, table

RECORDED = json.loads(RECORD.read_text("utf-8"))
MOST = 0.01


@pytest.mark.parametrize("name", sorted(GOLD))
def test_no_figure_falls_by_more_than_a_point(name: str) -> None:
    if not GOLD[name].exists():
        pytest.skip(f"{GOLD[name]} is not beside this checkout")
    figures = measured()[name]
    fallen = {
        key: (was, figures[key]) for key, was in RECORDED[name].items() if figures[key] < was - MOST
    }
    assert fallen == {}


def test_the_docs_state_the_recorded_figures() -> None:
    assert table(RECORDED) in Path(PAGE).read_text("utf-8")

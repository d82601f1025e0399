"""Floors of the figures on the gold posts; measured values are well above them."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from nlp.evaluate import as_gold, score
from nlp.findings import Document
from tests.nlp.analysing import analyser

GOLD = Path(__file__).resolve().parents[2] / "../shared/gold/dev.jsonl"
FLOORS = {
    "asset": 0.92, "price_tuple": 0.94, "offer": 0.90, "attribute": 0.86, "contact": 0.97,
    "provider": 0.85,
}  # fmt: skip


@lru_cache(maxsize=1)
def figures() -> dict[str, Any]:
    if not GOLD.exists():
        pytest.skip("../shared/gold/dev.jsonl is not beside this checkout")
    gold = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines() if line.strip()]
    return score(gold, [_predicted(row) for row in gold])


def _predicted(row: dict[str, Any]) -> dict[str, Any]:
    document = Document(
        text=row["text"], title=row["title"] or "", author=row["author"], kind=row["kind"]
    )
    return as_gold(row["id"], analyser().analyse(document))


@pytest.mark.parametrize(("measure", "floor"), FLOORS.items())
def test_f1(measure: str, floor: float) -> None:
    assert figures()[measure]["f1"] >= floor


def test_intent_and_macro_f1() -> None:
    assert figures()["intent_accuracy"] >= 0.94
    assert figures()["asset_macro_f1"] >= 0.88


def test_no_source_is_far_behind() -> None:
    sources = figures()["by"]["source"]
    assert min(s["asset"]["f1"] for s in sources.values()) >= 0.75

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from nlp.evaluate import MEASURES, as_gold, error_lines, score
from nlp.left_out import left_out
from tests.nlp.analysing import findings

SCRIPT = Path(__file__).resolve().parents[2] / "../shared/gold/score.py"

PRICE = {"min": 6, "max": 6, "currency": "USD", "per": "unit", "kind": "fixed"}
GOLD: list[dict[str, Any]] = [
    {
        "id": "1", "source": "a", "lang": "en", "intent": "offer", "provider": "Kestrel",
        "listings": [
            {"asset_type": "access.rdp", "prices": [PRICE, {**PRICE, "min": 7, "max": 7}],
             "attributes": [{"key": "country", "value": "US"}]}
        ],
        "contacts": [{"kind": "telegram", "value": "kestrel_demo"}],
    },
    {"id": "2", "source": "b", "lang": "ru", "intent": "other", "listings": [], "contacts": []},
    {"id": "3", "source": "b", "lang": "ru", "intent": "wanted", "contacts": [],
     "listings": [{"asset_type": "access.logs", "prices": [], "attributes": []}]},
]  # fmt: skip
PREDICTED: list[dict[str, Any]] = [
    {
        "id": "1", "intent": "offer", "provider": "kestrel ",
        "listings": [
            {"asset_type": "access.rdp", "prices": [PRICE, {**PRICE, "per": None}],
             "attributes": [{"key": "country", "value": "us"}]}
        ],
        "contacts": [{"kind": "telegram", "value": "Kestrel_demo"}],
    },
    {"id": "2", "intent": "offer", "contacts": [],
     "listings": [{"asset_type": "other", "prices": [], "attributes": []}]},
]  # fmt: skip


def test_figures() -> None:
    figures = score(GOLD, PREDICTED)
    assert figures["posts"] == 3
    assert figures["intent_accuracy"] == pytest.approx(1 / 3)
    assert figures["asset"]["p"] == 0.5
    assert figures["asset"]["r"] == 0.5
    assert figures["price_tuple"]["f1"] == 0.5
    assert figures["contact"]["f1"] == 1
    assert figures["provider"]["posts_fully_right"] == 1
    assert figures["attribute"]["n"] == 1
    assert figures["asset_macro_f1"] == 0.5


def test_figures_by_source_and_language() -> None:
    by = score(GOLD, PREDICTED)["by"]
    assert by["source"]["a"]["intent_accuracy"] == 1
    assert by["source"]["b"]["intent_accuracy"] == 0
    assert set(by["lang"]) == {"en", "ru"}


def test_nothing_to_divide_is_none() -> None:
    assert score([], [])["asset"]["f1"] is None
    assert score([], [])["intent_accuracy"] is None


def test_error_lines_name_post_and_measure() -> None:
    lines = error_lines(GOLD, PREDICTED, 99)
    assert lines[0].startswith("1 price_amount_currency: missed")
    assert "2 intent: other, found offer" in lines
    assert error_lines(GOLD, PREDICTED, 1) == lines[:1]
    assert error_lines(GOLD, GOLD, 99) == []


def test_same_figures_as_the_annotators_script() -> None:
    if not SCRIPT.exists():
        pytest.skip("../shared/gold/score.py is not beside this checkout")
    spec = importlib.util.spec_from_file_location("gold_score", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    theirs = script.score(GOLD, {row["id"]: row for row in PREDICTED})
    ours = score(GOLD, PREDICTED)
    assert ours["intent_accuracy"] == pytest.approx(theirs["intent_accuracy"])
    assert ours["asset_macro_f1"] == pytest.approx(theirs["asset_macro_f1"])
    for measure in MEASURES:
        for figure, value in theirs[measure].items():
            assert (ours[measure][figure] or 0) == pytest.approx(0 if value != value else value)


def test_findings_in_the_format_of_gold() -> None:
    found = findings("Selling hacked RDP, USA admin $6, tg @harrow_demo_shop", "RDP USA")
    row = json.loads(json.dumps(as_gold("x", found)))
    assert (row["id"], row["intent"], row["provider"]) == ("x", "offer", None)
    listing = row["listings"][0]
    assert listing["asset_type"] == "access.rdp"
    price = listing["prices"][0]
    assert (price["min"], price["currency"], price["per"], price["kind"]) == (
        6,
        "USD",
        "unit",
        "fixed",
    )
    assert {"quote", "part", "start", "end"} <= price.keys() & listing.keys()
    assert {(a["key"], a["value"]) for a in listing["attributes"]} >= {("country", "US")}
    assert row["contacts"][0]["value"] == "harrow_demo_shop"
    assert score([row], [row])["offer"]["f1"] == 1


def test_a_row_for_each_source_and_the_worst_of_each_column() -> None:
    head, one, two, worst, note = left_out(score(GOLD, PREDICTED))
    assert head.split()[:4] == ["left", "out", "posts", "intent"]
    assert one.split()[:3] == ["a", "1", "1.000"]
    assert two.split()[:3] == ["b", "2", "0.000"]
    assert worst.split()[:3] == ["worst", "0.000", "0.000"]
    assert two.split()[-1] == "-"
    assert note.startswith("Nothing is trained")

"""Posts for annotators: a draft says what was found, and faults in labels are named."""

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.evaluate import score
from nlp.findings import Document
from nlp.labels import draft, faults
from nlp.lexicon import load_lexicon
from tests.nlp.analysing import analyser

CHANNELS = Path(__file__).parent / "gold/channels.jsonl"
DOCUMENT = Document(text="5 RDP left, 7$ each, @kiln_host", title="UK RDP", kind="market")


def labelled() -> dict[str, Any]:
    return draft("x1", DOCUMENT, analyser().analyse(DOCUMENT))


def test_a_draft_is_a_labelled_post() -> None:
    row = labelled()
    assert (row["intent"], row["listings"][0]["asset_type"]) == ("offer", "access.rdp")
    assert row["listings"][0]["prices"][0]["quote"] == "7$"
    assert list(faults(row, load_lexicon())) == []
    again = draft("x1", DOCUMENT, analyser().analyse(DOCUMENT))
    assert score([row], [again])["offer"]["f1"] == 1.0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"intent": "sale"}, "intent 'sale'"),
        ({"provider": "Harbour"}, "provider 'Harbour' is not in"),
        ({"contacts": [{"kind": "telegram", "value": "a", "quote": "@other"}]}, "quote '@other'"),
        ({"contacts": [{"kind": "telegram"}]}, "needs kind and value"),
        ({"listings": [{"asset_type": "access.phone"}]}, "'access.phone' is no file"),
        (
            {"listings": [{"asset_type": "access.rdp", "prices": [{"quote": "9$"}]}]},
            "price quote '9$' is not in",
        ),
    ],
)
def test_faults_are_named(change: dict[str, Any], words: str) -> None:
    found = list(faults(labelled() | change, load_lexicon()))
    assert any(words in fault for fault in found), found


def test_the_second_authors_labels_are_sound() -> None:
    rows = [json.loads(line) for line in CHANNELS.read_text("utf-8").splitlines()]
    lexicon = load_lexicon()
    assert {
        row["id"]: list(faults(row, lexicon)) for row in rows if list(faults(row, lexicon))
    } == {}

"""Posts in many forms: requests, shop titles, rows, replies, reports, in seven languages."""

from pathlib import Path

import pytest
import yaml

from nlp.findings import Document
from nlp.promise import promises
from tests.nlp.analysing import analyser, findings

HERE = Path(__file__).parent
FORMS: list[dict[str, str]] = yaml.safe_load((HERE / "form_cases.yml").read_text("utf-8"))
BRANDS: list[dict[str, str]] = yaml.safe_load((HERE / "brand_cases.yml").read_text("utf-8"))


def name_of(case: dict[str, str]) -> str:
    return (case.get("title") or case.get("text", ""))[:40]


@pytest.mark.parametrize("case", FORMS, ids=name_of)
def test_intent_and_types(case: dict[str, str]) -> None:
    intent, _, types = case["wanted"].partition(" ")
    found = findings(case.get("text", ""), case.get("title", ""), kind=case.get("kind", "forum"))
    assert found.intent == intent
    assert sorted(x.asset_type for x in found.listings) == sorted(filter(None, types.split(",")))


@pytest.mark.parametrize("case", BRANDS, ids=name_of)
def test_brand(case: dict[str, str]) -> None:
    kind = "forum" if case["title"] else "channel"
    found = findings(case["text"], case["title"], kind=kind, author=case["author"]).provider
    assert (found.name.lower() if found else None) == (case["brand"] and case["brand"].lower())


@pytest.mark.parametrize(
    ("promised", "text"),
    [
        (True, "Abuse letters land in the shredder."),
        (True, "Complaints? we dont read them"),
        (True, "Жалобы летят в корзину"),
        (True, "Beschwerden landen im Müll"),
        (True, "Denúncia a gente joga no lixo"),
        (True, "Las denuncias van a la basura"),
        (True, "Good for scanning and phishing"),
        (True, "phishing ok, no cp"),
        (False, "We forward abuse reports to you within a day."),
        (False, "Abuse reports are not ignored here."),
        (False, "Zero tolerance for abuse"),
        (False, "Not allowed: phishing, spam"),
        (False, "Complaints about the weather. The bin is full."),
    ],
)
def test_a_promise_in_any_words(promised: bool, text: str) -> None:
    page = analyser()._read(Document(text=text)).text
    assert page.promises is promised
    assert promises(page) or page.promises is promised


def test_arabic_words_are_not_found_inside_others() -> None:
    assert findings("هذا طبيعي جدا").intent == "other"
    hits = analyser()._words.hits("بروتوكول وروت")
    assert [h.start for h in hits if h.kind == "asset"] == [10]


def test_prices_of_other_goods_do_not_go_to_the_listed_ones() -> None:
    found = findings("CC US - 12$\nFullz - 25$\nRDP admin - 7$\n@mixshop_demo", kind="channel")
    prices = {x.asset_type: [p.min for p in x.prices] for x in found.listings}
    assert prices == {"access.rdp": [7.0], "other": []}

"""Every asset type's own examples and counter-examples."""

from collections.abc import Iterator

import pytest

from nlp.findings import Document
from nlp.lexicon import load_lexicon
from tests.nlp.analysing import analyser


def cases(field: str) -> Iterator[tuple[str, str]]:
    for asset in load_lexicon().assets.values():
        for text in getattr(asset, field):
            yield asset.id, text


@pytest.mark.parametrize(("asset_type", "text"), [*cases("examples")])
def test_an_example_is_found(asset_type: str, text: str) -> None:
    found = {x.asset_type for x in analyser().analyse(Document(text=text)).listings}
    assert asset_type in found


@pytest.mark.parametrize(("asset_type", "text"), [*cases("not_examples")])
def test_a_counter_example_is_not_taken_for_it(asset_type: str, text: str) -> None:
    found = {x.asset_type for x in analyser().analyse(Document(text=text)).listings}
    assert asset_type not in found


def test_a_bulletproof_type_needs_a_promise() -> None:
    plain = Document(text="Dedicated server for sale, E3, 16 GB RAM - $60/month. Contact us.")
    kinds = {x.asset_type for x in analyser().analyse(plain).listings}
    assert not any(kind.startswith("hosting.bph") for kind in kinds)


def test_a_described_company_is_corporate_access_whatever_the_door() -> None:
    post = Document(
        title="RDP, US clinic",
        text="Country US, revenue $40M, 120 hosts, RDP with domain admin. Price 900$",
    )
    kinds = {x.asset_type for x in analyser().analyse(post).listings}
    assert kinds == {"access.corporate"}

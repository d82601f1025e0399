"""Linking on an invented world that knows the truth; `make bench-link` does it with 2,000."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from scripts.bench_link import Measured, measured
from scripts.link_scores import ad_scores, rebrand_scores

SELLERS = 300


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measured]:
    measure = measured(1, SELLERS, tmp_path_factory.mktemp("world"), lambda line: None)
    with closing(measure.store):
        yield measure


def test_links_are_right_and_found(found: Measured) -> None:
    _, precision, recall = found.links()
    assert precision >= 0.99
    assert recall >= 0.90


def test_names_alone_are_worse_in_both(found: Measured) -> None:
    _, precision, recall = found.links()
    for least in (1.0, 0.9, 0.8):
        _, rough, short = found.names(least)
        assert rough < precision
        assert short < recall


def test_reposts_are_one_ad_and_other_ads_are_not(found: Measured) -> None:
    score = ad_scores(found.world, found.store)
    assert score.precision >= 0.99
    assert score.recall >= 0.95


def test_rebrands_that_kept_something_to_see_are_proposed(found: Measured) -> None:
    kept, score = rebrand_scores(found.world, found.store)
    assert {"contact", "text"} <= set(kept)
    seen = {what: hits for what, hits in kept.items() if what not in ("prices", "nothing")}
    assert all(hits == number for hits, number in seen.values())
    assert score.precision >= 0.5

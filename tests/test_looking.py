"""The first look at a page that would take long: it ends, and says so."""

import pytest

from crawler.visit import Visited, VisitError
from crawler.worker import Limits
from spiders import looking
from spiders.small import is_small

SHOP = b"<html><head><title>Stone Quay</title></head><body>%s</body></html>"
LARGE = SHOP % (b"<p>servers</p>" * 20_000)
BOMB = SHOP % (b"<div><object></div></object>" * 60_000)
"""Nests as it is parsed, which no look at its tags tells."""


def visited(body: bytes) -> Visited:
    return Visited("http://quay.example/", 200, "text/html", body)


def test_a_large_page_is_looked_at_in_a_process_of_its_own() -> None:
    assert not is_small(LARGE)
    found = looking.look_at(visited(LARGE))
    assert (found.title, found.engine, found.charset) == ("Stone Quay", None, "utf-8")


def test_a_page_that_takes_too_much_is_a_failed_visit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "Limits", lambda: Limits(cpu_s=1, wall_s=10))
    with pytest.raises(VisitError, match="cannot be looked at"):
        looking.look_at(visited(BOMB))

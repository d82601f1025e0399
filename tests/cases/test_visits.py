"""Visits are as bounded as pages of a crawl, and a form goes to its own target only."""

import tracemalloc
from collections.abc import Iterator
from itertools import count

import pytest

from crawler import visit
from crawler.visit import VisitError, Visitor
from tests.cases.canary import canary
from tests.cases.encodings import PACKERS, ZEROS
from tests.cases.server import Server, Talk, page, redirect, served

FORM = {"user": "watcher", "password": "night-harbour-7"}


@pytest.fixture
def server() -> Iterator[Server]:
    """A server whose pages the tests make."""
    with served() as running:
        yield running


def visitor(server: Server) -> Visitor:
    """A visitor that may ask this server only."""
    return Visitor([server.host], "agent", local=True)


def get(server: Server, target: str) -> None:
    """Ask for a page that does not come."""
    with visitor(server) as one:
        one.get(f"http://{server.host}{target}")


def test_visit_bomb(server: Server) -> None:
    server.answers["/"] = page(PACKERS["br"](ZEROS), content_encoding="br")
    tracemalloc.start()
    with pytest.raises(VisitError, match="more than"):
        get(server, "/")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40 << 20


def test_visit_drip(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "TOTAL_S", 1.0)
    server.answers["/"] = lambda talk: talk.drip(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300, 0.05)
    with pytest.raises(VisitError):
        get(server, "/")


def test_visit_endless(server: Server) -> None:
    def endless(talk: Talk) -> None:
        talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in count():
            talk.send(b"<p>x</p>" * 65536)

    server.answers["/"] = endless
    with pytest.raises(VisitError, match="longer than"):
        get(server, "/")


def test_visit_circle(server: Server) -> None:
    server.answers["/"] = redirect("/")
    with pytest.raises(VisitError, match="more than 5"):
        get(server, "/")
    assert server.times("/") == 6


def test_visit_away(server: Server) -> None:
    with canary() as trap:
        server.answers["/"] = redirect(f"http://{trap.host}/")
        with pytest.raises(VisitError, match="refused"):
            get(server, "/")
        assert trap.touched == []


def test_a_form_is_not_sent_on(server: Server) -> None:
    server.answers["/login"] = redirect("/collect", 307)
    with visitor(server) as one, pytest.raises(VisitError, match="sent on"):
        one.send_form(f"http://{server.host}/login", FORM, "utf-8")
    assert [(each.method, each.target) for each in server.asked] == [("POST", "/login")]


def test_a_form_that_is_answered_leads_to_a_page(server: Server) -> None:
    server.answers["/login"] = redirect("/inside", 303)
    server.answers["/inside"] = page("welcome")
    with visitor(server) as one:
        assert one.send_form(f"http://{server.host}/login", FORM, "utf-8").body == b"welcome"
    asked = [(each.method, each.target) for each in server.asked]
    assert asked == [("POST", "/login"), ("GET", "/inside")]
    assert "content-type" not in server.headers_of("/inside")


def test_no_other_form_is_sent(server: Server) -> None:
    with visitor(server) as one, pytest.raises(VisitError, match="refused"):
        one._ask("POST", f"http://{server.host}/reply", "text=hello")
    assert server.asked == []

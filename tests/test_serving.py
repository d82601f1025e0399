"""Analysts' pages: described, searchable, and inert whatever the texts hold."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from crawler.link import link_providers
from crawler.rates import Rates
from crawler.records import TABLES
from crawler.schema import view_files
from crawler.serving import datasette_of, metadata_of, view_texts
from crawler.store.findings import Text, keep_findings
from crawler.store.lives import settle_listings
from crawler.store.search import index_texts
from crawler.store.summaries import summarise
from nlp.findings import Contact, Findings, Listing, Price, Span
from tests.pages import START, Board, board_at, post

"""Its costly fixture is made once: all its tests run in one worker."""

HOSTILE = (
    "<script>alert(1)</script> visit http://evil.example/x?a=1 or javascript:alert(2)\n"
    "onion abcdefghijklmnop.onion \u202etxt.exe =cmd|'/c calc'!A1"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    """Datasette over a small market."""
    board = board_at(tmp_path_factory.mktemp("served"))
    fill(board)
    yield datasette_of(board.store.path)
    board.store.close()


def fill(board: Board) -> None:
    """One offer whose price changes, one hostile post."""
    for text in ("RDP 5$ each", "RDP 7$ each"):
        board.thread_page(board.begin(), [post(1, text), post(2, HOSTILE, author="mallory")])
    with board.store.transaction():
        for row in board.store.rows(
            "select v.*, p.account_id from post_versions v join posts p on p.id = v.post_id"
        ):
            analyse(board, dict(row))
        settle_listings(board.store)
        link_providers(board.store)
        index_texts(board.store)
        summarise(board.store)


def analyse(board: Board, row: dict[str, Any]) -> None:
    """Findings as the language stage would give them."""
    text = Text(
        row["id"], "board", None, "forum", row["title"] or "", row["text"], "seller",
        row["account_id"], "", None, "2026-03-01", row["seen_at"],
    )  # fmt: skip
    findings = Findings("other")
    if row["text"].startswith("RDP"):
        amount = float(row["text"][4])
        price = Price(
            amount, amount, "USD", "stated", "unit", "fixed", span(row, 4, 6), "price.stated", 0.9
        )
        listing = Listing(
            "access.rdp", "offer", "active", span(row, 0, 3), "asset.rdp", 0.9, (price,)
        )
        contact = Contact("telegram", "rdp_seller", None, span(row, 0, 3), "contact.handle", 0.9)
        findings = Findings("offer", (listing,), (contact,))
    keep_findings(board.store, text, findings, Rates(), "test", START)


def span(row: dict[str, Any], start: int, end: int) -> Span:
    """A place in the text."""
    return Span("text", start, end, row["text"][start:end])


def get(datasette: Datasette, path: str) -> httpx.Response:
    """A page."""
    response: httpx.Response = asyncio.run(datasette.client.get(path))
    return response


PAGES = ["/", "/market", "/market/posts_now", "/market/post_versions"] + [
    f"/market/{name}" for name in (*view_files(), *TABLES)
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_and_is_inert(served: Datasette, path: str) -> None:
    response = get(served, path)
    assert response.status_code == 200
    assert "<script>alert(1)" not in response.text
    assert "\u202e" not in response.text
    for link in re.findall(r"""(?:href|src|action)\s*=\s*["']?([^"'\s>]+)""", response.text):
        assert link.startswith(("/", "#", "?", "http://localhost/")), link


@pytest.mark.parametrize("path", ["/", "/market/posts_now", "/market/posts_now.json", "/nothing"])
def test_security_headers_are_on_every_response(served: Datasette, path: str) -> None:
    headers = get(served, path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_people_see_addresses_defanged_and_programs_get_them_raw(served: Datasette) -> None:
    page = get(served, "/market/posts_now").text
    assert "hxxp://evil[.]example" in page
    assert "http://evil.example" not in page
    assert "abcdefghijklmnop[.]onion" in page
    raw = get(served, "/market/posts_now.json?_shape=array").json()
    assert any("http://evil.example/x?a=1" in row["text"] for row in raw)


@pytest.mark.parametrize("word", ["RDP", '"', "*", "AND", "-", "RDP OR", "(", "rdp:x", "NEAR("])
@pytest.mark.parametrize("view", ["posts_now", "latest_listings", "post_versions", "listings"])
def test_search_takes_any_words(served: Datasette, view: str, word: str) -> None:
    response = get(served, f"/market/{view}.json?_shape=array&_search={httpx.QueryParams(q=word)}")
    assert response.status_code == 200


def test_search_finds_posts_and_listings(served: Datasette) -> None:
    for view in ("posts_now", "latest_listings"):
        found = get(served, f"/market/{view}.json?_shape=array&_search=rdp").json()
        assert len(found) == 1
        assert get(served, f"/market/{view}.json?_shape=array&_search=zebra").json() == []


def test_the_listing_shows_its_price_now_and_the_history_both(served: Datasette) -> None:
    (listing,) = get(served, "/market/latest_listings.json?_shape=array").json()
    assert (listing["asset_type"], listing["usd_low"], listing["provider"]) == (
        "access.rdp", 7.0, "seller",
    )  # fmt: skip
    history = get(served, "/market/price_history.json?_shape=array&_sort=seen_at").json()
    assert [(row["usd"], row["change"]) for row in history] == [(5.0, None), (7.0, 2.0)]


def test_the_provider_has_its_contact(served: Datasette) -> None:
    (provider,) = get(served, "/market/provider_overview.json?_shape=array").json()
    assert (provider["name"], provider["contacts"], provider["active"]) == (
        "seller", "telegram rdp_seller", 1,
    )  # fmt: skip


def test_nothing_can_be_written_or_downloaded(served: Datasette) -> None:
    assert get(served, "/market.db").status_code == 403
    refused = get(served, "/market?sql=delete+from+posts")
    assert refused.status_code == 400


def test_every_view_and_column_is_described(served: Datasette) -> None:
    tables = metadata_of()["databases"]["market"]["tables"]
    for name, path in view_files().items():
        about, columns = view_texts(path)
        assert about
        (row,) = (
            get(served, f"/market.json?sql=select+*+from+{name}+limit+1&_shape=arrays").json(),
        )
        assert set(row["columns"]) == set(columns), name
        assert tables[name]["columns"] == columns

"""Hostile text in every field of the market: pages, JSON and feeds of the desk stay inert."""

import json
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import httpx
import pytest
from markupsafe import escape

from tests.hostile import LONG, PAYLOADS
from tests.hostile_desk import ALL, OFFER
from tests.hostile_served import QUERY_PAGES, TABLE_PAGES, Served, joined
from tests.inertness import faults

"""Its fixture is made once: all its tests run in one worker."""
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def served(hostile_home: Path) -> Served:
    """The hostile market."""
    return Served(hostile_home / "market.db")


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


@pytest.mark.parametrize(
    "path",
    ["/", "/asset-types", "/asset-type/access.rdp", "/search", "/search?what=posts", "/proposals",
     "/questions", "/-/login", "/market", "/search?q=long", "/search?page=2", "/search?page=3",
     *TABLE_PAGES, *QUERY_PAGES],
)  # fmt: skip
def test_pages_are_inert(served: Served, path: str) -> None:
    response = served.get(path)
    assert response.status_code == 200
    assert faults(response.text) == []
    assert len(response.text) < 3_000_000


@pytest.mark.parametrize(
    ("page", "sql"),
    [
        ("/provider/{}", "select id from providers"),
        ("/post/{}", "select id from posts where native_id not like '%r'"),
        ("/archived/{}", "select id from pages order by source_id = 'board' desc limit 4"),
        ("/market/accounts/{}", "select id from accounts limit 30"),
        ("/market/listings/{}", "select id from listings limit 30"),
        ("/market/threads/{}", "select id from threads limit 30"),
        ("/market/sources/{}", "select id from sources limit 30"),
    ],
)
def test_every_page_of_a_thing_is_inert(served: Served, page: str, sql: str) -> None:
    known = served.ids(sql)
    assert known
    for one in known:
        response = served.get(page.format(one))
        assert response.status_code == 200
        assert faults(response.text) == [], one


@pytest.mark.parametrize(
    ("table", "column"),
    [("contacts", "value"), ("accounts", "name"), ("accounts", "rank"), ("threads", "title"),
     ("threads", "board"), ("sources", "name"), ("issues", "detail"), ("runs", "reason"),
     ("latest_listings", "provider"), ("posts_now", "account"), ("posts", "account_id"),
     ("listings_now", "title"), ("posts", "thread_id"), ("issues", "source_id")],
)  # fmt: skip
def test_facets_and_filters_are_inert(served: Served, table: str, column: str) -> None:
    page = f"/market/{table}?_facet={column}&_facet_size=200&_size=2"
    response = served.get(page)
    assert 'class="facet-info"' in response.text
    assert faults(response.text) == []
    values = served.get(f"/market/{table}.json?_facet={column}&_facet_size=200&_size=0").json()
    for found in values["facet_results"][column]["results"][::6]:
        value = str(found["value"])[:2000]
        query = httpx.QueryParams({column: value, "_size": "1"})
        assert faults(served.get(f"/market/{table}?{query}").text) == []


@pytest.mark.parametrize("number", range(len(PAYLOADS) - 1))
def test_what_is_asked_for_is_inert(served: Served, number: int) -> None:
    payload = PAYLOADS[number]
    names = ("q", "source", "asset_type", "_search", "contact", "name", "__proto__")
    query = str(httpx.QueryParams(dict.fromkeys(names, payload)))
    other = ("/search?what=posts", "/market/posts_now", "/market/who_uses_contact")[number % 3]
    for path in ("/search", other):
        response = served.get(joined(path, query))
        assert response.status_code in (200, 400)
        assert faults(response.text) == []


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%00", "%F4%90%80%80", "\ud800"])
def test_broken_characters_in_addresses_are_borne(served: Served, raw: str) -> None:
    raw = raw.encode("utf-8", "surrogatepass").decode("latin-1") if "%" not in raw else raw
    for path in ("/search?q=", "/feed.atom?q=", "/search.csv?q=", "/market/posts?_search="):
        assert served.get(path + raw).status_code in (200, 400)


def test_json_is_raw_and_whole(served: Served) -> None:
    rows = served.get("/market/post_versions.json?_shape=array&_size=max").json()
    texts = {row["text"] for row in rows}
    assert {payload + OFFER for payload in (*PAYLOADS, ALL)} <= texts
    lines = served.get("/market/accounts.json?_shape=array&_nl=on&_size=max").text.splitlines()
    assert set(PAYLOADS) <= {json.loads(line)["name"] for line in lines}
    found: list[dict[str, Any]] = served.get("/search.json").json()
    assert len(found) == len(PAYLOADS) + 1


@pytest.mark.parametrize("query", ["", "?q=rdp", "?asset_type=%EF%BF%BE", "?q=%3Cb%3E%0B%E2%80%AE"])
def test_the_feed_is_well_formed_and_defanged(served: Served, query: str) -> None:
    response = served.get(f"/feed.atom{query}")
    feed = fromstring(response.content)
    for link in feed.iter(f"{ATOM}link"):
        assert link.attrib["href"].startswith("http://localhost/")
    told = [node.text or "" for node in feed.iter() if node.tag != f"{ATOM}id"]
    assert "hxxp://evil[.]example" in "".join(told) or query
    assert faults("".join(f"<p>{escape(text)}</p>" for text in told)) == []


def test_a_page_outside_of_the_evidence_is_not_opened(served: Served) -> None:
    pages = served.ids("select id from pages order by source_id = 'board' desc, id limit 4")
    whole, up, absolute, nul = (served.get(f"/archived/{one}").text for one in pages)
    assert "What a reader would see" in whole
    for refused in (up, absolute, nul):
        assert "lies outside of the evidence folder" in refused
        assert "root:" not in refused


def test_long_values_are_folded_and_the_post_has_all(served: Served) -> None:
    number = PAYLOADS.index(LONG) + 1
    (post,) = served.ids(f"select id from posts where native_id = '{number}'")
    assert len(served.get(f"/post/{post}").text) > len(LONG)
    (provider,) = served.ids(
        "select m.provider_id from provider_members m join posts p on p.account_id = m.member_id "
        f"where p.native_id = '{number}'"
    )
    for path in (f"/provider/{provider}", "/", "/search?q=long", "/proposals"):
        assert len(served.get(path).text) < 600_000, path


@pytest.mark.parametrize(
    "path", ["../plugins/rackrent_plugin.py", "%2e%2e/../serving.py", "/etc/passwd"]
)
def test_only_static_files_are_served(served: Served, path: str) -> None:
    assert served.get(f"/rackrent/{path}").status_code in (403, 404)

"""What people type as a search, and CSV on its way to a spreadsheet."""

import asyncio
import csv
import io
import sqlite3
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.boundaries.inert import safe_csv
from crawler.desk.finding import query_of, window_of
from crawler.desk.guard import CsvSend, Message, is_csv, whole_rows, with_headers
from crawler.desk.search import (
    PAGE,
    WINDOW,
    Search,
    facets_of,
    match_of,
    search_of,
    values_of,
)


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ("", ""),
        ("rdp", '"rdp"'),
        ("panel", '"panel"*'),
        ("挖", '"挖"*'),
        ("fresh rdp", '"fresh" "rdp"'),
        ('"fresh rdp" usa', '"fresh rdp" "usa"'),
        ('say "fresh rdp"', '"say" "fresh rdp"'),
        ("NEAR(a b) OR NOT", '"NEAR(a" "b)" "OR" "NOT"'),
        ("text:x ^y z* -w", '"text:x" "^y" "z*" "-w"'),
        ("* - ( ) ^ :", ""),
        ('"', ""),
        ("挖矿机", '"挖矿 矿机"*'),
        ("ещё дёшево", '"еще" "дешево"*'),
    ],
)
def test_words_become_quoted_terms(words: str, match: str) -> None:
    assert match_of(words) == match


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_whatever_is_typed_is_a_query(words: str) -> None:
    match = match_of(search_of({"q": words}).chosen.get("q", ""))
    if match:
        base = sqlite3.connect(":memory:")
        base.execute("create virtual table t using fts5(text)")
        base.execute("select * from t where t match ?", (match,))
        base.close()


@pytest.mark.parametrize(
    ("args", "search"),
    [
        ({}, Search()),
        ({"what": "posts", "asset_type": "x"}, Search("posts")),
        ({"what": "nonsense", "source": " board "}, Search("listings", {"source": "board"})),
        ({"since": "2026-01-01", "until": "tomorrow"}, Search("listings", {"since": "2026-01-01"})),
        ({"page": "3", "q": ""}, Search("listings", {}, 3)),
        ({"page": "0"}, Search()),
        ({"page": "-1"}, Search()),
        ({"page": "99999999999"}, Search("listings", {}, WINDOW // PAGE)),
        ({"page": "1; drop"}, Search()),
        ({"q": "a\0b", "evil": "x"}, Search("listings", {"q": "a b"})),
        ({"q": "x" * 500}, Search("listings", {"q": "x" * 200})),
    ],
)
def test_an_address_becomes_a_search(args: dict[str, str], search: Search) -> None:
    assert search_of(args) == search


def test_links_change_one_thing_and_forget_the_page() -> None:
    search = Search("listings", {"q": "a&b=c #d", "source": "board"}, 3)
    link = urlsplit(search.link(source="other", band=None))
    assert link.path == "/search"
    assert parse_qs(link.query) == {"what": ["listings"], "q": ["a&b=c #d"], "source": ["other"]}
    assert "source" not in search.link(source=None)
    assert "page=2" in search.link(page=2)


def test_values_go_into_parameters_only() -> None:
    hostile = "' or 1=1 --"
    names = ("asset_type", "intent", "state", "source", "country", "language", "band")
    sql, params = query_of(Search("listings", {"q": hostile, **dict.fromkeys(names, hostile)}))
    assert hostile not in sql
    assert {params[name] for name in names} == {hostile}
    for what, words in (("listings", "rdp"), ("listings", ""), ("posts", "rdp"), ("posts", "")):
        search = Search(what, {"q": words, "since": hostile, **dict.fromkeys(names, hostile)})
        assert hostile not in window_of(search)[0]


@pytest.mark.parametrize(
    ("args", "kept"),
    [
        ({"before": "2026-03-01T00:00:00Z"}, True),
        ({"before": "2026-03-01T00:00:00Z", "q": "rdp"}, False),
        ({"before": "4711", "q": "rdp"}, True),
        ({"before": "x' or 1"}, False),
    ],
)
def test_where_a_window_ended_is_believed_only_as_such(args: dict[str, str], kept: bool) -> None:
    search = search_of(args)
    assert ("before" in search.chosen) == kept
    window_of(search)


def test_facets_are_counted_and_bands_are_in_order() -> None:
    rows = [
        {"asset_type": "a", "intent": "offer", "state": "active", "source_id": "s",
         "language": None, "countries": countries, "band": band}
        for countries, band in (("DE US", "no price"), ("DE", "under 10"), (None, "under 10"))
    ]  # fmt: skip
    told = {facet["name"]: facet["values"] for facet in facets_of(Search(), rows)}
    assert told["country"] == [("DE", 2), ("US", 1)]
    assert told["band"] == [("under 10", 2), ("no price", 1)]
    assert told["language"] == []
    assert values_of("source", rows[0]) == ["s"]


def sent(chunks: list[bytes], kind: bytes = b"text/plain; charset=utf-8") -> tuple[Message, str]:
    """What a browser gets when an application sends these chunks."""
    out: list[Message] = []

    async def take(message: Message) -> None:
        out.append(message)

    async def send() -> None:
        guard = CsvSend(with_headers(take))
        headers = [(b"content-type", kind), (b"content-length", b"1")]
        await guard({"type": "http.response.start", "status": 200, "headers": headers})
        for number, chunk in enumerate(chunks, start=1):
            more = number < len(chunks)
            await guard({"type": "http.response.body", "body": chunk, "more_body": more})

    asyncio.run(send())
    return out[0], b"".join(message["body"] for message in out[1:]).decode("utf-8")


ROWS = [["id", "text"], ["1", 'say "=1+1",\n=2\r\nthird'], ["2", "=cmd|'/c'!A"], ["3", "ёж 挖"]]


def written(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8")


@given(st.lists(st.integers(1, 90), max_size=6))
def test_csv_in_any_chunks_keeps_its_rows(cuts: list[int]) -> None:
    text = written(ROWS).decode("utf-8")
    edges = sorted({0, len(text), *(min(cut, len(text)) for cut in cuts)})
    chunks = [text[a:b].encode("utf-8") for a, b in pairwise(edges)]
    _, got = sent(chunks)
    told = list(csv.reader(io.StringIO(got, newline="")))
    assert told == [[safe_csv(cell) for cell in row] for row in ROWS]


def test_a_page_of_html_passes_and_lengths_are_dropped_from_csv() -> None:
    start, body = sent([b"<p>=1+1</p>"], b"text/html; charset=utf-8")
    assert body == "<p>=1+1</p>"
    assert (b"content-length", b"1") in start["headers"]
    start, body = sent([written([["x" * 200_000, "=1"]])])
    assert body.endswith(",'=1\r\n")
    names = [name for name, _ in start["headers"]]
    assert b"content-length" not in names
    assert names.count(b"content-security-policy") == 1


@pytest.mark.parametrize(
    ("text", "rows"),
    [("", 0), ("a,b", 0), ("a,b\nc", 4), ('a,"b\nc', 0), ('a,"b\nc"\nd', 8), ('"a""\n",b\n', 9)],
)
def test_whole_rows_end_outside_of_quotes(text: str, rows: int) -> None:
    assert whole_rows(text) == rows


@pytest.mark.parametrize(
    ("path", "query", "csv_is_asked_for"),
    [("/a.csv", b"", True), ("/a", b"_format=csv", True), ("/a", b"x=1&_format=%63sv", True),
     ("/a", b"q=_format%3Dcsv", False), ("/a.json", b"", False)],
)  # fmt: skip
def test_what_is_csv(path: str, query: bytes, csv_is_asked_for: bool) -> None:
    scope: dict[str, Any] = {"path": path, "query_string": query}
    assert is_csv(scope) is csv_is_asked_for

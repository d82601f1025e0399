"""URLs of Discourse, and where its pages lead."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.reading import PageKind, PageState
from spiders.page import Page
from spiders.reading import engine_named, read_page
from spiders.signs import is_signed_in

ROOT = "https://wharf.example"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CANONICAL = [
    ("/t/offshore-vps/101", "/t/101.json"),
    ("/t/offshore-vps/101/45?u=kilnhost#reply", "/t/101.json"),
    ("/t/101/last", "/t/101.json"),
    ("/t/2024/101/7", "/t/101.json"),
    ("/t/101.json?page=2&track_visit=true", "/t/101.json?page=2"),
    ("/t/offshore-vps/101?page=1", "/t/101.json"),
    ("/c/servers/5", "/c/servers/5.json"),
    ("/c/servers/offshore/9/l/latest?order=posts&page=2", "/c/servers/offshore/9.json?page=2"),
    ("/c/servers/5/none", "/c/servers/5.json"),
    ("/c/servers", "/c/servers.json"),
    ("/c/servers/5.json?page=0", "/c/servers/5.json"),
    ("/latest", "/latest.json"),
    ("/latest?no_definitions=true&page=1", "/latest.json?page=1"),
    ("/categories", "/categories.json"),
    ("/categories.json?page=2&x=1", "/categories.json?page=2"),
    ("/?safe_mode=no_themes", "/"),
    ("/talk/t/slug/7/2", "/talk/t/7.json"),
    ("/talk/c/servers/5", "/talk/c/servers/5.json"),
    ("/u/kilnhost?sid=1", "/u/kilnhost"),
]  # fmt: skip
KINDS: list[tuple[str, PageKind | None]] = [
    ("/", "index"),
    ("/site.json", "index"),
    ("/categories", "index"),
    ("/latest", "board"),
    ("/c/servers/5/l/top", "board"),
    ("/t/slug/5", "thread"),
    ("/t/slug/5/12", "thread"),
    ("/t/slug/5.rss", None),
    ("/t/slug/5/print", None),
    ("/t/5/posts.json", None),
    ("/c/servers/5.rss", None),
    ("/c/servers/edit/general", None),
    ("/site", None),
    ("/u/t/5", None),
    ("/tags/c/servers/5/rdp", None),
    ("/tag/rdp", None),
    ("/search?q=rdp", None),
    ("/raw/5", None),
    ("/login", None),
    ("/session/current.json", None),
    ("/posts/5/replies", None),
]
REFUSALS: list[tuple[str, int, PageState]] = [
    ("not_logged_in", 403, "login"),
    ("invalid_access", 403, "forbidden"),
    ("not_found", 404, "not_found"),
    ("read_only", 503, "maintenance"),
    ("rate_limit", 429, "error"),
    ("something_new", 404, "not_found"),
    ("something_new", 200, "error"),
]


def page_at(path: str, text: str, status: int = 200) -> Page:
    return Page(ROOT + path, text, NOW, status)


def thread_page(path: str, **changes: Any) -> Page:
    posts = [{"id": 11, "post_number": 1, "username": "kilnhost", "cooked": "<p>RDP 5$</p>"}]
    topic = {"id": 7, "title": "RDP", "post_stream": {"posts": posts}} | changes
    return page_at(path, json.dumps(topic))


@pytest.mark.parametrize(("url", "wanted"), CANONICAL)
def test_one_form_of_a_url(url: str, wanted: str) -> None:
    canonical = engine_named("discourse").canonical
    assert canonical(ROOT + url) == ROOT + wanted
    assert canonical(ROOT + wanted) == ROOT + wanted


@pytest.mark.parametrize(("path", "wanted"), KINDS)
def test_what_is_followed(path: str, wanted: PageKind | None) -> None:
    assert engine_named("discourse").kind(ROOT + path) == wanted


@pytest.mark.parametrize(("error", "status", "wanted"), REFUSALS)
def test_refusals(error: str, status: int, wanted: PageState) -> None:
    text = json.dumps({"errors": ["No."], "error_type": error})
    assert engine_named("discourse").state(page_at("/t/1.json", text, status)) == wanted


def test_a_thread_ends_where_the_highest_post_is() -> None:
    next_page = engine_named("discourse").next_page
    assert next_page(thread_page("/t/7.json", highest_post_number=1)) is None
    more = thread_page("/t/7.json?page=3", highest_post_number=90)
    assert next_page(more) == f"{ROOT}/t/7.json?page=4"
    posts = [{"id": 11, "post_number": 40}]
    ended = thread_page(
        "/t/7.json", highest_post_number=99, post_stream={"posts": posts, "stream": [9, 11]}
    )
    assert next_page(ended) is None


def test_a_list_goes_on_within_its_own_board() -> None:
    row = {"id": 3, "title": "RDP", "posts_count": 1}
    more = {"topics": [row], "more_topics_url": "//elsewhere.example/c/other/9?page=1"}
    page = page_at("/talk/c/servers/5.json", json.dumps({"topic_list": more}))
    assert engine_named("discourse").next_page(page) == f"{ROOT}/talk/c/servers/5.json?page=1"


@pytest.mark.parametrize("names", [["currentUser"], ["site"]])
def test_html_says_who_is_signed_in(names: list[str]) -> None:
    stored = json.dumps(dict.fromkeys(names, "{}")).replace('"', "&quot;")
    html = f'<html><body><div id="data-preloaded" data-preloaded="{stored}"></div></body></html>'
    assert is_signed_in(page_at("/", html)) == (names == ["currentUser"])


def test_an_empty_frame_is_no_login_page() -> None:
    html = """<html><head><meta name="generator" content="Discourse 3.3.2"></head><body>
    <form id="hidden-login-form"><input name="username"><input type="password"></form>
    <section id="main"></section></body></html>"""
    reading = read_page(page_at("/t/slug/7/3", html), engine_named("discourse"))
    assert reading.state == "unknown"
    assert [problem.detail for problem in reading.problems] == [f"its data are at {ROOT}/t/7.json"]


def test_hostile_markup_in_a_post_takes_no_time() -> None:
    cooked = "<aside class=onebox><a href=//x>" * 3000 + "<aside class=quote>" * 3000
    posts = [{"id": 11, "post_number": 1, "username": "kilnhost", "cooked": cooked}]
    reading = read_page(
        thread_page("/t/7.json", post_stream={"posts": posts}), engine_named("discourse")
    )
    assert [problem.kind for problem in reading.problems] == ["hostile_markup"]

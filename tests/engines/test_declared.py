"""What a recipe can say: steps, XPath, labels and values, counted pages, states."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.reading import Reading
from spiders.engines import declared
from spiders.engines.declared_pages import counted_page
from spiders.engines.declared_rules import Pages
from spiders.engines.declared_xpath import MOST_NODES
from spiders.page import Page
from spiders.reading import page_from, read_page

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROW = """<html><body><table><tr class="lot" data-no="7"><td><a href="/lot/7?sid=1">VPS 4 GB</a>
<td>EUR 1.250,00<td><b>NL</b><b>DE</b><td class="s"></table></body></html>"""


def read(html: str, selectors: dict[str, Any], url: str = "https://s.example/list") -> Reading:
    page = page_from(html.encode(), "text/html; charset=utf-8", url=url, fetched_at=AT,
                     selectors=selectors)  # fmt: skip
    return read_page(page, declared)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("td:nth-child(2)", "EUR 1.250,00"),
        ("//td[2]", "EUR 1.250,00"),
        ("./td[2]/text()", "EUR 1.250,00"),
        (
            {"css": "td:nth-child(2)", "regex": "[0-9.,]+", "replace": {".": "", ",": "."}},
            "1250.00",
        ),
        ({"xpath": "//td[2]", "strip": "EUR", "lower": True}, "eur 1.250,00"),
        ({"xpath": "//td[2]", "strip": "EUR"}, "1.250,00"),
        ({"css": "b", "all": True, "join": "/", "lower": True}, "nl/de"),
        ({"xpath": "//b", "all": True}, "NL, DE"),
        ("a@href", "/lot/7?sid=1"),
        ("//a/@href", "/lot/7?sid=1"),
        ("@data-no", "7"),
        ({"xpath": "count(//b)"}, "2"),
        ("(//b)[2]", "DE"),
        ([".s", "//i", {"css": "b", "lower": True}], "nl"),
        ([".s", {"value": "unknown"}], "unknown"),
        ({"value": "EUR"}, "EUR"),
    ],
)
def test_steps_of_a_field(rule: Any, value: str) -> None:
    reading = read(ROW, {"item": "tr", "fields": {"title": "a", "own": rule}})
    assert reading.problems == ()
    assert reading.posts[0].fields.get("own", "") == value


def test_items_by_xpath_are_below_their_own_row() -> None:
    html = "<table><tr><th>Lot<tr><td>RDP<td>4<tr><td>VPS<td>5<tr><td>RDP<td>6</table>"
    fields = {"title": "//td[1]", "price": "//td[2]", "id": "//td[2]/text()"}
    reading = read(html, {"item": "//tr[td]", "fields": fields})
    found = [(thread.native_id, thread.title) for thread in reading.threads]
    assert found == [("4", "RDP"), ("5", "VPS"), ("6", "RDP")]


@pytest.mark.parametrize(
    ("html", "pairs"),
    [
        ("<tr><th>Land:<td>NL<tr><th>In stock<td>3", {"row": "tr", "label": "th", "value": "td"}),
        ("<dl><dt>Land<dd>NL<dt>In stock:<dd>3</dl>", {"label": "dt", "value": "dd"}),
        ("<dl><dt>Land<dd>NL<dt>In stock:<dd>3</dl>", {"label": "//dt", "value": "//dd"}),
        ("<ul><li><b>Land</b>: NL<li><b>In stock</b> 3</ul>", {"row": "li", "label": "b"}),
        ("<p>Land: NL<p>In stock: 3<p>no label", {"row": "p"}),
    ],
)
def test_labels_and_values_become_fields(html: str, pairs: dict[str, Any]) -> None:
    if html.startswith("<tr"):
        html = f"<table>{html}</table>"
    recipe = {"item": "body", "fields": {"title": "h1", "land": ".none"},
              "pairs": pairs | {"names": {"in STOCK": "stock"}}}  # fmt: skip
    (post,) = read(f"<h1>Lot</h1>{html}", recipe).posts
    assert post.fields == {"land": "NL", "stock": "3"}


def test_fields_win_over_pairs_and_pairs_fill_columns() -> None:
    html = "<h1>Lot</h1><dl><dt>Seller<dd>corvid<dt>Title<dd>no<dt>Цена<dd>5 $</dl>"
    pairs = {"label": "dt", "value": "dd", "names": {"Seller": "vendor"}}
    (post,) = read(html, {"item": "body", "fields": {"title": "h1"}, "pairs": pairs}).posts
    assert (post.title, post.author, post.fields) == ("Lot", "corvid", {"цена": "5 $"})


@pytest.mark.parametrize(
    ("template", "url", "following"),
    [
        ("?page={n}", "https://s.example/list?cat=3&sid=1", "https://s.example/list?cat=3&page=2"),
        ("?page={n}", "https://s.example/list?page=2&cat=3", "https://s.example/list?cat=3&page=3"),
        ("?page={n}", "https://s.example/?page=4", None),
        ("?from=p{n}", "https://s.example/?from=p2", "https://s.example/?from=p3"),
        ("/shop/{n}.html", "https://s.example/shop", "https://s.example/shop/2.html"),
        ("/shop/{n}.html", "https://s.example/shop/3.html", "https://s.example/shop/4.html"),
        ("page/{n}/", "https://s.example/rdp/", "https://s.example/rdp/page/2/"),
        ("page/{n}/", "https://s.example/rdp/page/2/", "https://s.example/rdp/page/3/"),
        ("{n}", "https://s.example/rdp/3", "https://s.example/rdp/4"),
        ("https://s.example/l/{n}", "https://s.example/l/3", "https://s.example/l/4"),
    ],
)
def test_counted_pages(template: str, url: str, following: str | None) -> None:
    rule = Pages.model_validate({"url": template, "last": 4})
    assert counted_page(Page(url, "<p>x", AT), rule) == following


def test_pages_counted_in_steps() -> None:
    rule = Pages.model_validate({"url": "?start={n}", "first": 0, "step": 20, "last": 40})
    urls = ["https://s.example/"]
    while following := counted_page(Page(urls[-1], "<p>x", AT), rule):
        urls.append(following)
    assert urls[1:] == ["https://s.example/?start=20", "https://s.example/?start=40"]


def test_a_counted_page_behind_the_last_one_is_empty() -> None:
    recipe = {"item": "tr.lot", "fields": {"title": "a"}, "pages": "?p={n}"}
    assert read(ROW, recipe).next_page == "https://s.example/list?p=2"
    assert read("<p>Lots", recipe, "https://s.example/list?p=9").state == "empty"
    assert read("<p>Lots", recipe).state == "unknown"


@pytest.mark.parametrize(
    ("html", "state"),
    [
        ("<div id=hold>One moment</div>", "challenge"),
        ("<p>Who are you?</p><form class=door></form>", "login"),
        ("<p>The stall is shut for repairs</p>", "maintenance"),
        ("<p>Level 2 only</p>", "forbidden"),
        ("<h1>Gone with the wind</h1>", "not_found"),
        ("<tr><td>", "unknown"),
    ],
)
def test_states_by_css_xpath_and_words(html: str, state: str) -> None:
    states = {
        "challenge": "#hold",
        "login": "//form[@class='door']",
        "maintenance": ["shut for repairs"],
        "forbidden": {"phrases": ["level 2 only"], "css": ".vip"},
        "not_found": {"xpath": "//h1[contains(., 'Gone')]"},
    }
    recipe = {"item": "tr.lot", "fields": {"title": "a"}, "states": states}
    assert read(html, recipe).state == state
    assert read(ROW.replace("</body>", html + "</body>"), recipe).state == "ok"


def test_a_slow_pattern_stops_soon_and_is_named() -> None:
    rows = "".join(f"<p class=x>{'a' * 3900}</p><!-- {n} -->" for n in range(40))
    rule = {"css": "", "regex": ".*a.*a.*a.*a.*b"}
    began = time.monotonic()
    reading = read(rows, {"item": "p.x", "fields": {"title": rule, "description": ""}})
    assert time.monotonic() - began < 3
    assert [each.kind for each in reading.problems].count("slow_regex") == 1


@pytest.mark.parametrize(
    "html",
    [
        "<tr class=lot>" * 300,
        "<table>" + "<tr class=lot><td>x" * 5000,
        "<svg:x a:b=1 @c=2 xmlns=q>\x0b\ufffe<tr class=lot><b y='\x00'>" * 20,
        "<!doctype html><!-- --><template><tr class=lot></template>",
        "<i>" * 900 + "<p class=lot>x",
    ],
)
def test_hostile_markup_is_read_or_noted(html: str) -> None:
    recipe = {
        "item": "//*[@class='lot']",
        "fields": {"title": "//text()", "url": "//a/@href", "n": "count(//*)"},
        "pairs": {"row": "//td"},
    }
    began = time.monotonic()
    read(html, recipe)
    assert time.monotonic() - began < 10


def test_xpath_sees_a_bounded_part_of_a_page() -> None:
    html = "<p class=x>1" * (MOST_NODES // 2 + 100)
    reading = read(html, {"item": "//p[1]", "fields": {"title": "//text()"}})
    assert [thread.title for thread in reading.threads] == ["1"]
    assert "page_too_big" in {each.kind for each in reading.problems}


def test_a_forum_of_somebodys_own_making() -> None:
    recipe = {
        "boards": {"item": "nav a", "fields": {"title": "", "url": "@href"}},
        "item": "li", "fields": {"title": "a", "url": "a@href", "replies": "u", "last_post": "em"},
        "posts": {"item": "section", "fields": {"id": "@id", "author": "h4", "date": "time",
                                                "body": "div", "mood": "i"}},
    }  # fmt: skip
    board = "<nav><a href=/b/1>Sell</a></nav><li><a href=/t/5>RDP</a><u>4</u><em>2026-11-02</em>"
    reading = read(board, recipe)
    assert [(each.name, each.url) for each in reading.boards] == [("Sell", "https://s.example/b/1")]
    (thread,) = reading.threads
    assert (thread.title, thread.replies, thread.last_post_raw) == ("RDP", 4, "2026-11-02")
    post = "<section id=m1><h4>owl</h4><time>2026-11-03 10:00</time><div>4 GB</div><i>:)</i>"
    reading = read(f"<li><a href=/t/9>other</a></li>{post}", recipe)
    assert reading.threads == ()
    (first,) = reading.posts
    assert (first.native_id, first.author, first.text) == ("m1", "owl", "4 GB")
    assert first.fields == {"mood": ":)"}
    assert first.posted_at == datetime(2026, 11, 3, 10, tzinfo=UTC)

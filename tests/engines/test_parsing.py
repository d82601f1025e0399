"""Small pages cost little whatever they hold; all others are read where they can be stopped."""

import os
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from crawler.worker import Limits, Worker
from spiders.asked import Asked, reading_packed, reading_unpacked
from spiders.engines import ENGINES
from spiders.parsing import WORKER, EngineFaultError, Parser
from spiders.reading import read_asked
from spiders.small import FEW_TAGS, SHALLOW, SHORT_TAG, SMALL, is_shallow, is_small

AT = datetime(2026, 11, 24, tzinfo=UTC)
URL = "http://b.example/showthread.php?tid=5&id=5&topic=5.0&t=5&f=5"
HEAD = "<html id='XF'><script>var smf_scripturl, my_post_key</script><body>"
POST = "<div id='post_1' class=post><div id='pid_1' class='post_body'>"
PART = {
    "phpbb": "<div id=p{n} class='post'><div class='postbody content' id=post_content{n}>",
    "fluxbb": "<div id=p{n} class='blockpost'><div class='postmsg'>",
    "smf": "<div id=msg_{n} class='post_wrapper'>",
    "mybb": "<div id=post_{n} class=post><div id=pid_{n} class='post_body'>",
    "xenforo": "<article data-content=post-{n} data-author=a class=message>",
    "vbulletin": "<table id=post{n}><tr><td id=td_post_{n}><div id=post_message_{n}>",
    "vbulletin5": "<li data-node-id={n} class=b-post><div class=js-post__content-text>",
    "invision": "<article data-commentid={n} id=elComment_{n}><div data-role=commentContent>",
    "vanilla": "<li id=Comment_{n} class=ItemComment><div class=Message>",
    "telegram_web": "<div class=tgme_widget_message data-post=x/{n}>"
    "<div class=tgme_widget_message_text>",
    "discourse": "<div id=post_{n} class=topic-post><div class=post itemprop=text>",
    "declared": "<div class=card><h3>t",
}
FILLERS = {
    "blocks": "<blockquote>",
    "lists": "<ul><li>",
    "tables": "<table><tr><td>",
    "foster": "<table><b>x",
    "dates": "<time datetime=9999-99-99 title=1 data-time=99999999999999999999>",
    "forms": "<form><select><option><input type=password>",
}


def asked(html: str, engine: str) -> Asked:
    selectors = {"item": ".card", "fields": {"title": "h3"}} if engine == "declared" else {}
    body = html.encode()
    return Asked(engine, URL, body, "text/html; charset=utf-8", AT, selectors=selectors)


def repeated(part: str, limit: int) -> str:
    """A part so often that it nests no deeper than small pages may, and then again, closed."""
    names = re.findall("<([a-z]+)", part)
    ends = "".join(f"</{name}>" for name in reversed(names))
    deep = max(1, (SHALLOW - 10) // max(len(names), 1))
    most = max(1, limit // max((part + ends).count("<"), 1))
    tower = "".join(part.replace("{n}", str(number)) for number in range(min(deep, most)))
    row = "".join(
        part.replace("{n}", str(number)) + ends for number in range(deep, most - 2 * deep)
    )
    return tower + ends * min(deep, most) + row


def worst(engine: str) -> dict[str, str]:
    """Small pages that are dear to parsers."""
    own = PART.get(engine, "<div class=x>")
    pages = {name: HEAD + POST + repeated(part, 780) for name, part in FILLERS.items()}
    bold = "".join(f"<b a{number}>" for number in range(50))
    return pages | {
        "own": HEAD + repeated(own, 780),
        "reopened": f"{HEAD}{POST}<p>{bold}</p>{'<p>x</p>' * 300}",
        "attributes": f"{HEAD}{POST}{('<p ' + 'a=1 ' * 2000 + '>') * 30}",
        "digits": HEAD + POST + ("9" * 5000 + "<br>") * 40,
        "entities": HEAD + POST + "&#9;" * 780,
    }


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_a_small_page_costs_little_whatever_it_holds(engine: str) -> None:
    costs = {}
    for name, html in worst(engine).items():
        if is_small(html.encode()):
            started = time.process_time()
            read_asked(asked(html, engine))
            costs[name] = time.process_time() - started
    assert len(costs) >= 8
    assert {name: cost for name, cost in costs.items() if cost > 1} == {}


@pytest.mark.parametrize("bracket", ["<", "\\u003c"])
def test_data_with_heavy_markup_in_its_texts_is_not_small(bracket: str) -> None:
    assert is_small(f'[{{"content": "{bracket}p>x", "more": "{"y" * 20_000}"}}]'.encode())
    assert not is_small(f'[{{"content": "{bracket}p {"a " * SHORT_TAG}>x"}}]'.encode())


@pytest.mark.parametrize(
    "html",
    [
        "<p>" * (FEW_TAGS + 1),
        "x" * (SMALL + 1),
        f"<p {'a ' * SHORT_TAG}>",
        "&lt;p>" * 900,
        "<div>" * 100,
        "<div><object></div></object>" * 100,
        "<div><noembed></div></noembed>" * 100,
        "<div><!x </div>" * 100,
        "<div><?x </div>" * 100,
        "<div></ x </div>" * 100,
        "<!-->" + "<div>" * 100,
        "<!--->" + "<div>" * 100,
        "<noscript>" + "<div>" * 100,
        "<svg><style>" + "<g>" * 100 + "</style>",
        "<svg><title>" + "<div>" * 100 + "</title>",
        "<select><title></select>" + "<div>" * 100 + "</title>",
        "<span><p></span></p>" * 100,
        "<div><img title='</div>'>" * 100,
        "<div><img title='></div>'>" * 100,
        "<div><img a' t='></div>' >" * 100,
        "<div><b></div></b>" * 100,
        "<p><b a></p>" * 100,
        "<template>" + "<div>" * 100,
        "<textarea>" + "<div>" * 100,
        "<a '" * 100,
        "<svg>" + "<td>" * 100,
        "<math><option></i>" * 50,
    ],
)
def test_what_may_cost_more_is_not_small(html: str) -> None:
    assert not is_small(html.encode())


SOUP = (
    "<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<a>", "</a>", "<span>", "</span>", "<ul>",
    "</ul>", "<li>", "</li>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<object>",
    "</object>", "<button>", "</button>", "<form>", "</form>", "<h1>", "</h2>", "<!--x-->", "<!-->",
    "<script>x</script>", "<style>", "</style>", "<select>", "</select>", "<option>", "<svg>",
    "</svg>", "<g>", "</g>", "<math>", "</math>", "<title>", "</title>", "<template>",
    "</template>", "<img x='<'>", "<br>", "<i a='>'>", "</i>", "<section>", "</section>", "<dl>",
    "<dd>", "</dl>", "<noscript>", "</noscript>", "x", "<foreignObject>", "</foreignObject>",
)  # fmt: skip


def depth_of(html: str) -> int:
    """How deep a page's elements lie."""
    deepest, stack = 0, [(LexborHTMLParser(html).root, 0)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        child = node.child if node is not None else None
        while child is not None:
            stack.append((child, depth + 1))
            child = child.next
    return deepest


@given(st.lists(st.lists(st.sampled_from(SOUP), min_size=1, max_size=9), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_what_looks_shallow_is_shallow(parts: list[list[str]]) -> None:
    html = "".join("".join(part) * (150 // len(part)) for part in parts)
    if is_shallow(html.encode()):
        # html and body, and what a parser adds to tables
        assert depth_of(html) <= 2 * SHALLOW


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    found = Parser(Worker(WORKER, Limits(cpu_s=2, wall_s=60, memory_mb=300)))
    yield found
    found.close()


def thread(posts: int, extra: str = "") -> str:
    """A MyBB thread page."""
    each = "<div id='post_{n}'><div class='author_information'><a href='member.php?action=profile&amp;uid={n}'>ann</a></div><div id='pid_{n}' class='post_body'>Server number {n}, 5$</div></div>"  # noqa: E501
    body = "".join(each.format(n=number) for number in range(1, posts + 1))
    return f"<html><head><title>t</title></head><body>{extra}{body}</body></html>"


def test_a_large_page_reads_as_it_would_here(parser: Parser) -> None:
    question = asked(thread(400), "mybb")
    assert not is_small(question.body)
    reading = parser.read(question)
    assert len(reading.posts) == 400
    assert reading == read_asked(question) == reading_unpacked(reading_packed(reading))


BOMBS = {
    "nested posts": HEAD + "".join(PART["telegram_web"].format(n=n) for n in range(8000)),
    "reopened elements": HEAD
    + POST
    + "<p>"
    + "".join(f"<b a{n}>" for n in range(900))
    + "</p><p>x" * 9000,
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_bomb_costs_its_page_and_no_other(parser: Parser, name: str) -> None:
    engine = "telegram_web" if name == "nested posts" else "mybb"
    started = time.monotonic()
    reading = parser.read(asked(BOMBS[name], engine))
    assert time.monotonic() - started < 50
    assert reading.state == "unknown"
    assert [problem.kind for problem in reading.problems] == ["parse_stopped"]
    assert len(parser.read(asked(thread(400), "mybb")).posts) == 400
    assert psutil.Process(parser.worker.pid).memory_info().rss < 300 << 20
    assert parser.worker.pid != os.getpid()


def test_an_engine_that_fails_says_so(parser: Parser) -> None:
    with pytest.raises(EngineFaultError, match="ValueError: engine: 'no_such' is unknown"):
        parser.read(asked(thread(400), "no_such"))

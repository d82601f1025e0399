"""Engines that read interfaces and feeds: any value may be of any type, any XML broken."""

import copy
import json
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.reading import PostRead, Reading
from spiders.engines import ENGINES
from spiders.engines.rss_xml import feed_in
from spiders.feed import FeedWalk
from spiders.reading import engine_named, page_from, read_page

HERE = Path(__file__).parent
JSON_CASES = sorted(
    path for name in ("mastodon", "reddit", "bluesky") for path in HERE.glob(f"{name}/*/page.json")
)
FEED_CASES = sorted(HERE.glob("rss/*/page.xml"))
WRONG: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    1e300,
    "",
    "\ud800",
    "9999-99-99T99:99:99Z",
    "<p>" * 1200,
    [],
    {},
    [[]],
    [{}],
    {"kind": "Listing"},
    "x" * 5000,
)
BOMB = "".join(
    f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};&e{n - 1};&e{n - 1};&e{n - 1};&e{n - 1};">'
    for n in range(1, 30)
)


def read(engine: str, text: str, url: str, status: int = 200) -> Reading:
    page = page_from(
        text.encode("utf-8", "surrogatepass"),
        "application/json; charset=utf-8" if text[:1] in "{[" else "text/xml; charset=utf-8",
        url=url,
        fetched_at=datetime(2026, 11, 23, 12, 30, tzinfo=UTC),
        status=status,
    )
    return read_page(page, engine_named(engine))


def places_in(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value."""
    keys: Any = value if isinstance(value, dict) else ()
    if isinstance(value, list):
        keys = range(len(value))
    for key in keys:
        yield (*place, key)
        yield from places_in(value[key], (*place, key))


def with_value(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    """A copy with another value at a place."""
    changed = copy.deepcopy(value)
    inner = changed
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = new
    return changed


def words_of(reading: Reading) -> str:
    """All that could reach the store."""
    return repr(reading)


def case_id(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.parent.name}"


@pytest.mark.parametrize("case", JSON_CASES, ids=case_id)
def test_any_value_may_be_of_any_type(case: Path) -> None:
    data = json.loads(case.read_text("utf-8"))
    url = json.loads((case.parent / "meta.json").read_text("utf-8"))["url"]
    chance = random.Random(case_id(case))
    places = list(places_in(data)) or [()]
    for _ in range(60):
        place = chance.choice(places)
        changed = with_value(data, place, chance.choice(WRONG)) if place else chance.choice(WRONG)
        reading = read(case.parent.parent.name, json.dumps(changed), url)
        words_of(reading).encode("utf-8")
        for post in reading.posts:
            assert "\ud800" not in f"{post.text}{post.author}{post.posted_raw}{dict(post.fields)}"


@pytest.mark.parametrize("name", sorted(ENGINES))
@pytest.mark.parametrize("data", [1, "x", [], {}, [1], {"feed": 1}, {"kind": "Listing"}, [{}]])
def test_any_json_is_survived(name: str, data: Any) -> None:
    text = json.dumps(data)
    state = read(name, text, "https://b.example/api").state
    assert state in ("unknown", "empty", "ok", "not_found", "login")
    assert read(name, text, "https://b.example/api", 500).posts == ()


@pytest.mark.parametrize("case", FEED_CASES, ids=case_id)
def test_cut_feed_is_survived(case: Path) -> None:
    text = case.read_text("utf-8")
    whole = len(read("rss", text, "https://b.example/feed").posts)
    for end in range(0, len(text), 97):
        assert len(read("rss", text[:end], "https://b.example/feed").posts) <= whole + 1


def test_entities_of_a_feed_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("never-read", "utf-8")
    head = f'<!DOCTYPE rss [<!ENTITY e0 "lol">{BOMB}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    item = "<item><guid>1</guid><title>t{}</title></item>"
    started = time.process_time()
    for text in (" &f;", " &f; &e29;", " &e29;"):
        feed = f"{head}<rss><channel>{item.format(text)}</channel></rss>"
        reading = read("rss", feed, "https://b.example/feed")
        assert len(reading.posts[0].title or "") < 20
        assert "never-read" not in words_of(reading)
        assert "lollol" not in words_of(reading)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel>" + "<item><title>x" * 100_000,
        "<rss " + " ".join(f"a{n}='x'" for n in range(100_000)) + ">",
        "<rss><channel>" + "<item><guid>x</guid></item>" * 100_000,
        "<feed><entry><content type='xhtml'>" + "<i>" * 200_000,
        "<feed><title>" + "&nbsp" * 500_000,
        "<!--" * 300_000,
        "<?" * 300_000,
        "<rss><item><description>" + "&lt;div&gt;" * 100_000 + "</description></item></rss>",
        "<feed><entry><title>" + "<a/>" * 300_000,
    ],
    ids=lambda text: text[:40],
)
def test_hostile_feed_is_survived_quickly(text: str) -> None:
    started = time.process_time()
    read("rss", text, "https://b.example/feed")
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "content",
    [
        "<description>{}</description>",
        "<description>&lt;p&gt;{}</description>",
        "<description><p>{}</p></description>",
    ],
)
def test_a_text_that_is_cut_tells(content: str) -> None:
    entry = f"<item><guid>1</guid>{content.format('word ' * 100_000)}</item>"
    reading = read("rss", f"<rss><channel>{entry}</channel></rss>", "https://b.example/feed")
    assert 399_000 < len(reading.posts[0].text) <= 400_000
    assert [each.kind for each in reading.problems] == ["text_too_long"]


def test_brackets_in_texts_of_data_are_no_markup() -> None:
    words = 'price <vps 5$, or it\'s gone; ssh root@<ip> and "more" ' * 20
    posts = [
        {"post": {"uri": f"at://did:plc:x/app.bsky.feed.post/3m6a{n}", "record": {"text": words}}}
        for n in range(300)
    ]
    url = "https://b.example/xrpc/app.bsky.feed.getAuthorFeed?actor=a.example"
    reading = read("bluesky", json.dumps({"feed": posts}), url)
    assert reading.problems == ()
    assert len(reading.posts) == 300
    assert reading.posts[0].text == words.strip()


def test_deep_answers_are_read_in_order() -> None:
    def listing(*children: Any) -> dict[str, Any]:
        return {"kind": "Listing", "data": {"children": list(children)}}

    answers: Any = ""
    for n in reversed(range(60)):
        row = {"id": f"c{n}", "body": f"no {n}", "replies": answers}
        answers = listing({"kind": "t1", "data": row})
    opening = listing({"kind": "t3", "data": {"id": "p1", "selftext": "KVM", "is_self": True}})
    url = "https://b.example/comments/p1.json"
    reading = read("reddit", json.dumps([opening, answers]), url)
    assert [post.text for post in reading.posts] == ["KVM", *(f"no {n}" for n in range(60))]
    stub = listing({"kind": "more", "data": {"count": 7}}, {"kind": "more", "data": {"count": 0}})
    problems = read("reddit", json.dumps([opening, stub]), url).problems
    assert [problem.kind for problem in problems] == ["comments_left_out"]
    assert problems[0].detail.startswith("8 comments")


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("Sun, 22 Nov 2026 17:45:00 +0200", datetime(2026, 11, 22, 15, 45, tzinfo=UTC)),
        ("22 Nov 26 08:00 EST", datetime(2026, 11, 22, 13, 0, tzinfo=UTC)),
        ("2026-11-22T08:00:00Z", datetime(2026, 11, 22, 8, 0, tzinfo=UTC)),
        ("2026-11-22", datetime(2026, 11, 22, tzinfo=UTC)),
        ("Sun, 99 Nov 2026 08:00:00 GMT", None),
        ("Sun, 22 Nov 2026 08:00:00 +9999", None),
        ("soon", None),
    ],
)
def test_dates_of_feeds(raw: str, moment: datetime | None) -> None:
    text = f"<rss><channel><item><guid>1</guid><pubDate>{raw}</pubDate></item></channel></rss>"
    (post,) = read("rss", text, "https://b.example/feed").posts
    assert (post.posted_at, post.posted_raw) == (moment, raw)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("\ufeff \n<?xml version='1.0'?><!-- x --><!DOCTYPE rss><RSS version='2.0'></RSS>", True),
        ("<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'></atom:feed>", True),
        ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><rss/></html>", False),
        ("<html><body><feed></feed></body></html>", False),
        ("<feeder/>", False),
    ],
)
def test_feed_is_told_by_its_first_element(text: str, is_one: bool) -> None:
    assert (feed_in(text) is not None) == is_one


def test_walk_goes_past_pages_of_boosts() -> None:
    class Blind(FeedWalk):
        def __init__(self) -> None:
            pass

    assert Blind().has_news(Reading("ok", posts=()))
    with pytest.raises(AttributeError, match="crawl"):
        # a page with posts is looked up in the store
        Blind().has_news(Reading("ok", posts=(PostRead("1", "x"),)))

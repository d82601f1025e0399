"""The demo market keeps its promises: size, variety, routes, and day 2 as `days.yml` says."""

import gzip
import http.client
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from crawler.demo.market import Day, Message, Thread, load, market_on
from crawler.demo.pages import ENVIRONMENT
from crawler.demo.server import Market, serve_market
from crawler.demo.sites import SITES
from crawler.home import DATA
from spiders.engines import mybb, xenforo
from spiders.page import Engine, Page

pytestmark = pytest.mark.xdist_group("demo_market")
"""Its costly fixture is made once: all its tests run in one worker."""

ANCHOR = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
ROUTES = {
    "demo_mybb": [
        "/index.php",
        "/forumdisplay.php?fid=3&page=2",
        "/showthread.php?tid=9&page=2",
        "/member.php?action=login",
    ],
    "demo_xenforo": ["/", "/forums/x.2/page-2", "/threads/x.3/page-2", "/login/"],
    "demo_telegram": ["/s/nubarron_market", "/s/nubarron_market?before=30"],
    "demo_shop": ["/", "/api/items?start=12"],
}
PAGES = [(source, path) for source, paths in ROUTES.items() for path in paths]


@pytest.fixture(scope="module")
def market() -> Iterator[Market]:
    with serve_market({}, anchor=ANCHOR, day=1) as running:
        yield running


def ask(
    market: Market, source: str, path: str, method: str = "GET", **headers: str
) -> tuple[int, Mapping[str, str], bytes]:
    link = http.client.HTTPConnection("127.0.0.1", market.ports[source], timeout=10)
    link.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = link.getresponse()
    body = answer.read()
    link.close()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body


def posts_of(day: Day, source: str) -> dict[int, Message]:
    return {post.id: post for thread in day.threads[source] for post in thread.posts}


def thread_named(day: Day, source: str, key: str) -> Thread:
    return next(thread for thread in day.threads[source] if thread.key == key)


def entries(content: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(content, dict):
        if "assets" in content:
            yield content
        for value in content.values():
            yield from entries(value)
    elif isinstance(content, list):
        for value in content:
            yield from entries(value)


def test_at_least_500_posts() -> None:
    day = market_on(1, ANCHOR)
    forums = sum(len(thread.posts) for threads in day.threads.values() for thread in threads)
    assert forums + len(day.messages) + len(day.items) >= 500


def test_at_least_25_asset_types_are_claimed() -> None:
    named = [load(name) for name in ("mybb", "xenforo", "telegram")]
    claimed = {asset for entry in entries(named) for asset in entry["assets"]}
    assert len(claimed) >= 25


@pytest.mark.parametrize(("source", "path"), PAGES)
def test_route_is_served(market: Market, source: str, path: str) -> None:
    status, headers, body = ask(market, source, path)
    assert status == 200
    assert int(headers["content-length"]) == len(body) > 100
    assert ask(market, source, path)[2] == body


@pytest.mark.parametrize("source", list(ROUTES))
def test_unknown_path_is_404_and_robots_is_there(market: Market, source: str) -> None:
    assert ask(market, source, "/../../etc/passwd")[0] == 404
    status, headers, _ = ask(market, source, "/robots.txt")
    assert (status, headers["content-type"]) == (200, "text/plain; charset=utf-8")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_only_get_and_head(market: Market, method: str) -> None:
    assert ask(market, "demo_mybb", "/index.php", method)[0] == 405


def test_head_has_no_body_and_gzip_holds_the_page(market: Market) -> None:
    plain = ask(market, "demo_mybb", "/index.php")[2]
    assert ask(market, "demo_mybb", "/index.php", "HEAD")[2] == b""
    packed = ask(market, "demo_mybb", "/index.php", Accept_Encoding="gzip")[2]
    assert gzip.decompress(packed) == plain


def test_a_taken_port_is_replaced(market: Market) -> None:
    with serve_market(market.ports, anchor=ANCHOR, day=1) as other:
        assert set(other.ports.values()).isdisjoint(market.ports.values())


def test_shop_shell_has_no_offer_and_its_chunks_have_all(market: Market) -> None:
    shell = ask(market, "demo_shop", "/")[2].decode()
    items = market_on(1, ANCHOR).items
    assert not [i.title for i in items if i.title in shell or i.description in shell]
    seen: list[int] = []
    start: int | None = 0
    while start is not None:
        part = json.loads(ask(market, "demo_shop", f"/api/items?start={start}")[2])
        seen += [item["id"] for item in part["items"]]
        start = part["next"]
    assert seen == [item.id for item in items]


def test_times_of_both_days() -> None:
    first, second = market_on(1, ANCHOR), market_on(2, ANCHOR)
    for source in first.threads:
        old, new = posts_of(first, source), posts_of(second, source)
        assert max(post.at for post in old.values()) <= ANCHOR - timedelta(hours=4)
        late = [p.at for number, p in new.items() if number not in old]
        late += [p.edited_at for p in new.values() if p.edited_at]
        assert all(timedelta(minutes=5) <= ANCHOR - at <= timedelta(hours=3) for at in late)
    for threads in second.threads.values():
        for thread in threads:
            assert [p.at for p in thread.posts] == sorted(p.at for p in thread.posts)


@pytest.mark.parametrize("source", ["demo_mybb", "demo_xenforo"])
def test_day_2_of_a_board_is_what_days_yml_says(source: str) -> None:
    first, second, days = market_on(1, ANCHOR), market_on(2, ANCHOR), load("days")
    mine = {
        kind: [one for one in days[kind] if one["source"] == source]
        for kind in ("new_threads", "replies", "edits", "deletions")
    }
    old, new = posts_of(first, source), posts_of(second, source)
    keys = {thread.key for thread in second.threads[source]}
    assert keys - {thread.key for thread in first.threads[source]} == {
        one["id"] for one in mine["new_threads"]
    }
    assert len(set(new) - set(old)) == len(mine["new_threads"]) + len(mine["replies"])
    gone = {
        thread_named(first, source, one["thread"]).id * 100 + 1 + one["reply"]
        for one in mine["deletions"]
    }
    assert set(old) - set(new) == gone
    touched = {thread_named(first, source, one["thread"]).posts[0].id: one for one in mine["edits"]}
    assert {n for n in set(old) & set(new) if old[n] != new[n]} == set(touched)
    for number, edit in touched.items():
        assert new[number].text == old[number].text.replace(edit["from"], edit["to"])


def test_a_deleted_post_stood_in_the_middle() -> None:
    for one in load("days")["deletions"]:
        thread = thread_named(market_on(1, ANCHOR), one["source"], one["thread"])
        assert 0 < one["reply"] < len(thread.posts) - 1


def test_sold_access_is_said_by_its_seller_and_closed() -> None:
    sold = [one for one in load("days")["replies"] if one.get("sold")]
    assert sold
    for one in sold:
        thread = thread_named(market_on(2, ANCHOR), one["source"], one["thread"])
        assert thread.locked
        assert thread.last.author == thread.posts[0].author


def test_day_2_of_channel_and_shop_is_what_days_yml_says() -> None:
    first, second, days = market_on(1, ANCHOR), market_on(2, ANCHOR), load("days")
    assert second.messages[: len(first.messages)] == first.messages
    added = second.messages[len(first.messages) :]
    assert [m.text for m in added] == [one["text"].strip() for one in days["telegram"]]
    old = {item.id: item for item in first.items}
    new = {item.id: item for item in second.items}
    assert set(old) - set(new) == set(days["shop"]["gone"])
    assert {n: i.price for n, i in new.items() if i != old[n]} == days["shop"]["prices"]


def test_a_new_name_keeps_an_old_contact() -> None:
    second = market_on(2, ANCHOR)
    first_authors = {p.author for p in posts_of(market_on(1, ANCHOR), "demo_mybb").values()}
    fresh = thread_named(second, "demo_mybb", "rebrand").posts[0]
    old = thread_named(second, "demo_mybb", "basalt-dedi").posts[0]
    assert fresh.author not in first_authors
    assert "@basalt_racks" in fresh.text
    assert "@basalt_racks" in old.text


def test_no_two_accounts_of_a_board_share_an_id() -> None:
    for source in ("demo_mybb", "demo_xenforo"):
        names = {post.author for post in posts_of(market_on(2, ANCHOR), source).values()}
        ids = [ENVIRONMENT.filters["uid"](name) for name in sorted(names)]
        assert len(set(ids)) == len(names), source


def test_tox_ids_have_valid_checksums() -> None:
    words = "".join(p.read_text("utf-8") for p in (DATA / "demo").glob("*.yml"))
    found = {word for word in words.replace('"', " ").split() if len(word) == 76}
    assert found
    for word in found:
        raw = bytes.fromhex(word)
        assert raw[36:] == xor_all(raw[:36]), word


def xor_all(raw: bytes) -> bytes:
    """Tox's two checksum bytes: XOR of the even and of the odd bytes (Tox protocol, Tox ID)."""
    totals = [0, 0]
    for place, value in enumerate(raw):
        totals[place % 2] ^= value
    return bytes(totals)


@pytest.mark.parametrize("source", list(ROUTES))
def test_source_file_covers_its_site(source: str) -> None:
    raw = yaml.safe_load((DATA / "sources" / f"{source}.yml").read_text("utf-8"))
    assert raw["id"] == source
    assert all(url.split("/")[2] in raw["hosts"] for url in raw["start"])


@pytest.mark.parametrize(
    ("source", "engine", "path"),
    [("demo_mybb", mybb, "/showthread.php?tid={}"), ("demo_xenforo", xenforo, "/threads/x.{}/")],
)
def test_engine_reads_every_post_of_day_1(source: str, engine: Engine, path: str) -> None:
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    day = market_on(1, now)
    for thread in day.threads[source]:
        read = read_thread(day, source, engine, "http://127.0.0.1:1" + path.format(thread.id))
        assert read == [(str(p.id), p.author, p.at) for p in thread.posts], thread.key


def read_thread(
    day: Day, source: str, engine: Engine, url: str
) -> list[tuple[str, str | None, datetime | None]]:
    read: list[tuple[str, str | None, datetime | None]] = []
    step: str | None = url
    while step:
        body = SITES[source](day, step.removeprefix("http://127.0.0.1:1")).body
        page = Page(step, body, datetime.now(UTC))
        read += [(post.native_id, post.author, post.posted_at) for post in engine.posts(page)]
        step = engine.next_page(page)
    return read

"""The demo market keeps its promises: size, variety, routes, pages that engines read."""

import gzip
import http.client
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml

from crawler.demo.day import Day
from crawler.demo.market import LAST_DAY, contents_of, load, market_on
from crawler.demo.pages import ENVIRONMENT
from crawler.demo.server import Market, serve_market
from crawler.demo.sites import SITES
from crawler.home import DATA
from spiders.engines import mybb, xenforo
from spiders.page import Engine, Page
from tests.demo_days import ANCHOR, posts_of

"""Its costly fixture is made once: all its tests run in one worker."""

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
    named = [load("telegram"), contents_of("demo_mybb"), contents_of("demo_xenforo")]
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


def test_no_two_accounts_of_a_board_share_an_id() -> None:
    for source in ("demo_mybb", "demo_xenforo"):
        names = {post.author for post in posts_of(market_on(LAST_DAY, ANCHOR), source).values()}
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

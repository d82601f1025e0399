"""Hostile text in a real Chromium: nothing of it runs, opens, links or loads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import CHROMIUM, Visitor, served, visitor
from tests.hostile import PAYLOADS
from tests.market import rows

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
LAST = len(PAYLOADS) + 1
"""The post that holds all payloads."""
PAGES = {
    "home": "/",
    "proposals": "/proposals",
    "post": "/post/{post}",
    "provider": "/provider/{provider}",
    "archived": "/archived/{page}",
    "asset_type": "/asset-type/access.rdp",
    "feed": "/feed.atom",
    "json": "/market/contacts.json?_shape=array&_size=max",
    **{f"search {n}": f"/search?page={n}" for n in (1, 2, 3, 4)},
    **{f"posts {n}": f"/search?what=posts&page={n}" for n in (1, 3, 5, 7)},
    **{
        name: f"/market/{name}?_size=max&_nofacet=1"
        for name in ("accounts", "contacts", "threads", "issues", "runs", "sources", "prices",
                     "annotations", "posts_now", "latest_listings", "provider_overview")
    },
    "facets": "/market/accounts?_facet=name&_facet=rank&_facet_size=100&_size=1",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(hostile_home: Path) -> Iterator[str]:
    """The desk over the hostile market."""
    with served(hostile_home / "market.db") as address:
        yield address


@pytest.fixture(scope="module")
def ids(hostile_home: Path) -> dict[str, str]:
    """Ids of the post with all payloads, its seller, and its archived page."""
    (found,) = rows(
        hostile_home / "market.db",
        "select p.id as post, m.provider_id as provider, v.page_id as page from posts p "
        "join provider_members m on m.member_id = p.account_id "
        "join post_versions v on v.id = p.version_id where p.native_id = ?",
        str(LAST),
    )
    return found


@pytest.fixture(scope="module")
def reader(browser: Browser, desk: str) -> Iterator[Visitor]:
    """A window over the desk."""
    with visitor(browser, desk) as seen:
        yield seen


def touch(page: Page) -> None:
    """What a reader does: open folded parts, move the mouse over things, walk by keyboard."""
    for folded in page.locator("main details:not([open]) > summary").all()[:5]:
        folded.click()
    for place in range(100, 900, 160):
        page.mouse.move(place, place * 0.8)
    for _ in range(12):
        page.keyboard.press("Tab")
    page.mouse.wheel(0, 4000)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_opens_or_loads(reader: Visitor, ids: dict[str, str], name: str) -> None:
    page = reader.go(PAGES[name].format(**ids))
    touch(page)
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert len(page.frames) == 1
    assert page.url.startswith(reader.base)
    assert page.locator("[id*=pwned], x-pwned, iframe, object, embed").count() == 0
    assert page.evaluate(OUTSIDE, reader.base) == []
    assert reader.strangers() == []
    assert reader.told == []


OUTSIDE = """
(base) => [...document.querySelectorAll("a, area, form")]
  .map((place) => place.href || place.action)
  .filter((address) => typeof address === "string" && !address.startsWith(base + "/"))
"""


def test_the_policy_stops_what_would_get_through(reader: Visitor) -> None:
    page = reader.go("/")
    before = len(reader.asked)
    page.evaluate(
        """() => {
          const place = document.createElement("div");
          place.innerHTML = "<img src=x onerror='window.__pwned=1'>" +
            "<iframe srcdoc='<script>parent.__pwned=1</script>'></iframe>";
          const script = document.createElement("script");
          script.textContent = "window.__pwned = 1";
          document.body.append(place, script);
          fetch("http://evil.example/x").catch(() => 0);
          location.href = "javascript:window.__pwned=1";
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert [url for url in reader.asked[before:] if "evil.example" in url] == []
    assert any("Content Security Policy" in line for line in reader.told)
    reader.told.clear()

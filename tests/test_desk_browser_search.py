"""Search in a real Chromium: facets, feed, exports; an archived page."""

import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import CHROMIUM, visitor
from tests.market import rows

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
ATOM = "{http://www.w3.org/2005/Atom}"


def matches(page: Page) -> int:
    """How many matches the search page counts."""
    found = re.search(r"(\d+) match", page.locator("p[role=status].meta").inner_text())
    assert found
    return int(found[1])


def test_facets_narrow_a_search_and_can_be_taken_back(browser: Browser, demo_desk: str) -> None:
    with visitor(browser, demo_desk) as seen:
        page = seen.go("/search?q=vps")
        whole = matches(page)
        facet = page.locator(".facets li", has=page.get_by_text("demo_mybb", exact=True))
        counted = int(facet.locator("span").inner_text())
        facet.get_by_role("link").click()
        page.wait_for_url("**source=demo_mybb**")
        assert matches(page) == counted < whole
        assert all("demo_mybb" in text for text in page.locator(".hit .meta").all_inner_texts())
        page.get_by_role("link", name="50 to 200").click()
        page.wait_for_url("**band=**")
        assert 0 < matches(page) < counted
        page.get_by_role("link", name="Remove source demo_mybb").click()
        page.get_by_role("link", name=re.compile("^Remove band")).click()
        assert matches(page) == whole


def test_a_search_has_a_feed_and_exports(browser: Browser, demo_desk: str) -> None:
    with visitor(browser, demo_desk) as seen:
        page = seen.go("/search?asset_type=access.rdp&intent=offer")
        links = {
            name: str(page.get_by_role("link", name=name, exact=True).get_attribute("href"))
            for name in ("Atom feed of this search", "CSV", "JSON")
        }
        feed = fromstring(page.request.get(demo_desk + links["Atom feed of this search"]).body())
        entries = feed.findall(f"{ATOM}entry")
        told = page.request.get(demo_desk + links["JSON"]).json()
        assert len(entries) == min(len(told), 50) > 10
        for entry in entries:
            address = entry.find(f"{ATOM}link")
            assert address is not None
            assert address.attrib["href"].startswith(f"{demo_desk}/post/")
        table = page.request.get(demo_desk + links["CSV"]).text().splitlines()
        assert len(table) > len(told)


def test_an_archived_page_is_text_only(
    browser: Browser, demo_desk: str, homes: dict[str, Path]
) -> None:
    found = rows(
        homes["last"] / "market.db",
        "select page_id from post_versions v join posts p on p.version_id = v.id "
        "where p.source_id = 'demo_mybb' order by v.id",
    )
    with visitor(browser, demo_desk) as seen:
        page = seen.go(f"/archived/{found[0]['page_id']}")
        assert len(page.locator("pre.source").first.inner_text()) > 200
        page.get_by_text("Its source").click()
        source = page.locator("details pre")
        assert "<html" in source.inner_text()
        assert source.locator("*").count() == 0
        assert seen.strangers() == []

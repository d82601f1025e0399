"""What a real Chromium shows of the demo market: charts, findings, differences, facets."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from crawler.boundaries.inert import defang
from tests.browsing import CHROMIUM, visitor
from tests.market import rows

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
PART = "and part = 'text' "
SPANS = f"""
select start, end from listings where post_version_id = :v {PART}
union select x.start, x.end from prices x join listings l on l.id = x.listing_id
where l.post_version_id = :v and x.part = 'text'
union select x.start, x.end from attributes x join listings l on l.id = x.listing_id
where l.post_version_id = :v and x.part = 'text'
union select start, end from contact_mentions where post_version_id = :v {PART}
"""
PRICES = """
select x.raw, x.start, x.end from prices x join listings l on l.id = x.listing_id
where l.post_version_id = ? and x.part = 'text'
"""
WORDS = """
(mark) => { const copy = mark.cloneNode(true);
  copy.querySelectorAll("sup").forEach((number) => number.remove()); return copy.textContent; }
"""
"""Text of an element without the numbers of findings."""


@pytest.fixture(scope="module")
def database(homes: dict[str, Path]) -> Path:
    """The demo market after day 3."""
    return homes["last"] / "market.db"


def provider_of(database: Path, account: str) -> str:
    """Id of the provider of an account."""
    found = rows(
        database,
        "select m.provider_id from provider_members m join accounts a on a.id = m.member_id "
        "where a.name = ?",
        account,
    )
    return str(found[0]["provider_id"])


def cells(page: Page, selector: str) -> list[list[str]]:
    """Texts of a table's body, row by row."""
    found: list[list[str]] = page.locator(f"{selector} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )
    return found


def figures(page: Page) -> list[dict[str, Any]]:
    """Numbers behind the first chart of a page."""
    block = page.locator("figure.chart script").first.text_content()
    found: list[dict[str, Any]] = json.loads(block or "")
    return found


def amount(text: str) -> float:
    """A number as pages write it."""
    return float(text.replace(",", ""))


def test_a_provider_is_told_with_names_reasons_contact_and_exports(
    browser: Browser, demo_desk: str, database: Path
) -> None:
    with visitor(browser, demo_desk) as seen:
        page = seen.go(f"/provider/{provider_of(database, 'OnyxRacks')}")
        text = page.inner_text("#content")
        assert {"BasaltRacks", "OnyxRacks"} <= {row[0] for row in cells(page, ".two table")}
        assert "both offer under the same telegram basalt_racks" in text
        assert "telegram basalt_racks stands in offers of both" in text
        names = page.get_by_role("link", name=re.compile("CSV|JSON"))
        for address in names.evaluate_all("links => links.map(a => a.href)"):
            assert address.startswith(demo_desk)
            assert page.request.get(address).ok


def test_the_price_chart_draws_what_its_table_says(
    browser: Browser, demo_desk: str, database: Path
) -> None:
    with visitor(browser, demo_desk) as seen:
        page = seen.go(f"/provider/{provider_of(database, 'fluxweaver')}")
        drawn = figures(page)
        assert len(drawn) >= 6
        assert page.locator(".plot svg circle").count() == len(drawn)
        assert page.locator(".plot svg path[stroke]").count() >= 1
        page.get_by_text("The same as a table").first.click()
        told = [(row[2], amount(row[3]), row[4]) for row in cells(page, "details table")]
        assert told == [(x["raw"], round(x["usd"], 2), x["measure"]) for x in drawn]
        heights = page.locator(".plot svg circle").evaluate_all(
            "all => all.map(c => +c.cy.baseVal.value)"
        )
        dearest = max(range(len(drawn)), key=lambda i: drawn[i]["usd"])
        assert heights[dearest] == min(heights)


def test_price_bands_are_drawn_and_told(browser: Browser, demo_desk: str, database: Path) -> None:
    with visitor(browser, demo_desk) as seen:
        page = seen.go("/asset-type/hosting.bph.vps")
        drawn = figures(page)
        known = rows(
            database,
            "select * from month_prices where asset_type = 'hosting.bph.vps' and source_id = '' "
            "and measure = 'month' order by month",
        )
        assert [x["median"] for x in drawn] == [x["median"] for x in known]
        assert len(drawn) >= 5
        chart = page.locator("figure.chart").first
        assert chart.locator("svg circle").count() == len(drawn)
        assert chart.locator("svg g[fill] path").count() >= 1
        page.get_by_text("The same as a table").first.click()
        told = cells(page, "details[open] table")
        assert [(row[0], int(row[1])) for row in told] == [
            (x["month"], x["n"]) for x in drawn[::-1]
        ]
        for row, figure in zip(told, drawn[::-1], strict=True):
            assert amount(row[4]) == pytest.approx(figure["median"], abs=0.01)
        assert page.get_by_role("link", name="BasaltRacks").first.is_visible()


@pytest.mark.parametrize("account", ["BasaltRacks", "netvor", "dedovod", "yunhai"])
def test_every_finding_is_marked_where_it_stands(
    browser: Browser, demo_desk: str, database: Path, account: str
) -> None:
    version = rows(
        database,
        "select v.id, v.post_id, v.text from post_versions v join posts p on p.version_id = v.id "
        "join accounts a on a.id = p.account_id join listings l on l.post_version_id = v.id "
        "join prices x on x.listing_id = l.id and x.part = 'text' "
        "where a.name like ? || '%' and p.source_id <> 'demo_shop' order by length(v.text) desc",
        account,
    )[0]
    spans = rows(database, SPANS.replace(":v", "?1"), version["id"])
    marked = {place for span in spans for place in range(span["start"], span["end"])}
    with visitor(browser, demo_desk) as seen:
        page = seen.go(f"/post/{version['post_id']}")
        pieces = page.locator(".post a.m").evaluate_all(f"marks => marks.map({WORDS})")
        shown = page.locator(".post").evaluate(WORDS)
    assert plain(shown.strip()) == plain(version["text"])
    assert "".join(map(plain, pieces)) == plain(
        "".join(sign for place, sign in enumerate(version["text"]) if place in marked)
    )
    prices = rows(database, PRICES, version["id"])
    assert prices
    for price in prices:
        assert version["text"][price["start"] : price["end"]] == price["raw"]


def plain(text: str) -> str:
    """A text without what defanging adds, so that pieces of it can be joined."""
    return defang(text).replace("[", "").replace("]", "").replace("hxxp", "http")


def test_an_edited_price_stands_in_the_difference(
    browser: Browser, demo_desk: str, database: Path
) -> None:
    edits = rows(database, "select post, raw_before, raw from price_changes where how = 'edit'")
    assert len(edits) >= 3
    with visitor(browser, demo_desk) as seen:
        for edit in edits:
            page = seen.go(f"/post/{edit['post']}")
            gone = page.locator(".diff del").all_inner_texts()
            new = page.locator(".diff ins").all_inner_texts()
            assert re.sub(r"\D", "", edit["raw_before"])[:2] in re.sub(r"\D", "", "".join(gone))
            assert re.sub(r"\D", "", edit["raw"])[:2] in re.sub(r"\D", "", "".join(new))
            page.get_by_role("link", name="text 1").click()
            assert "This is an earlier text" in page.inner_text("#content")


def test_proposals_are_shown_with_their_reasons(
    browser: Browser, demo_desk: str, database: Path
) -> None:
    (known,) = rows(database, "select * from proposals where name_b = 'FernWeir'")
    reasons = known["reasons"].splitlines()
    assert "an ad in the same words" in reasons
    with visitor(browser, demo_desk) as seen:
        page = seen.go("/proposals")
        (told,) = (
            text
            for text in page.locator("ul.plain > li").all_inner_texts()
            if "CobbleStack" in text and "FernWeir" in text
        )
        assert [reason for reason in reasons if defang(reason) not in told] == []
        assert page.locator("form[action='/decide']").count() == 0
        page.get_by_role("link", name="FernWeir").first.click()
        assert page.inner_text("h1") == "FernWeir"

"""The desk over the demo market in a real Chromium: every page, on a desk and on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import CHROMIUM, DESK, PHONE, Visitor, visitor
from tests.market import rows

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
MOST_SHIFT = 0.1
"""What counts as good in Core Web Vitals (cumulative layout shift)."""
PAGES = {
    "home": ("/", "The underground hosting market"),
    "provider": ("/provider/{provider}", "Why these names are one"),
    "asset_types": ("/asset-types", "Bulletproof VPS/VDS"),
    "asset_type": ("/asset-type/hosting.bph.vps", "What it costs"),
    "post": ("/post/{post}", "What was found in it"),
    "listing": ("/listing/{listing}", "Listings"),
    "search": ("/search?q=rdp", "matches"),
    "search_posts": ("/search?what=posts&q=vps", "matches"),
    "nothing_found": ("/search?q=zzzzzz", "Nothing matches."),
    "archived": ("/archived/{page}", "What a reader would see"),
    "proposals": ("/proposals", "CobbleStack"),
    "questions": ("/questions", "Who offers this now?"),
    "sign_in": ("/-/login", "Log in"),
    "database": ("/market", "price_history"),
    "view": ("/market/latest_listings?_size=6", "Lowest periodic price"),
    "table": ("/market/posts?_size=6&_facet=source_id", "Pixel Bazaar"),
    "filtered": ("/market/contacts?kind=telegram&_size=6", 'where kind = "telegram"'),
    "empty": ("/market/contacts?kind=none", "0 rows"),
    "row": ("/market/accounts/{account}", "Links from other tables"),
    "query": ("/market/who_offers?asset_type=hosting.bph.domain", "Who offers this now?"),
    "sql": ("/market?sql=select+name+from+accounts+limit+3", "3 rows"),
}
"""Every kind of page, and something that it shows."""
REFUSED = {
    "unknown": ("/post/000000000000000000000000", 404, "there is no post"),
    "no_page": ("/nowhere", 404, "404"),
    "no_role": ("/victims", 403, "for analysts with the role notify"),
    "wrong_sql": ("/market?sql=selekt", 400, "must be a SELECT"),
    "not_csv": ("/market/nothing.csv", 404, "Table not found"),
}


@pytest.fixture(scope="module")
def database(homes: dict[str, Path]) -> Path:
    """The demo market after day 3."""
    return homes["last"] / "market.db"


@pytest.fixture(scope="module")
def ids(database: Path) -> dict[str, str]:
    """One id of everything that a page is about."""
    asked = {
        "provider": "select provider_id from provider_links where value = 'ticket_relay'",
        "post": "select post from price_changes where how = 'edit' and source <> 'demo_shop'",
        "listing": "select id from listings_now where asset_type = 'access.rdp' order by id",
        "page": "select page_id from post_versions v join posts p on p.version_id = v.id "
        "where p.source_id = 'demo_xenforo' order by v.id",
        "account": "select id from accounts where name = 'harborlite'",
    }
    return {name: str(next(iter(rows(database, sql)[0].values()))) for name, sql in asked.items()}


def calm(seen: Visitor) -> None:
    """Nothing came from elsewhere, nothing complained, nothing moved or stands out."""
    assert seen.strangers() == []
    assert seen.told == []
    assert seen.shift() < MOST_SHIFT
    assert not seen.too_wide()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole_calm_and_accessible(
    browser: Browser, demo_desk: str, ids: dict[str, str], tmp_path: Path, name: str
) -> None:
    path, shown = PAGES[name]
    for size, scheme, schemes in ((DESK, "light", ("light", "dark")), (PHONE, "dark", ("dark",))):
        with visitor(browser, demo_desk, size, scheme) as seen:
            page = seen.go(path.format(**ids))
            assert shown in page.inner_text("body")
            assert page.title().endswith(" · Rackrent")
            calm(seen)
            seen.shot(tmp_path, f"{name}-{size[0]}-{scheme}")
            for one in schemes:
                assert seen.serious(one) == [], f"{name}, {one}, {size[0]} pixels"


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_said_on_a_page_of_the_desk(
    browser: Browser, demo_desk: str, tmp_path: Path, name: str
) -> None:
    path, status, shown = REFUSED[name]
    with visitor(browser, demo_desk) as seen:
        answer = seen.page.goto(demo_desk + path)
        assert answer is not None
        assert answer.status == status
        assert shown in seen.page.inner_text("#content")
        assert seen.page.get_by_role("link", name="Asset types").is_visible()
        assert seen.strangers() == []
        seen.shot(tmp_path, f"refused-{name}")
        assert seen.serious("light") + seen.serious("dark") == []


def focused(page: Page) -> str:
    """What has the keyboard: its text, or its name."""
    told = page.evaluate(
        "() => { const here = document.activeElement;"
        " return here.getAttribute('aria-label') || here.innerText; }"
    )
    return str(told).strip()


def outlined(page: Page) -> bool:
    """Whether what has the keyboard is seen to have it."""
    style, width = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return [s.outlineStyle, parseFloat(s.outlineWidth)]; }"
    )
    return bool(style != "none" and width >= 2)


def test_the_keyboard_reaches_content_navigation_and_search(
    browser: Browser, demo_desk: str
) -> None:
    with visitor(browser, demo_desk) as seen:
        page = seen.go("/")
        order = []
        for _ in range(10):
            page.keyboard.press("Tab")
            assert outlined(page), focused(page)
            order.append(focused(page))
        assert order[:3] == ["Skip to the content", "Rackrent", "Search"]
        assert order[-2:] == ["Search offers and requests", "Search"]
        page.keyboard.press("Shift+Tab")
        page.keyboard.type("vps")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=vps")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#content")
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_marks_and_copy_buttons_work_by_keyboard(
    browser: Browser, demo_desk: str, ids: dict[str, str], database: Path
) -> None:
    with visitor(browser, demo_desk) as seen:
        seen.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = seen.go(f"/post/{ids['post']}")
        mark = page.locator(".post a.m").first
        mark.focus()
        assert outlined(page)
        page.keyboard.press("Enter")
        assert page.locator("tr:target").count() == 1
        page = seen.go(f"/provider/{ids['provider']}")
        button = page.locator("button.copy").first
        button.focus()
        assert outlined(page)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="copied").wait_for()
        copied = page.evaluate("() => navigator.clipboard.readText()")
        assert copied == "ticket_relay"
        assert seen.told == []

"""The desk's pages over a small market: what each shows."""

import json
from collections.abc import Iterator
from xml.etree.ElementTree import fromstring

import pytest

from tests.desk import Desk, desk_at

"""Its fixture is made once: all its tests run in one worker."""
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The small market."""
    made = desk_at(tmp_path_factory.mktemp("desk"))
    yield made
    made.board.store.close()


def post_of(desk: Desk, native_id: str) -> str:
    """Id of a post."""
    (row,) = desk.rows("select id from posts where native_id = ?", native_id)
    return str(row["id"])


def provider_of(desk: Desk, account: str) -> str:
    """Id of an account's provider."""
    (row,) = desk.rows(
        "select m.provider_id from provider_members m join accounts a on a.id = m.member_id "
        "where a.name = ?",
        account,
    )
    return str(row["provider_id"])


def test_the_first_page_tells_what_is_there(desk: Desk) -> None:
    page = desk.get("/").text
    assert "3 active offers and requests of 3 asset types" in page
    assert "board" in page
    assert "the last 7 days" in page


def test_a_last_visit_in_a_cookie_is_believed_only_as_a_time(desk: Desk) -> None:
    for cookie in ("'; drop table posts; --", "9999-99-99T99:99:99Z", "<script>"):
        page = desk.get("/", {"rackrent_seen": cookie})
        assert page.status_code == 200
        assert "the last 7 days" in page.text
    page = desk.get("/", {"rackrent_seen": "2999-01-01T00:00:00Z"})
    assert "your last visit" in page.text
    assert "2999" not in page.text


def test_a_post_shows_its_findings_in_place(desk: Desk) -> None:
    page = desk.get(f"/post/{post_of(desk, '1')}").text
    assert 'class="m m-price"' in page
    assert "5 USD per unit" in page
    assert "telegram rdp_seller" in page
    assert "<del>9</del>" in page or "<del>" in page
    assert "Admiralty" in page
    assert "board/" in page
    assert "warc.gz" in page


def test_an_earlier_text_can_be_seen(desk: Desk) -> None:
    post = post_of(desk, "1")
    versions = desk.rows(
        "select id, text from post_versions where post_id = ? order by seen_at", post
    )
    page = desk.get(f"/post/{post}?version={versions[0]['id']}").text
    assert "This is an earlier text" in page
    assert "old text" in page
    assert desk.get(f"/post/{post}?version={'0' * 24}").status_code == 404


def test_a_listing_leads_to_its_post(desk: Desk) -> None:
    (row,) = desk.rows("select id, post_id from listings_now where asset_type = 'access.rdp'")
    answer = desk.get(f"/listing/{row['id']}")
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"/post/{row['post_id']}?version=")


def test_a_provider_shows_names_reasons_prices_and_marks(desk: Desk) -> None:
    page = desk.get(f"/provider/{provider_of(desk, 'seller')}").text
    for told in ("seller", "host", "both offer under the same telegram rdp_seller", "rdp_seller"):
        assert told in page
    block = page.split('<script type="application/json">')[1].split("</script>")[0]
    prices = {(row["usd"], row["measure"]) for row in json.loads(block)}
    assert prices == {(5.0, "USD each"), (9.0, "USD each"), (20.0, "USD a month")}
    assert "works fine" in page
    assert "is somebody else" not in page


def test_an_asset_type_shows_definition_prices_and_sellers(desk: Desk) -> None:
    page = desk.get("/asset-type/access.rdp").text
    assert "Stolen remote-desktop credentials" in page
    assert provider_of(desk, "seller") in page
    assert "2026-03" in page
    assert desk.get("/asset-type/access.nothing").status_code == 404


@pytest.mark.parametrize("path", ["/provider/", "/post/", "/listing/", "/archived/"])
def test_unknown_ids_are_not_found(desk: Desk, path: str) -> None:
    assert desk.get(path + "0" * 24).status_code == 404
    assert desk.get(path + "nonsense").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=rdp", {"access.rdp", "hosting.bph.vps"}),
        ("q=rdp&asset_type=access.rdp", {"access.rdp"}),
        ("q=abuse+ignor", {"hosting.bph.vps"}),
        ("band=10+to+50", {"hosting.bph.vps"}),
        ("country=DE", {"access.corporate"}),
        ("country=US&intent=offer&state=active&source=board", {"access.rdp"}),
        ("since=2026-03-01&until=2026-03-01", {
            "access.rdp", "hosting.bph.vps", "access.corporate"}),
        ("since=2026-03-02", set()),
        ("since=rubbish&what=nonsense&page=-3", {
            "access.rdp", "hosting.bph.vps", "access.corporate"}),
        ("q=zebra", set()),
    ],
)  # fmt: skip
def test_search_finds_listings(desk: Desk, query: str, found: set[str]) -> None:
    rows = desk.get(f"/search.json?{query}").json()
    assert {row["asset_type"] for row in rows} == found
    assert desk.get(f"/search?{query}").status_code == 200


def test_search_over_posts_has_those_without_an_offer(desk: Desk) -> None:
    rows = desk.get("/search.json?what=posts&q=recommend").json()
    assert [(row["account"], row["intent"]) for row in rows] == [("buyer", "other")]
    assert len(desk.get("/search.json?what=posts").json()) == 4


@pytest.mark.parametrize("words", ['"', "*", "AND OR", "-", "(", "rdp:x", "NEAR(", "挖", "'; --"])
def test_search_takes_any_words(desk: Desk, words: str) -> None:
    for what in ("listings", "posts"):
        answer = desk.call("get", "/search", params={"q": words, "what": what})
        assert answer.status_code == 200


def test_facets_count_the_matches(desk: Desk) -> None:
    page = desk.get("/search?intent=offer").text
    assert '/search?what=listings&amp;intent=offer&amp;asset_type=access.rdp"' in page
    assert 'aria-label="Remove intent offer"' in page


def test_the_feed_has_an_entry_a_listing(desk: Desk) -> None:
    answer = desk.get("/feed.atom?asset_type=access.rdp")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = fromstring(answer.text)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") in {
        "access.rdp (offer) by seller",
        "access.rdp (offer) by host",
    }
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert "/post/" in link.get("href", "")


def test_search_as_csv_has_a_row_a_match(desk: Desk) -> None:
    lines = desk.get("/search.csv?asset_type=access.rdp").text.splitlines()
    assert lines[0].startswith("id,asset_type,intent")
    assert len(lines) == 2


def test_a_page_whose_evidence_is_missing_says_so(desk: Desk) -> None:
    (row,) = desk.rows("select id from pages limit 1")
    page = desk.get(f"/archived/{row['id']}").text
    assert "cannot be read" in page
    assert "put the file back into evidence/" in page


def test_every_question_is_listed_and_answered(desk: Desk) -> None:
    from crawler.serving import queries_of

    page = desk.get("/questions").text
    for name, query in queries_of().items():
        assert f"/market/{name}?" in page or f"/market/{name}" in page
        answer = desk.get(f"/market/{name}.json?_shape=objects&{query['example']}")
        assert answer.status_code == 200, (name, answer.text[:300])
        assert answer.json()["ok"], name

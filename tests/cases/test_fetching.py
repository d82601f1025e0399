"""One crawl of a board whose threads are the cases of HTTP, encodings, redirects and answers."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cases import answers, encodings, http, redirects
from tests.cases.boards import BoardSite, board_site
from tests.cases.canary import Canary, canary
from tests.cases.fetching import Hostile, Outcome, crawl_board, numbered, place_cases
from tests.cases.server import Server, page, served
from tests.live.test_ways_out import watched

PAGES = (*redirects.PAGES, *http.PAGES, *encodings.PAGES, *answers.PAGES)


@dataclass
class Crawled:
    """The crawl and what it was of."""

    site: BoardSite
    outcome: Outcome
    other: Server
    """The source's second server."""
    watch: Path
    """Every look-up and connection of the crawl, one a line."""
    trap: Canary


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """The one crawl."""
    folder: Path = tmp_path_factory.mktemp("fetching")
    with (
        board_site(len(PAGES) + 8) as site,
        canary() as trap,
        served(address="127.0.0.2") as other,
    ):
        place_cases(site, PAGES, other.host, trap.host)
        _, body = site.board.page(site.target(numbered(PAGES)["redirect-with-cookie"]), "")
        other.answers["/from-first"] = page(body)

        def change(text: str) -> str:
            return text.replace("hosts: [", f'hosts: ["{other.host}", ')

        environment, watch = watched(folder)
        outcome = crawl_board(folder / "home", site, change=change, environment=environment)
        yield Crawled(site, outcome, other, watch, trap)


@pytest.mark.parametrize("hostile", PAGES, ids=lambda each: each.case.name)
def test_each_answer(hostile: Hostile, crawled: Crawled) -> None:
    number = numbered(PAGES)[hostile.case.name]
    target = crawled.site.target(number)
    issue = crawled.outcome.issue(f"{crawled.site.board.root}{target}")
    posts = {post.text for post in crawled.site.board.thread_of(number).posts}  # type: ignore[union-attr]
    if hostile.kind is None:
        assert issue is None
    else:
        assert issue is not None
        assert issue[0] == hostile.kind, issue
        assert hostile.detail in issue[1]
    assert (posts <= crawled.outcome.texts) is hostile.is_read
    assert not posts & crawled.outcome.texts or hostile.is_read
    assert crawled.site.server.times(target) == hostile.times


def test_every_good_page_is_kept_and_nobody_else_was_asked(crawled: Crawled) -> None:
    assert crawled.site.good() <= crawled.outcome.texts
    assert crawled.trap.touched == []
    assert crawled.outcome.run["status"] == "degraded"


def test_nothing_is_looked_up_and_nobody_connected_to_but_the_source(crawled: Crawled) -> None:
    lines = crawled.watch.read_text().splitlines()
    assert len([line for line in lines if line.startswith("socket.connect")]) > len(PAGES)
    allowed = {
        f"('127.0.0.1', {crawled.site.server.host.partition(':')[2]})",
        f"('127.0.0.2', {crawled.other.host.partition(':')[2]})",
    }
    assert [line for line in lines if not any(each in line for each in allowed)] == []


def test_no_image_is_in_the_evidence(crawled: Crawled) -> None:
    (warc,) = crawled.watch.parent.glob("home/evidence/**/*.warc.gz")
    with gzip.open(warc) as records:
        text = records.read()
    assert b"RDP lot" in text
    # base32 digests hold any three letters now and then
    assert b"\x89PNG" not in text
    assert b"PK\x03\x04" not in text


def test_no_request_bears_what_it_must_not(crawled: Crawled) -> None:
    asked = [*crawled.site.server.asked, *crawled.other.asked]
    assert not [each for each in asked if "referer" in each.headers]
    assert not [each for each in asked if "authorization" in each.headers]
    assert {each.method for each in asked} == {"GET"}
    assert "cookie" not in crawled.other.headers_of("/from-first")
    # the cookies of the flood stay bounded
    longest = max(len(each.headers.get("cookie", "")) for each in asked)
    assert 0 < longest < 100 * 420

"""Hostile pages in real crawls: the run goes on, good pages are kept, and each case is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases.boards import BoardSite, board_site
from tests.cases.fetching import Outcome, crawl_board
from tests.cases.html import FRAGMENTS
from tests.cases.pages import NOTICES
from tests.cases.server import Answer, Talk, page
from tests.market import rows

HTML = {each.case.name: each.html for each in FRAGMENTS}
NOTICE = {each.case.name: each.html for each in NOTICES}
BOMB, LOST, FLOOD, MISSING, LARGE, FAKE = range(2, 8)


def changed(site: BoardSite, number: int, extra: str, *, before_last: bool = False) -> str:
    """A thread's page with something in its first post, or before its last one."""
    _, html = site.board.page(site.target(number), "")
    mark = '<div class="post_body'
    place = html.rfind('<div class="post ') if before_last else html.find(">", html.find(mark)) + 1
    assert place > 0
    return html[:place] + extra + html[place:]


def once(first: bytes, then: bytes) -> Answer:
    """An answer for the first request, and one for all later ones."""
    asked: list[bytes] = []

    def answer(talk: Talk) -> None:
        talk.send(then if asked else first)
        asked.append(first)

    return answer


def texts_of(site: BoardSite, number: int) -> set[str]:
    """Texts of a thread's posts."""
    threads = [thread for board in site.board.boards for thread in board.threads]
    return {post.text for thread in threads if thread.number == number for post in thread.posts}


@pytest.fixture(scope="module")
def site() -> Iterator[BoardSite]:
    with board_site(threads=12) as found:
        found.hostile(BOMB, page(changed(found, BOMB, HTML["html-reopened"])))
        found.hostile(LOST, page(changed(found, LOST, "<!-- ", before_last=True)))
        good = page(found.board.page(found.target(FLOOD), "")[1])
        notice = NOTICE["page-flood-200"].replace("20 seconds", "2 seconds")
        found.hostile(FLOOD, once(page(notice), good))
        found.hostile(MISSING, page(NOTICE["page-soft-404"]))
        found.hostile(LARGE, page(changed(found, LARGE, HTML["html-giant-comment"])))
        fake = "<a rel=next class=pagination_next href='/member.php?action=logout'>Next</a>"
        found.hostile(FAKE, page(changed(found, FAKE, fake + NOTICE["page-seized-title"])))
        yield found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("live")


@pytest.fixture(scope="module")
def outcome(site: BoardSite, home: Path) -> Outcome:
    return crawl_board(home, site)


def issue_of(site: BoardSite, outcome: Outcome, number: int) -> tuple[str, str] | None:
    return outcome.issue(f"{site.board.root}{site.target(number)}")


def test_all_good_pages_are_read_and_the_run_ends(site: BoardSite, outcome: Outcome) -> None:
    assert outcome.run["status"] == "degraded"
    assert site.good() <= outcome.texts
    assert set(outcome.states.values()) == {"done"}


def test_a_bomb_is_an_issue_of_its_page(site: BoardSite, outcome: Outcome) -> None:
    issues = outcome.issues[f"{site.board.root}{site.target(BOMB)}"]
    assert "parse_stopped" in [kind for kind, _ in issues]
    assert site.server.times(site.target(BOMB)) == 1


def test_lost_posts_are_told(site: BoardSite, outcome: Outcome) -> None:
    issue = issue_of(site, outcome, LOST)
    assert issue is not None
    assert issue[0] == "posts_lost"


def test_a_site_that_asks_to_slow_down_is_waited_for(site: BoardSite, outcome: Outcome) -> None:
    assert texts_of(site, FLOOD) <= outcome.texts
    assert site.server.times(site.target(FLOOD)) == 2
    assert "nothing is asked for 2" in outcome.log or "nothing is asked for 3" in outcome.log


def test_a_large_page_and_a_page_with_fakes_are_read(site: BoardSite, outcome: Outcome) -> None:
    assert texts_of(site, LARGE) <= outcome.texts
    assert any("Next" in text for text in outcome.texts)
    assert not [each for each in site.server.asked if "logout" in each.target]
    assert outcome.run["reason"] is not None
    assert "pause" not in outcome.run["reason"]


def test_a_missing_thread_is_gone_at_its_second_sighting(
    site: BoardSite, outcome: Outcome, home: Path
) -> None:
    known = "select state from threads where native_id = ?"
    database = home / "market.db"
    assert rows(database, known, str(MISSING)) == [{"state": "open"}]
    crawl_board(home, site)
    assert site.server.times(site.target(MISSING)) == 2
    assert rows(database, known, str(MISSING)) == [{"state": "gone"}]


def test_a_seized_site_pauses_and_is_an_event(tmp_path: Path) -> None:
    with board_site(threads=1) as site:
        site.server.answers["/index.php"] = page(NOTICE["page-seized-alt"])
        outcome = crawl_board(tmp_path, site)
    assert outcome.run["status"] == "paused"
    assert outcome.run["reason"].startswith("a notice that the site was seized at ")
    assert [kind for issues in outcome.issues.values() for kind, _ in issues] == ["seized"]

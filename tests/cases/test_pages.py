"""Each notice and each imitation, read as a crawl reads it; then some of all areas in one crawl."""

from dataclasses import replace

import pytest

from spiders.parsing import PARSER
from spiders.reading import engine_named
from tests.cases.pages import IMITATIONS, NOTICES, Imitation, Notice
from tests.cases.thread_page import NEXT, asked_for, post_html, thread_html, words


@pytest.mark.parametrize("notice", NOTICES, ids=lambda each: each.case.name)
def test_each_notice(notice: Notice) -> None:
    reading = PARSER.read(replace(asked_for(notice.html), status=notice.status))
    assert reading.state == notice.state
    assert (reading.posts, reading.threads, reading.next_page) == ((), (), None)
    kinds = [problem.kind for problem in reading.problems]
    assert notice.kind is None or notice.kind in kinds


@pytest.mark.parametrize("engine", ["phpbb", "smf", "xenforo", "vbulletin", "invision", "fluxbb"])
@pytest.mark.parametrize("state", ["seized", "wrong_site", "rate_limited"])
def test_other_engines_know_the_same_notices(engine: str, state: str) -> None:
    notices = [each for each in NOTICES if each.state == state and each.kind is None]
    assert notices
    for each in notices:
        asked = replace(asked_for(each.html), engine=engine, status=each.status)
        assert PARSER.read(asked).state == state


@pytest.mark.parametrize("imitation", IMITATIONS, ids=lambda each: each.case.name)
def test_each_imitation(imitation: Imitation) -> None:
    second = post_html(2, imitation.html)
    html = thread_html(second, head=imitation.head, above=imitation.above)
    reading = PARSER.read(replace(asked_for(html), session=True))
    assert reading.state == "ok"
    assert [post.native_id for post in reading.posts] == ["1", "2", "3"]
    for number, post in enumerate(reading.posts, start=1):
        assert words(number) in post.text
        assert post.author == "ann"
        assert not imitation.unread or imitation.unread not in post.text
    assert reading.next_page == NEXT
    assert (reading.boards, reading.threads) == ((), ())
    # a way out that an author wrote is not the page's own
    assert reading.signed_in is False
    assert reading.problems == ()


@pytest.mark.parametrize(
    "path",
    ["member.php?action=logout", "report.php?pid=2", "newreply.php?tid=7", "buy.php?id=2",
     "ratethread.php?tid=7&rating=5", "editpost.php?pid=2", "private.php?action=send"],
)  # fmt: skip
def test_no_action_is_a_page_to_read(path: str) -> None:
    assert engine_named("mybb").kind(f"http://board.example/{path}") is None

from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.reading import Reading
from crawler.source import Source
from spiders.parsing import read_response
from spiders.reading import engine_named, page_from, read_page

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
THREAD = (
    b'<div id="post_5"><div class="author_information"><a href="member.php?action=profile&uid=2">'
    b'heron</a></div><span class="post_date">11-22-2026, 01:00 PM</span><div id="pid_5">vps</div>'
    b'<b class="who">sedge</b></div><input name="tid" value="9">'
)


def source(**changes: Any) -> Source:
    fields: dict[str, Any] = {
        "id": "lane", "name": "Lane", "kind": "forum", "engine": "mybb",
        "url": "https://lane.example/", "start": ["https://lane.example/"],
        "hosts": ["lane.example"], "basis": "public",
    }  # fmt: skip
    return Source.model_validate(fields | changes)


def read(body: bytes, status: int = 200, **changes: Any) -> Reading:
    return read_response(
        source(**changes), url="https://lane.example/showthread.php?tid=9", body=body,
        content_type="text/html; charset=utf-8", status=status, fetched_at=AT,
    )  # fmt: skip


def test_a_thread_is_read_with_the_sources_zone() -> None:
    reading = read(THREAD, timezone="Europe/Moscow")
    assert reading.state == "ok"
    assert reading.posts[0].posted_at == datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_a_source_may_override_a_selector() -> None:
    assert read(THREAD).posts[0].author == "heron"
    assert read(THREAD, selectors={"author": ".who"}).posts[0].author == "sedge"


def test_a_broken_override_is_a_problem() -> None:
    reading = read(THREAD, selectors={"author": "b[["})
    assert "broken_selector" in {problem.kind for problem in reading.problems}


@pytest.mark.parametrize("status", [404, 410])
def test_gone_pages_are_not_found(status: int) -> None:
    assert read(b"<p>nothing</p>", status).state == "not_found"
    assert read(THREAD, status).state == "not_found"


def test_a_strange_page_is_a_problem() -> None:
    reading = read(b"<p>hello</p>")
    assert reading.state == "unknown"
    assert reading.problems[-1].kind == "unknown_page"


def test_a_wrong_charset_is_a_problem() -> None:
    reading = read(THREAD.replace(b"vps", "Продам дедики оптом".encode("cp1251")))
    assert reading.posts[0].text == "Продам дедики оптом"
    assert reading.problems[0].kind == "charset_lie"


def test_a_post_about_captchas_is_a_post() -> None:
    assert (
        read(THREAD.replace(b"vps", b"captcha: just a moment, you have been banned")).state == "ok"
    )


def test_an_unknown_engine_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"engine: 'wiki' is unknown; .*declared.* mybb"):
        engine_named("wiki")


def test_a_bad_recipe_is_a_problem_not_an_error() -> None:
    page = page_from(b"<p>x", None, url="https://s.example/", fetched_at=AT, selectors={"item": 5})
    reading = read_page(page, engine_named("declared"))
    assert reading.state == "unknown"
    assert reading.problems[0].kind == "bad_recipe"


def test_the_day_of_an_edit_is_not_the_day_of_the_post() -> None:
    note = (
        b' <span class="post_edit">(This post was last modified: <span title="11-23-2026">Today'
        b'</span>, 09:05 AM by <a href="member.php?action=profile&uid=2">heron</a>.)</span></span>'
    )
    (post,) = read(THREAD.replace(b"01:00 PM</span>", b"01:00 PM" + note)).posts
    assert post.posted_at == datetime(2026, 11, 22, 13, tzinfo=UTC)
    assert post.posted_raw == "11-22-2026, 01:00 PM"
    assert post.edited_at == datetime(2026, 11, 23, 9, 5, tzinfo=UTC)

"""Pages made to hurt: every engine answers within two seconds and never raises."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading import Reading
from spiders.engines import ENGINES
from spiders.guard import danger_in
from spiders.reading import engine_named, page_from, read_page

RECIPE = {"item": ".card", "fields": {"title": "h3"}}
HEAD = b"<html id='XF'><script>var smf_scripturl, my_post_key</script><body>"
MYBB_POST = b'<div id="post_1"><div id="pid_1" class="post_body">'
HOSTILE = {
    "nested": HEAD + MYBB_POST + b"<div>" * 200_000,
    "nested_below_the_limit": HEAD + MYBB_POST + b"<blockquote>" * 900 + b"end",
    "attributes": HEAD + b"<div " + b" ".join(b"a%d='x'" % n for n in range(100_000)) + b">",
    "quoted_brackets": HEAD + b"<div " + b" ".join(b'a%d=">"' % n for n in range(50_000)) + b">",
    "open_tags": b"<a '" * 300_000,
    "open_comments": b"<!--" * 300_000,
    "brackets": b"<" * 1_000_000,
    "unclosed_scripts": b"<script>" * 100_000,
    "truncated": HEAD + MYBB_POST + b"text <a href='",
    "binary": bytes(range(256)) * 4000,
    "nul": b"\x00" * 100_000,
    "empty": b"",
    "huge": HEAD + b"x" * (9 << 20),
    "many_posts": HEAD + b"".join(b'<div id="msg_%d"><p>x</p></div>' % n for n in range(3000)),
    "many_links": HEAD + b"<a href='forumdisplay.php?fid=1'>x</a>" * 10_000,
    "digits": HEAD
    + b"<div id='post_1'><div class='post_date'>"
    + b"9" * 100_000
    + b"</div><p id='pid_1'>x",
    "broken_urls": HEAD + b"<span id='tid_1'><a href='http://['>x</a></span>" * 50,
}


def read(body: bytes, name: str) -> Reading:
    page = page_from(
        body,
        "text/html; charset=utf-8",
        url="http://b.example/index.php?topic=1.0",
        fetched_at=datetime(2026, 11, 23, tzinfo=UTC),
        selectors=RECIPE if name == "declared" else {},
    )
    return read_page(page, engine_named(name))


@pytest.mark.parametrize("name", sorted(ENGINES))
@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_hostile_page_is_survived_quickly(case: str, name: str) -> None:
    started = time.process_time()
    reading = read(HOSTILE[case], name)
    assert time.process_time() - started < 2
    if case in ("nested", "attributes", "huge", "open_tags"):
        assert reading.state in ("unknown", "wrong_site")
        assert "hostile_markup" in [problem.kind for problem in reading.problems]


@pytest.mark.parametrize("name", sorted(ENGINES))
@given(parts=st.lists(st.sampled_from([
    "<div id='post_1'>", "<div id='pid_1'>", "<div id='msg_2'>", "<span id='tid_3'>", "</div>",
    "<a href='index.php?topic=x.y'>", "<blockquote>", "<cite>", "</blockquote>", "text", "<br>",
    "<article data-content='post-9' data-author=''>", "<div class='tgme_widget_message' data-post>",
    "<time datetime='9999-99-99T99:99'>",
    "<table><tr><td>",
    "<img alt='x' class='smilie'>",
    "\ufffd",
    "<a data-cfemail='zz'>", "<div class='card'>", "<h3>", "<span class='lastpost'>",
    "<pre>",
]), max_size=25))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_any_mixture_of_markup_is_survived(name: str, parts: list[str]) -> None:
    read("".join(parts).encode(), name)


def test_one_long_value_is_no_danger_and_many_are() -> None:
    breaks, value = "<br>" * 2000, "x&quot;" * 40_000
    assert danger_in(f'<p>{breaks}<div data-preloaded="{value}">') is None
    many = " ".join(f'a{number}="{"y" * 900}"' for number in range(100))
    assert danger_in(f"<p>{breaks}<div {many}>") is not None


def test_brackets_before_other_signs_are_text() -> None:
    words = "<é <5$ <= << " * 8_000
    assert danger_in(f"<p>{words}") is None
    assert danger_in(f"<p>{words}<div {words}") is not None


def test_a_bracket_in_a_comment_or_a_script_opens_nothing() -> None:
    hidden = "<div>" * 2_000
    assert danger_in(f"<!-- {hidden} --><script>{hidden}</script><?x {'<div ' * 20_000}>") is None
    assert danger_in(f"<!-- x --><script></script>{hidden}{'x' * 70_000}") is not None

"""Each text, charset and message, read as a crawl reads it."""

import pytest

from spiders.asked import Asked
from spiders.parsing import PARSER
from tests.cases.text import ENCODED, JSON, TEXTS, Encoded, Said, Written, message
from tests.cases.thread_page import AT, asked_for, post_html, thread_html, words

RUSSIAN = "Продам дедики оптом, абузоустойчивые серверы в наличии"


@pytest.mark.parametrize("written", TEXTS, ids=lambda each: each.case.name)
def test_each_text(written: Written) -> None:
    second = post_html(2, written.body, author=written.author, date=written.date)
    reading = PARSER.read(asked_for(thread_html(second)))
    first, post, last = reading.posts
    assert (first.text, last.text) == (words(1), words(3))
    assert first.posted_at == last.posted_at != None  # noqa: E711
    assert post.text.startswith(words(2))
    assert (written.read or "") in post.text
    assert post.author == (written.name or "ann")
    assert (post.posted_at is not None) is written.has_moment
    post.text.encode()


@pytest.mark.parametrize("encoded", ENCODED, ids=lambda each: each.case.name)
def test_each_charset(encoded: Encoded) -> None:
    body = thread_html(post_html(2, f"<br>{RUSSIAN}<br>{RUSSIAN}")).encode(encoded.charset)
    if encoded.twice:
        body = body.decode("latin-1").encode()
    stated = f"text/html; charset={encoded.stated}"
    reading = PARSER.read(asked_for(body, content_type=stated))
    assert [post.text.count("Продам дедики") for post in reading.posts] == [0, 2, 0]
    assert [problem.kind for problem in reading.problems] == [encoded.kind]


@pytest.mark.parametrize("said", JSON, ids=lambda each: each.case.name)
def test_each_message(said: Said) -> None:
    body = f"[{message(1)}, {said.message}, {message(3)}]".encode()
    url = "https://board.example/api/v1/accounts/5/statuses"
    reading = PARSER.read(Asked("mastodon", url, body, "application/json", AT))
    assert tuple(post.native_id for post in reading.posts) == said.read
    assert [words(number) in post.text for number, post in ((1, reading.posts[0]),)] == [True]
    assert reading.posts[-1].text == words(3)
    kinds = {problem.kind for problem in reading.problems}
    assert said.kind is None or said.kind in kinds
    for post in reading.posts:
        post.text.encode()

"""Each fragment in a page of a thread, read where a crawl reads it."""

import time
from collections.abc import Iterator

import psutil
import pytest

from crawler.worker import Limits, Worker
from spiders.parsing import WORKER, Parser
from tests.cases.html import FRAGMENTS, Fragment
from tests.cases.thread_page import asked_for, post_html, thread_html, words


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    """A parser whose limits are a third of a crawl's."""
    found = Parser(Worker(WORKER, Limits(cpu_s=3, wall_s=60, memory_mb=300)))
    yield found
    found.close()


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda each: each.case.name)
def test_each_fragment(fragment: Fragment, parser: Parser) -> None:
    reading = parser.read(asked_for(thread_html(post_html(2, fragment.html))))
    read = [
        int(post.native_id) for post in reading.posts if words(int(post.native_id)) in post.text
    ]
    kinds = {problem.kind for problem in reading.problems}
    assert tuple(read) == fragment.kept
    assert (fragment.told in kinds) if fragment.told else not kinds
    if parser.worker.pid:
        assert psutil.Process(parser.worker.pid).memory_info().rss < 350 << 20


def test_the_limits_of_a_crawl_keep_a_page_within_its_slot() -> None:
    limits = Limits()
    assert limits.cpu_s <= 10
    assert limits.wall_s <= 30
    assert limits.memory_mb <= 400


def test_an_ordinary_page_after_all_that_is_read_at_once(parser: Parser) -> None:
    started = time.process_time()
    assert len(parser.read(asked_for(thread_html(post_html(2)))).posts) == 3
    assert time.process_time() - started < 1

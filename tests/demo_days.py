"""Looks things up in what the demo market shows on a day."""

from datetime import UTC, datetime

from crawler.demo.day import Day, Message, Thread

ANCHOR = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)


def posts_of(day: Day, source: str) -> dict[int, Message]:
    return {post.id: post for thread in day.threads[source] for post in thread.posts}


def thread_named(day: Day, source: str, key: str) -> Thread:
    return next(thread for thread in day.threads[source] if thread.key == key)

"""Walks a forum: index, boards, threads."""

from collections.abc import Iterator

from crawler.clock import stamp
from crawler.reading import Reading, ThreadRead
from crawler.store.fetched import Fetched
from crawler.store.queue import Link
from spiders.walk import Walk


class ForumWalk(Walk):
    """Boards first, newest threads first; a thread is read to its end before the next one."""

    name = "forum"
    kind = "forum"
    start_kind = "index"

    def links(self, fetched: Fetched, reading: Reading) -> Iterator[Link]:
        """Boards, threads that changed, and the page that continues this one."""
        for board in reading.boards:
            yield Link(board.url, "board", priority=20)
        for thread in reading.threads:
            yield Link(
                thread.url, "thread", context={"thread": thread.native_id}, mark=mark_of(thread)
            )
        if reading.next_page and fetched.kind == "thread":
            context = {**fetched.context, "walk": fetched.walk}
            yield Link(reading.next_page, "thread", priority=10, context=context)
        elif reading.next_page:
            yield Link(reading.next_page, "board", priority=20)


def mark_of(thread: ThreadRead) -> str | None:
    """What a board says of a thread, in one line; None when it says nothing."""
    if thread.replies is None and thread.last_post_at is None:
        return None
    last = stamp(thread.last_post_at) if thread.last_post_at else ""
    return f"{thread.replies} {last} {thread.title}"

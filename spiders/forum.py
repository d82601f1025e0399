"""Walks a forum: index, boards, threads."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.clock import stamp, stamp_or_none
from crawler.reading import PageKind, Problem, Reading, ThreadRead
from crawler.records import ThreadReadRow
from crawler.store.fetched import Fetched
from crawler.store.queue import Link
from spiders.increments import Change, change_of, is_newest_first
from spiders.paging import onward
from spiders.reading import engine_named
from spiders.walk import Step, Walk


class ForumWalk(Walk):
    """Boards first, newest threads first; a thread is read to its end before the next one.

    A board's later pages are not asked for once a page shows no change, for they are older; a
    thread is opened at the page that can hold the change.
    """

    name = "forum"
    kind = "forum"
    start_kind = "index"

    def start_link(self, url: str) -> Link:
        """A start page: the index, a board, or a thread."""
        kind = engine_named(self.crawl.source.engine).kind(url) or self.start_kind
        return Link(url, kind, priority=30)

    def steps(self, fetched: Fetched, reading: Reading) -> Iterator[Step]:
        """Boards, threads that changed, and the page that continues this one."""
        for board in reading.boards:
            yield Link(board.url, "board", priority=20)
        if fetched.kind == "thread":
            yield from self.thread_steps(fetched, reading)
        elif reading.threads or reading.next_page:
            yield from self.board_steps(fetched, reading)

    def thread_steps(self, fetched: Fetched, reading: Reading) -> Iterator[Step]:
        """The page that continues a thread; its first page where a later one has vanished."""
        if reading.state == "not_found" and fetched.context.get("partial"):
            kept = {key: fetched.context[key] for key in ("thread", "board_says")}
            yield Link(fetched.context["first"], "thread", priority=10, context=kept)
            return
        context = onward(fetched, reading, self.crawl.source.limits.thread_pages)
        if isinstance(context, Problem):
            yield context
        elif context is not None and reading.next_page:
            context["walk"] = fetched.walk
            yield Link(reading.next_page, "thread", priority=10, context=context)

    def board_steps(self, fetched: Fetched, reading: Reading) -> Iterator[Step]:
        """Threads that changed, and the next page unless it can only hold what did not."""
        native_ids = [each.native_id for each in reading.threads]
        old = self.crawl.queue.reads_of(native_ids)
        barred = self.crawl.queue.dropped(native_ids)
        changes: list[tuple[ThreadRead, Change]] = []
        for thread in reading.threads:
            change = change_of(old.get(thread.native_id), thread)
            changes.append((thread, "other" if self.crawl.full else change))
        for thread, change in changes:
            if change == "none" or thread.native_id in barred:
                self.skipped += 1
            else:
                yield thread_link(thread, change, old.get(thread.native_id), fetched)
        if self.crawl.full or not is_settled(changes):
            context = onward(fetched, reading, self.crawl.source.limits.board_pages)
            if isinstance(context, Problem):
                yield context
            elif context is not None and reading.next_page:
                yield Link(reading.next_page, next_kind(fetched), priority=20, context=context)


def next_kind(fetched: Fetched) -> PageKind:
    """What continues a list of threads: a board."""
    return "board" if fetched.kind != "index" else "index"


def is_settled(changes: Sequence[tuple[ThreadRead, Change]]) -> bool:
    """Whether later pages of a board can hold no change: this one has none, newest come first."""
    moving = [(thread, change) for thread, change in changes if not thread.sticky]
    if not moving or any(change != "none" for _, change in moving):
        return False
    return is_newest_first([thread for thread, _ in moving])


def thread_link(
    thread: ThreadRead, change: Change, old: ThreadReadRow | None, fetched: Fetched
) -> Link:
    """Where to open a thread: its last known page when it has only grown, else its first."""
    says = [thread.replies, stamp_or_none(thread.last_post_at), thread.last_post_raw]
    link = Link(thread.url, "thread", context={"thread": thread.native_id, "board_says": says})
    if change != "grown" or old is None or old.last_url == thread.url:
        return link
    # not from its first page: neither "gone" nor "first post" can be told
    partial = {"partial": 1, "first": thread.url, "walk": stamp(fetched.page.fetched_at)}
    return replace(link, url=old.last_url, context={**link.context, **partial})

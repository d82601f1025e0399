"""A page's reading as its source's retention lets it become rows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from crawler.clock import moment_of, now
from crawler.ids import id_of
from crawler.reading import PostRead, Quote, Reading, ThreadRead
from crawler.redaction import redacted
from crawler.store.database import Store
from crawler.store.fetched import Fetched
from crawler.store.queue import marks


def retained(store: Store, fetched: Fetched, reading: Reading) -> Reading:
    """The reading without texts that are older than the source keeps them, and redacted.

    A post that is too old keeps its place, author and dates; its text is withheld. Its age is that
    of the post, else that of its first sight. So neither a crawl nor a replay brings back what a
    purge removed.
    """
    rules = fetched.retention
    if rules is None:
        return reading
    if rules.redact:
        reading = redacted_reading(reading, lambda text: redacted(text, rules.redact))
    start = rules.texts_from(now())
    if start is None:
        return reading
    seen = first_sights(store, fetched, reading)
    posts = tuple(
        withheld(post) if (post.posted_at or seen[post.native_id]) < start else post
        for post in reading.posts
    )
    threads = tuple(untitled(each) if is_old(each, start) else each for each in reading.threads)
    shown = reading.thread
    if shown and newest(store, fetched, reading, shown, seen) < start:
        shown = untitled(shown)
    return replace(reading, posts=posts, threads=threads, thread=shown)


def first_sights(store: Store, fetched: Fetched, reading: Reading) -> dict[str, datetime]:
    """When each post of a page was first seen, by native id; new ones with the page."""
    ids = {
        id_of("post", fetched.source_id, post.native_id): post.native_id for post in reading.posts
    }
    rows = store.rows(
        f"select id, first_seen from posts where id in ({marks(len(ids))})", tuple(ids)
    )
    known = {ids[row["id"]]: moment_of(row["first_seen"]) for row in rows}
    moment = fetched.page.fetched_at
    return {native: min(known.get(native, moment), moment) for native in ids.values()}


def newest(
    store: Store,
    fetched: Fetched,
    reading: Reading,
    thread: ThreadRead,
    seen: dict[str, datetime],
) -> datetime:
    """When the newest known post of the thread that a page shows was written."""
    thread_id = id_of("thread", fetched.source_id, thread.native_id)
    rows = store.rows(
        "select max(coalesce(posted_at, first_seen)) as at from posts where thread_id = ?",
        (thread_id,),
    )
    stated = [thread.last_post_at, thread.posted_at]
    stated += [post.posted_at or seen[post.native_id] for post in reading.posts]
    stated += [moment_of(rows[0]["at"])] if rows[0]["at"] else []
    return max((each for each in stated if each), default=fetched.page.fetched_at)


def is_old(thread: ThreadRead, start: datetime) -> bool:
    """Whether a board says that a thread's newest post is from before a moment."""
    at = thread.last_post_at or thread.posted_at
    return at is not None and at < start


def untitled(thread: ThreadRead) -> ThreadRead:
    """A thread without its title."""
    return replace(thread, title="")


def withheld(post: PostRead) -> PostRead:
    """A post without any of its texts."""
    return replace(post, text="", title=None, signature=None, quotes=(), fields={}, withheld=True)


def redacted_reading(reading: Reading, change: Callable[[str], str]) -> Reading:
    """A reading with each of its texts changed."""

    def titled(thread: ThreadRead) -> ThreadRead:
        return replace(thread, title=change(thread.title))

    posts = tuple(
        replace(
            post,
            text=change(post.text),
            title=change(post.title) if post.title else post.title,
            signature=change(post.signature) if post.signature else post.signature,
            quotes=tuple(Quote(quote.author, change(quote.text)) for quote in post.quotes),
            fields={name: change(value) for name, value in post.fields.items()},
        )
        for post in reading.posts
    )
    return replace(
        reading,
        threads=tuple(titled(thread) for thread in reading.threads),
        thread=titled(reading.thread) if reading.thread else None,
        posts=posts,
    )

"""The intake guard over what was read: rows that must not be are left out, secrets masked."""

from collections.abc import Callable
from dataclasses import replace

from crawler.intake import Guard, masked
from crawler.reading import PostRead, Quote, Reading, ThreadRead


def guarded(reading: Reading, guard: Guard, *, dropped: bool) -> Reading:
    """The reading without what must not be stored, and with secrets of third persons masked.

    `dropped` says that the page's bytes were kept nowhere: then no post of it becomes a row, and
    rows of a list only where their own words are clean, so that the walk can go on.
    """
    count = 0

    def hide(text: str) -> str:
        nonlocal count
        clean, found = masked(text)
        count += found
        return clean

    threads = tuple(clean_thread(each, hide) for each in reading.threads)
    if dropped:
        threads = tuple(each for each in threads if not guard.is_forbidden(each.title))
        state = reading.state if threads or reading.boards else "dropped"
        return replace(
            reading, state=state, threads=threads, thread=None, posts=(), problems=(), masked=count
        )
    posts = tuple(clean_post(each, hide) for each in reading.posts)
    shown = clean_thread(reading.thread, hide) if reading.thread else None
    return replace(reading, threads=threads, thread=shown, posts=posts, masked=count)


def clean_thread(thread: ThreadRead, hide: Callable[[str], str]) -> ThreadRead:
    """A thread with its title masked."""
    title = hide(thread.title)
    return thread if title == thread.title else replace(thread, title=title)


def clean_post(post: PostRead, hide: Callable[[str], str]) -> PostRead:
    """A post with all of its texts masked."""
    fields = {name: hide(value) for name, value in post.fields.items()}
    quotes = tuple(Quote(quote.author, hide(quote.text)) for quote in post.quotes)
    return replace(
        post,
        text=hide(post.text),
        title=hide(post.title) if post.title else post.title,
        signature=hide(post.signature) if post.signature else post.signature,
        fields=fields,
        quotes=quotes,
    )

"""The intake guard over what was read: rows that must not be are left out, secrets masked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from crawler.boundaries.secrets import hide_in_body
from crawler.intake import Guard, masked
from crawler.reading import BoardRead, PostRead, Quote, Reading, ThreadRead
from spiders.urls import without_tokens

Hide = Callable[[str], str]
Row = TypeVar("Row", BoardRead, ThreadRead, PostRead)
BREAK = "\n\0\n"


def guarded(reading: Reading, guard: Guard, *, dropped: bool) -> Reading:
    """The reading without what must not be stored, and with secrets masked.

    Of third persons and of ours: sessions in links go too. `dropped` says that the page's bytes
    were kept nowhere: then no post of it becomes a row, and rows of a list only where their own
    words are clean, so that the walk can go on.
    """
    reading = without_tokens_in(reading)
    if not is_clean(reading):
        reading = without_secrets_in(reading)
    if not dropped:
        return reading
    threads = tuple(each for each in reading.threads if not guard.is_forbidden(each.title))
    state = reading.state if threads or reading.boards else "dropped"
    return replace(reading, state=state, threads=threads, thread=None, posts=(), problems=())


def is_clean(reading: Reading) -> bool:
    """Whether no text of a reading holds a secret: one look at all of them together.

    Nothing matches across the break between two texts, but the look may see too much, never too
    little: then each text is looked at by itself.
    """
    together = BREAK.join(texts_of(reading))
    clean, found = masked(hide_in_body(together))
    return not found and clean == together


def texts_of(reading: Reading) -> Iterator[str]:
    """All texts of a reading in which authors may have written a secret."""
    yield from (thread.title for thread in reading.threads)
    if reading.thread:
        yield reading.thread.title
    for fields in reading.listed.values():
        yield from fields.values()
    for post in reading.posts:
        yield post.text
        yield from (text for text in (post.title, post.signature, post.author_rank) if text)
        yield from post.fields.values()
        yield from (quote.text for quote in post.quotes)


def without_secrets_in(reading: Reading) -> Reading:
    """The reading with secrets masked in all of its texts, and how many were of third persons."""
    count = 0

    def hide(text: str) -> str:
        nonlocal count
        clean, found = masked(hide_in_body(text))
        count += found
        return clean

    return replace(
        reading,
        threads=tuple(replace(each, title=hide(each.title)) for each in reading.threads),
        posts=tuple(clean_post(each, hide) for each in reading.posts),
        thread=replace(reading.thread, title=hide(reading.thread.title))
        if reading.thread
        else None,
        listed={key: clean_fields(fields, hide) for key, fields in reading.listed.items()},
        masked=count,
    )


def clean_post(post: PostRead, hide: Hide) -> PostRead:
    """A post with all of its texts masked."""
    return replace(
        post,
        text=hide(post.text),
        title=hide(post.title) if post.title else post.title,
        signature=hide(post.signature) if post.signature else post.signature,
        author_rank=hide(post.author_rank) if post.author_rank else post.author_rank,
        fields=clean_fields(post.fields, hide),
        quotes=tuple(Quote(quote.author, hide(quote.text)) for quote in post.quotes),
    )


def clean_fields(fields: Mapping[str, str], hide: Hide) -> dict[str, str]:
    """Fields with their values masked."""
    return {name: hide(value) for name, value in fields.items()}


def without_tokens_in(reading: Reading) -> Reading:
    """The reading with all of its links bare of tokens."""
    return replace(
        reading,
        boards=tuple(bare(each) for each in reading.boards),
        threads=tuple(bare(each) for each in reading.threads),
        thread=bare(reading.thread) if reading.thread else None,
        posts=tuple(bare(each) for each in reading.posts),
        next_page=without_tokens(reading.next_page) if reading.next_page else None,
    )


def bare(row: Row) -> Row:
    """A row with its URL bare of tokens; itself where it has none."""
    url = without_tokens(row.url) if row.url else row.url
    return row if url == row.url else replace(row, url=url)

"""The intake guard over what was read: rows that must not be are left out, secrets masked."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from crawler.boundaries.secrets import hide_in_body
from crawler.intake import Guard, masked
from crawler.reading import BoardRead, PostRead, Quote, Reading, ThreadRead
from spiders.urls import without_tokens

Hide = Callable[[str], str]


def guarded(reading: Reading, guard: Guard, *, dropped: bool) -> Reading:
    """The reading without what must not be stored, and with secrets masked.

    Of third persons and of ours: sessions in links go too. `dropped` says that the page's bytes
    were kept nowhere: then no post of it becomes a row, and rows of a list only where their own
    words are clean, so that the walk can go on.
    """
    count = 0

    def hide(text: str) -> str:
        nonlocal count
        clean, found = masked(hide_in_body(text))
        count += found
        return clean

    threads = tuple(clean_thread(each, hide) for each in reading.threads)
    reading = without_tokens_in(reading)
    if dropped:
        threads = tuple(each for each in threads if not guard.is_forbidden(each.title))
        state = reading.state if threads or reading.boards else "dropped"
        return replace(
            reading, state=state, threads=threads, thread=None, posts=(), problems=(), masked=count
        )
    posts = tuple(clean_post(each, hide) for each in reading.posts)
    shown = clean_thread(reading.thread, hide) if reading.thread else None
    listed = {key: clean_fields(fields, hide) for key, fields in reading.listed.items()}
    return replace(reading, threads=threads, thread=shown, posts=posts, listed=listed, masked=count)


def without_tokens_in(reading: Reading) -> Reading:
    """The reading with its links to boards and further pages bare of tokens."""
    onward = without_tokens(reading.next_page) if reading.next_page else None
    boards = tuple(clean_board(each) for each in reading.boards)
    return replace(reading, boards=boards, next_page=onward)


def clean_board(board: BoardRead) -> BoardRead:
    """A board whose URL is bare of tokens."""
    url = without_tokens(board.url)
    return board if url == board.url else replace(board, url=url)


def clean_thread(thread: ThreadRead, hide: Hide) -> ThreadRead:
    """A thread with its title masked, and its URL bare of tokens."""
    title, url = hide(thread.title), without_tokens(thread.url)
    if (title, url) == (thread.title, thread.url):
        return thread
    return replace(thread, title=title, url=url)


def clean_post(post: PostRead, hide: Hide) -> PostRead:
    """A post with all of its texts masked, and its URL bare of tokens."""
    quotes = tuple(Quote(quote.author, hide(quote.text)) for quote in post.quotes)
    return replace(
        post,
        text=hide(post.text),
        title=hide(post.title) if post.title else post.title,
        signature=hide(post.signature) if post.signature else post.signature,
        author_rank=hide(post.author_rank) if post.author_rank else post.author_rank,
        url=without_tokens(post.url) if post.url else post.url,
        fields=clean_fields(post.fields, hide),
        quotes=quotes,
    )


def clean_fields(fields: Mapping[str, str], hide: Hide) -> dict[str, str]:
    """Fields with their values masked."""
    return {name: hide(value) for name, value in fields.items()}

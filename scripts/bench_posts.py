"""A home filled through the store with posts of realistic length: the labelled posts and answers.

Each copy has its lines in another order and a number of its own, so that no two texts are the same.
"""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from crawler.archive import PageRef
from crawler.home import Home
from crawler.ids import sha256_of
from crawler.reading import PostRead, Reading, ThreadRead
from crawler.store import runs
from crawler.store.database import Store
from crawler.store.evidence import keep_page
from crawler.store.fetched import Exchange, Fetched
from nlp.findings import Document
from scripts.bench_nlp import documents
from tests.pages import HOST, START, source

POSTS_A_PAGE = 10
SELLERS = 200


def fill(home: Home, posts: int) -> None:
    """Write so many posts, ten a thread, as a crawl of one forum does."""
    home.make()
    texts = texts_of(posts)
    with closing(Store(home.database)) as store:
        with store.transaction():
            runs.keep_source(store, source())
            run = runs.start_run(store, source(), START, full=True)
        for number in range(0, posts, POSTS_A_PAGE):
            page = [next(texts) for _ in range(min(POSTS_A_PAGE, posts - number))]
            thread = number // POSTS_A_PAGE + 1
            keep_page(store, fetched_of(run.id, thread), reading_of(thread, page))


def texts_of(posts: int) -> Iterator[Document]:
    """So many texts, the same each time."""
    dice, known = random.Random(11), documents()
    for number in range(posts):
        document = known[number % len(known)]
        lines = document.text.splitlines()
        dice.shuffle(lines)
        text = "\n".join([*lines, f"no. {number}"])
        yield replace(document, text=text)


def fetched_of(run_id: str, thread: int) -> Fetched:
    """Where a thread's page lies."""
    url = f"{HOST}/showthread.php?tid={thread}"
    moment = START + timedelta(seconds=thread)
    ref = PageRef(f"board/{run_id}.warc.gz", thread * 9_000, sha256_of(url.encode()))
    return Fetched("board", run_id, "thread", (Exchange(ref, url, 200, moment, 40_000),))


def reading_of(number: int, texts: list[Document]) -> Reading:
    """A thread's page."""
    dice = random.Random(number)
    opened = START - timedelta(hours=number)
    posts = []
    for place, text in enumerate(texts, start=1):
        seller = f"trader_{dice.randrange(SELLERS)}"
        posts.append(
            PostRead(
                str(number * POSTS_A_PAGE + place),
                text.text,
                position=place,
                author=seller,
                author_id=seller.partition("_")[2],
                author_rank="Member",
                posted_at=opened + timedelta(minutes=place),
                posted_raw=f"{opened:%m-%d-%Y, %I:%M %p}",
                url=f"{HOST}/showthread.php?tid={number}&pid={number * POSTS_A_PAGE + place}",
            )
        )
    title = texts[0].title or "Servers and access"
    thread = ThreadRead(str(number), title, f"{HOST}/showthread.php?tid={number}")
    return Reading("ok", thread=thread, posts=tuple(posts))


def filled(folder: Path, posts: int) -> Home:
    """A home in a folder with so many posts, not analysed."""
    home = Home(folder)
    fill(home, posts)
    return home

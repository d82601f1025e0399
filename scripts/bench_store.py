"""The rows of crawled pages through the store, against bare `executemany`.

A board of pages of 40 kB is read by its engine, as a crawl reads it; then only the store works:
what the crawl calls for each page, with a session's secrets to be hidden. The rival inserts the
very rows that ended up in the tables, into the same schema with the same indexes, as many
transactions. Processor time, taken in turns; a row counts once for both.
"""

import argparse
import cProfile
import gc
import itertools
import pstats
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.archive import PageRef  # noqa: E402
from crawler.boundaries.secrets import forget, remember_tokens  # noqa: E402
from crawler.ids import sha256_of  # noqa: E402
from crawler.reading import Reading  # noqa: E402
from crawler.store import queue, runs  # noqa: E402
from crawler.store.database import Store  # noqa: E402
from crawler.store.evidence import find_original, keep_page  # noqa: E402
from crawler.store.fetched import Exchange, Fetched  # noqa: E402
from scripts.bench_site import board_of, pages_of  # noqa: E402
from scripts.measure import median_of, report  # noqa: E402
from spiders.asked import Asked  # noqa: E402
from spiders.forum import thread_link  # noqa: E402
from spiders.reading import read_asked  # noqa: E402
from tests.pages import HOST, START, source  # noqa: E402

BAR = 0.6
THREADS = 300
SESSION = ("7f3a9c51e2d84b06a1c9", "mybbuser-41_Zk2qLw9XvB7", "sid-0c2f4e8a6b1d3957")
"""Values of a session's cookies: a crawl that is signed in looks for them in all it writes."""
TABLES = (
    "pages", "threads", "accounts", "posts", "post_versions", "frontier", "thread_reads",
    "run_figures",
)  # fmt: skip
"""Tables that a page's rows go to, in an order that foreign keys allow."""

Slices = list[list[tuple[str, list[tuple[Any, ...]]]]]
"""Rows by table, a transaction at a time."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was fetched and read."""

    fetched: Fetched
    reading: Reading
    plan: queue.Plan
    frontier_id: str


def read_pages(threads: int, run_id: str) -> list[ReadPage]:
    """The board's pages as the walk hands them on: the board before its threads."""
    answers = pages_of(board_of(threads), HOST)
    boards = sorted(target for target in answers if "forumdisplay" in target)
    todo = [queue.Link(f"{HOST}{target}", "board") for target in boards]
    pages: list[ReadPage] = []
    while todo:
        link = todo.pop()
        answer = answers[link.url.removeprefix(HOST)]
        # a second a page
        pages.append(read_page(link, answer, run_id, START + timedelta(seconds=len(pages))))
        todo += pages[-1].plan.links
    return pages


def read_page(asked: queue.Link, answer: bytes, run_id: str, moment: datetime) -> ReadPage:
    """One page, read by its engine."""
    url = asked.url
    body = answer.partition(b"\r\n\r\n")[2]
    reading = read_asked(Asked("mybb", url, body, "text/html; charset=UTF-8", moment))
    # where it lies in the WARC file: any number that is this page's own
    ref = PageRef(f"board/{run_id}.warc.gz", int(sha256_of(url.encode())[:7], 16), sha256_of(body))
    exchange = Exchange(ref, url, 200, moment, len(body))
    fetched = Fetched("board", run_id, asked.kind, (exchange,), dict(asked.context))
    links = [thread_link(thread, "other", None, fetched) for thread in reading.threads]
    return ReadPage(
        fetched, reading, queue.Plan(tuple(links), full=True), queue.frontier_id("board", url)
    )


def opened(path: Path) -> tuple[Store, str]:
    """A fresh database in which a run has begun."""
    store = Store(path)
    with store.transaction():
        runs.keep_source(store, source())
        run = runs.start_run(store, source(), START, full=True)
    return store, run.id


def keep(store: Store, page: ReadPage) -> None:
    """What a crawl asks of the store for one page."""
    exchange = page.fetched.page
    find_original(store, exchange.url, exchange.ref.sha256)
    keep_page(store, page.fetched, page.reading, page.plan, frontier_id=page.frontier_id)


def rows_of(pages: Sequence[ReadPage], path: Path) -> Slices:
    """The rows that the tables hold in the end, by the page that brought them."""
    store, _ = opened(path)
    with closing(store):
        ends = [dict.fromkeys(TABLES, 0)]
        for page in pages:
            keep(store, page)
            ends.append({table: last_row(store, table) for table in TABLES})
        return [
            [
                (table, rows)
                for table in TABLES
                if (rows := rows_between(store, table, before[table], after[table]))
            ]
            for before, after in itertools.pairwise(ends)
        ]


def last_row(store: Store, table: str) -> int:
    """The newest row's number; 0 in an empty table."""
    return int(store.rows(f"select coalesce(max(rowid), 0) from {table}")[0][0])


def rows_between(store: Store, table: str, after: int, last: int) -> list[tuple[Any, ...]]:
    """Rows of a table by number."""
    sql = f"select * from {table} where rowid > ? and rowid <= ? order by rowid"
    return [tuple(row) for row in store.rows(sql, (after, last))]


def settle_memory() -> None:
    """Keep the pages of this benchmark out of the garbage collector's rounds."""
    gc.collect()
    gc.freeze()


def seconds_of_store(pages: Sequence[ReadPage], path: Path) -> float:
    """Processor time of the store for all pages."""
    store, _ = opened(path)
    with closing(store):
        settle_memory()
        start = time.process_time()
        for page in pages:
            keep(store, page)
        return time.process_time() - start


def seconds_of_rival(slices: Slices, path: Path) -> float:
    """Processor time of `executemany` for the same rows, a transaction a page."""
    store, _ = opened(path)
    texts = {
        table: f"insert into {table} values ({queue.marks(len(rows[0]))})"
        for page in slices
        for table, rows in page
    }
    with closing(store):
        conn = store.conn
        settle_memory()
        start = time.process_time()
        for page in slices:
            conn.execute("begin immediate")
            for table, rows in page:
                conn.executemany(texts[table], rows)
            conn.commit()
        return time.process_time() - start


def rounds_of(threads: int, rounds: int, folder: Path) -> Iterator[tuple[float, float, int]]:
    """Seconds of the store and of the rival, and rows, for each round."""
    run_id = runs.run_id_of("board", START)
    pages = read_pages(threads, run_id)
    slices = rows_of(pages, folder / "rows.db")
    count = sum(len(rows) for page in slices for _, rows in page)
    for number in range(rounds):
        ours = seconds_of_store(pages, folder / f"ours-{number}.db")
        yield ours, seconds_of_rival(slices, folder / f"bare-{number}.db"), count


def profile(threads: int, folder: Path) -> None:
    """Print where the store's time goes."""
    pages = read_pages(threads, runs.run_id_of("board", START))
    store, _ = opened(folder / "profiled.db")
    with closing(store), cProfile.Profile(time.process_time) as profiler:
        for page in pages:
            keep(store, page)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=THREADS)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    remember_tokens(SESSION)
    try:
        with tempfile.TemporaryDirectory(prefix="rr-") as name:
            if asked.profile:
                profile(asked.threads, Path(name))
                return
            found = list(rounds_of(asked.threads, asked.rounds, Path(name)))
    finally:
        forget()
    ours, bare, count = min(found)
    print(
        f"{count:,} rows: store {count / ours:,.0f} rows/s, executemany {count / bare:,.0f} rows/s"
    )
    measure = median_of(
        "store / executemany, rows/s",
        [theirs / mine for mine, theirs, _ in found],
        BAR,
        "higher",
        note="same rows, tables, indexes and transactions; processor time in turns",
    )
    report([measure], asked.json)


if __name__ == "__main__":
    main()

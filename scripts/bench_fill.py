"""Databases of `make bench-db`: written once, with times and sizes of what `analyse` adds."""

import random
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from crawler.home import DATA
from crawler.keys import INDEXES
from crawler.store.database import Store
from crawler.store.search import index_texts
from crawler.store.summaries import summarise
from scripts.bench_threads import BANK, banks, thread_rows
from scripts.bench_world import Rows, World, account_rows, source_rows

OLDEST_S = 3 * 24 * 3600
"""Age from which on a database is made anew: its newest listings would be old."""
LATER = 50
"""Threads that one crawl brings, for the time of a refresh."""


def filled(folder: Path, listings: int, *, fresh: bool = False) -> tuple[Path, World]:
    """A database with so many listings, made where it is not there, and its world."""
    assets = sorted(path.stem for path in (DATA / "assets").glob("*.yml"))
    # which types are common is drawn, not alphabetical
    random.Random(3).shuffle(assets)
    path = folder / f"listings-{listings}" / "market.db"
    world = World(listings, assets)
    young = path.exists() and time.time() - path.stat().st_mtime < OLDEST_S
    if young and not fresh:
        return path, world
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    print(f"{path}: making {listings:,} listings, {3 * listings:,} posts", flush=True)
    with closing(Store(path)) as store:
        for pragma in ("journal_mode=off", "synchronous=off", "foreign_keys=off"):
            store.conn.execute(f"pragma {pragma}")
        store.conn.execute("pragma cache_size=-1500000")
        fill(store, world)
        # what follows runs as it does for an operator
        store.conn.execute("pragma cache_size=-2000")
        grow(store, world)
        store.conn.execute("pragma journal_mode=wal")
    return path, world


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something took."""
    start = time.perf_counter()
    yield
    print(f"  {what}: {time.perf_counter() - start:.1f} s", flush=True)


def fill(store: Store, world: World) -> None:
    """Write all rows without indexes, then make the indexes."""
    with timed("rows"), store.transaction():
        for (name,) in store.conn.execute(
            "select name from sqlite_master where type = 'index' and name like 'idx_%'"
        ).fetchall():
            store.conn.execute(f"drop index {name}")
        write(store.conn, source_rows(world))
        write(store.conn, account_rows(world))
        for rows in banks(world):
            write(store.conn, rows)
    with timed("indexes"):
        database = Database(store.conn)
        for name, indexes in INDEXES.items():
            for index in indexes:
                database.table(name).create_index(index, if_not_exists=True)


def write(connection: sqlite3.Connection, rows: Rows) -> None:
    """Add rows; ads and contacts that are there stay."""
    for table, values in rows.items():
        marks = ", ".join("?" * len(values[0]))
        connection.executemany(f"insert or ignore into {table} values ({marks})", values)


def grow(store: Store, world: World) -> None:
    """What `analyse` adds: the search index and the summaries, at first and after one crawl."""
    before = size_mb(store)
    with timed("search index"), store.transaction():
        index_texts(store)
    between = size_mb(store)
    with timed("summaries"), store.transaction():
        summarise(store)
    print(
        f"  sizes: rows and indexes {before:,.0f} MB, search index {between - before:,.0f} MB, "
        f"summaries {size_mb(store) - between:,.0f} MB"
    )
    with timed("summaries again, nothing new"), store.transaction():
        assert summarise(store) == 0
    store.conn.execute("begin")
    more = World(world.listings + BANK, world.assets)
    rows: Rows = defaultdict(list)
    for number in range(world.threads, world.threads + LATER):
        thread_rows(more, number, rows)
    write(store.conn, rows)
    with timed(f"words and summaries after {LATER * 6} new posts"):
        index_texts(store)
        print(f"    {summarise(store)} rows written")
    store.conn.commit()


def size_mb(store: Store) -> float:
    """The file's size so far, MB."""
    pages, page = (store.rows(f"pragma {name}")[0][0] for name in ("page_count", "page_size"))
    return float(pages * page / 1e6)

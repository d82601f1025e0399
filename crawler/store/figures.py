"""Fill rates: how many of a run's threads and posts state each field."""

from collections import Counter
from collections.abc import Sequence

from crawler.ids import id_of
from crawler.reading import PostRead, Reading, ThreadRead
from crawler.records import RunFigureRow
from crawler.store.database import Store
from crawler.store.fetched import Fetched

THREAD_FIELDS = ("title", "author", "replies", "last_post_at")
POST_FIELDS = ("author", "posted_at", "text")
ADD = {"total": "sum", "filled": "sum"}


def keep_figures(store: Store, fetched: Fetched, reading: Reading) -> None:
    """Add a page's threads and posts to its run's figures. Call it inside a transaction."""
    counted = [
        *counts("threads", reading.threads, THREAD_FIELDS),
        *counts("posts", reading.posts, POST_FIELDS),
        *stated(reading.posts),
    ]
    rows = [
        RunFigureRow(
            id_of("figure", fetched.run_id, name),
            fetched.run_id,
            fetched.source_id,
            name,
            total,
            filled,
        )
        for name, total, filled in counted
    ]
    # a run has few figures and many pages: mostly the row is there
    store.upsert("run_figures", [row for row in rows if not added(store, row)], ADD)


def added(store: Store, row: RunFigureRow) -> bool:
    """Add to a figure's row; whether there was one."""
    done = store.execute(
        "update run_figures set total = total + ?, filled = filled + ? where id = ?",
        (row.total, row.filled, row.id),
    )
    return done == 1


def counts(
    what: str, records: Sequence[ThreadRead] | Sequence[PostRead], names: tuple[str, ...]
) -> list[tuple[str, int, int]]:
    """Name, total and filled of each field of records; nothing for no records."""
    if not records:
        return []
    found = []
    for name in names:
        values = [getattr(record, name) for record in records]
        found.append(
            (f"{what}.{name}", len(values), sum(value not in (None, "") for value in values))
        )
    return found


def stated(posts: Sequence[PostRead]) -> list[tuple[str, int, int]]:
    """The same of what pages state in columns: price, stock, region."""
    filled = Counter(
        name for post in posts if post.fields for name, value in post.fields.items() if value
    )
    return [(f"posts.{name}", len(posts), number) for name, number in sorted(filled.items())]

"""Complete readings by one of several machines, kept until their databases are merged."""

from crawler.clock import stamp
from crawler.ids import id_of
from crawler.reading import Reading
from crawler.records import WalkRow
from crawler.store.database import Store
from crawler.store.fetched import Fetched
from crawler.store.gone import lost_posts, was_missing_before

GONE, CLOSED, LIST = "gone", "closed", "list"
LATEST = (GONE, CLOSED)
"""First words of scopes of which only the newest row counts."""


def walk_id(scope: str, began_at: str, low: int | None, high: int | None) -> str:
    """Id of a reading."""
    if scope.partition(" ")[0] in LATEST:
        return id_of("walk", scope)
    return id_of("walk", scope, began_at, str(low), str(high))


def walk_row(
    source_id: str, scope: str, began_at: str, span: tuple[int, int] | None = None
) -> WalkRow:
    """A reading's row."""
    low, high = span or (None, None)
    return WalkRow(walk_id(scope, began_at, low, high), source_id, scope, began_at, low, high)


def keep_walk(store: Store, fetched: Fetched, reading: Reading, thread_id: str | None) -> None:
    """Note what a page completes, for the merge to judge by. Call it inside a transaction.

    `thread_id` is the thread that the page shows; None where it shows none.
    """
    if fetched.context.get("partial") or lost_posts(store, fetched, reading):
        return
    if reading.state == "not_found" and not was_missing_before(store, fetched):
        return
    row = walk_of(fetched, reading, thread_id)
    if row:
        store.upsert("walks", [row], {"began_at": "latest"})


def walk_of(fetched: Fetched, reading: Reading, thread_id: str | None) -> WalkRow | None:
    """The reading that a page completes; None for a page in the middle of one."""
    source_id, native = fetched.source_id, fetched.context.get("thread")
    if reading.state == "not_found" and native:
        scope = f"{GONE} {id_of('thread', source_id, str(native))}"
        return walk_row(source_id, scope, stamp(fetched.page.fetched_at))
    if reading.state != "ok":
        return None
    if fetched.kind == "channel":
        return channel_walk(fetched, reading, thread_id)
    if reading.next_page is not None:
        return None
    if fetched.kind == "thread" and thread_id:
        return walk_row(source_id, thread_id, fetched.walk)
    if fetched.kind == "market":
        return walk_row(source_id, f"{LIST} {fetched.context.get('list')}", fetched.walk)
    return None


def channel_walk(fetched: Fetched, reading: Reading, thread_id: str | None) -> WalkRow | None:
    """A channel's page as a reading of the span of ids that it shows."""
    tails = [post.native_id.rpartition("/")[2] for post in reading.posts]
    numbers = [int(tail) for tail in tails if tail.isdecimal() and len(tail) < 16]
    if not numbers or not thread_id:
        return None
    span = (min(numbers), max(numbers))
    return walk_row(fetched.source_id, thread_id, stamp(fetched.page.fetched_at), span)

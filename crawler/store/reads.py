"""Threads as they were last read to their end: what an incremental run compares with."""

from collections.abc import Sequence

from crawler.clock import stamp
from crawler.ids import id_of
from crawler.reading import Reading
from crawler.records import ThreadReadRow
from crawler.store.database import Store
from crawler.store.fetched import Fetched
from crawler.store.queue import marks

SETTLED = frozenset({"ok", "empty", "not_found", "forbidden", "login", "dropped"})
"""States of a thread page that a second look on another day would not change."""


def reads_of(store: Store, source_id: str, native_ids: Sequence[str]) -> dict[str, ThreadReadRow]:
    """Earlier reads of threads, by native id."""
    ids = [id_of("thread", source_id, native_id) for native_id in native_ids]
    rows = store.rows(f"select * from thread_reads where id in ({marks(len(ids))})", tuple(ids))
    return {row["native_id"]: ThreadReadRow(**dict(row)) for row in rows}


def keep_read(store: Store, fetched: Fetched, reading: Reading) -> None:
    """Remember that a thread was read to its end. Call it inside a transaction."""
    row = read_of(fetched, reading)
    if row:
        store.upsert("thread_reads", [row])


def read_of(fetched: Fetched, reading: Reading) -> ThreadReadRow | None:
    """The thread that was read to its end with a page; None where none was."""
    said = fetched.context.get("board_says")
    native_id = fetched.context.get("thread")
    if said is None or not native_id or fetched.kind != "thread":
        return None
    if reading.state not in SETTLED or reading.next_page is not None:
        return None
    if fetched.context.get("partial") and reading.state == "not_found":
        # the page that we went on from is no more: the walk begins at the first page
        return None
    replies, last_post_at, last_post_raw = said
    return ThreadReadRow(
        id=id_of("thread", fetched.source_id, native_id),
        source_id=fetched.source_id,
        native_id=native_id,
        replies=replies,
        last_post_at=last_post_at,
        last_post_raw=last_post_raw,
        last_url=fetched.url,
        read_at=stamp(fetched.page.fetched_at),
    )

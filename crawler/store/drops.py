"""Pages that the intake guard kept nowhere, and threads that are not opened again because of it."""

from collections.abc import Sequence

from crawler.clock import stamp
from crawler.ids import id_of
from crawler.reading import Reading
from crawler.records import DropRow
from crawler.store.database import Store
from crawler.store.fetched import Fetched
from crawler.store.queue import marks


def keep_drop(store: Store, fetched: Fetched, reading: Reading) -> int:
    """Count a dropped page; how many there were (0 or 1). Call it inside a transaction."""
    if fetched.page.ref.warc_file or not fetched.page.ref.sha256:
        return 0
    seen = stamp(fetched.page.fetched_at)
    row = DropRow(
        id=id_of("drop", fetched.source_id, fetched.url),
        source_id=fetched.source_id,
        url=fetched.url,
        thread=fetched.context.get("thread") if reading.state == "dropped" else None,
        sha256=fetched.page.ref.sha256,
        times=1,
        first_seen=seen,
        last_seen=seen,
    )
    store.upsert("drops", [row], {"times": "sum", "first_seen": "earliest", "last_seen": "latest"})
    return 1


def dropped_threads(store: Store, source_id: str, native_ids: Sequence[str]) -> set[str]:
    """Which of these threads must not be opened again."""
    rows = store.rows(
        f"select thread from drops where source_id = ? and thread in ({marks(len(native_ids))})",
        (source_id, *native_ids),
    )
    return {row["thread"] for row in rows}

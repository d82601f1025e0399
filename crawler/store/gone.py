"""Posts that a complete reading no longer shows."""

from collections.abc import Mapping

from crawler.clock import stamp
from crawler.reading import Reading
from crawler.store.database import Store
from crawler.store.fetched import Fetched


def mark_gone(store: Store, fetched: Fetched, reading: Reading, threads: Mapping[str, str]) -> int:
    """Mark what a walk should have met and did not; how many posts.

    A thread or list is judged on its last page, by the moment when its walk began; a channel page
    by the span of ids that it shows. A thread that was not read from its first page is not judged.
    """
    if fetched.context.get("partial"):
        return 0
    if reading.state == "not_found" and fetched.context.get("thread"):
        store.execute(
            "update threads set state = 'gone' where source_id = ? and native_id = ?",
            (fetched.source_id, fetched.context["thread"]),
        )
    if reading.state != "ok":
        return 0
    if fetched.kind == "channel":
        return gone_from_channel(store, fetched, reading)
    if reading.next_page is not None:
        return 0
    if fetched.kind == "thread" and reading.thread:
        scope, value = "thread_id = :scope", threads[reading.thread.native_id]
    elif fetched.kind == "market":
        scope = "thread_id in (select id from threads where list_url = :scope)"
        value = str(fetched.context.get("list"))
    else:
        return 0
    return store.execute(
        f"update posts set gone_at = :moment where {scope} and source_id = :source "
        "and last_seen < :walk and gone_at is null",
        {
            "moment": stamp(fetched.page.fetched_at),
            "scope": value,
            "source": fetched.source_id,
            "walk": fetched.walk,
        },
    )


def gone_from_channel(store: Store, fetched: Fetched, reading: Reading) -> int:
    """Mark posts whose ids lie between those on the page and which it lacks."""
    numbers = [int(tail) for post in reading.posts if (tail := id_tail(post.native_id)).isdigit()]
    if not numbers:
        return 0
    moment = stamp(fetched.page.fetched_at)
    return store.execute(
        "update posts set gone_at = :moment where source_id = :source and gone_at is null "
        "and last_seen < :moment and cast(replace(native_id, rtrim(native_id, '0123456789'), '') "
        "as integer) between :low and :high and thread_id in (select thread_id from posts where "
        "source_id = :source and native_id = :sample)",
        {
            "moment": moment,
            "source": fetched.source_id,
            "low": min(numbers),
            "high": max(numbers),
            "sample": reading.posts[0].native_id,
        },
    )


def id_tail(native_id: str) -> str:
    """The number at the end of a channel post's id, such as 17 of `nightdock/17`."""
    return native_id.rpartition("/")[2]

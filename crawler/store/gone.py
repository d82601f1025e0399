"""Posts that a complete reading no longer shows, and threads that are no more.

One page that says "not found" may be a fault of the site's, so a thread is gone only after two
such pages in different runs without a sound one between them.
"""

from collections.abc import Mapping
from dataclasses import replace

from crawler.clock import stamp
from crawler.reading import Reading
from crawler.records import ThreadRow
from crawler.store.database import Store
from crawler.store.fetched import Fetched
from crawler.store.queue import marks

LOSSES = ("posts_lost", "truncated_page", "parse_stopped", "engine_error")
"""Kinds of problems that tell of posts that a page has and a reading has not."""


def mark_gone(store: Store, fetched: Fetched, reading: Reading, threads: Mapping[str, str]) -> int:
    """Mark what a walk should have met and did not; how many posts.

    A thread or list is judged on its last page, by the moment when its walk began; a channel page
    by the span of ids that it shows. A thread that was not read from its first page is not judged,
    and neither is one of a run in which a page held more posts than could be read.
    """
    if fetched.context.get("partial"):
        return 0
    if reading.state == "not_found" and fetched.context.get("thread"):
        if was_missing_before(store, fetched):
            store.execute(
                "update threads set state = 'gone' where source_id = ? and native_id = ?",
                (fetched.source_id, fetched.context["thread"]),
            )
        return 0
    if reading.state != "ok" or lost_posts(store, fetched, reading):
        return 0
    if fetched.kind == "channel":
        return gone_from_channel(store, fetched, reading)
    if reading.next_page is not None:
        return 0
    if fetched.kind == "thread" and reading.thread:
        store.execute(
            "update threads set state = 'open' where id = ? and state = 'gone'",
            (threads[reading.thread.native_id],),
        )
        scope, value = "thread_id = :scope", threads[reading.thread.native_id]
    elif fetched.kind == "market":
        scope = "thread_id in (select id from threads where list_url = :scope)"
        value = str(fetched.context.get("list"))
    else:
        return 0
    # the plus signs keep SQLite from going through all posts of the source by another index
    return store.execute(
        f"update posts set gone_at = :moment where {scope} and +source_id = :source "
        "and +last_seen < :walk and +gone_at is null",
        {
            "moment": stamp(fetched.page.fetched_at),
            "scope": value,
            "source": fetched.source_id,
            "walk": fetched.walk,
        },
    )


def still_gone(store: Store, rows: Mapping[str, ThreadRow]) -> dict[str, ThreadRow]:
    """A board's threads by native id; that a board lists one that is gone brings none back."""
    ids = [row.id for row in rows.values()]
    found = store.rows(
        f"select native_id from threads where state = 'gone' and id in ({marks(len(ids))})",
        tuple(ids),
    )
    gone = {row["native_id"] for row in found}
    return {
        native_id: replace(row, state="gone") if native_id in gone else row
        for native_id, row in rows.items()
    }


def was_missing_before(store: Store, fetched: Fetched) -> bool:
    """Whether an earlier run found this page missing, and none has read it since."""
    rows = store.rows(
        """
        select 1 from pages where source_id = :source and url = :url and state = 'not_found'
            and run_id <> :run and fetched_at < :moment and fetched_at > coalesce((
                select max(fetched_at) from pages
                where source_id = :source and url = :url and state in ('ok', 'empty')
            ), '') limit 1
        """,
        {
            "source": fetched.source_id,
            "url": fetched.page.url,
            "run": fetched.run_id,
            "moment": stamp(fetched.page.fetched_at),
        },
    )
    return bool(rows)


def lost_posts(store: Store, fetched: Fetched, reading: Reading) -> bool:
    """Whether this page or an earlier one of its run held posts that could not be read."""
    if any(problem.kind in LOSSES for problem in reading.problems):
        return True
    kinds = ", ".join(f"'{kind}'" for kind in LOSSES)
    rows = store.rows(
        f"select 1 from issues where run_id = ? and kind in ({kinds}) limit 1", (fetched.run_id,)
    )
    return bool(rows)


def missing_threads(store: Store, source_id: str) -> list[tuple[str, str]]:
    """Threads that were not found when last looked for: native id and URL, at most 200."""
    rows = store.rows(
        """
        select t.native_id, t.url from pages p join threads t on t.url = p.url
        where p.source_id = :source and t.source_id = :source and p.state = 'not_found'
            and p.kind = 'thread' and t.state <> 'gone' and not exists (
                select 1 from pages q where q.url = p.url and q.source_id = :source
                    and q.state in ('ok', 'empty') and q.fetched_at > p.fetched_at
            )
        group by t.id order by min(p.fetched_at), t.id limit 200
        """,
        {"source": source_id},
    )
    return [(row["native_id"], row["url"]) for row in rows]


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

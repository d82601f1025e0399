"""What is gone or closed, told anew from all that is known: the last sights and the readings."""

from collections.abc import Iterable, Iterator
from typing import Any

from crawler.merging.joins import fold
from crawler.store.database import Store
from crawler.store.walks import CLOSED, GONE, walk_row

_NUMBER = "cast(replace(p.native_id, rtrim(p.native_id, '0123456789'), '') as integer)"
_JUDGING = f"""
walks w where w.scope in (p.id, p.thread_id, 'list ' || (
        select t.list_url from threads t where t.id = p.thread_id))
    and w.source_id = p.source_id and (w.low is null or {_NUMBER} between w.low and w.high)
"""
"""Readings that should have met a post."""
_POSTS = f"""
with judged as (
    select p.id, (select min(w.began_at) from {_JUDGING} and w.began_at > p.last_seen) as at
    from posts p where p.source_id = :source
)
update posts set gone_at = judged.at from judged
where judged.id = posts.id and posts.gone_at is not judged.at
"""
_TELLING = f"""
walks w where w.source_id = t.source_id and (
    (w.scope = '{CLOSED} ' || t.id and w.began_at >= t.last_seen)
    or (w.scope = '{GONE} ' || t.id and w.began_at >= coalesce(
        (select max(p.last_seen) from posts p where p.thread_id = t.id), '')))
"""
"""What holds of a thread: closed until it was seen open, gone until its posts were read again."""
_THREADS = f"""
with told as (
    select t.id, coalesce((
        select max(substr(w.scope, 1, length(w.scope) - length(t.id) - 1)) from {_TELLING}
    ), 'open') as state
    from threads t where t.source_id = :source
)
update threads set state = told.state
from told where told.id = threads.id and threads.state <> told.state
"""

_OWN = {
    "posts": "select * from posts p where p.source_id = ? and p.gone_at is not null "
    f"and not exists (select 1 from {_JUDGING} and w.began_at = p.gone_at)",
    "threads": "select * from threads t where t.source_id = ? and t.state <> 'open' "
    f"and not exists (select 1 from {_TELLING} and w.scope = t.state || ' ' || t.id)",
}
"""What the home's own crawls found, and no reading that was merged."""


def walks_of(table: str, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What rows of `posts` or `threads` themselves say of being gone or closed, as readings."""
    for row in rows:
        if table == "posts" and row["gone_at"]:
            yield told(row["source_id"], row["id"], row["gone_at"])
        elif table == "threads" and row["state"] in (GONE, CLOSED):
            yield told(row["source_id"], f"{row['state']} {row['id']}", row["last_seen"])


def told(source_id: str, scope: str, at: str) -> dict[str, Any]:
    """A reading as a row's columns."""
    row = walk_row(source_id, scope, at)
    return {name: getattr(row, name) for name in type(row).__slots__}


def note_own(store: Store, source_ids: Iterable[str]) -> None:
    """Keep what the home itself found gone or closed as readings, before rows are joined.

    Call it inside a transaction.
    """
    for source_id in source_ids:
        for table, sql in _OWN.items():
            rows = store.rows(sql, (source_id,))
            fold(store, "walks", walks_of(table, [dict(row) for row in rows]))


def judge(store: Store, source_ids: Iterable[str]) -> None:
    """Say of posts and threads what is gone, closed or open. Call it inside a transaction."""
    for source_id in source_ids:
        store.execute(_POSTS, {"source": source_id})
        store.execute(_THREADS, {"source": source_id})

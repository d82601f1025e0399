"""The life of a listing: active, sold, closed, gone or replaced, and since when."""

from crawler.store.database import Store

SAID = """
create temp table said as
select thread_id, account_id, position, state from (
    select p.thread_id, p.account_id, p.position, n.state,
        row_number() over (
            partition by p.thread_id, p.account_id order by p.position desc, p.id
        ) as age
    from analyses n
    cross join posts p on p.version_id = n.post_version_id
    join sources s on s.id = p.source_id and s.kind = 'forum'
    where n.state is not null and p.gone_at is null
) where age = 1
"""
"""What sellers said last of the state of their goods, thread by thread. A table with an index,
because SQLite would read a subquery from end to end for each listing."""
SAID_BY = "create index temp.said_by on said (thread_id, account_id)"
SETTLE = """
with lives as (
    select l.id,
        case
            when p.version_id <> v.id then 'replaced'
            when p.gone_at is not null or t.state = 'gone' then 'gone'
            when said.state is not null then said.state
            when n.state is not null then n.state
            when t.state = 'closed' then 'closed'
            else 'active'
        end as state,
        v.seen_at as first_seen,
        case when p.version_id <> v.id then coalesce(
                (select w.seen_at from post_versions w
                    where w.post_id = v.post_id and (w.seen_at, w.id) > (v.seen_at, v.id)
                    order by w.seen_at, w.id limit 1),
                v.seen_at)
            else p.last_seen end as last_seen
    from listings l
    cross join post_versions v on v.id = l.post_version_id
    cross join posts p on p.id = v.post_id
    cross join threads t on t.id = p.thread_id
    left join analyses n on n.post_version_id = v.id
    left join temp.said on said.thread_id = p.thread_id and said.account_id = p.account_id
        and said.position >= p.position
)
update listings set state = lives.state, first_seen = lives.first_seen, last_seen = lives.last_seen
from lives where lives.id = listings.id and (
    listings.state is not lives.state or listings.first_seen is not lives.first_seen
    or listings.last_seen is not lives.last_seen)
"""


def settle_listings(store: Store) -> int:
    """Bring every listing's state and times up to date; how many changed.

    What the seller last said in the same forum thread ("sold", "still there") wins; a post that is
    gone or was edited takes its listings with it. Call it inside a transaction.
    """
    store.execute(SAID)
    store.execute(SAID_BY)
    changed = store.conn.execute(f"{SETTLE} returning 1").fetchall()
    store.execute("drop table temp.said")
    return len(changed)

"""The life of a listing: active, sold, closed, gone or replaced, and since when."""

from crawler.store.database import Store

SETTLE = """
with said as (
    select p.thread_id, p.account_id, p.position, n.state,
        row_number() over (
            partition by p.thread_id, p.account_id order by p.position desc, p.id
        ) as age
    from analyses n
    join posts p on p.version_id = n.post_version_id
    join sources s on s.id = p.source_id and s.kind = 'forum'
    where n.state is not null and p.gone_at is null
),
followed as (
    select id, post_id, seen_at,
        lead(seen_at) over (partition by post_id order by seen_at, id) as replaced_at
    from post_versions
),
lives as (
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
        case when p.version_id <> v.id then coalesce(v.replaced_at, v.seen_at)
            else p.last_seen end as last_seen
    from listings l
    join followed v on v.id = l.post_version_id
    join posts p on p.id = v.post_id
    join threads t on t.id = p.thread_id
    left join analyses n on n.post_version_id = v.id
    left join said on said.thread_id = p.thread_id and said.account_id = p.account_id
        and said.age = 1 and said.position >= p.position
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
    return store.execute(SETTLE)

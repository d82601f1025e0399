"""What speaks for and against sellers: reviews, complaints, escrow, deposits, ranks."""

from crawler.ids import id_of
from crawler.records import MarkRow
from crawler.store.database import Store

_DETAIL = 200
"""Characters of a post that are kept with its mark."""
_SAID = f"""
select s.account_id, p.id as post_id, n.tone as kind,
    case n.tone when 'review' then 1 else -1 end as sign,
    substr(v.text, 1, {_DETAIL}) as detail, v.seen_at
from analyses n join post_versions v on v.id = n.post_version_id
join posts p on p.version_id = v.id
join (
    select thread_id, account_id from posts where position = 1 and account_id is not null
) s on s.thread_id = p.thread_id
where n.tone is not null and p.account_id is not null and p.account_id <> s.account_id
    and exists (
        select 1 from listings l join post_versions o on o.id = l.post_version_id
        join posts q on q.id = o.post_id
        where q.account_id = s.account_id and l.intent = 'offer'
    )
"""
_SHOWN = """
select p.account_id, min(p.id) as post_id, a.value as kind, 1 as sign,
    'accepts or has: ' || a.value as detail, min(v.seen_at) as seen_at
from attributes a join listings l on l.id = a.listing_id and l.intent = 'offer'
join post_versions v on v.id = l.post_version_id join posts p on p.version_id = v.id
where a.key = 'guarantee' and a.value in ('escrow', 'deposit') and p.account_id is not null
group by p.account_id, a.value
"""
_RANKED = """
select a.id as account_id, null as post_id, 'rank' as kind, 1 as sign, a.rank as detail,
    a.first_seen as seen_at
from accounts a where a.rank is not null and (
    lower(a.rank) like '%vendor%' or lower(a.rank) like '%verified%'
    or lower(a.rank) like '%trusted%' or a.rank like '%родав%' or a.rank like '%роверен%')
    and exists (select 1 from provider_members m where m.kind = 'account' and m.member_id = a.id)
"""


def mark_sellers(store: Store) -> int:
    """Bring the marks up to date; how many there are. Call it inside a transaction."""
    rows = [
        MarkRow(
            id=id_of("mark", row["account_id"], row["post_id"] or "", row["kind"]),
            account_id=row["account_id"],
            post_id=row["post_id"],
            kind=row["kind"],
            sign=row["sign"],
            detail=row["detail"],
            seen_at=row["seen_at"],
        )
        for query in (_SAID, _SHOWN, _RANKED)
        for row in store.rows(query)
    ]
    kept = {row.id for row in rows}
    gone = [(r["id"],) for r in store.rows("select id from marks") if r["id"] not in kept]
    store.conn.executemany("delete from marks where id = ?", gone)
    store.upsert("marks", rows)
    return len(rows)

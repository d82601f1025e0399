-- The life of every offer: when it appeared, how it was kept alive, when and how it ended.
-- listing: The listing.
-- asset_type: What is offered.
-- provider: Who sells.
-- account: The name on this source.
-- source: Where it stands.
-- title: Title of the thread or product.
-- state: active, sold, closed or gone.
-- at: When it was posted, else first seen, UTC.
-- last_seen: When it was last seen, UTC.
-- bumps: Later posts of the seller in the same forum thread.
-- reposts: Other posts of the seller with the same ad.
-- edits: How often its text changed.
-- price_changes: Prices that changed in it, or since the ad was posted before.
-- ended_at: When it was said to be sold or closed, or was found gone, UTC; empty where nothing tells.
-- days_listed: Days from its post to its end, or to when it was last seen.
-- days_to_sold: Days from its post until it was said to be sold.
-- post: The post that states it.
-- provider_id: The provider.
select
    n.id as listing,
    n.asset_type,
    n.provider,
    n.account,
    n.source_id as source,
    n.title,
    n.state,
    n.at,
    n.last_seen,
    (
        select count(*) from posts p join posts q on q.thread_id = p.thread_id
            and q.account_id = p.account_id and q.position > p.position
        join sources s on s.id = p.source_id and s.kind = 'forum'
        where p.id = n.post_id
    ) as bumps,
    (
        select count(distinct o.post_id) from listings_now o
        where o.ad_id = n.ad_id and o.post_id <> n.post_id
            and coalesce(o.provider_id, o.account_id) = coalesce(n.provider_id, n.account_id)
    ) as reposts,
    (select count(*) - 1 from post_versions v where v.post_id = n.post_id) as edits,
    (
        select count(*) from repricings c
        where c.post_id = n.post_id and c.asset_type = n.asset_type
    ) as price_changes,
    n.ended_at,
    round(julianday(coalesce(n.ended_at, n.last_seen)) - julianday(n.at), 1) as days_listed,
    case when n.state = 'sold'
        then round(julianday(n.ended_at) - julianday(n.at), 1) end as days_to_sold,
    n.post_id as post,
    n.provider_id
from listings_now n
where n.intent = 'offer'

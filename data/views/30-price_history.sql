-- Prices over time: a row for each price of each text that a post has had, oldest first.
-- post: The post.
-- asset_type: What the price is for.
-- account: Who asks it.
-- source: Where it stands.
-- place: Which of the listing's prices.
-- seen_at: When this text was first seen, UTC.
-- raw: The price as written.
-- per: What it is for.
-- usd: US dollars.
-- usd_month: US dollars a month, for periodic prices.
-- usd_before: US dollars in the text before, where the price was another one.
-- change: Difference to the text before, US dollars; empty where the price is the same.
-- current: 1 for the text as it stands now.
-- listing: The listing.
-- provider_id: The provider.
select
    p.id as post,
    l.asset_type,
    a.name as account,
    p.source_id as source,
    r.position as place,
    v.seen_at,
    r.raw,
    r.per,
    coalesce(r.usd_min, r.usd_max) as usd,
    r.usd_month,
    c.usd_before,
    round(c.usd - c.usd_before, 4) as change,
    p.version_id = v.id as current,
    l.id as listing,
    m.provider_id
from post_versions v
join listings l on l.post_version_id = v.id
join prices r on r.listing_id = l.id
join posts p on p.id = v.post_id
left join accounts a on a.id = p.account_id
left join provider_members m on m.kind = 'account' and m.member_id = p.account_id
left join repricings c on c.id = r.id and c.how = 'edit'

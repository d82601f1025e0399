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
-- usd_before: US dollars in the text before; empty in the first one.
-- change: Difference to the text before, US dollars; empty where the price is the same.
-- current: 1 for the text as it stands now.
-- listing: The listing.
select
    post, asset_type, account, source, place, seen_at, raw, per, usd, usd_month, usd_before,
    nullif(round(usd - usd_before, 4), 0) as change, current, listing
from (
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
        -- prices are compared only between texts that state as many of them in the same terms
        lag(coalesce(r.usd_min, r.usd_max)) over (
            partition by p.id, l.asset_type, l.intent, r.position, r.per, r.kind, r.currency, n.prices
            order by v.seen_at, v.id
        ) as usd_before,
        p.version_id = v.id as current,
        l.id as listing
    from prices r
    join listings l on l.id = r.listing_id
    join post_versions v on v.id = l.post_version_id
    join posts p on p.id = v.post_id
    join (
        select listing_id, count(*) as prices from prices group by listing_id
    ) n on n.listing_id = l.id
    left join accounts a on a.id = p.account_id
)

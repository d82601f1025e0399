-- Prices that figures are made of: one row a price of every text that a post has had, in US dollars.
-- Auction starts and steps, set-up fees, ceilings ("up to") and prices without a rate are left out;
-- of a range the lower end counts; a pack counts by its price for one.
-- price: The price.
-- asset_type: What it is for.
-- measure: month: US dollars a month; each: US dollars for one (unit prices and access sales).
-- usd: US dollars.
-- month: YYYY-MM of the next column.
-- at: When it was posted, for edited texts when the edit was seen, UTC.
-- provider: Who sells.
-- source: Where it stands.
-- raw: The price as written.
-- per: What it is for, as written.
-- state: State of the listing; replaced for texts that were edited.
-- post: The post.
-- ad_id: Its ad; an ad's same price counts once a month.
-- listing: The listing.
-- provider_id: The provider.
-- account_id: The account.
select
    price, asset_type, measure, usd, substr(at, 1, 7) as month, at, provider, source, raw, per, state,
    post, ad_id, listing, provider_id, account_id
from (
    select
        r.id as price,
        l.asset_type,
        case
            when r.usd_month is not null then 'month'
            when r.per in ('unit', 'lot') then 'each'
            when r.per is null and l.asset_type like 'access.%' then 'each'
        end as measure,
        case
            when r.usd_month is not null then r.usd_month
            when r.per = 'lot' then round(r.usd_min / nullif(r.quantity, 0), 4)
            else r.usd_min
        end as usd,
        case when exists (
            select 1 from post_versions w
            where w.post_id = p.id and (w.seen_at, w.id) < (v.seen_at, v.id)
        ) then v.seen_at else coalesce(p.posted_at, v.seen_at) end as at,
        pr.name as provider,
        p.source_id as source,
        r.raw,
        r.per,
        l.state,
        p.id as post,
        coalesce(x.ad_id, p.id) as ad_id,
        l.id as listing,
        m.provider_id,
        p.account_id
    from prices r
    join listings l on l.id = r.listing_id
    join post_versions v on v.id = l.post_version_id
    join posts p on p.id = v.post_id
    left join ad_posts x on x.post_version_id = v.id
    left join provider_members m on m.kind = 'account' and m.member_id = p.account_id
    left join providers pr on pr.id = m.provider_id
    where l.intent = 'offer' and r.kind in ('fixed', 'from', 'blitz')
)
where measure is not null and usd > 0

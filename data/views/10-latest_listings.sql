-- Every offer and request as it stands now, one row a listing, with its prices in USD.
-- listing: The listing.
-- asset_type: What is offered or sought; see the asset types.
-- intent: offer or wanted.
-- state: active, sold, closed or gone.
-- provider: Who sells, across sources.
-- usd_month: Lowest periodic price in US dollars a month.
-- usd_month_high: Highest periodic price in US dollars a month.
-- usd_low: Lowest price in US dollars, whatever it is for.
-- usd_high: Highest price in US dollars.
-- prices: Its prices as written.
-- per: What its prices are for.
-- countries: Where the goods are, ISO 3166.
-- title: Title of the thread or product.
-- snippet: The line that names the asset.
-- account: The name on this source.
-- source: Where it stands.
-- posted_at: When it was posted, UTC.
-- first_seen: When it was first seen, UTC.
-- last_seen: When it was last seen, UTC.
-- post: The post that states it.
-- provider_id: The provider.
-- listing_rowid: For the search index.
select
    l.id as listing,
    l.asset_type,
    l.intent,
    l.state,
    pr.name as provider,
    x.usd_month,
    x.usd_month_high,
    x.usd_low,
    x.usd_high,
    x.prices,
    x.per,
    c.countries,
    t.title,
    l.snippet,
    a.name as account,
    p.source_id as source,
    p.posted_at,
    l.first_seen,
    l.last_seen,
    p.id as post,
    pr.id as provider_id,
    l.rowid as listing_rowid
from listings l
join posts p on p.version_id = l.post_version_id
join threads t on t.id = p.thread_id
left join accounts a on a.id = p.account_id
left join provider_members m on m.kind = 'account' and m.member_id = p.account_id
    and l.intent = 'offer'
left join providers pr on pr.id = m.provider_id
left join (
    select listing_id, group_concat(raw, ' · ') as prices, min(usd_month) as usd_month,
        max(usd_month) as usd_month_high,
        min(coalesce(usd_min, usd_max)) as usd_low, max(coalesce(usd_max, usd_min)) as usd_high,
        replace(group_concat(distinct per), ',', ', ') as per
    from prices group by listing_id
) x on x.listing_id = l.id
left join (
    select listing_id, group_concat(value, ' ') as countries
    from attributes where key = 'country' group by listing_id
) c on c.listing_id = l.id
where l.state <> 'replaced'

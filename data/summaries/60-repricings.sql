-- Prices that are not what they were. Only prices in the same terms are compared: for the same
-- goods, per the same thing, of the same kind and currency, between texts that state as many.
with several as (
    -- only these can differ: texts of edited posts, and of ads that stand in several texts
    select id from post_versions where post_id in (
        select post_id from post_versions group by post_id having count(*) > 1)
    union
    select post_version_id from ad_posts where ad_id in (
        select ad_id from ad_posts group by ad_id having count(*) > 1)
),
chosen as materialized (
    select l.* from several s cross join listings l on l.post_version_id = s.id
    where l.intent = 'offer'
),
facts as (
    -- ads are alike whatever figures they hold: two sizes of a server are no price change
    select listing_id, group_concat(fact, ' ') as facts from (
        select listing_id, key || '=' || value as fact from attributes
        where listing_id in (select id from chosen)
            and +key in ('country', 'os', 'ram_gb', 'cpu_cores', 'disk_gb', 'bandwidth_mbps',
                'privilege', 'revenue_usd', 'hosts', 'quantity')
        order by listing_id, key, value
    ) group by listing_id
),
terms as (
    select r.id, l.id as listing_id, p.id as post_id, v.id as version_id, ad.ad_id,
        m.provider_id, p.account_id, p.source_id, l.asset_type, r.position, r.per, r.kind,
        r.currency, r.quantity,
        (select count(*) from prices o where o.listing_id = l.id) as prices,
        coalesce(f.facts, '') as facts,
        coalesce(r.amount_min, r.amount_max) as amount, coalesce(r.usd_min, r.usd_max) as usd,
        r.raw, v.seen_at, w.id is not null as edited,
        case when w.id is null then coalesce(p.posted_at, v.seen_at) else v.seen_at end as at
    from chosen l cross join prices r on r.listing_id = l.id
    join post_versions v on v.id = l.post_version_id
    join posts p on p.id = v.post_id
    left join facts f on f.listing_id = l.id
    left join ad_posts ad on ad.post_version_id = v.id
    left join provider_members m on m.kind = 'account' and m.member_id = p.account_id
    left join post_versions w on w.id = (
        select id from post_versions where post_id = p.id and (seen_at, id) < (v.seen_at, v.id)
        limit 1)
),
edits as (
    select 'edit' as how, *, lag(id) over same as before from terms
    window same as (
        partition by post_id, asset_type, position, per, kind, currency, quantity, prices
        order by seen_at, version_id, id)
),
reposts as (
    select 'repost' as how, *, lag(id) over same as before from terms
    where ad_id is not null and coalesce(provider_id, account_id) is not null
    window same as (
        partition by ad_id, coalesce(provider_id, account_id), asset_type, facts, position, per,
            kind, currency, quantity, prices
        order by at, seen_at, version_id, id)
)
select x.id, y.id as price_before, x.how, x.listing_id, x.post_id, y.post_id as post_before,
    x.provider_id, x.account_id, x.source_id, x.asset_type, x.per, x.currency, x.amount,
    y.amount as amount_before, x.usd, y.usd as usd_before, x.raw, y.raw as raw_before, x.at,
    x.seen_at
from (select * from edits union all select * from reposts) x join terms y on y.id = x.before
where x.amount <> y.amount
    and (x.how = 'edit' or (not x.edited and x.post_id <> y.post_id))

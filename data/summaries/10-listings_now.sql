-- Every offer and request as it stands now, with its seller, ad, prices and countries.
-- `cross join` and `+` keep SQLite from starting with a larger table or a coarser index.
with asked as (
    select listing_id, group_concat(raw, ' · ') as prices, min(usd_month) as usd_month,
        max(usd_month) as usd_month_high,
        -- a step of an auction and a set-up fee are no price of the goods
        min(case when kind not in ('step', 'setup') then coalesce(usd_min, usd_max) end) as usd_low,
        max(case when kind not in ('step', 'setup') then coalesce(usd_max, usd_min) end) as usd_high,
        replace(group_concat(distinct per), ',', ', ') as per
    from (select * from prices order by listing_id, position) group by listing_id
),
placed as (
    select listing_id, group_concat(value, ' ') as countries
    from (select distinct listing_id, value from attributes where key = 'country' order by 1, 2)
    group by listing_id
),
earlier as materialized (
    -- an edited offer is as old as its post's first text that stated it
    select v.post_id, o.asset_type, o.intent, min(o.first_seen) as first_seen
    from post_versions v cross join listings o on o.post_version_id = v.id
    where v.post_id in (select post_id from post_versions group by post_id having count(*) > 1)
    group by 1, 2, 3
)
select l.id, l.asset_type, l.intent, l.state, l.confidence, pr.name as provider,
    pr.id as provider_id, a.name as account, p.account_id, p.source_id, p.thread_id,
    p.id as post_id, v.id as version_id, v.rowid as version_rowid, ad.ad_id, t.title, l.snippet,
    nullif(substr(n.languages || ' ', 1, instr(n.languages || ' ', ' ') - 1), '') as language,
    c.countries, x.prices, x.per, x.usd_month, x.usd_month_high, x.usd_low, x.usd_high,
    case
        when coalesce(x.usd_month, x.usd_low) is null then 'no price'
        when coalesce(x.usd_month, x.usd_low) < 10 then 'under 10'
        when coalesce(x.usd_month, x.usd_low) < 50 then '10 to 50'
        when coalesce(x.usd_month, x.usd_low) < 200 then '50 to 200'
        when coalesce(x.usd_month, x.usd_low) < 1000 then '200 to 1000'
        else '1000 and more'
    end as band,
    p.posted_at,
    coalesce(e.first_seen, l.first_seen) as first_seen, l.last_seen,
    coalesce(p.posted_at, p.first_seen) as at,
    case
        when l.state = 'gone' then coalesce(p.gone_at, t.last_seen)
        when l.state in ('sold', 'closed') then coalesce(
            -- what the seller said later in the same thread
            (select min(coalesce(q.posted_at, q.first_seen)) from posts q
                cross join analyses said on said.post_version_id = q.version_id
                where q.thread_id = p.thread_id and +q.account_id = p.account_id
                    and q.position > p.position and q.gone_at is null and said.state = l.state),
            -- an edit of the post itself; a post that said so from the start tells no time
            case when exists (
                select 1 from post_versions w where w.post_id = p.id and w.seen_at < v.seen_at
            ) then v.seen_at end)
    end as ended_at
from listings l
cross join posts p on p.version_id = l.post_version_id
cross join post_versions v on v.id = l.post_version_id
cross join threads t on t.id = p.thread_id
left join accounts a on a.id = p.account_id
left join analyses n on n.post_version_id = v.id
left join ad_posts ad on ad.post_version_id = v.id
left join provider_members m on m.kind = 'account' and m.member_id = p.account_id
    and l.intent = 'offer'
left join providers pr on pr.id = m.provider_id
left join asked x on x.listing_id = l.id
left join placed c on c.listing_id = l.id
left join earlier e on e.post_id = p.id and e.asset_type = l.asset_type and e.intent = l.intent
where l.state <> 'replaced'

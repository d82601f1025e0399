-- Every provider, counted.
with members as (
    select m.provider_id, sum(m.kind = 'account') as accounts, sum(m.kind = 'contact') as contacts,
        count(distinct a.source_id) as sources
    from provider_members m left join accounts a on m.kind = 'account' and a.id = m.member_id
    group by m.provider_id
),
offered as (
    select provider_id, count(*) as offers, sum(state = 'active') as active,
        count(distinct asset_type || ' ' || coalesce(ad_id, post_id)) as ads,
        min(usd_month) as usd_month_low, max(usd_month_high) as usd_month_high
    from listings_now where provider_id is not null group by provider_id
),
traded as (
    select provider_id, group_concat(asset_type, ' ') as asset_types
    from (
        select distinct provider_id, asset_type from listings_now
        where provider_id is not null order by 1, 2
    ) group by provider_id
),
marked as (
    select m.provider_id, sum(k.sign > 0) as praised, sum(k.sign < 0) as accused
    from marks k join provider_members m on m.kind = 'account' and m.member_id = k.account_id
    group by m.provider_id
),
proposed as (
    select m.provider_id, count(distinct o.id) as proposals
    from (
        select id, account_a as account_id from proposals where state = 'open'
        union all select id, account_b from proposals where state = 'open'
    ) o join provider_members m on m.kind = 'account' and m.member_id = o.account_id
    group by m.provider_id
)
select pr.id, pr.name, coalesce(b.accounts, 0) as accounts, coalesce(b.sources, 0) as sources,
    coalesce(b.contacts, 0) as contacts, coalesce(o.offers, 0) as offers,
    coalesce(o.active, 0) as active, coalesce(o.ads, 0) as ads,
    coalesce(t.asset_types, '') as asset_types, o.usd_month_low, o.usd_month_high,
    coalesce(k.praised, 0) as praised, coalesce(k.accused, 0) as accused,
    coalesce(q.proposals, 0) as proposals, pr.first_seen, pr.last_seen
from providers pr
left join members b on b.provider_id = pr.id
left join offered o on o.provider_id = pr.id
left join traded t on t.provider_id = pr.id
left join marked k on k.provider_id = pr.id
left join proposed q on q.provider_id = pr.id

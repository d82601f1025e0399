-- Who sells: names, accounts, contacts and offers of every provider.
-- provider_id: The provider.
-- name: The brand most used, else the oldest account's name.
-- accounts: Its accounts, with their sources.
-- sources: On how many sources it sells.
-- contacts: Ways to reach it.
-- asset_types: What it offers.
-- active: Offers that are active.
-- offers: All offers as they stand now.
-- usd_month_low: Lowest periodic price, US dollars a month.
-- usd_month_high: Highest periodic price, US dollars a month.
-- first_seen: When its first offer was seen, UTC.
-- last_seen: When its newest offer was seen, UTC.
select
    pr.id as provider_id,
    pr.name,
    acc.accounts,
    acc.sources,
    con.contacts,
    off.asset_types,
    off.active,
    off.offers,
    off.usd_month_low,
    off.usd_month_high,
    pr.first_seen,
    pr.last_seen
from providers pr
left join (
    select m.provider_id, group_concat(a.name || ' @ ' || a.source_id, ' · ') as accounts,
        count(distinct a.source_id) as sources
    from provider_members m join accounts a on a.id = m.member_id
    where m.kind = 'account' group by m.provider_id
) acc on acc.provider_id = pr.id
left join (
    select m.provider_id, group_concat(c.kind || ' ' || c.value, ' · ') as contacts
    from provider_members m join contacts c on c.id = m.member_id
    where m.kind = 'contact' group by m.provider_id
) con on con.provider_id = pr.id
left join (
    select provider_id, replace(group_concat(distinct asset_type), ',', ', ') as asset_types,
        sum(state = 'active') as active, count(*) as offers,
        min(usd_month) as usd_month_low, max(usd_month_high) as usd_month_high
    from latest_listings group by provider_id
) off on off.provider_id = pr.id

-- Who sells: names, accounts, contacts and offers of every provider.
-- provider_id: The provider.
-- name: The brand most used, else the oldest account's name.
-- accounts: Its accounts, with their sources.
-- sources: On how many sources it sells.
-- contacts: Ways to reach it.
-- asset_types: What it offers.
-- active: Offers that are active.
-- offers: All offers as they stand now.
-- ads: The same with each ad counted once.
-- usd_month_low: Lowest periodic price, US dollars a month.
-- usd_month_high: Highest periodic price, US dollars a month.
-- praised: Marks that speak for it.
-- accused: Marks that speak against it.
-- proposals: Open proposals that it is another one.
-- first_seen: When its first offer was seen, UTC.
-- last_seen: When its newest offer was seen, UTC.
select
    pr.id as provider_id,
    pr.name,
    (
        select group_concat(a.name || ' @ ' || a.source_id, ' · ')
        from provider_members m join accounts a on a.id = m.member_id
        where m.kind = 'account' and m.provider_id = pr.id
    ) as accounts,
    pr.sources,
    (
        select group_concat(c.kind || ' ' || c.value, ' · ')
        from provider_members m join contacts c on c.id = m.member_id
        where m.kind = 'contact' and m.provider_id = pr.id
    ) as contacts,
    replace(pr.asset_types, ' ', ', ') as asset_types,
    pr.active,
    pr.offers,
    pr.ads,
    pr.usd_month_low,
    pr.usd_month_high,
    pr.praised,
    pr.accused,
    pr.proposals,
    pr.first_seen,
    pr.last_seen
from providers_now pr

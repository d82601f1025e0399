-- Every price of every listing as it stands now, one row a price.
-- price: The price.
-- asset_type: What it is for.
-- intent: offer or wanted.
-- state: State of its listing.
-- provider: Who sells.
-- source: Where it stands.
-- raw: The price as written.
-- amount_min: Lower amount.
-- amount_max: Upper amount.
-- currency: ISO 4217 or a crypto currency.
-- per: month, unit, gb and so on; empty when nothing says.
-- kind: fixed, from, upto, start, step, blitz or setup.
-- usd_min: Lower amount in US dollars.
-- usd_max: Upper amount in US dollars.
-- usd_month: US dollars a month, for periodic prices.
-- rate_day: Day of the exchange rate.
-- posted_at: When it was posted, UTC.
-- listing: Its listing.
select
    r.id as price,
    l.asset_type,
    l.intent,
    l.state,
    pr.name as provider,
    p.source_id as source,
    r.raw,
    r.amount_min,
    r.amount_max,
    r.currency,
    r.per,
    r.kind,
    r.usd_min,
    r.usd_max,
    r.usd_month,
    r.rate_day,
    p.posted_at,
    l.id as listing
from prices r
join listings l on l.id = r.listing_id and l.state <> 'replaced'
join posts p on p.version_id = l.post_version_id
left join provider_members m on m.kind = 'account' and m.member_id = p.account_id
    and l.intent = 'offer'
left join providers pr on pr.id = m.provider_id

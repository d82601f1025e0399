-- Prices that changed: in edited posts, and in ads that their seller posted again at another price.
-- Only prices in the same terms are compared: for the same goods, per the same thing, in the same
-- currency, between texts that state as many prices.
-- seen_at: When it was noticed, UTC.
-- how: edit or repost.
-- provider: Who sells, across sources.
-- account: The name on this source.
-- source: Where it stands.
-- asset_type: What the price is for.
-- raw_before: As it was written before.
-- raw: The price as written.
-- per: What it is for.
-- usd_before: US dollars before.
-- usd: US dollars.
-- change: Difference, US dollars.
-- percent: Difference in per cent of the price before, in the price's own currency.
-- at: When it changed, UTC: the edit's first sight, or the day of the new post.
-- post: The post.
-- post_before: The post that stated the price before.
-- provider_id: The provider.
-- listing: The listing.
select
    c.seen_at,
    c.how,
    pr.name as provider,
    a.name as account,
    c.source_id as source,
    c.asset_type,
    c.raw_before,
    c.raw,
    c.per,
    c.usd_before,
    c.usd,
    round(c.usd - c.usd_before, 4) as change,
    round(100.0 * (c.amount - c.amount_before) / c.amount_before, 1) as percent,
    c.at,
    c.post_id as post,
    c.post_before,
    c.provider_id,
    c.listing_id as listing
from repricings c
left join accounts a on a.id = c.account_id
left join providers_now pr on pr.id = c.provider_id

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
-- band: Its price band in USD, a month where it is periodic.
-- countries: Where the goods are, ISO 3166.
-- language: The text's main language, ISO 639-1.
-- title: Title of the thread or product.
-- snippet: The line that names the asset.
-- account: The name on this source.
-- source: Where it stands.
-- at: When it was posted, else first seen, UTC.
-- posted_at: When it was posted, UTC.
-- first_seen: When it was first seen, UTC.
-- last_seen: When it was last seen, UTC.
-- post: The post that states it.
-- ad_id: The ad; posts in the same words share it.
-- provider_id: The provider.
-- version_rowid: For the search index.
select
    id as listing, asset_type, intent, state, provider, usd_month, usd_month_high, usd_low, usd_high,
    prices, per, band, countries, language, title, snippet, account, source_id as source, at,
    posted_at, first_seen, last_seen, post_id as post, ad_id, provider_id, version_rowid
from listings_now

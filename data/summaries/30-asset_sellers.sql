-- What each provider offers of each asset type now.
select asset_type || ' ' || provider_id as id, asset_type, provider_id, count(*) as offers,
    sum(state = 'active') as active, min(usd_month) as usd_month_low, min(usd_low) as usd_low,
    max(last_seen) as last_seen
from listings_now where provider_id is not null
group by asset_type, provider_id

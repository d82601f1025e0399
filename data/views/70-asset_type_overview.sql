-- What is sold: offers, sellers and prices by asset type.
-- asset_type: An id of the taxonomy.
-- active: Active offers.
-- offers: All offers as they stand now.
-- wanted: Requests.
-- providers: Who sells it.
-- sources: On how many sources.
-- usd_month_low: Lowest periodic price, US dollars a month.
-- usd_month_average: Mean of the offers' lowest periodic prices, US dollars a month.
-- usd_month_high: Highest periodic price, US dollars a month.
-- usd_low: Lowest price of any kind, US dollars.
select
    asset_type,
    sum(state = 'active' and intent = 'offer') as active,
    sum(intent = 'offer') as offers,
    sum(intent = 'wanted') as wanted,
    count(distinct provider_id) as providers,
    count(distinct source) as sources,
    min(case when intent = 'offer' then usd_month end) as usd_month_low,
    round(avg(case when intent = 'offer' then usd_month end), 2) as usd_month_average,
    max(case when intent = 'offer' then usd_month_high end) as usd_month_high,
    min(case when intent = 'offer' then usd_low end) as usd_low
from latest_listings
group by asset_type

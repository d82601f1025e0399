-- What is sold: offers, sellers and prices by asset type.
-- asset_type: An id of the taxonomy.
-- active: Active offers.
-- offers: All offers as they stand now.
-- ads: The same with each ad of a provider counted once.
-- wanted: Requests.
-- providers: Who sells it.
-- sources: On how many sources.
-- usd_month_low: Lowest periodic price, US dollars a month.
-- usd_month_average: Mean of the offers' lowest periodic prices, US dollars a month.
-- usd_month_high: Highest periodic price, US dollars a month.
-- usd_low: Lowest price of any kind, US dollars.
select id as asset_type, active, offers, ads, wanted, providers, sources, usd_month_low,
    usd_month_average, usd_month_high, usd_low
from asset_types_now

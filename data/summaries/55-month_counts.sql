-- Offers and requests of each month, by when they were posted.
select substr(at, 1, 7) || ' ' || asset_type || ' ' || source_id || ' ' || intent as id,
    substr(at, 1, 7) as month, asset_type, source_id, intent, count(*) as n
from listings_now group by 2, 3, 4, 5

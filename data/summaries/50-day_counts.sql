-- New offers and requests of each day.
select substr(first_seen, 1, 10) || ' ' || asset_type || ' ' || source_id || ' ' || intent as id,
    substr(first_seen, 1, 10) as day, asset_type, source_id, intent, count(*) as n
from listings_now group by 2, 3, 4, 5

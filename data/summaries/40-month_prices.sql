-- Quartiles of what asset types cost, by month, for each market and for all together.
-- An ad's same price counts once a month. Between two prices a quartile is interpolated linearly
-- (method 7 of Hyndman and Fan 1996, that of numpy and of spreadsheets): the price at place h of
-- n - 1 is the sum of all prices, each weighted by how much nearer than 1 its place is to h.
with asked as materialized (
    select distinct asset_type, source as source_id, month, measure, ad_id, usd from price_points
),
points as (
    select * from asked
    union all
    select distinct asset_type, '', month, measure, ad_id, usd from asked
),
placed as (
    select asset_type, source_id, month, measure, usd,
        row_number() over (
            partition by asset_type, source_id, measure, month order by usd
        ) - 1 as place,
        count(*) over (partition by asset_type, source_id, measure, month) - 1 as last
    from points
)
select asset_type || ' ' || source_id || ' ' || measure || ' ' || month as id, asset_type,
    source_id, month, measure, count(*) as n, min(usd) as low,
    round(sum(usd * max(0, 1 - abs(last * 0.25 - place))), 4) as q1,
    round(sum(usd * max(0, 1 - abs(last * 0.5 - place))), 4) as median,
    round(sum(usd * max(0, 1 - abs(last * 0.75 - place))), 4) as q3,
    max(usd) as high
from placed group by asset_type, source_id, measure, month

-- What asset types cost, month by month: median and quartiles of the prices asked in the month.
-- An ad's same price counts once a month; quartiles between two prices are interpolated linearly.
-- asset_type: What it is for.
-- source: The market; empty for all of them together.
-- month: YYYY-MM, UTC.
-- measure: month: US dollars a month; each: US dollars for one (unit prices and access sales).
-- n: How many prices.
-- low: The lowest.
-- q1: A quarter of the prices is below.
-- median: Half of the prices is below.
-- q3: Three quarters of the prices are below.
-- high: The highest.
select asset_type, source_id as source, month, measure, n, low, q1, median, q3, high
from month_prices

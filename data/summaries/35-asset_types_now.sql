-- Every asset type that is offered or sought now, counted.
select asset_type as id, sum(state = 'active' and intent = 'offer') as active,
    sum(intent = 'offer') as offers,
    count(distinct case when intent = 'offer'
        then coalesce(provider_id, account_id, '') || ' ' || coalesce(ad_id, post_id) end) as ads,
    sum(intent = 'wanted') as wanted, count(distinct provider_id) as providers,
    count(distinct source_id) as sources,
    min(case when intent = 'offer' then usd_month end) as usd_month_low,
    round(avg(case when intent = 'offer' then usd_month end), 2) as usd_month_average,
    max(case when intent = 'offer' then usd_month_high end) as usd_month_high,
    min(case when intent = 'offer' then usd_low end) as usd_low,
    max(last_seen) as last_seen
from listings_now group by asset_type

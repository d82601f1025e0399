-- Figures of the whole database.
select 'posts' as id, count(*) as n from posts
union all select 'listings', count(*) from listings_now
union all select 'active', count(*) from listings_now where state = 'active'
union all select 'offers', coalesce(sum(offers), 0) from asset_types_now
union all select 'wanted', coalesce(sum(wanted), 0) from asset_types_now
union all select 'providers', count(*) from providers_now
union all select 'contacts', count(*) from contacts
union all select 'sources', count(*) from sources
union all select 'asset_types', count(*) from asset_types_now where id <> 'other'
union all select 'ads', count(distinct ad_id) from listings_now
union all select 'reposted_ads', count(*) from reposted_ads
union all select 'repricings', count(*) from repricings

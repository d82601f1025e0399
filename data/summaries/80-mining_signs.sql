-- Offers and requests of machines to mine on, with the provider that stands behind them.
with told as (
    select id, 'asset' as why, 1 as place from listings_now where asset_type = 'abuse.cryptomining'
    union all
    select listing_id, 'allowed', 2 from attributes where key = 'allowed' and value = 'mining'
    union all
    select n.id, 'words', 3
    from post_versions_fts f join listings_now n on n.version_rowid = f.rowid
    where f.post_versions_fts match
        '("for mining" OR "for miners" OR "mining on servers" OR "под майнинг" OR "под майнер"
        OR "для майнинга" OR "майнинг на серверах" OR "для майнера" OR "挖矿" OR "para minería"
        OR "para minar" OR "para mineração" OR "zum minen" OR "fürs mining" OR "für mining"
        OR "للتعدين")
        NOT ("not for mining" OR "no mining" OR "не под майнинг" OR "не для майнинга"
        OR "кроме майнинга" OR "禁止 止挖 挖矿")'
        and (n.asset_type like 'access.%' or n.asset_type like 'hosting.%')
),
signs as (
    select n.*, t.why, row_number() over (partition by n.id order by t.place) as place
    from told t join listings_now n on n.id = t.id
),
tied as (
    select s.*, m.provider_id as own,
        -- a contact of the text that is some provider's own; ids have 24 characters
        case when m.provider_id is null then (
            select min(c.kind || ' ' || c.value || ' ' || o.provider_id)
            from contact_mentions x
            join provider_members o on o.kind = 'contact' and o.member_id = x.contact_id
            join contacts c on c.id = x.contact_id
            where x.post_version_id = s.version_id
        ) end as shared
    from signs s
    left join provider_members m on m.kind = 'account' and m.member_id = s.account_id
    where s.place = 1
)
select id, post_id, account_id, coalesce(own, substr(shared, -24)) as provider_id,
    case when own is not null then 'account' else substr(shared, 1, length(shared) - 25) end as tie,
    source_id, asset_type, intent, why, at
from tied

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
shared as (
    -- a contact of the sign's text that is some provider's own
    select s.id, m.provider_id, c.kind || ' ' || c.value as tie, row_number() over (
        partition by s.id order by c.kind, c.value, m.provider_id) as place
    from signs s join contact_mentions x on x.post_version_id = s.version_id
    join provider_members m on m.kind = 'contact' and m.member_id = x.contact_id
    join contacts c on c.id = x.contact_id
    where s.place = 1
)
select s.id, s.post_id, s.account_id, coalesce(m.provider_id, h.provider_id) as provider_id,
    case when m.provider_id is not null then 'account' else h.tie end as tie,
    s.source_id, s.asset_type, s.intent, s.why, s.at
from signs s
left join provider_members m on m.kind = 'account' and m.member_id = s.account_id
left join shared h on h.id = s.id and h.place = 1
where s.place = 1

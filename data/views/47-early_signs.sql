-- Early signs: who offered or sought machines "for mining" and sold access afterwards.
-- A row a sign and an asset type that the same provider, or one with the same contact, offered
-- later; offers of machines for mining themselves are no such sale.
-- provider: Who sold.
-- tie: account: he wrote the sign; else the contact in it that is the provider's.
-- sign_at: When the sign was posted, else first seen, UTC.
-- sign: What was offered or sought for mining.
-- intent: offer or wanted.
-- why: asset: mining itself; allowed: its terms allow mining; words: its text says so.
-- sold: What was offered later.
-- days: Days from the sign to the first such offer.
-- sold_at: When the first such offer was posted, else first seen, UTC.
-- sales: How many such offers there were since.
-- sold_title: Title of the first such offer.
-- sign_source: Where the sign stands.
-- sold_source: Where the first such offer stands.
-- sign_post: The post with the sign.
-- post: The post with the first such offer.
-- provider_id: The provider.
select provider, tie, sign_at, sign, intent, why, sold, days, sold_at, sales, sold_title,
    sign_source, sold_source, sign_post, post, provider_id
from (
    -- beside min(), SQLite takes the other columns from the row that holds the minimum
    select o.provider, s.tie, s.at as sign_at, s.asset_type as sign, s.intent, s.why,
        o.asset_type as sold, round(julianday(min(o.at)) - julianday(s.at), 1) as days,
        min(o.at) as sold_at, count(*) as sales, o.title as sold_title,
        s.source_id as sign_source, o.source_id as sold_source, s.post_id as sign_post,
        o.post_id as post, s.provider_id
    from mining_signs s
    join listings_now o on o.provider_id = s.provider_id and o.at > s.at
        and o.asset_type in (
            'access.bot_rental', 'access.cloud_account', 'access.corporate',
            'access.hidden_desktop', 'access.hosting_panel', 'access.rdp', 'access.ssh_root',
            'access.webshell')
    where o.post_id <> s.post_id and not exists (select 1 from mining_signs x where x.id = o.id)
    group by s.provider_id, s.id, o.asset_type
)

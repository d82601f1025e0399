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
select o.provider, s.tie, s.at as sign_at, s.asset_type as sign, s.intent, s.why, e.sold, e.days,
    e.at as sold_at, e.sales, o.title as sold_title, s.source_id as sign_source,
    o.source_id as sold_source, s.post_id as sign_post, o.post_id as post, e.provider_id
from early_sales e
join mining_signs s on s.id = e.sign_id
join listings_now o on o.id = e.listing_id

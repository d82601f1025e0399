-- What changed on the markets: the newest 300 edits, deletions, sold and closed goods, new prices
-- and new providers, each.
-- at: When it was noticed, UTC.
-- what: edited, deleted, sold, closed, price or new provider.
-- source: Where.
-- who: The account or provider.
-- title: Title of the thread, or the provider's name.
-- detail: What happened.
-- post: The post.
select * from (
    select v.seen_at as at, 'edited' as what, p.source_id as source, a.name as who, t.title,
        substr(v.text, 1, 160) as detail, p.id as post
    from post_versions v join posts p on p.id = v.post_id join threads t on t.id = p.thread_id
    left join accounts a on a.id = p.account_id
    where exists (
        select 1 from post_versions o where o.post_id = v.post_id and o.seen_at < v.seen_at)
    order by v.seen_at desc limit 300
)
union all
select * from (
    select p.gone_at, 'deleted', p.source_id, a.name, t.title, substr(v.text, 1, 160), p.id
    from posts p join post_versions v on v.id = p.version_id join threads t on t.id = p.thread_id
    left join accounts a on a.id = p.account_id
    where p.gone_at is not null order by p.gone_at desc limit 300
)
union all
select * from (
    select n.ended_at, 'sold', n.source_id, n.account, n.title, n.asset_type, n.post_id
    from listings_now n
    where n.state = 'sold' and n.intent = 'offer' and n.ended_at is not null
    order by n.ended_at desc limit 300
)
union all
select * from (
    select n.ended_at, 'closed', n.source_id, n.account, n.title, n.asset_type, n.post_id
    from listings_now n
    where n.state = 'closed' and n.intent = 'offer' and n.ended_at is not null
    order by n.ended_at desc limit 300
)
union all
select * from (
    select c.seen_at, 'price', c.source_id, a.name, c.asset_type,
        printf('%s, before %s', c.raw, c.raw_before), c.post_id
    from repricings c left join accounts a on a.id = c.account_id
    order by c.seen_at desc limit 300
)
union all
select * from (
    select pr.first_seen, 'new provider', null, pr.name, pr.name, null, null
    from providers_now pr order by pr.first_seen desc limit 300
)

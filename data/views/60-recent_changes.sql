-- What changed on the markets: edits, deletions, sold goods, new prices, new providers.
-- at: When it was noticed, UTC.
-- what: edited, deleted, sold, closed, price or new provider.
-- source: Where.
-- who: The account or provider.
-- title: Title of the thread, or the provider's name.
-- detail: What happened.
-- post: The post.
select v.seen_at as at, 'edited' as what, p.source_id as source, a.name as who, t.title,
    substr(v.text, 1, 160) as detail, p.id as post
from post_versions v join posts p on p.id = v.post_id join threads t on t.id = p.thread_id
left join accounts a on a.id = p.account_id
where exists (select 1 from post_versions o where o.post_id = p.id and o.seen_at < v.seen_at)
union all
select p.gone_at, 'deleted', p.source_id, a.name, t.title, substr(v.text, 1, 160), p.id
from posts p join post_versions v on v.id = p.version_id join threads t on t.id = p.thread_id
left join accounts a on a.id = p.account_id where p.gone_at is not null
union all
select n.seen_at, n.state, p.source_id, a.name, t.title, l.asset_type, p.id
from listings l join posts p on p.version_id = l.post_version_id
join threads t on t.id = p.thread_id left join accounts a on a.id = p.account_id
join (
    select q.thread_id, q.account_id, an.state, max(v.seen_at) as seen_at
    from analyses an join post_versions v on v.id = an.post_version_id
    join posts q on q.version_id = v.id
    where an.state in ('sold', 'closed') group by q.thread_id, q.account_id, an.state
) n on n.thread_id = p.thread_id and n.account_id = p.account_id and n.state = l.state
where l.state in ('sold', 'closed') and l.intent = 'offer'
union all
select h.seen_at, 'price', h.source, h.account, h.asset_type,
    printf('%.2f USD, before %.2f', h.usd, h.usd_before), h.post
from price_history h where h.change <> 0
union all
select pr.first_seen, 'new provider', null, pr.name, pr.name, null, null from providers pr

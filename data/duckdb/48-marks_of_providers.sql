-- The DuckDB form of data/views/48-marks_of_providers.sql: the words of the newest mark count.
select pr.name as provider, k.kind, k.sign, count(*) as marks, arg_max(k.detail, k.seen_at) as words,
    max(k.seen_at) as seen_at, arg_max(w.name, k.seen_at) as said_by,
    arg_max(a.name, k.seen_at) as account, arg_max(a.source_id, k.seen_at) as source,
    arg_max(s.credibility, k.seen_at) as credibility, arg_max(k.post_id, k.seen_at) as post,
    m.provider_id
from marks k
join provider_members m on m.kind = 'account' and m.member_id = k.account_id
join providers_now pr on pr.id = m.provider_id
join accounts a on a.id = k.account_id
join sources s on s.id = a.source_id
left join posts p on p.id = k.post_id
left join accounts w on w.id = p.account_id
group by m.provider_id, pr.name, k.kind, k.sign

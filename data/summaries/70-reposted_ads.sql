-- Ads that stand in more than one post.
with stated as (
    select distinct x.ad_id, p.id as post_id, p.account_id, p.source_id, m.provider_id, t.title,
        coalesce(p.posted_at, p.first_seen) as at
    from ad_posts x join post_versions v on v.id = x.post_version_id join posts p on p.id = v.post_id
    join threads t on t.id = p.thread_id
    left join provider_members m on m.kind = 'account' and m.member_id = p.account_id
    where x.ad_id in (select ad_id from ad_posts group by ad_id having count(*) > 1)
),
newest as (
    select ad_id, post_id, provider_id, title, row_number() over (
        partition by ad_id order by at desc, post_id desc) as place
    from stated
)
select s.ad_id as id, n.title, n.provider_id, count(*) as posts,
    count(distinct s.account_id) as accounts, count(distinct s.provider_id) as providers,
    count(distinct s.source_id) as sources, min(s.at) as first_at, max(s.at) as last_at,
    n.post_id as newest_post_id
from stated s join newest n on n.ad_id = s.ad_id and n.place = 1
group by s.ad_id having count(*) > 1

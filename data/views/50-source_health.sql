-- How every source is doing: its last run, what it brought, what is wrong.
-- source_id: The source.
-- status: ok, degraded, failed, paused, interrupted or running.
-- started_at: When the last run began, UTC.
-- finished_at: When it ended, UTC.
-- pages: Pages read.
-- posts_seen: Posts on them.
-- posts_new: Posts never seen before.
-- posts_changed: Posts whose text changed.
-- issues: Issues of the last run.
-- waiting: Pages still to fetch.
-- paused_reason: Why it is paused.
-- reason: Why the last run was not ok.
select
    s.id as source_id,
    coalesce(r.status, 'never') as status,
    r.started_at,
    r.finished_at,
    r.pages,
    r.posts_seen,
    r.posts_new,
    r.posts_changed,
    r.issues,
    (select count(*) from frontier f where f.source_id = s.id and f.state = 'pending') as waiting,
    s.paused_reason,
    r.reason
from sources s
left join runs r on r.id = (
    select id from runs where source_id = s.id order by started_at desc, id desc limit 1
)

-- Every post with its current text: search here for words.
-- post: The post.
-- source: Where it stands.
-- board: Its board or category.
-- title: Title of its thread or product.
-- account: Who wrote it.
-- text: Its text now.
-- intent: What it wants: offer, wanted or other.
-- posted_at: When it was written, UTC.
-- edited_at: When it was edited, UTC.
-- gone_at: When it was found deleted, UTC.
-- versions: How many texts it has had.
-- version_rowid: For the search index.
select
    p.id as post,
    p.source_id as source,
    t.board,
    t.title,
    a.name as account,
    v.text,
    n.intent,
    p.posted_at,
    p.edited_at,
    p.gone_at,
    (select count(*) from post_versions o where o.post_id = p.id) as versions,
    v.rowid as version_rowid
from posts p
join post_versions v on v.id = p.version_id
join threads t on t.id = p.thread_id
left join accounts a on a.id = p.account_id
left join analyses n on n.post_version_id = v.id

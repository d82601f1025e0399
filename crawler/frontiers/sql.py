"""Tables and statements of the shared frontier. All moments are the server's."""

VERSION = 1
"""Of these tables; machines of other releases are told to wait."""

TABLES = """
create table if not exists frontier_version (version integer primary key);
create table if not exists frontier_sites (
    source_id text primary key,
    round integer not null default 0,
    is_open boolean not null default false,
    is_full boolean not null default false,
    began_at timestamptz,
    first_at timestamptz,
    swept_at timestamptz,
    beat_at timestamptz,
    next_at timestamptz not null default 'epoch',
    paused_reason text
);
create table if not exists frontier_pages (
    id text primary key,
    source_id text not null,
    url text not null,
    kind text not null,
    priority integer not null,
    state text not null,
    tries integer not null,
    not_before timestamptz,
    round integer not null,
    mark text,
    context text not null,
    worker text,
    leased_until timestamptz,
    detail text,
    seq bigint generated always as identity
);
create index if not exists frontier_due on frontier_pages (source_id, priority desc, seq)
    where state = 'pending';
create index if not exists frontier_leased on frontier_pages (source_id, leased_until)
    where leased_until is not null;
create index if not exists frontier_dead on frontier_pages (source_id) where state = 'failed';
create table if not exists frontier_reads (
    id text primary key,
    source_id text not null,
    native_id text not null,
    replies integer,
    last_post_at text,
    last_post_raw text,
    last_url text not null,
    read_at text not null
);
create table if not exists frontier_drops (
    source_id text not null,
    thread text not null,
    primary key (source_id, thread)
);
"""

BEGIN = """
select is_open, is_full, round, beat_at from frontier_sites where source_id = %(source)s for update
"""
IS_LIVE = """
select exists (select 1 from frontier_pages where source_id = %(source)s and state = 'pending')
    or coalesce(%(beat)s > clock_timestamp() - %(lease)s * interval '1 second', false) as live
"""
NEW_ROUND = """
update frontier_sites set round = round + 1, is_open = true, beat_at = clock_timestamp(),
    began_at = clock_timestamp(), first_at = coalesce(first_at, clock_timestamp()),
    is_full = %(full)s or coalesce(
        coalesce(swept_at, first_at) < clock_timestamp() - %(sweep)s * interval '1 minute', false)
where source_id = %(source)s
returning round, is_full
"""
REVIVE = """
update frontier_pages set state = 'pending', tries = 0, not_before = null, detail = null
where source_id = %(source)s and leased_until is null
    and (state = 'failed' or (state = 'pending' and tries > 0 and %(all)s))
"""
END_ROUND = """
update frontier_sites set is_open = false,
    swept_at = case when is_full then began_at else swept_at end
where source_id = %(source)s and round = %(round)s and is_open and not exists (
    select 1 from frontier_pages where source_id = %(source)s and state = 'pending')
"""

_NEW = """
from unnest(%(ids)s::text[], %(urls)s::text[], %(kinds)s::text[], %(priorities)s::integer[],
    %(marks)s::text[], %(contexts)s::text[]) as n (id, url, kind, priority, mark, context)
"""
SKIPPED = f"""
select count(*) as n {_NEW} join frontier_pages p on p.id = n.id
where p.state = 'done' and p.round <> %(round)s and n.mark = p.mark and not %(full)s
"""
ADD = f"""
insert into frontier_pages as p
    (id, source_id, url, kind, priority, state, tries, round, mark, context)
select n.id, %(source)s, n.url, n.kind, n.priority, 'pending', 0, %(round)s, n.mark, n.context
{_NEW} order by n.id
on conflict (id) do update set
    url = excluded.url, kind = excluded.kind, priority = excluded.priority, state = 'pending',
    tries = 0, not_before = null, round = excluded.round, mark = excluded.mark,
    context = excluded.context, detail = null
where p.leased_until is null and p.round <> excluded.round
    and not (p.state = 'done' and p.mark is not null and p.mark = excluded.mark and not %(full)s)
"""

EXPIRE = """
update frontier_pages set worker = null, leased_until = null, tries = tries + 1,
    state = case when tries + 1 >= %(most)s then 'failed' else 'pending' end,
    detail = 'the worker that fetched it ended (' || coalesce(worker, '') || ')'
where source_id = %(source)s and state = 'pending' and leased_until < clock_timestamp()
"""
LEASE = """
with page as (
    select id from frontier_pages
    where source_id = %(source)s and state = 'pending' and leased_until is null
        and (not_before is null or not_before <= clock_timestamp())
    order by priority desc, seq limit %(limit)s for update skip locked
), slot as (
    {slot}
)
update frontier_pages p set worker = %(worker)s,
    leased_until = clock_timestamp() + %(lease)s * interval '1 second'
from page where p.id = page.id and exists (select 1 from slot)
returning p.id, p.source_id, p.url, p.kind, p.priority, p.state, p.tries, p.mark, p.context, p.seq
"""
PACED = """
update frontier_sites set next_at = clock_timestamp() + %(pace)s * interval '1 second'
where source_id = %(source)s and next_at <= clock_timestamp() and paused_reason is null
    and exists (select 1 from page)
returning 1
"""
UNPACED = """
select 1 from frontier_sites where source_id = %(source)s and next_at <= clock_timestamp()
    and paused_reason is null
"""
RENEW = """
update frontier_pages set leased_until = clock_timestamp() + %(lease)s * interval '1 second'
where source_id = %(source)s and worker = %(worker)s and leased_until is not null
"""
BEAT = "update frontier_sites set beat_at = clock_timestamp() where source_id = %(source)s"
PUT_BACK = """
update frontier_pages set worker = null, leased_until = null
where id = %(id)s and worker = %(worker)s
"""
PUT_ALL_BACK = """
update frontier_pages set worker = null, leased_until = null
where source_id = %(source)s and worker = %(worker)s and leased_until is not null
"""
DONE = """
update frontier_pages set state = 'done', context = '{}', worker = null, leased_until = null,
    detail = null
where id = %(id)s
"""
FAIL = """
update frontier_pages set worker = null, leased_until = null, tries = tries + 1,
    priority = -(tries + 1), detail = %(detail)s,
    state = case when tries + 1 >= %(most)s then 'failed' else 'pending' end,
    not_before = clock_timestamp() + %(wait)s * interval '1 second'
where id = %(id)s and state = 'pending' and (worker is null or worker = %(worker)s)
returning state
"""
GIVE_UP = """
update frontier_pages set state = 'failed', worker = null, leased_until = null,
    detail = %(detail)s
where id = %(id)s and state = 'pending' and (worker is null or worker = %(worker)s)
"""
KEEP_READ = """
insert into frontier_reads values (%(id)s, %(source_id)s, %(native_id)s, %(replies)s,
    %(last_post_at)s, %(last_post_raw)s, %(last_url)s, %(read_at)s)
on conflict (id) do update set replies = excluded.replies, last_post_at = excluded.last_post_at,
    last_post_raw = excluded.last_post_raw, last_url = excluded.last_url,
    read_at = excluded.read_at
where frontier_reads.read_at <= excluded.read_at
"""
KEEP_DROP = "insert into frontier_drops values (%(source)s, %(thread)s) on conflict do nothing"
HOLD = """
update frontier_sites set
    next_at = greatest(next_at, clock_timestamp() + %(wait)s * interval '1 second')
where source_id = %(source)s
"""
DROPPED = """
select thread from frontier_drops where source_id = %(source)s and thread = any(%(natives)s)
"""

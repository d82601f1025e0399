"""The first page: what is new, what changed, which sources need attention, the last runs."""

import asyncio
from datetime import timedelta

from crawler.clock import moment_of, now, stamp
from crawler.desk.asking import Asking, Row

DAYS = 7
"""What counts as new where nobody's last visit is known."""
LONGEST = 90
"""Days back to which an old visit counts."""
_TOTALS = "select id, n from totals"
_NEW_TYPES = """
select asset_type, sum(case when intent = 'offer' then n else 0 end) as offers,
    sum(case when intent = 'wanted' then n else 0 end) as wanted
from day_counts where day >= ? and asset_type <> 'other' group by 1 order by offers desc, 1
"""
_NEW_SOURCES = """
select source_id, sum(n) as n from day_counts where day >= ? group by 1 order by n desc limit 12
"""
_DAYS = """
select day, sum(case when intent = 'offer' then n else 0 end) as offers,
    sum(case when intent = 'wanted' then n else 0 end) as wanted
from day_counts where day >= ? group by day order by day
"""
_LATEST = """
select * from listings_now where first_seen >= ? and asset_type <> 'other'
order by first_seen desc, at desc limit 12
"""
_HEALTH = "select * from source_health order by source_id"
_RUNS = "select * from runs order by started_at desc limit 8"
_PROPOSALS = """
select *, (select provider_id from provider_members m where m.member_id = o.account_b) as provider_b
from proposals o where state = 'open' order by score desc, appeared_at desc limit 6
"""
_CHANGES = {
    "price": """
        select seen_at as at, 'price' as what, source, account as who, asset_type as title,
            printf('%.2f → %.2f USD', usd_before, usd) as detail, post
        from price_changes where seen_at >= ? order by seen_at desc limit 8
    """,
    "gone": """
        select p.gone_at as at, 'deleted' as what, p.source_id as source, a.name as who, t.title,
            substr(v.text, 1, 120) as detail, p.id as post
        from posts p join threads t on t.id = p.thread_id
        join post_versions v on v.id = p.version_id left join accounts a on a.id = p.account_id
        where p.gone_at >= ? order by p.gone_at desc limit 8
    """,
    "sold": """
        select last_seen as at, state as what, source_id as source, account as who, title,
            snippet as detail, post_id as post
        from listings_now where state in ('sold', 'closed') and last_seen >= ?
        order by last_seen desc limit 8
    """,
    "new provider": """
        select first_seen as at, 'new provider' as what, null as source, name as who,
            asset_types as title, null as detail, null as post, id as provider
        from providers_now where first_seen >= ? order by first_seen desc limit 8
    """,
}
_CHANGES_SHOWN = 14


async def home_page(desk: Asking, last_visit: str | None) -> Row:
    """What the first page shows; `last_visit` is a moment as rows hold it, or None."""
    visit = visit_of(last_visit)
    since = visit or stamp(now() - timedelta(days=DAYS))
    day = since[:10]
    month_ago = stamp(now() - timedelta(days=30))[:10]
    totals, types, sources, days, latest, health, runs, proposals = await asyncio.gather(
        desk.rows(_TOTALS),
        desk.rows(_NEW_TYPES, (day,)),
        desk.rows(_NEW_SOURCES, (day,)),
        desk.rows(_DAYS, (month_ago,)),
        desk.rows(_LATEST, (since,)),
        desk.rows(_HEALTH),
        desk.rows(_RUNS),
        desk.rows(_PROPOSALS),
    )
    changes = [row for sql in _CHANGES.values() for row in await desk.rows(sql, (since,))]
    return {
        "since": since,
        "visited": visit is not None,
        "totals": {row["id"]: row["n"] for row in totals},
        "new_types": types,
        "new_sources": sources,
        "days": every_day(days),
        "latest": latest,
        "health": health,
        "attention": [row for row in health if needs_attention(row)],
        "runs": runs,
        "proposals": proposals,
        "changes": sorted(changes, key=lambda r: str(r["at"]), reverse=True)[:_CHANGES_SHOWN],
    }


def every_day(rows: list[Row]) -> list[Row]:
    """The last 31 days, oldest first; those without a row count nothing."""
    known = {row["day"]: row for row in rows}
    days = [stamp(now() - timedelta(days=back))[:10] for back in range(30, -1, -1)]
    return [known.get(day, {"day": day, "offers": 0, "wanted": 0}) for day in days]


def visit_of(cookie: str | None) -> str | None:
    """The last visit that a cookie states, at most LONGEST days back; None without a sound one."""
    try:
        visit = moment_of(cookie or "")
    except ValueError:
        # a cookie is anybody's text
        return None
    return stamp(min(max(visit, now() - timedelta(days=LONGEST)), now()))


def needs_attention(row: Row) -> bool:
    """Whether a source is paused or its last run was not whole."""
    return bool(row["paused_reason"]) or row["status"] not in ("ok", "running", "replayed")

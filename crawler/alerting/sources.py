"""Sources that came to be paused, failed or degraded."""

from collections.abc import Iterator

from crawler.alerting.conditions import When
from crawler.alerting.matches import Match, Window
from crawler.alerting.plain import plain
from crawler.store.database import Store

_TURNS = """
select * from (
    select r.*, lag(r.status) over (
        partition by r.source_id order by r.started_at, r.id) as before
    from runs r where r.status in ('ok', 'degraded', 'failed', 'paused')
)
where (status = 'paused' or before is not status) and finished_at >= :since
order by finished_at, id
"""
_REMEDY = {
    "paused": "mend that, then run `rackrent crawl --resume {source}`",
    "failed": "see `rackrent status` and the table issues",
    "degraded": "see `rackrent status` and the table issues",
}


def sick_sources(store: Store, when: When, window: Window) -> Iterator[Match]:
    """Runs at which a source's state turned to one that the rule waits for, oldest first.

    A state that stays is told once; every pause is told, because somebody resumed before.
    """
    for row in store.rows(_TURNS, {"since": window.since}):
        source, status = row["source_id"], row["status"]
        if status not in when.source_health or (when.sources and source not in when.sources):
            continue
        yield Match(
            object="run",
            object_id=row["id"],
            about=(source,),
            source_id=source,
            post_id=None,
            at=row["finished_at"],
            seen=row["finished_at"],
            reason=f"source {status}",
            title=f"source {source} is {status}",
            lines=(plain(row["reason"]), _REMEDY[status].format(source=source)),
            path=f"/market/runs/{row['id']}",
        )

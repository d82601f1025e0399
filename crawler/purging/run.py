"""A purge: planned for each source with retention rules, carried out under the source's lock."""

import getpass
import json
from contextlib import closing
from datetime import datetime
from typing import Any

from crawler.analyse import analyse_store
from crawler.clock import now
from crawler.crawl_lock import take_lock
from crawler.decisions import audit
from crawler.home import Home
from crawler.purging.evidence import forget_files, remove_files
from crawler.purging.plan import Plan, plan_for
from crawler.purging.rows import change_rows, drop_lone_contacts
from crawler.source import Source, find_source, source_files
from crawler.store.database import Store


def ruled_sources(home: Home, only: str | None) -> list[Source]:
    """Sources with retention rules, or the one that is named.

    Raises:
        SourceError: a source file is wrong or missing.
    """
    ids = [only] if only else list(source_files(home))
    return [source for source in (find_source(home, each) for each in ids) if source.retention]


def planned(home: Home, only: str | None = None, at: datetime | None = None) -> list[Plan]:
    """What a purge would remove, by source; nothing is changed."""
    with closing(Store(home.database)) as store:
        return [
            plan_for(home, store, source.id, source.retention, at or now())
            for source in ruled_sources(home, only)
            if source.retention
        ]


def purge(
    home: Home, only: str | None = None, at: datetime | None = None, by: str | None = None
) -> list[Plan]:
    """Remove what is planned, and find anew what follows from the rest; what was removed.

    Raises:
        SourceBusyError: a source is being crawled.
        OSError: a file cannot be deleted; it is out of the index, and the next purge deletes it.
    """
    done = []
    with closing(Store(home.database)) as store:
        for source in ruled_sources(home, only):
            home.locks.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = take_lock(home.locks / f"{source.id}.lock", source.id)
            try:
                done.append(carried_out(home, store, source, at or now(), by or getpass.getuser()))
            finally:
                lock.release()
        if any(touches_rows(plan) for plan in done):
            analyse_store(home, store)
            with store.transaction():
                drop_lone_contacts(store)
    return done


def carried_out(home: Home, store: Store, source: Source, at: datetime, by: str) -> Plan:
    """Remove what is planned of one source, rows first; what was removed."""
    if source.retention is None:
        raise ValueError(f"{source.id}: has no retention rules")
    with store.transaction():
        plan = plan_for(home, store, source.id, source.retention, at)
        change_rows(store, plan)
        forget_files(store, plan.removed)
        if touches_rows(plan) or plan.removed:
            audit(store, by, "purge", [source.id], told(plan.counts()), at)
    remove_files(home, plan.removed)
    return plan


def touches_rows(plan: Plan) -> bool:
    """Whether a plan changes rows of texts."""
    return bool(plan.withheld or plan.redacted or plan.titles or plan.signatures)


def told(counts: dict[str, Any]) -> str:
    """Counts as the audit holds them."""
    return json.dumps({key: value for key, value in counts.items() if value not in (0, None)})

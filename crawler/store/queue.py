"""The frontier's rows: which pages a run still has to fetch."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from crawler.clock import stamp
from crawler.ids import id_of
from crawler.reading import PageKind
from crawler.records import FrontierRow
from crawler.store.database import Store

MAX_TRIES = 3
"""Fetches of one page in one run."""
ABOVE_ALL = 2**31
"""No page's priority is so high."""
COLUMNS = ", ".join(each.name for each in fields(FrontierRow))


@dataclass(frozen=True, slots=True)
class Link:
    """A page that the walk wants."""

    url: str
    """Canonical URL."""
    kind: PageKind
    """What it is expected to be."""
    priority: int = 0
    """Higher is fetched earlier."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """What the walk wants to know again when the page has come."""
    mark: str | None = None
    """What its board says of it: fetched again only when that changed; None fetches always."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a page leads to."""

    links: Sequence[Link] = ()
    """Pages to fetch next."""
    skipped: int = 0
    """Threads on the page that the walk left out because nothing had changed."""
    full: bool = True
    """Whether products are opened again although their list shows no change."""


def frontier_id(source_id: str, url: str) -> str:
    """The row's id."""
    return id_of("frontier", source_id, url)


def add_links(
    store: Store, source_id: str, run_id: str, links: Sequence[Link], *, full: bool
) -> int:
    """Queue what has to be fetched in this run; how many unchanged pages were left out.

    Call it inside a transaction.
    """
    if not links:
        return 0
    known = {
        row["id"]: row
        for row in store.rows(
            f"select id, state, run_id, mark from frontier where id in ({marks(len(links))})",
            tuple(frontier_id(source_id, link.url) for link in links),
        )
    }
    wanted: dict[str, FrontierRow] = {}
    skipped = 0
    for link in links:
        row_id = frontier_id(source_id, link.url)
        old = known.get(row_id)
        if old is not None and old["state"] != "pending":
            if old["run_id"] == run_id:
                continue
            unchanged = link.mark is not None and link.mark == old["mark"]
            if unchanged and not full and old["state"] == "done":
                skipped += 1
                continue
        wanted[row_id] = row_of(row_id, source_id, run_id, link)
    store.upsert("frontier", wanted.values())
    return skipped


def marks(count: int) -> str:
    """Question marks for an `in` list."""
    return ", ".join("?" * count)


def row_of(row_id: str, source_id: str, run_id: str, link: Link) -> FrontierRow:
    """A link as a pending row."""
    return FrontierRow(
        id=row_id,
        source_id=source_id,
        url=link.url,
        kind=link.kind,
        priority=link.priority,
        state="pending",
        tries=0,
        not_before=None,
        run_id=run_id,
        mark=link.mark,
        context=json.dumps(dict(link.context), sort_keys=True, ensure_ascii=False),
    )


def revive(store: Store, source_id: str) -> int:
    """Give pages that failed in an earlier run another chance; how many."""
    return store.execute(
        "update frontier set state = 'pending', tries = 0, not_before = null "
        "where source_id = ? and (state = 'failed' or state = 'pending' and tries > 0)",
        (source_id,),
    )


def due(store: Store, source_id: str, moment: datetime, limit: int) -> list[FrontierRow]:
    """Pending pages whose time has come, in the order in which to fetch them."""
    found: list[FrontierRow] = []
    priority = highest(store, source_id)
    # one priority after the other: no index gives them falling and rows of one rising, and to sort
    # all that is pending for each page would take longer the larger a site is
    while priority is not None and len(found) < limit:
        rows = store.rows(
            f"select {COLUMNS} from frontier where source_id = ? and state = 'pending' "
            "and priority = ? and (not_before is null or not_before <= ?) order by rowid limit ?",
            (source_id, priority, stamp(moment), limit - len(found)),
        )
        found += (FrontierRow(*row) for row in rows)
        if len(found) < limit:
            priority = highest(store, source_id, below=priority)
    return found


def highest(store: Store, source_id: str, *, below: int = ABOVE_ALL) -> int | None:
    """The highest priority of pending pages below a given one; None where there are none."""
    (row,) = store.rows(
        "select max(priority) from frontier "
        "where source_id = ? and state = 'pending' and priority < ?",
        (source_id, below),
    )
    return None if row[0] is None else int(row[0])


def count_pending(store: Store, source_id: str) -> int:
    """Pages still to fetch, due or not."""
    (row,) = store.rows(
        "select count(*) from frontier where source_id = ? and state = 'pending'", (source_id,)
    )
    return int(row[0])


def mark_done(store: Store, row_id: str) -> None:
    """The page was read, so what the walk knew is not needed. Call it in its transaction."""
    store.execute("update frontier set state = 'done', context = '{}' where id = ?", (row_id,))


def give_up(store: Store, row_id: str) -> None:
    """Leave a page to the next run. Call it inside a transaction."""
    store.execute("update frontier set state = 'failed' where id = ?", (row_id,))


def mark_failed(store: Store, row_id: str, moment: datetime, wait_s: float) -> bool:
    """Count a failed fetch; whether the page is given up for this run.

    It goes behind all pages that did not fail, so that bad ones keep no good one waiting.
    `wait_s` is the least pause before the next try, seconds.
    """
    (row,) = store.rows("select tries from frontier where id = ?", (row_id,))
    tries = int(row["tries"]) + 1
    state = "failed" if tries >= MAX_TRIES else "pending"
    store.execute(
        "update frontier set tries = ?, state = ?, not_before = ?, priority = ? where id = ?",
        (tries, state, stamp(moment + timedelta(seconds=wait_s)), -tries, row_id),
    )
    return state == "failed"

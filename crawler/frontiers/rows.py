"""Links and pages in the columns of the shared frontier."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from crawler.records import FrontierRow
from crawler.store.queue import Link, frontier_id


def columns_of(source_id: str, links: Sequence[Link]) -> dict[str, list[Any]]:
    """Links as one list a column; of one that stands on a page twice the last one counts."""
    fresh = {frontier_id(source_id, link.url): link for link in links}
    return {
        "ids": list(fresh),
        "urls": [link.url for link in fresh.values()],
        "kinds": [link.kind for link in fresh.values()],
        "priorities": [link.priority for link in fresh.values()],
        "marks": [link.mark for link in fresh.values()],
        "contexts": [context_of(link) for link in fresh.values()],
    }


def row_of(row: Mapping[str, Any], round_: int) -> FrontierRow:
    """A leased page as the walk takes it."""
    return FrontierRow(
        id=row["id"],
        source_id=row["source_id"],
        url=row["url"],
        kind=row["kind"],
        priority=row["priority"],
        state=row["state"],
        tries=row["tries"],
        not_before=None,
        run_id=str(round_),
        mark=row["mark"],
        context=row["context"],
    )


def context_of(link: Link) -> str:
    """What the walk wants to know again, as JSON without NUL, which PostgreSQL cannot hold."""
    text = json.dumps(dict(link.context), sort_keys=True)
    return text.replace("\\u0000", "")

"""Labels of what an alert tells of: who may read it, and how far its source is to be trusted."""

from collections.abc import Iterable

from crawler.exporting.labels import level
from crawler.store.database import Store
from crawler.store.queue import marks


def tlp_of(store: Store, ids: Iterable[str]) -> str:
    """Strictest TLP label of these sources and of what analysts wrote on these things.

    Red where nothing is known of them.
    """
    known = tuple(dict.fromkeys(ids))
    holes = marks(len(known))
    rows = store.rows(
        f"select tlp from sources where id in ({holes}) union all "
        f"select value from annotations where kind = 'tlp' and object_id in ({holes})",
        (*known, *known),
    )
    found = [str(row[0]).lower() for row in rows]
    return max(found, key=level, default="red")


def is_above(label: str, limit: str) -> bool:
    """Whether a label is stricter than a limit."""
    return level(label) > level(limit)


def credibility_of(store: Store, source_id: str | None) -> str | None:
    """Reliability of a source on the Admiralty scale; None for an unknown one."""
    rows = store.rows("select credibility from sources where id = ?", (source_id,))
    return str(rows[0][0]) if rows else None

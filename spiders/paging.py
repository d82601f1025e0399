"""Where paging ends: bounds for lists that never do, and for pages that repeat themselves."""

from typing import Any

from crawler.ids import id_of
from crawler.reading import Problem, Reading
from crawler.store.fetched import Fetched


def onward(fetched: Fetched, reading: Reading, limit: int) -> dict[str, Any] | Problem | None:
    """Context for the page that continues this one; None when there is none.

    A problem instead where paging is a trap: more pages than `limit`, or a page that shows the
    very rows of the page before it.
    """
    if reading.next_page is None:
        return None
    page = int(fetched.context.get("page", 1))
    shown = fingerprint(reading)
    if fetched.context.get("shown") == shown or reading.next_page == fetched.url:
        return Problem("paging_repeats", f"page {page} shows what the page before it shows")
    if page >= limit:
        return Problem("paging_limit", f"more than {limit} pages; raise limits if that is right")
    return {**fetched.context, "page": page + 1, "shown": shown}


def fingerprint(reading: Reading) -> str:
    """One short text for the rows of a page."""
    rows = [f"t{thread.native_id}" for thread in reading.threads]
    rows += [f"p{post.native_id}" for post in reading.posts]
    # pages without a row of their own (a timeline's boosts) are told apart by what follows them
    return id_of(*rows) if rows else id_of("empty", str(reading.next_page))

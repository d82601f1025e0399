"""What changed since a thread was last read: a run opens that and nothing else."""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from crawler.clock import moment_of
from crawler.reading import ThreadRead
from crawler.records import ThreadReadRow
from spiders.dates import slack_of

Change = Literal["none", "grown", "other"]
"""`grown`: there are new answers and nothing else can have changed before them."""


def change_of(old: ThreadReadRow | None, thread: ThreadRead) -> Change:
    """How a row of a board differs from the thread as it was last read."""
    if old is None:
        return "other"
    if thread.replies is not None and old.replies is not None:
        if thread.replies > old.replies:
            return "grown"
        if thread.replies < old.replies:
            return "other"
        return "other" if moved(old, thread) else "none"
    if thread.last_post_at is None or old.last_post_at is None:
        return "other"
    return "grown" if moved(old, thread) else "none"


def moved(old: ThreadReadRow, thread: ThreadRead) -> bool:
    """Whether the newest post is another one, as far as its date can tell.

    "2 hours ago" is only as exact as an hour: differences below that are none.
    """
    if thread.last_post_at is None or old.last_post_at is None:
        return False
    slack = max(slack_of(thread.last_post_raw), slack_of(old.last_post_raw))
    return abs(thread.last_post_at - moment_of(old.last_post_at)) > slack


def is_newest_first(threads: Sequence[ThreadRead]) -> bool:
    """Whether a board lists its threads, pinned ones aside, by their newest post.

    Only then does a page without changes mean that later pages have none either.
    """
    moments = [(each.last_post_at, slack_of(each.last_post_raw)) for each in threads]
    dated = [(at, slack) for at, slack in moments if at is not None]
    if not dated or len(dated) < len(threads):
        return False
    return all(in_order(*pair) for pair in itertools.pairwise(dated))


def in_order(newer: tuple[datetime, timedelta], older: tuple[datetime, timedelta]) -> bool:
    """Whether one moment is not before the other, within what their forms can tell."""
    return newer[0] + max(newer[1], older[1]) >= older[0]

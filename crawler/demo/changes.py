"""What happens to the demo market's threads on a later day, as `days.yml` scripts it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from crawler.demo.day import Thread
from crawler.demo.people import People

Changes = Mapping[str, Any]
"""The changes of one day."""


def changed(
    people: People, source: str, threads: list[Thread], later: Changes, anchor: datetime
) -> list[Thread]:
    """Threads of a source after the changes of one day."""
    by_key = {thread.key: thread for thread in threads}
    for edit in of_source(later, "edits", source):
        by_key[edit["thread"]] = edited(by_key[edit["thread"]], edit, anchor)
    for said in of_source(later, "replies", source):
        thread = by_key[said["thread"]]
        at = anchor - timedelta(minutes=said["minutes"])
        post = people.message(source, thread.last.id + 1, said, at)
        by_key[thread.key] = replace(
            thread, posts=(*thread.posts, post), locked=said.get("close", thread.locked)
        )
    for gone in of_source(later, "deletions", source):
        thread = by_key[gone["thread"]]
        kept = tuple(p for p in thread.posts if p.id != thread.id * 100 + 1 + gone["reply"])
        by_key[thread.key] = replace(thread, posts=kept)
    number = max(thread.id for thread in threads)
    for place, raw in enumerate(of_source(later, "new_threads", source), start=1):
        by_key[raw["id"]] = people.thread(source, number + place, raw, anchor)
    for gone in of_source(later, "removed", source):
        del by_key[gone["thread"]]
    return list(by_key.values())


def of_source(later: Changes, kind: str, source: str) -> list[dict[str, Any]]:
    """The changes of one kind in one source."""
    return [change for change in later.get(kind, ()) if change["source"] == source]


def edited(thread: Thread, edit: Mapping[str, Any], anchor: datetime) -> Thread:
    """A thread whose first post was edited.

    Raises:
        ValueError: the text to be replaced is not there.
    """
    first, *rest = thread.posts
    if edit["from"] not in first.text:
        raise ValueError(f"days.yml: edits: {edit['from']!r} is not in thread {thread.key}")
    at = anchor - timedelta(minutes=edit["minutes"])
    new = replace(first, text=first.text.replace(edit["from"], edit["to"]), edited_at=at)
    return replace(thread, posts=(new, *rest))

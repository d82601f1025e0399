"""Lists of Discourse: rows of a board, boards."""

from collections.abc import Iterator
from typing import Any

from crawler.reading import BoardRead, ThreadRead
from spiders.engines import discourse_url
from spiders.engines import json_values as values
from spiders.engines.discourse_data import Shown
from spiders.engines.json_values import Row
from spiders.page import Page

MOST_LEVELS = 3
"""Boards nest three deep at most."""


def boards(page: Page, rows: list[Any]) -> list[BoardRead]:
    """Boards and the boards below them, in page order."""
    found: dict[str, BoardRead] = {}
    every_row = list(flat(page, values.rows_in(page, rows, "categories")))
    by_id = {str(row["id"]): row for row in every_row if isinstance(row.get("id"), int)}
    for row in every_row:
        native_id = values.id_at(page, row, "id")
        name = values.line_at(page, row, "name")
        if native_id is None or name is None:
            page.note("board_without_id", name or "")
        elif native_id not in found:
            url = discourse_url.board_url(page.url, slugs_of(page, row, by_id), native_id)
            found[native_id] = BoardRead(native_id, name[:200], url)
    return list(found.values())


def flat(page: Page, rows: list[Row], level: int = 1) -> Iterator[Row]:
    """Rows, each before the rows of its `subcategory_list`."""
    for row in rows:
        yield row
        if level < MOST_LEVELS:
            below = values.rows_at(page, row, "subcategory_list")
            yield from flat(page, below, level + 1)


def slugs_of(page: Page, row: Row, by_id: dict[str, Row]) -> list[str]:
    """Slugs of a board's parents and its own; `5-category` stands for an empty one."""
    slugs: list[str] = []
    above: Row | None = row
    while above is not None and len(slugs) < MOST_LEVELS:
        slug = values.line_at(page, above, "slug") or ""
        if not discourse_url.SLUG.fullmatch(slug):
            slug = f"{above.get('id')}-category"
        slugs.insert(0, slug)
        above = by_id.get(str(above.get("parent_category_id")))
    return slugs


def names_of(shown: Shown) -> dict[str, str]:
    """Names of boards by their ids, where the page carries them."""
    rows = [row for row in (shown.categories or [])[:5000] if isinstance(row, dict)]
    return {str(row.get("id")): row["name"] for row in rows if isinstance(row.get("name"), str)}


def threads(page: Page, shown: Shown) -> list[ThreadRead]:
    """Rows of a list, in page order."""
    if shown.listing is None:
        return []
    authors = users_in(page, shown.listing)
    names = names_of(shown)
    rows = values.rows_at(page, shown.listing, "topic_list", "topics")
    found = [thread_of(page, row, names, starter_of(page, row, authors)) for row in rows]
    return [thread for thread in found if thread]


def users_in(page: Page, listing: Row) -> dict[str, str]:
    """Names of the accounts that a list mentions, by their ids."""
    found = {}
    for row in values.rows_at(page, listing, "users"):
        name = values.name_at(page, row, "username")
        if name:
            found[str(row.get("id"))] = name
    return found


def starter_of(page: Page, row: Row, authors: dict[str, str]) -> str | None:
    """Name of the account that opened a thread: the first of its posters."""
    posters = values.rows_at(page, row, "posters")
    if not posters:
        return None
    stated = values.name_at(page, values.row_at(page, posters[0], "user"), "username")
    return stated or authors.get(str(posters[0].get("user_id")))


def thread_of(page: Page, row: Row, names: dict[str, str], author: str | None) -> ThreadRead | None:
    """One thread; None (with a problem) when it has no id."""
    native_id = values.id_at(page, row, "id")
    if native_id is None or not native_id.isdecimal():
        page.note("thread_without_id", values.line_at(page, row, "title") or "")
        return None
    count = values.count_at(page, row, "posts_count")
    opened = values.moment_of(page, row, "created_at")
    raw = values.line_at(page, row, "last_posted_at")
    if raw is None and count == 1:
        raw = values.line_at(page, row, "created_at")
    flags = ("pinned", "pinned_globally", "closed", "archived")
    pinned, everywhere, closed, archived = (values.flag_at(page, row, name) for name in flags)
    return ThreadRead(
        native_id=native_id,
        title=(values.line_at(page, row, "title") or native_id),
        url=discourse_url.thread_url(page.url, native_id),
        author=author,
        replies=max(count - 1, 0) if count is not None else None,
        posted_at=opened,
        last_post_at=values.moment_of(page, {"last_posted_at": raw}, "last_posted_at"),
        last_post_raw=raw,
        sticky=pinned or everywhere,
        locked=closed or archived,
        board=names.get(str(row.get("category_id"))),
    )

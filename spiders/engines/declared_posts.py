"""Boards and posts of a home-made forum that a recipe describes."""

from crawler.ids import id_of
from crawler.reading import BoardRead, PostRead
from spiders.dates import moment_in
from spiders.engines.declared_select import nodes_at, value_of
from spiders.engines.recipe import Listing, Posts, Recipe
from spiders.page import Page

OWN_COLUMNS = frozenset({"id", "author", "date", "body", "url"})


def is_shown(page: Page, plan: Recipe) -> bool:
    """Whether the page shows boards or posts."""
    parts = [part.item for part in (plan.posts, plan.boards) if part]
    return any(nodes_at(page, None, selector) for selector in parts)


def boards(page: Page, rule: Listing) -> list[BoardRead]:
    """Links to boards, each once; one without a link is a problem."""
    found: dict[str, BoardRead] = {}
    for place, node in enumerate(nodes_at(page, None, rule.item), 1):
        values = {name: value_of(page, node, each, name) for name, each in rule.fields.items()}
        url = values.get("url", "")
        if not url:
            page.note("board_without_url", f"board {place} of {page.url}")
            continue
        name = values.get("title") or url
        found.setdefault(url, BoardRead(values.get("id") or id_of("board", url)[:16], name, url))
    return list(found.values())


def posts(page: Page, rule: Posts) -> list[PostRead]:
    """Posts in page order, each once; without an id of its own, one is made of what it says."""
    found: dict[str, PostRead] = {}
    for place, node in enumerate(nodes_at(page, None, rule.item), 1):
        values = {name: value_of(page, node, each, name) for name, each in rule.fields.items()}
        if "id" in rule.fields and not values["id"]:
            page.note("post_without_id", f"post {place} of {page.url}")
        author, date, body = (values.get(name, "") for name in ("author", "date", "body"))
        native_id = values.get("id") or id_of("post", author, date, body)[:16]
        found.setdefault(
            native_id,
            PostRead(
                native_id=native_id,
                text=body,
                author=author or None,
                posted_at=moment_in(page, date or None),
                posted_raw=date or None,
                url=values.get("url") or None,
                fields={
                    name: value
                    for name, value in values.items()
                    if value and name not in OWN_COLUMNS
                },
            ),
        )
    return list(found.values())

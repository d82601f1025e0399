"""What a page of Discourse holds: a JSON answer, or the JSON that its HTML pages carry along.

An HTML page has `<div id="data-preloaded" data-preloaded="…">`: an object whose values are JSON
texts, as its `application_controller.rb` stores them.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spiders.engines.json_values import Row
from spiders.page import Page
from spiders.pick import attribute, first

TOPIC_KEY = re.compile(r"topic_[0-9]{1,12}")
CATEGORY_KEYS = ("categories_list", "categoriesList")
SITE_MARKS = frozenset({"post_types", "trust_levels", "notification_types", "archetypes"})
"""Keys of `/site.json` beside its categories."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The parts of a page; None where it has no such part."""

    topic: Row | None = None
    """A thread, with its posts below `post_stream`."""
    listing: Row | None = None
    """A list of threads: `topic_list`, and `users` beside it."""
    categories: list[Any] | None = None
    """Boards."""
    user: Row | None = None
    """The account of a profile page."""
    errors: Row | None = None
    """A refusal: `errors`, `error_type`."""


def shown_on(page: Page) -> Shown:
    """The parts of a page."""
    if page.is_data:
        return parts_of(page.data) if isinstance(page.data, dict) else Shown()
    node = first(page, None, "#data-preloaded[data-preloaded]")
    return preloaded(attribute(node, "data-preloaded")) if node else Shown()


def parts_of(data: Row) -> Shown:
    """The parts of a JSON answer."""
    user = data.get("user")
    errors = isinstance(data.get("errors"), list) and isinstance(data.get("error_type"), str)
    return Shown(
        topic=data if is_topic(data) else None,
        listing=data if is_listing(data) else None,
        categories=categories_in(data),
        user=user if isinstance(user, dict) and {"username", "trust_level"} <= set(user) else None,
        errors=data if errors else None,
    )


@lru_cache(maxsize=8)
def preloaded(text: str) -> Shown:
    """The parts that an HTML page carries along."""
    stored = loaded(text)
    if not isinstance(stored, dict):
        return Shown()
    values = {key: loaded(value) for key, value in stored.items() if is_wanted(key)}
    rows = {key: value for key, value in values.items() if isinstance(value, dict)}
    topics = [row for key, row in rows.items() if TOPIC_KEY.fullmatch(key) and is_topic(row)]
    lists = [row for key, row in rows.items() if key.startswith("topic_list") and is_listing(row)]
    boards = [categories_in(rows[key]) for key in (*CATEGORY_KEYS, "site") if key in rows]
    return Shown(
        topic=topics[0] if topics else None,
        listing=lists[0] if lists else None,
        categories=next((each for each in boards if each is not None), None),
    )


def is_wanted(key: str) -> bool:
    """Whether a stored value is a thread, a list, or boards."""
    return key == "site" or key.startswith("topic_") or key in CATEGORY_KEYS


def loaded(text: Any) -> Any:
    """The value of a JSON text; None where it is none."""
    if not isinstance(text, str):
        return None
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def is_topic(data: Row) -> bool:
    """Whether an object is a thread with its posts."""
    stream = data.get("post_stream")
    return isinstance(stream, dict) and isinstance(stream.get("posts"), list)


def is_listing(data: Row) -> bool:
    """Whether an object is a list of threads."""
    listing = data.get("topic_list")
    return isinstance(listing, dict) and isinstance(listing.get("topics"), list)


def categories_in(data: Row) -> list[Any] | None:
    """Boards in `/categories.json` or `/site.json`; None for another answer."""
    listing = data.get("category_list")
    if isinstance(listing, dict):
        found = listing.get("categories")
    else:
        found = data.get("categories") if SITE_MARKS & set(data) else None
    return found if isinstance(found, list) else None

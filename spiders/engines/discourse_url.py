"""URLs of Discourse: `/t/slug/123/45`, `/c/slug/5`, `/latest`, and their `.json` forms.

Threads count their pages from 1, lists from 0. A thread is found by its id alone; a board by its
id with the slugs before it, for Discourse redirects a board with other slugs.
"""

import re
from dataclasses import dataclass

from crawler.reading import PageKind
from spiders.urls import path_of, query_of, query_pairs, replaced, with_query, without_session

NUMBER = re.compile(r"[0-9]{1,12}")
SLUG = re.compile(r"[\w%~-]{1,300}")
PAGE = re.compile(r"[0-9]{1,6}")
FILTERS = frozenset({"latest", "top", "hot", "new", "unread", "posted", "none", "all", "l"})
"""Ends of a board's URL that sort or narrow its list."""
FOREIGN = frozenset(
    [
        "u",
        "users",
        "tag",
        "tags",
        "g",
        "groups",
        "admin",
        "search",
        "raw",
        "session",
        "uploads",
        "p",
        "posts",
        "my",
        "badges",
    ]
)
"""First parts of URLs below which `t` and `c` are names of something else."""
DEEPEST_FOLDER = 3
MOST_SLUGS = 3
INDEX_KEYS = frozenset({"include_subcategories", "parent_category_id", "page"})


@dataclass(frozen=True, slots=True)
class Place:
    """What a URL leads to."""

    kind: PageKind
    path: str
    """Path of the canonical form."""
    native_id: str | None = None
    """Id of the thread or board; None where the URL has none."""
    page: int = 0
    """The page as the URL counts it; 0 where it does not say."""


def place_of(url: str) -> Place | None:
    """What a URL leads to; None for what must not be followed."""
    path = path_of(url)
    bare = path.rstrip("/")
    is_json = bare.endswith(".json")
    parts = bare.removesuffix(".json").split("/")[1:]
    if not parts:
        return Place("index", "/")
    for depth, part in enumerate(parts[: DEEPEST_FOLDER + 1]):
        if part in FOREIGN:
            return None
        front, rest = "/".join(["", *parts[:depth]]), parts[depth + 1 :]
        if part == "t":
            return thread_place(front, rest, page_in(url))
        if part == "c":
            return board_place(front, rest, page_in(url))
        if part == "latest" and not rest:
            return Place("board", f"{front}/latest.json", None, page_in(url))
        if not rest and (part == "categories" or (part == "site" and is_json)):
            return Place("index", f"{front}/{part}.json")
    return None


def thread_place(front: str, rest: list[str], page: int) -> Place | None:
    """A thread: id, id and post, or slug, id and post."""
    if rest and not (NUMBER.fullmatch(rest[0]) and len(rest) < 3):
        rest = rest[1:]
    if not rest or len(rest) > 2 or not NUMBER.fullmatch(rest[0]):
        return None
    if len(rest) == 2 and not (NUMBER.fullmatch(rest[1]) or rest[1] == "last"):
        return None
    return Place("thread", f"{front}/t/{rest[0]}.json", rest[0], page)


def board_place(front: str, rest: list[str], page: int) -> Place | None:
    """A board: slugs of its parents and its own, and its id (none before Discourse 2.4)."""
    while len(rest) > 1 and rest[-1] in FILTERS:
        rest = rest[:-1]
    native_id = rest[-1] if rest and NUMBER.fullmatch(rest[-1]) else None
    slugs = rest[:-1] if native_id else rest
    if not rest or len(slugs) > MOST_SLUGS or not all(map(SLUG.fullmatch, slugs)):
        return None
    if {"edit", "find_by_slug"} & set(slugs) or any(map(NUMBER.fullmatch, slugs)):
        return None
    return Place("board", f"{front}/c/{'/'.join(rest)}.json", native_id, page)


def page_in(url: str) -> int:
    """The page number in a URL; 0 without one."""
    value = dict(query_pairs(query_of(url))).get("page", "")
    return int(value) if PAGE.fullmatch(value) else 0


def kind(url: str) -> PageKind | None:
    """What a URL leads to; None for profiles, tags, searches, raw texts, feeds and actions."""
    place = place_of(url)
    return place.kind if place else None


def canonical(url: str) -> str:
    """The `.json` form with a page number only; a jump to a post becomes its thread."""
    place = place_of(url)
    if place is None:
        return without_session(url)
    if place.kind == "index":
        kept = [pair for pair in query_pairs(query_of(url)) if pair[0] in INDEX_KEYS]
        return with_query(replaced(url, path=place.path), kept if place.path != "/" else [])
    return paged(url, place, place.page)


def paged(url: str, place: Place, page: int) -> str:
    """URL of a page of a list or thread, on the same host."""
    first = 1 if place.kind == "thread" else 0
    return replaced(url, path=place.path, query=f"page={page}" if page > first else "")


def folder_of(url: str) -> str:
    """The folder that the forum is in, without a slash at its end; empty for the host's root."""
    place = place_of(url)
    match = re.match(r"((?:/[^/]+)*?)/(?:t|c|latest\.json|categories\.json|site\.json)(?:/|$)",
                     place.path if place else "")  # fmt: skip
    return match[1] if match else ""


def thread_url(url: str, native_id: str) -> str:
    """URL of a thread's first page on the same forum; its title is no part of it."""
    return replaced(url, path=f"{folder_of(url)}/t/{native_id}.json", query="")


def board_url(url: str, slugs: list[str], native_id: str) -> str:
    """URL of a board's first page on the same forum."""
    tail = "/".join([*slugs, native_id])
    return replaced(url, path=f"{folder_of(url)}/c/{tail}.json", query="")


def post_url(url: str, thread: str, number: int) -> str:
    """Permanent link of a post, by its number in the thread."""
    return replaced(url, path=f"{folder_of(url)}/t/{thread}/{number}", query="")

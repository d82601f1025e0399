"""URLs of Reddit's JSON listings: boards (`/r/…/new.json`, `/user/…/submitted.json`), threads."""

import re

from spiders.urls import path_of, query_of, query_pairs, replaced

BOARD = re.compile(
    r"^/(?:r/(?P<sub>[A-Za-z0-9][A-Za-z0-9_+]{1,60})(?:/new)?"
    r"|u(?:ser)?/(?P<user>[A-Za-z0-9_-]{1,40})/submitted)/?(?:\.json)?$"
)
THREAD = re.compile(
    r"^(?:/r/[A-Za-z0-9_]{1,60}|/u(?:ser)?/[A-Za-z0-9_-]{1,40})?/comments/(?P<id>[a-z0-9]{1,13})"
    r"(?:/[^/]*)?/?(?:\.json)?$",
    re.I,
)
AFTER = re.compile(r"t3_[a-z0-9]{1,13}")
PAGE = "limit=100&raw_json=1"
"""A page of a listing: as long as it may be, text without HTML escapes."""
COMMENTS = "limit=500&raw_json=1"
"""A thread's page: as many comments as one page may have."""


def board_id(url: str) -> str | None:
    """Which listing a URL leads to: `r/<sub>` or `user/<name>`, lower-case; None for others."""
    match = BOARD.match(path_of(url))
    if not match:
        return None
    return (f"r/{match['sub']}" if match["sub"] else f"user/{match['user']}").lower()


def thread_id(url: str) -> str | None:
    """The thread's id in a URL; None where it leads to no thread, or to a single comment."""
    match = THREAD.match(path_of(url))
    return match["id"].lower() if match else None


def board_url(url: str, board: str, after: str | None = None) -> str:
    """URL of a listing's page that follows a thread; of its first page without one."""
    own = "new" if board.startswith("r/") else "submitted"
    query = f"{PAGE}&after={after}" if after else PAGE
    return replaced(url, path=f"/{board}/{own}.json", query=query)


def thread_url(url: str, native_id: str) -> str:
    """URL of a thread on the same host; its title is no part of it."""
    return replaced(url, path=f"/comments/{native_id}.json", query=COMMENTS)


def after_in(url: str) -> str | None:
    """The thread that a listing's page follows; None for a first page."""
    value = dict(query_pairs(query_of(url))).get("after", "")
    return value if AFTER.fullmatch(value) else None


def is_raw(url: str) -> bool:
    """Whether a URL asks for text without HTML escapes."""
    return dict(query_pairs(query_of(url))).get("raw_json") == "1"

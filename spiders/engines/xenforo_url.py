"""URLs of XenForo: `/threads/slug.12/page-2`, also as `index.php?threads/slug.12/page-2`."""

import re

from crawler.reading import PageKind
from spiders.urls import path_of, query_of, replaced

ROUTE = re.compile(
    r"(?:^|/)(?P<what>threads|forums|categories|whats-new|members)/"
    r"(?:(?P<item>(?:[^/?#&]{0,300}\.)?(?P<id>[0-9]{1,12})))?(?:/(?P<rest>[^?#&]{0,100}))?$"
)
POST = re.compile(r"(?:^|/)posts/(?P<id>[0-9]{1,12})/?$")
NAMED_BOARD = re.compile(r"(?:^|/)forums/(?P<item>[^/?#&.]{1,100})/?(?P<rest>page-[0-9]{1,6})?/?$")
USER = re.compile(r"members/(?:[^/?#]{0,300}\.)?([0-9]{1,12})/?")
PAGE = re.compile(r"page-([0-9]{1,6})")


def route_of(url: str) -> tuple[str, bool]:
    """The route (`threads/slug.12/page-2`), and whether it stands in the query."""
    path, query = path_of(url), query_of(url)
    head = re.split(r"[&=]", query, maxsplit=1)[0]
    if "/" in head and (path.endswith("index.php") or path.endswith("/")):
        return head, True
    return path, False


def kind(url: str) -> PageKind | None:
    """What a URL leads to; None for members, replies, reports and other actions."""
    route, in_query = route_of(url)
    match = ROUTE.search(route)
    if match and match["id"] and match["what"] in ("threads", "forums"):
        rest = (match["rest"] or "").strip("/")
        if rest and not re.fullmatch(r"page-[0-9]{1,6}|latest|unread|post-[0-9]+", rest):
            return None
        return "thread" if match["what"] == "threads" else "board"
    if POST.search(route):
        return "thread"
    named = NAMED_BOARD.search(route)
    if named and not named["item"].startswith("-"):
        return "board"
    name = path_of(url).rpartition("/")[2]
    is_index = route.rstrip("/").endswith(("forums", "index.php")) or name == ""
    return "index" if is_index and not in_query and not is_deep(route) else None


DEEP = re.compile(
    r"(members|whats-new|search|account|login|register|help|tags|media|resources|categories|misc|"
    r"logout|lost-password|posts|threads)/"
)
"""Routes that are neither index nor board nor thread."""


def is_deep(route: str) -> bool:
    """Whether a path leads into another part of the site."""
    return DEEP.search(route) is not None


def canonical(url: str) -> str:
    """A URL with its item and page number only; the first page has no number."""
    return shaped(url, page_in(url))


def first_page(url: str) -> str:
    """Canonical URL of a board's or thread's first page."""
    return shaped(url, 1)


def shaped(url: str, page: int) -> str:
    """The URL's item at a page; other URLs lose their query's odds and ends only."""
    route, in_query = route_of(url)
    match = ROUTE.search(route)
    named = None if match and match["id"] else NAMED_BOARD.search(route)
    item = (match and match["item"]) or (named and named["item"])
    if not item:
        return replaced(url) if in_query or kind(url) is None else replaced(url, query="")
    what = match["what"] if match else "forums"
    start = (match or named).start()  # type: ignore[union-attr]
    front = route[: start + (1 if route[start : start + 1] == "/" else 0)]
    short = f"{front}{what}/{item}/" + (f"page-{page}" if page > 1 else "")
    return replaced(url, query=short) if in_query else replaced(url, path=short, query="")


def page_in(url: str) -> int:
    """The page number in a URL, 1 without one."""
    match = PAGE.search(route_of(url)[0]) or re.search(r"[?&]page=([0-9]{1,6})", url)
    return max(int(match[1]), 1) if match else 1


def thread_id(url: str) -> str | None:
    """The thread's id in a URL."""
    match = ROUTE.search(route_of(url)[0])
    return match["id"] if match and match["what"] == "threads" else None


def board_id(url: str) -> str | None:
    """The board's id in a URL, or its name where the board has no number there."""
    if kind(url) != "board":
        return None
    route = route_of(url)[0]
    match = ROUTE.search(route)
    if match and match["id"]:
        return match["id"]
    named = NAMED_BOARD.search(route)
    return named["item"] if named else None


def user_id(href: str) -> str | None:
    """The account's id in a link to its profile."""
    match = USER.search(href[:500])
    return match[1] if match else None

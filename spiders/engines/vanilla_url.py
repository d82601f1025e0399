"""URLs of Vanilla: `/discussion/12/title/p2`, `/categories/servers`, and `index.php?p=/…`."""

import re
from dataclasses import dataclass

from crawler.reading import PageKind
from spiders.urls import path_of, query_of, query_pairs, replaced, with_query, without_session

THREAD = re.compile(
    r"(?P<front>.*)/discussion/(?P<id>[0-9]{1,12})(?:/(?!p[0-9]+$)[^/]{0,400})?"
    r"(?:/p(?P<page>[0-9]{1,6}))?/?$"
)
POST = re.compile(r"/discussion/comment/(?P<id>[0-9]{1,12})(?:/|$)")
BOARD = re.compile(
    r"/(?P<what>categories|category|vanilla/categories)/(?P<name>(?!p[0-9]+(?:/|$)|all(?:/|$))"
    r"[^/]{1,200})(?:/p(?P<page>[0-9]{1,6}))?/?$"
)
RECENT = re.compile(r"/discussions(?:/p(?P<page>[0-9]{1,6}))?/?$")
INDEX = re.compile(r"(?:^|/)(?:categories(?:/all)?)?/?$")
DEEP = re.compile(
    r"/(?:profile|entry|search|messages|activity|badges?|best|drafts|post|plugin|api|home|"
    r"settings|dashboard|bookmarks|users?|uploads|utility|rooms|flag|reactions|feed\.rss)(?:/|$)"
)
USER = re.compile(r"/profile/(?:(?P<id>[0-9]{1,12})/)?(?P<name>[^/?#]{1,200})")


@dataclass(frozen=True, slots=True)
class Place:
    """The board or thread that a URL leads to; a board's id is its name."""

    kind: PageKind
    native_id: str
    page: int = 1


def route_of(url: str) -> tuple[str, bool]:
    """The route (`/discussion/12/x`), and whether it stands in the query as `p=/discussion/…`."""
    keys = dict(query_pairs(query_of(url)))
    asked = keys.get("p", "")
    if asked.startswith(("/", "%2F", "%2f")):
        return re.sub(r"%2f", "/", asked, flags=re.I), True
    return path_of(url), False


def place_of(url: str) -> Place | None:
    """The board or thread that a URL leads to; `discussions` is the board of all threads."""
    route = route_of(url)[0]
    if match := THREAD.search(route):
        return Place("thread", match["id"], max(int(match["page"] or 1), 1))
    if match := BOARD.search(route):
        return Place("board", match["name"].lower(), max(int(match["page"] or 1), 1))
    if match := RECENT.search(route):
        return Place("board", "discussions", max(int(match["page"] or 1), 1))
    return None


def comment_id(url: str) -> str | None:
    """The comment that a URL jumps to."""
    match = POST.search(route_of(url)[0])
    return match["id"] if match else None


def kind(url: str) -> PageKind | None:
    """What a URL leads to; None for members, searches, logins and other routes."""
    if comment_id(url):
        return "thread"
    place = place_of(url)
    if place:
        return place.kind
    route = re.sub(r"/index\.php$", "/", route_of(url)[0])
    return "index" if INDEX.search(route) and not DEEP.search(route) else None


def canonical(url: str) -> str:
    """A URL with its page number from 2 on, without sort orders, filters and anchors."""
    place = place_of(url)
    if place:
        return paged(url, place.page)
    known = kind(url) is not None
    return with_route(url, route_of(url)[0]) if known else without_session(url)


def paged(url: str, page: int) -> str:
    """URL of a page of the board or thread that a URL leads to."""
    route = re.sub(r"/p[0-9]{1,6}/?$|/$", "", route_of(url)[0])
    return with_route(url, f"{route}/p{page}" if page > 1 else route)


def with_route(url: str, route: str) -> str:
    """The URL with another route, in its path or its query as the URL has it."""
    in_query = route_of(url)[1]
    return with_query(url, [("p", route)]) if in_query else replaced(url, path=route, query="")


def first_page(url: str) -> str:
    """Canonical URL of a board's or thread's first page."""
    return paged(url, 1) if place_of(url) else canonical(url)


def user_id(href: str) -> str | None:
    """The account's number in a link to its profile; None where it is linked by name."""
    match = USER.search(href[:500])
    return match["id"] if match else None

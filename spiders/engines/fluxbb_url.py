"""URLs of FluxBB and PunBB: `viewtopic.php?id=4&p=2`, and PunBB's rewritten `topic/4/slug/`."""

import re
from dataclasses import dataclass

from crawler.reading import PageKind
from spiders.urls import path_of, query_of, query_pairs, replaced, with_query, without_session

SCRIPT: dict[str, PageKind] = {"viewtopic.php": "thread", "viewforum.php": "board"}
FOLDER = re.compile(
    r"/(?P<what>topic|forum)/(?P<id>[0-9]{1,12})(?:/(?!page/)[^/]{1,300})?(?:/page/(?P<page>[0-9]{1,6}))?/?$"
)
"""PunBB's `Folder_based` schemes."""
FILE = re.compile(
    r"/(?P<what>topic|forum)-?(?P<id>[0-9]{1,12})(?P<slug>(?:-[^/]{1,300}?)?)"
    r"(?:-?p(?:age)?-?(?P<page>[0-9]{1,6})|-new-posts|-?last-post)?\.html?$"
)
"""PunBB's `File_based` schemes."""
POST = re.compile(r"/post/?-?([0-9]{1,12})(?:/|\.html?)?$")
USER = re.compile(r"profile\.php\?(?:[^#]{0,80}&)?id=([0-9]{1,12})|/user[/-]?([0-9]{1,12})(?:\D|$)")
NUMBER = re.compile(r"[0-9]{1,12}")
ACTIONS = re.compile(
    r"/(?:users?|new|search|login|logout|register|post|edit|delete|report|feed|help|rules|misc|"
    r"email|mark|subscribe|unsubscribe|moderate|admin|topic|forum/[0-9])(?:/|$)"
)
"""Folders of PunBB's `Folder_based` schemes that are no index."""


@dataclass(frozen=True, slots=True)
class Place:
    """The board or thread that a URL leads to."""

    kind: PageKind
    native_id: str
    page: int = 1


def place_of(url: str) -> Place | None:
    """The board or thread that a URL leads to; None for others, and for a jump to a post."""
    path, keys = path_of(url), dict(query_pairs(query_of(url)))
    what = SCRIPT.get(path.rpartition("/")[2])
    if what:
        native_id, page = keys.get("id", ""), keys.get("p", "")
        if not NUMBER.fullmatch(native_id):
            return None
        return Place(what, native_id, int(page) if re.fullmatch(r"[1-9][0-9]{0,5}", page) else 1)
    match = FOLDER.search(path) or FILE.search(path)
    if not match:
        return None
    kind_of: PageKind = "thread" if match["what"] == "topic" else "board"
    return Place(kind_of, match["id"], max(int(match["page"] or 1), 1))


def post_id(url: str) -> str | None:
    """The post that a URL jumps to."""
    if path_of(url).rpartition("/")[2] == "viewtopic.php":
        value = dict(query_pairs(query_of(url))).get("pid", "")
        return value if NUMBER.fullmatch(value) else None
    match = POST.search(path_of(url))
    return match[1] if match else None


def kind(url: str) -> PageKind | None:
    """What a URL leads to; None for replies, searches, feeds, profiles and other scripts."""
    place = place_of(url)
    if place:
        return place.kind
    if post_id(url):
        return "thread"
    folder, _, name = path_of(url).rpartition("/")
    return "index" if name in ("", "index.php") and not ACTIONS.search(folder) else None


def canonical(url: str) -> str:
    """A URL with an id and a page number from 2 on; jumps to the end become the first page."""
    place = place_of(url)
    if place:
        return paged(url, place.page)
    if number := post_id(url):
        if path_of(url).endswith("viewtopic.php"):
            return replaced(url, query=f"pid={number}")
        return replaced(url, query="")
    return replaced(url, query="") if kind(url) == "index" else without_session(url)


def paged(url: str, page: int) -> str:
    """URL of the first or the same page of the board or thread that a URL leads to."""
    place, path = place_of(url), path_of(url)
    if place is None:
        return canonical(url)
    if path.rpartition("/")[2] in SCRIPT:
        pairs = [("id", place.native_id)]
        return with_query(url, [*pairs, ("p", str(page))] if page > 1 else pairs)
    kept = path if page == place.page > 1 else first_path(path)
    return replaced(url, path=kept, query="")


def first_path(path: str) -> str:
    """A rewritten path without its page number."""
    if FOLDER.search(path):
        return re.sub(r"/page/[0-9]{1,6}/?$", "/", path)
    match = FILE.search(path)
    if not match:
        return path
    end = path[path.rindex(".") :]
    front = path[: match.start()]
    start = path[match.start() : match.end("slug")]
    return f"{front}{start}{end}"


def first_page(url: str) -> str:
    """Canonical URL of a board's or thread's first page."""
    return paged(url, 1)


def user_id(href: str) -> str | None:
    """The account's id in a link to its profile."""
    match = USER.search(href[:500])
    return (match[1] or match[2]) if match else None

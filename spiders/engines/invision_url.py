"""URLs of Invision: `/topic/12-slug/page/2/`, `…/page-2`, `…/page__st__20`, `showtopic=12&st=20`.

The same routes stand in the query (`index.php?/topic/12-slug/`) where rewriting is off.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from crawler.reading import PageKind
from spiders.urls import path_of, query_of, query_pairs, replaced

ITEM = re.compile(
    r"(?:^|/)(?P<what>topic|forum)/(?P<item>(?P<id>[0-9]{1,12})(?:-[^/?#&]{0,300})?)"
    r"(?:/(?P<rest>[^?#&]{0,300}))?$"
)
PAGED = re.compile(r"page(?P<mark>[-/])(?P<page>[0-9]{1,6})/?")
PAIRED = re.compile(r"(?:page)?__(?P<pairs>.{1,280}?)/?")
USER = re.compile(r"(?:/(?:profile|user)/|[?&;]showuser=)([0-9]{1,12})(?![0-9])")
FOLDERS = frozenset({"", "index.php", "forums", "forum", "community", "board", "boards"})
JUMPS = frozenset({"getnewcomment", "getlastcomment", "getfirstcomment", "findcomment", "findpost",
                   "getnewpost", "getlastpost", "getprefcomment", "getfirstunread"})  # fmt: skip
"""Values of `do` and `view` that lead to a post of the same topic."""
ACTIONS = frozenset({"print", "app", "module", "section", "act", "mode", "rss", "csrfkey",
                     "preview", "embed", "client", "k", "auth_key", "tact"})  # fmt: skip
"""Query keys of everything that is no plain page."""
VOLATILE = frozenset({"s", "csrfkey", "_fromlogin", "_rid", "hl", "highlight"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a URL asks for."""

    what: str
    """`topic` or `forum`."""
    number: str
    """Its id."""
    item: str
    """The id with the slug, as the URL has it."""
    front: str
    """What stands before the route in the path or the query."""
    form: str
    """`path`, `query` (route in the query) or `keys` (`showtopic=`)."""
    page: int = 0
    """Page number less one, or posts (rows) before the page; 0 for the first."""
    mark: str = ""
    """How the page is written: `/`, `-`, `page`, `st`."""
    plain: bool = True
    """False for an action (report, print, mark as read) instead of a page."""


@lru_cache(maxsize=4096)
def asked(url: str) -> Asked | None:
    """What a URL asks for; None when it is neither topic nor forum."""
    path, pairs = path_of(url), query_pairs(query_of(url).replace("?", "&"))
    routes = [key for key, value in pairs if "/" in key and not value]
    keys = {key.lower(): value for key, value in pairs if "/" not in key}
    route, form = (routes[0], "query") if routes else (path, "path")
    match = ITEM.search(route)
    if match:
        start = match.start() + (1 if route[match.start()] == "/" else 0)
        found = Asked(match["what"], match["id"], match["item"], route[:start], form)
        return paged(found, match["rest"] or "", keys)
    for what in ("topic", "forum"):
        number = keys.get(f"show{what}", "")
        if re.fullmatch(r"[0-9]{1,12}", number):
            return paged(Asked(what, number, number, "", "keys"), "", keys)
    return None


def paged(found: Asked, rest: str, keys: dict[str, str]) -> Asked:
    """A route with its page, from what follows its item and from the query."""
    plain = True
    if match := PAGED.fullmatch(rest):
        found = replace(found, page=max(int(match["page"]) - 1, 0), mark=match["mark"])
    elif match := PAIRED.fullmatch(rest):
        words = match["pairs"].split("__")
        keys = keys | dict(zip(words[::2], words[1::2], strict=False))
    else:
        plain = rest.strip("/") in ("", "unread", "latest")
    if not found.page and found.form != "keys" and number_of(keys, "page") > 1:
        found = replace(found, page=number_of(keys, "page") - 1, mark="page")
    elif not found.page and number_of(keys, "st"):
        found = replace(found, page=number_of(keys, "st"), mark="st")
    jumps = {keys[name].lower() for name in ("do", "view") if name in keys}
    actions = jumps - JUMPS or keys.keys() & ACTIONS or found.item.endswith(".xml")
    if found.what == "topic" and jumps | (keys.keys() & {"p", "pid"}):
        found = replace(found, page=0)
    return replace(found, plain=plain and not actions)


def number_of(keys: dict[str, str], name: str) -> int:
    """A whole number in a query; 0 without one."""
    value = keys.get(name, "")
    return int(value) if re.fullmatch(r"[0-9]{1,7}", value) else 0


def kind(url: str) -> PageKind | None:
    """What a URL leads to; None for actions, profiles and other parts of the site."""
    found = asked(url)
    if found:
        if not found.plain:
            return None
        return "thread" if found.what == "topic" else "board"
    return "index" if is_index(url) else None


def is_index(url: str) -> bool:
    """Whether a URL is the list of forums."""
    last = path_of(url).rstrip("/").rpartition("/")[2]
    rest = [
        (key.strip("/").lower(), value.lower())
        for key, value in query_pairs(query_of(url))
        if key.lower() not in VOLATILE
    ]
    if last not in FOLDERS:
        return False
    return not rest or rest in ([("forums", "")], [("app", "forums")], [("act", "idx")])


def canonical(url: str) -> str:
    """A URL with its item and page only; jumps to a post become the topic's first page."""
    found = asked(url)
    if found and found.plain:
        return shaped(url, found)
    if is_index(url):
        route = next((key for key, _ in query_pairs(query_of(url)) if "/" in key), "")
        return replaced(url, query=route)
    kept = [pair for pair in query_pairs(query_of(url)) if pair[0].lower() not in VOLATILE]
    return replaced(url, query="&".join(f"{key}={value}" if value else key for key, value in kept))


def first_page(url: str) -> str:
    """Canonical URL of a topic's or forum's first page."""
    found = asked(url)
    return shaped(url, replace(found, page=0)) if found else canonical(url)


def shaped(url: str, found: Asked) -> str:
    """The URL of an item at its page, in the form that the board uses."""
    number = found.page if found.mark == "st" else found.page + 1
    if found.form == "keys":
        start = f"&st={number}" if found.page else ""
        return replaced(url, query=f"show{found.what}={found.number}{start}")
    route, query = f"{found.front}{found.what}/{found.item}/", ""
    if found.page and found.mark == "page":
        query = f"page={number}"
    elif found.page:
        route += {"/": f"page/{number}/", "-": f"page-{number}", "st": f"page__st__{number}"}[
            found.mark
        ]
    if found.form == "query":
        return replaced(url, query=f"{route}&{query}" if query else route)
    return replaced(url, path=route, query=query)


def item_id(url: str | None, what: str) -> str | None:
    """The id of a topic or forum in a URL."""
    found = asked(url) if url else None
    return found.number if found and found.what == what else None


def place_of(url: str) -> int:
    """How far into its item a page is: 0 for the first one."""
    found = asked(url)
    return found.page if found else 0


def post_url(url: str, native_id: str, *, numbered: bool) -> str:
    """Permanent link of a post: by its comment's number (4, 5), else by its anchor (3)."""
    first = first_page(url)
    if not numbered:
        return f"{first}#entry{native_id}"
    return f"{first}{'&' if '?' in first else '?'}do=findComment&comment={native_id}"


def user_id(href: str) -> str | None:
    """The account's id in a link to its profile."""
    match = USER.search(href[:500])
    return match[1] if match else None

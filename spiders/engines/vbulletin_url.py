"""URLs of vBulletin 3 and 4, with its friendly forms and those of vBSEO."""

import re

from crawler.reading import PageKind
from spiders.urls import path_of, query_of, query_pairs, replaced, with_query, without_session

SCRIPT = re.compile(r"/(?P<name>showthread|forumdisplay|index|forum)\.php(?P<rest>/[^?#]*)?$")
LEADING = re.compile(r"^(?P<id>[0-9]{1,12})(?:-[^/&?]*)?(?:/page(?P<page>[0-9]{1,6}))?$")
THREAD_PATH = re.compile(
    r"/(?:threads|showthread\.php)/(?P<id>[0-9]{1,12})-[^/?]*(?:/page(?P<page>[0-9]{1,6}))?/?$"
)
BOARD_PATH = re.compile(
    r"/(?:forums|forumdisplay\.php)/(?P<id>[0-9]{1,12})-[^/?]*(?:/page(?P<page>[0-9]{1,6}))?/?$"
)
SEO_THREAD = re.compile(
    r"/(?:t(?P<t>[0-9]{1,12})(?:-[^/]*?)?|(?P<id>[0-9]{2,12})-[^/]*?)(?:-(?P<page>[0-9]{1,6}))?\.html$"
)
SEO_BOARD = re.compile(
    r"/f(?:orum)?(?P<id>[0-9]{1,12})(?:-[^/]*?)?(?:/|/index[0-9]*\.html|\.html)?$"
)
NOT_PAGES = re.compile(r"-(?:post[0-9]+|new-post|last-post|print)\.html$")
KEPT = ("t", "f", "p", "page")
USER = re.compile(r"[?&;]u=([0-9]{1,12})|member\.php\?([0-9]{1,12})|/members?/?([0-9]{1,12})")


def keys_of(url: str) -> dict[str, str]:
    """Query keys; the leading `123-slug/page2` of vBulletin 4 becomes `t` or `f` and `page`."""
    pairs = query_pairs(query_of(url))
    keys = {key: value for key, value in pairs if value}
    script = SCRIPT.search(path_of(url))
    for key, value in pairs:
        match = None if value else LEADING.match(key)
        if match and script:
            keys["t" if script["name"] == "showthread" else "f"] = match["id"]
            if match["page"]:
                keys["page"] = match["page"]
    if "threadid" in keys:
        keys["t"] = keys["threadid"]
    if "forumid" in keys:
        keys["f"] = keys["forumid"]
    return keys


def kind(url: str) -> PageKind | None:
    """What a URL leads to; None for posting, printing, searching, profiles and other actions."""
    path, keys = path_of(url), keys_of(url)
    if keys.get("do") or keys.get("mode") or NOT_PAGES.search(path):
        return None
    if THREAD_PATH.search(path) or SEO_THREAD.search(path):
        return "thread"
    if BOARD_PATH.search(path) or SEO_BOARD.search(path):
        return "board"
    script = SCRIPT.search(path)
    name = script["name"] if script else ""
    if name == "showthread":
        return "thread" if "t" in keys or "p" in keys else None
    if name == "forumdisplay":
        return "board" if "f" in keys else None
    return "index" if name or path.endswith("/") or not path else None


def canonical(url: str) -> str:
    """A URL with its ids and page number only, in the form that the site uses."""
    script = SCRIPT.search(path_of(url))
    if script is None or script["rest"]:
        return replaced(url, query="") if kind(url) else without_session(url)
    what, keys = kind(url), keys_of(url)
    if what is None:
        return without_session(url)
    if what == "index":
        return replaced(url, query="")
    wanted = ("t", "page") if "t" in keys else KEPT
    kept = [(key, keys[key]) for key in wanted if keys.get(key)]
    return with_query(url, [pair for pair in kept if pair != ("page", "1")])


def first_page(url: str) -> str:
    """Canonical URL of a board's or thread's first page."""
    keys = keys_of(url)
    script = SCRIPT.search(path_of(url))
    if script and not script["rest"]:
        name = "t" if script["name"] == "showthread" else "f"
        return with_query(url, [(name, keys[name])]) if name in keys else canonical(url)
    path = re.sub(r"/page[0-9]{1,6}/?$|/index[0-9]+\.html$", "/", path_of(url))
    return replaced(url, path=path, query="")


def thread_id(url: str) -> str | None:
    """The thread's id in a URL."""
    path, keys = path_of(url), keys_of(url)
    if match := THREAD_PATH.search(path):
        return match["id"]
    if "showthread.php" in path:
        return keys.get("t")
    match = None if NOT_PAGES.search(path) else SEO_THREAD.search(path)
    return (match["t"] or match["id"]) if match else None


def board_id(url: str) -> str | None:
    """The board's id in a URL of a board."""
    path, keys = path_of(url), keys_of(url)
    if match := BOARD_PATH.search(path):
        return match["id"]
    if "forumdisplay.php" in path:
        return keys.get("f")
    match = SEO_BOARD.search(path)
    return match["id"] if match else None


def user_id(href: str) -> str | None:
    """The account's id in a link to its profile."""
    match = USER.search(href[:500])
    return next((group for group in match.groups() if group), None) if match else None

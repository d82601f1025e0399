"""URLs of phpBB: `viewtopic.php?f=2&t=14&start=15`, also the `-t14-15.html` form of SEO mods."""

import re

from crawler.reading import PageKind
from spiders.urls import path_of, query_of, query_pairs, replaced, with_query, without_session

THREAD_PATH = re.compile(
    r"(?:[/-]t(?:opic)?-?)(?P<id>[0-9]{1,12})(?:-(?P<start>[0-9]{1,9}))?\.html$"
)
BOARD_PATH = re.compile(
    r"(?:[/-]f(?:orum)?-?)(?P<id>[0-9]{1,12})(?:-(?P<start>[0-9]{1,9}))?\.html$"
)
NUMBER = re.compile(r"[0-9]{1,12}")
PRINT = frozenset({"print"})


def keys_of(url: str) -> dict[str, str]:
    """Query keys whose values are numbers, and `view` and `mode`."""
    pairs = query_pairs(query_of(url))
    return {
        key: value
        for key, value in pairs
        if NUMBER.fullmatch(value) or key in ("view", "mode", "action")
    }


def name_of(url: str) -> str:
    """The script's name, in `viewtopic.php/extra` too."""
    match = re.search(r"/([a-z_]+\.php)(?:/|$)", path_of(url))
    return match[1] if match else path_of(url).rpartition("/")[2]


def kind(url: str) -> PageKind | None:
    """What a URL leads to; None for printing, posting, searching, profiles and other actions."""
    keys, name = keys_of(url), name_of(url)
    if keys.get("view") in PRINT or "mode" in keys or "action" in keys:
        return None
    if name == "viewtopic.php":
        return "thread" if "t" in keys or "p" in keys else None
    if name == "viewforum.php":
        return "board" if "f" in keys else None
    if THREAD_PATH.search(path_of(url)):
        return "thread"
    if BOARD_PATH.search(path_of(url)):
        return "board"
    return "index" if name in ("", "index.php") else None


def canonical(url: str) -> str:
    """A URL with the topic's or board's id and its offset only."""
    what, keys = kind(url), keys_of(url)
    if what is None:
        return without_session(url)
    if what == "index":
        return replaced(url, query="")
    if not name_of(url).endswith(".php"):
        return replaced(url, query="")
    wanted = ("t",) if "t" in keys else ("p",)
    kept = [(key, keys[key]) for key in (wanted if what == "thread" else ("f",))]
    if start_of(url):
        kept.append(("start", str(start_of(url))))
    return with_query(url, kept)


def first_page(url: str) -> str:
    """Canonical URL of a topic's or board's first page."""
    pairs = [pair for pair in query_pairs(query_of(url)) if pair[0] != "start"]
    path = re.sub(r"(-t[0-9]{1,12}|-f[0-9]{1,12})-[0-9]{1,9}(\.html)$", r"\1\2", path_of(url))
    return canonical(with_query(replaced(url, path=path), pairs))


def topic_id(url: str) -> str | None:
    """The topic's id in a URL."""
    keys = keys_of(url)
    if name_of(url) == "viewtopic.php":
        return keys.get("t")
    match = THREAD_PATH.search(path_of(url))
    return match["id"] if match else None


def board_id(url: str) -> str | None:
    """The board's id in a URL of a board."""
    if name_of(url) == "viewforum.php":
        return keys_of(url).get("f")
    match = BOARD_PATH.search(path_of(url))
    return match["id"] if match else None


def start_of(url: str) -> int:
    """How many rows or posts come before the page."""
    start = keys_of(url).get("start")
    match = THREAD_PATH.search(path_of(url)) or BOARD_PATH.search(path_of(url))
    return int(start or (match["start"] if match else None) or 0)


def user_id(href: str) -> str | None:
    """The account's id in a link to its profile."""
    match = re.search(r"(?:viewprofile[^#]{0,200}?|[?&;])u=([0-9]{1,12})", href[:500])
    return match[1] if match else None

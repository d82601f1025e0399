"""URLs of Simple Machines Forum: `index.php?topic=14.15`, also `index.php/topic,14.15.html`."""

import re

from crawler.reading import PageKind
from spiders.urls import path_of, query_of, query_pairs, replaced

ITEM = re.compile(r"(?:^|[;&?/])(?P<what>topic|board)[=,](?P<id>[0-9]{1,12})"
                  r"(?:\.(?P<start>msg[0-9]{1,12}|new|from[0-9]{1,12}|[0-9]{1,9}))?")  # fmt: skip
MESSAGE = re.compile(r"(?:^|[;&?/])msg[=,]([0-9]{1,12})")
ACTION = re.compile(r"(?:^|[;&?])action=([\w;-]{1,40})")
USER = re.compile(r"(?:^|[;&?/,])u[=,]([0-9]{1,12})")
PATH_FORM = re.compile(r"/(?:index\.php/)?(?:topic|board),[0-9]")
HARMLESS = frozenset({"forum", "messageindex", "display"})


def asked(url: str) -> str:
    """The part of a URL that says what is asked for: the query, or the path form's end."""
    path = path_of(url)
    if match := PATH_FORM.search(path):
        return path[match.start() :].replace("/index.php", "", 1)
    return query_of(url)


def kind(url: str) -> PageKind | None:
    """What a URL leads to; None for actions (printing, reporting, profiles) and other files."""
    query = asked(url)
    keys = {key for key, _ in query_pairs(query_of(url))}
    action = ACTION.search(query)
    if (action and action[1] not in HARMLESS) or keys & {"prev_next", "wap", "wap2", "imode"}:
        return None
    if match := ITEM.search(query):
        return "thread" if match["what"] == "topic" else "board"
    if MESSAGE.search(query):
        return "thread"
    name = path_of(url).rpartition("/")[2]
    return "index" if name in ("", "index.php") and not keys - {"PHPSESSID", "action"} else None


def canonical(url: str) -> str:
    """A URL with topic or board and its offset; jumps to a message become the first page."""
    query = asked(url)
    if kind(url) is None:
        kept = [pair for pair in query_pairs(query_of(url)) if pair[0].lower() != "phpsessid"]
        return replaced(
            url, query=";".join(f"{key}={value}" if value else key for key, value in kept)
        )
    if match := ITEM.search(query):
        start = match["start"] if (match["start"] or "").isdigit() else "0"
        return shaped(url, match["what"], match["id"], start)
    if match := MESSAGE.search(query):
        return replaced(url, query=f"msg={match[1]}")
    return replaced(url, query="")


def first_page(url: str) -> str:
    """Canonical URL of a board's or topic's first page."""
    match = ITEM.search(asked(url))
    return shaped(url, match["what"], match["id"], "0") if match else canonical(url)


def shaped(url: str, what: str, number: str, start: str) -> str:
    """A URL of the form that the board uses."""
    path = path_of(url)
    if match := PATH_FORM.search(path):
        front = path[: match.start()] + ("/index.php" if "/index.php/" in path else "")
        end = ".html" if path.endswith(".html") else ""
        return replaced(url, path=f"{front}/{what},{number}.{start}{end}", query="")
    return replaced(url, query=f"{what}={number}.{start}")


def item_id(url: str, what: str) -> str | None:
    """The id of a topic or board in a URL."""
    match = ITEM.search(asked(url))
    return match["id"] if match and match["what"] == what else None


def start_of(url: str) -> int:
    """How many rows or posts come before the page."""
    match = ITEM.search(asked(url))
    return int(match["start"]) if match and (match["start"] or "").isdigit() else 0


def user_id(href: str) -> str | None:
    """The account's id in a link to its profile."""
    match = USER.search(href[:500])
    return match[1] if match else None

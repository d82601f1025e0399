"""URLs of vBulletin 5 and 6: `/forum/servers/414-title/page2`; boards have names, no numbers."""

import re
from dataclasses import dataclass

from crawler.reading import PageKind
from spiders.urls import path_of, replaced, without_session

PAGE = re.compile(r"/page([1-9][0-9]{0,5})$")
THREAD = re.compile(r"/(?P<id>[0-9]{1,12})(?:-[^/]{0,400})?$")
USER = re.compile(r"/member/([0-9]{1,12})(?:-|/|$)")
OTHER = re.compile(
    r"^/(?:[^/]+/)?(?:member|memberlist|search|login|auth|register|activateuser|activateemail|ajax|"
    r"help|contact-us|blogs?|social-groups|groups|articles|settings|lostpw|reset-password|admincp|"
    r"modcp|core|filedata|privatemessage|online|sitemap|calendar|css|js|images|fonts|external|"
    r"new-content|new-entry|report|worker|pm|api|subscription|node|privacy|vb)(?:/|$|\.)",
    re.I,
)
"""Routes that are neither index nor board nor thread, at the root or in the forum's folder."""
FILE = re.compile(r"\.[a-z0-9]{2,5}$", re.I)
INDEX = frozenset({"", "/forum", "/forums", "/index.php", "/forum/index.php"})


@dataclass(frozen=True, slots=True)
class Place:
    """The board or thread that a URL leads to; a board's id is its path."""

    kind: PageKind
    native_id: str
    path: str
    """The path without its page number."""
    page: int = 1


def place_of(url: str) -> Place | None:
    """The board or thread that a URL leads to; None for the index and all other routes."""
    path = path_of(url).rstrip("/")
    page = PAGE.search(path)
    number = int(page[1]) if page else 1
    path = path[: page.start()] if page else path
    if path.lower() in INDEX or OTHER.match(path) or len(path) > 600:
        return None
    if match := THREAD.search(path):
        return Place("thread", match["id"], path, number)
    return None if FILE.search(path) else Place("board", path.strip("/").lower(), path, number)


def kind(url: str) -> PageKind | None:
    """What a URL leads to; None for members, searches, logins and other routes."""
    place = place_of(url)
    if place:
        return place.kind
    return "index" if path_of(url).rstrip("/").lower() in INDEX else None


def canonical(url: str) -> str:
    """A URL of a board or thread with its page number from 2 on, without query and anchor."""
    place = place_of(url)
    if place:
        return paged(url, place, place.page)
    return replaced(url, query="") if kind(url) == "index" else without_session(url)


def paged(url: str, place: Place, page: int) -> str:
    """The place's URL at a page."""
    return replaced(url, path=place.path + (f"/page{page}" if page > 1 else ""), query="")


def first_page(url: str) -> str:
    """Canonical URL of a board's or thread's first page."""
    place = place_of(url)
    return paged(url, place, 1) if place else canonical(url)


def user_id(href: str) -> str | None:
    """The account's id in a link to its profile."""
    match = USER.search(href[:500])
    return match[1] if match else None

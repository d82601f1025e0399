"""URLs of pages: resolved, and brought into the one form that the frontier knows them by."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from crawler.boundaries.secrets import is_token
from spiders.page import Page

SESSION = re.compile(r"(phpsessid|sid|s|jsessionid|my_post_key|xf_?token|_xftoken)", re.I)
"""Query keys that change from visit to visit (forums without cookies put them into links)."""
LONGEST = 2000
_PART = r"[a-z0-9_~%+-]+(?:\.[a-z0-9_~%+-]+)*"
PLAIN = re.compile(
    rf"/?{_PART}(?:/{_PART})*/?(?:\?[a-z0-9_=&%./+-]+)?(?:#[a-z0-9_-]+)?", re.ASCII | re.I
)
"""Links as most are: a path without dots in front of its parts; joining URLs is slow."""


def absolute(page: Page, href: str | None) -> str | None:
    """A page's link as absolute http(s) URL; None for other schemes and broken URLs."""
    href = (href or "").strip()
    if not href or len(href) > LONGEST or href.startswith("#"):
        return None
    if PLAIN.fullmatch(href) and (start := starts_of(page.base)):
        return f"{start[href[0] != '/']}{href}"
    try:
        url = urljoin(page.base, href)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        return url if url.isascii() else safe_url_string(url)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def starts_of(base: str) -> tuple[str, str] | None:
    """What stands before paths and before files beside a page; None where only `urljoin` knows."""
    try:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname or not base.isascii():
            return None
    except ValueError:
        return None
    if "/." in parts.path or "//" in parts.path or ";" in parts.path:
        return None
    root = f"{parts.scheme}://{parts.netloc}"
    return root, f"{root}{parts.path.rpartition('/')[0]}/"


def path_of(url: str) -> str:
    """Path of a URL; empty for a broken one."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def query_of(url: str) -> str:
    """Query of a URL; empty for a broken one."""
    try:
        return urlsplit(url).query
    except ValueError:
        return ""


def query_pairs(query: str) -> list[tuple[str, str]]:
    """Keys and values of a query, still quoted, in order; `;` separates too (SMF, old PHP)."""
    pairs = []
    for part in re.split(r"&amp;|[&;]", query):
        key, _, value = part.partition("=")
        if key:
            pairs.append((key, value))
    return pairs


def with_query(url: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A URL with another query and without its fragment."""
    return replaced(url, query="&".join(f"{key}={value}" if value else key for key, value in pairs))


def replaced(url: str, *, path: str | None = None, query: str | None = None) -> str:
    """A URL with another path or query, lower-case host, and without its fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    new_path = parts.path if path is None else path
    new_query = parts.query if query is None else query
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), new_path or "/", new_query, ""))


def without_tokens(url: str) -> str:
    """A URL without tokens that let somebody in or tell visitors apart; most URLs have none."""
    if "=" not in url or not any(is_token(*pair) for pair in query_pairs(query_of(url))):
        return url
    kept = [pair for pair in query_pairs(query_of(url)) if not is_token(*pair)]
    return with_query(url, kept)


def without_session(url: str) -> str:
    """A URL without fragment and without keys that hold a session."""
    kept = [(key, value) for key, value in query_pairs(query_of(url)) if not SESSION.fullmatch(key)]
    return with_query(re.sub(r";jsessionid=[^?#/]*", "", url, flags=re.I), kept)

"""URLs of Bluesky's public interface (XRPC): an account's posts, and a search for words."""

import re
from urllib.parse import quote, unquote

from spiders.urls import path_of, query_of, query_pairs, replaced

FEED = "app.bsky.feed.getAuthorFeed"
SEARCH = "app.bsky.feed.searchPosts"
METHOD = re.compile(rf"/xrpc/(?P<method>{re.escape(FEED)}|{re.escape(SEARCH)})/?$")
ACTOR = re.compile(r"[a-z0-9][a-z0-9._:%-]{1,250}", re.I)
KEPT = {
    FEED: frozenset({"filter"}),
    SEARCH: frozenset({"author", "domain", "lang", "mentions", "since", "tag", "until", "url"}),
}
"""Options that choose other posts; a search is always sorted by date, newest first."""
LONGEST_CURSOR = 1000


def method_in(url: str) -> str | None:
    """The method that a URL calls; None for others than the two."""
    match = METHOD.search(path_of(url))
    return match["method"] if match else None


def options_in(url: str) -> dict[str, str]:
    """Options of a call, unquoted."""
    return {
        key: unquote(value.replace("+", " ")).strip() for key, value in query_pairs(query_of(url))
    }


def timeline_in(url: str) -> tuple[str, str] | None:
    """What a timeline is of: `acct` with handle or DID, or `search` with the words."""
    method, options = method_in(url), options_in(url)
    if method == FEED and ACTOR.fullmatch(options.get("actor", "")):
        actor = options["actor"]
        # handles are domain names, whatever their case; DIDs are as they are
        return "acct", actor if actor.startswith("did:") else actor.lower()
    if method == SEARCH and options.get("q"):
        return "search", " ".join(options["q"].split())[:500]
    return None


def page_url(url: str, cursor: str | None = None) -> str:
    """URL of a timeline's page at a cursor; of its first page without one."""
    timeline, method = timeline_in(url), method_in(url)
    if not timeline or not method:
        return replaced(url)
    options = options_in(url)
    pairs = [("actor" if method == FEED else "q", timeline[1])]
    pairs += sorted((key, value) for key, value in options.items() if key in KEPT[method])
    pairs += [("limit", "100")] if method == FEED else [("limit", "100"), ("sort", "latest")]
    if cursor:
        pairs.append(("cursor", cursor))
    return replaced(url, query="&".join(f"{key}={quote(value, safe=':')}" for key, value in pairs))


def cursor_in(url: str) -> str | None:
    """The cursor of a page; None for a first page."""
    return options_in(url).get("cursor") or None

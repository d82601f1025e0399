"""URLs of Mastodon's public interface: the statuses of an account or a hashtag, pages of 40."""

import re
from urllib.parse import quote, unquote

from spiders.urls import path_of, query_of, query_pairs, replaced

TIMELINE = re.compile(
    r"^(?P<root>.*/api/v1)/(?:accounts/(?P<account>[A-Za-z0-9_-]{1,40})/statuses"
    r"|timelines/tag/(?P<tag>[^/?#]{1,300}))/?$"
)
KEPT = frozenset(
    {
        "exclude_reblogs",
        "exclude_replies",
        "local",
        "remote",
        "only_media",
        "tagged",
        "any[]",
        "all[]",
        "none[]",
    }
)
"""Options that choose other statuses; the rest is paging, or somebody's token."""
STATUS_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


def timeline_in(url: str) -> tuple[str, str] | None:
    """What a timeline is of: `acct` with the account's id, or `tag` with the hashtag."""
    match = TIMELINE.match(path_of(url))
    if not match:
        return None
    if match["account"]:
        return "acct", match["account"]
    return "tag", unquote(match["tag"]).lower()


def page_url(url: str, max_id: str | None = None) -> str:
    """URL of a timeline's page that starts below a status; of its first page without one."""
    match = TIMELINE.match(path_of(url))
    if not match:
        return replaced(url)
    path = path_of(url).rstrip("/")
    if match["tag"]:
        path = f"{match['root']}/timelines/tag/{quote(unquote(match['tag']).lower(), safe='')}"
    pairs = sorted(
        (key, value)
        for key, value in query_pairs(query_of(url))
        if key.replace("%5B%5D", "[]") in KEPT
    )
    pairs.append(("limit", "40"))
    if max_id:
        pairs.append(("max_id", max_id))
    return replaced(url, path=path, query="&".join(f"{key}={value}" for key, value in pairs))


def max_id_in(url: str) -> str | None:
    """The status below which a page starts; None for a first page."""
    value = dict(query_pairs(query_of(url))).get("max_id", "")
    return value if STATUS_ID.fullmatch(value) else None

"""URLs of MyBB, with and without its search-engine-friendly forms."""

import re

from crawler.reading import PageKind
from spiders.urls import path_of, query_of, query_pairs, replaced, with_query

KEPT = ("fid", "tid", "pid", "page")
THREAD_PATH = re.compile(r"/thread-(?P<id>[0-9]{1,12})(?:-page-(?P<page>[0-9]{1,6}))?"
                         r"(?:-post-(?P<post>[0-9]{1,12}))?(?:-(?:lastpost|newpost|nextnewest|"
                         r"nextoldest))?\.html$")  # fmt: skip
BOARD_PATH = re.compile(r"/forum-(?P<id>[0-9]{1,12})(?:-page-(?P<page>[0-9]{1,6}))?\.html$")
THREAD_SLUG = re.compile(r"/Thread-(?P<slug>[^/?#]{1,300})$")
BOARD_SLUG = re.compile(r"/Forum-(?P<slug>[^/?#]{1,300})$")
USER = re.compile(r"uid=([0-9]{1,12})|user-([0-9]{1,12})\.html|/?User-[^/?#]*?--([0-9]{1,12})$")


def kind(url: str) -> PageKind | None:
    """What a URL leads to; None for profiles, replies, printing and other actions."""
    path = path_of(url)
    keys = dict(query_pairs(query_of(url)))
    if "action" in keys and keys["action"] not in ("lastpost", "newpost"):
        return None
    name = path.rpartition("/")[2]
    if name == "showthread.php":
        return "thread" if keys.get("tid") or keys.get("pid") else None
    if name == "forumdisplay.php":
        return "board" if keys.get("fid") else None
    if THREAD_PATH.search(path) or THREAD_SLUG.search(path):
        return "thread"
    if BOARD_PATH.search(path) or BOARD_SLUG.search(path):
        return "board"
    return "index" if name in ("", "index.php") else None


def canonical(url: str) -> str:
    """A URL with its ids and page number only; a thread's first page has no number."""
    path = path_of(url)
    keys = dict(query_pairs(query_of(url)))
    name = path.rpartition("/")[2]
    if match := THREAD_PATH.search(path):
        number = f"-page-{match['page']}" if match["page"] not in (None, "1") else ""
        return replaced(
            url, path=f"{path[: match.start()]}/thread-{match['id']}{number}.html", query=""
        )
    if match := BOARD_PATH.search(path):
        number = f"-page-{match['page']}" if match["page"] not in (None, "1") else ""
        return replaced(
            url, path=f"{path[: match.start()]}/forum-{match['id']}{number}.html", query=""
        )
    kept = [(key, keys[key]) for key in KEPT if keys.get(key)]
    kept = [pair for pair in kept if pair != ("page", "1")]
    if name == "showthread.php" and keys.get("tid"):
        kept = [pair for pair in kept if pair[0] in ("tid", "page")]
    if kind(url) is None:
        kept = query_pairs(query_of(url))
    elif name == "index.php":
        kept = []
    return with_query(url, [pair for pair in kept if pair[0] not in ("sid", "my_post_key")])


def first_page(url: str) -> str:
    """Canonical URL of a board's or thread's first page."""
    short = canonical(re.sub(r"-page-[0-9]+(?=\.html)", "", url))
    return with_query(short, [pair for pair in query_pairs(query_of(short)) if pair[0] != "page"])


def thread_id(url: str) -> str | None:
    """The thread's id in a URL."""
    return numbered(url, "tid", THREAD_PATH, THREAD_SLUG)


def board_id(url: str) -> str | None:
    """The board's id in a URL; its slug where the URL has no number; None for an action."""
    return numbered(url, "fid", BOARD_PATH, BOARD_SLUG) if kind(url) == "board" else None


def numbered(url: str, key: str, path: re.Pattern[str], slug: re.Pattern[str]) -> str | None:
    """An id in a query, a numbered path or the end of a slug."""
    value = dict(query_pairs(query_of(url))).get(key, "")
    if re.fullmatch(r"[0-9]{1,12}", value):
        return value
    if match := path.search(path_of(url)):
        return match["id"]
    if match := slug.search(path_of(url)):
        number = re.search(r"--([0-9]{1,12})$", match["slug"])
        if number:
            return number[1]
        return match["slug"] if key == "fid" else None
    return None


def user_id(href: str) -> str | None:
    """The account's id in a link to its profile."""
    match = USER.search(href[:500])
    return next((group for group in match.groups() if group), None) if match else None


def post_url(url: str | None, native_id: str) -> str | None:
    """Permanent link of a post: its thread with the post's anchor."""
    if not url:
        return None
    return f"{canonical(url)}#pid{native_id}"

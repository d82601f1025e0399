"""Reddit's JSON listings: a subreddit or an account's posts as a board, a thread with comments.

"Things" as reddit.com/dev/api describes them: t3 a post, t1 a comment, t2 an account, `more` a
stub for comments that the page leaves out.
"""

import re
from datetime import datetime

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.engines import json_values as values
from spiders.engines import reddit_url, reddit_words
from spiders.engines.json_values import Row
from spiders.page import Page
from spiders.urls import replaced

NAME = "reddit"
BLOCKED = re.compile(r"whoa there, pardner|blocked by network security", re.I)
"""What Reddit tells an address that it refuses."""
MOST_COMMENTS = 20_000


def detect(page: Page) -> bool:
    """Tell by a listing of posts, a thread's two listings, or an account."""
    return is_board(page) or is_thread(page) or account(page) is not None


def state(page: Page) -> PageState:
    """Tell what the page is; a search for similar names stands for a board that is none."""
    if is_thread(page):
        return "ok"
    if is_board(page):
        rows = children_of(page, page.data)
        if not rows:
            return "empty"
        kinds = {row.get("kind") for row in rows if isinstance(row.get("kind"), str)}
        if "t3" in kinds:
            return "ok"
        return "not_found" if kinds == {"t5"} else "unknown"
    if account(page):
        return "ok"
    if page.data is None and BLOCKED.search(page.text[:20_000]):
        return "banned"
    return values.notice_of(page)


def is_board(page: Page) -> bool:
    """Whether a page is one listing."""
    return is_listing(page.data)


def is_thread(page: Page) -> bool:
    """Whether a page is a post's listing and its comments' listing."""
    data = page.data
    return isinstance(data, list) and len(data) == 2 and all(is_listing(each) for each in data)


def is_listing(value: object) -> bool:
    """Whether a JSON value is a listing."""
    return isinstance(value, dict) and value.get("kind") == "Listing"


def children_of(page: Page, listing: Row) -> list[Row]:
    """The things in a listing, in order."""
    return values.rows_at(page, listing, "data", "children")


def boards(page: Page) -> list[BoardRead]:
    """None: a listing links to no other."""
    return []


def threads(page: Page) -> list[ThreadRead]:
    """The posts of a listing, in page order."""
    if not is_board(page):
        return []
    rows = [row for row in children_of(page, page.data) if row.get("kind") == "t3"]
    found = [thread_of(page, values.row_at(page, row, "data")) for row in rows]
    return [row for row in found if row]


def thread(page: Page) -> ThreadRead | None:
    """The post that a thread page shows."""
    row = opening(page)
    return thread_of(page, row) if row else None


def opening(page: Page) -> Row | None:
    """The post of a thread page; None (with a problem) where it is missing."""
    if not is_thread(page):
        return None
    for row in children_of(page, page.data[0]):
        if row.get("kind") == "t3":
            return values.row_at(page, row, "data")
    page.note("thread_without_post", page.url)
    return None


def thread_of(page: Page, row: Row) -> ThreadRead | None:
    """One post as a thread; None (with a problem) when it has no id."""
    native_id = values.id_at(page, row, "id")
    if not native_id or not native_id.isalnum():
        page.note("thread_without_id", values.line_at(page, row, "permalink") or "")
        return None
    return ThreadRead(
        native_id=native_id,
        title=reddit_words.line(page, row, "title") or native_id,
        url=reddit_url.thread_url(page.url, native_id),
        author=reddit_words.author_of(page, row),
        replies=values.count_at(page, row, "num_comments"),
        posted_at=values.moment_of(page, row, "created_utc"),
        sticky=values.flag_at(page, row, "stickied"),
        locked=values.flag_at(page, row, "locked") or values.flag_at(page, row, "archived"),
        board=values.line_at(page, row, "subreddit"),
    )


def posts(page: Page) -> list[PostRead]:
    """The post of a thread page and its comments, each before its answers."""
    row = opening(page)
    if row is None:
        return []
    found = [post_of(page, row, "selftext")]
    found += [post_of(page, comment, "body") for comment in comments(page)]
    return [post for post in found if post]


def comments(page: Page) -> list[Row]:
    """Comments of a thread page, depth first; those left out are one problem with their count."""
    stack = list(reversed(children_of(page, page.data[1])))
    found: list[Row] = []
    left_out = 0
    while stack:
        thing = stack.pop()
        row = values.row_at(page, thing, "data")
        if thing.get("kind") == "more" or len(found) >= MOST_COMMENTS:
            # a stub that continues a branch elsewhere counts 0
            left_out += max(values.count_at(page, row, "count") or 0, 1)
        elif thing.get("kind") == "t1":
            found.append(row)
            # an empty text stands for no answers
            answers = {} if row.get("replies") == "" else values.row_at(page, row, "replies")
            stack += reversed(children_of(page, answers))
        else:
            values.wrong(page, "kind", "t1 or more", thing.get("kind"))
    if left_out:
        page.note("comments_left_out", f"{left_out} comments are not on the page: {page.url}")
    return found


def post_of(page: Page, row: Row, name: str) -> PostRead | None:
    """A post or comment; None (with a problem) when it has no id."""
    native_id = values.id_at(page, row, "id")
    if not native_id:
        page.note("post_without_id", values.line_at(page, row, "permalink") or "")
        return None
    body = reddit_words.body_in(page, row, name)
    is_post = name == "selftext"
    link = link_of(page, row) if is_post else None
    created = values.moment_of(page, row, "created_utc")
    return PostRead(
        # posts and comments count separately: only with its kind is an id one of a kind
        native_id=f"{'t3' if is_post else 't1'}_{native_id}",
        text="\n\n".join(part for part in (body.text, link) if part),
        position=1 if is_post else None,
        author=reddit_words.author_of(page, row),
        author_id=(values.id_at(page, row, "author_fullname") or "").removeprefix("t2_") or None,
        author_rank=reddit_words.line(page, row, "author_flair_text"),
        posted_at=created,
        posted_raw=str(row["created_utc"])[:64] if created else None,
        edited_at=edited_at(page, row),
        url=permalink_of(page, row),
        quotes=body.quotes,
        fields=fields_of(page, row, name),
    )


def edited_at(page: Page, row: Row) -> datetime | None:
    """When a text was last edited; false stands for never, true (before 2012) for no time."""
    return None if isinstance(row.get("edited"), bool) else values.moment_of(page, row, "edited")


def link_of(page: Page, row: Row) -> str | None:
    """Where a link post leads; None for a post of text."""
    if values.flag_at(page, row, "is_self"):
        return None
    url = reddit_words.line(page, row, "url")
    own = values.line_at(page, row, "permalink")
    return None if not url or (own and url.endswith(own)) else url


def permalink_of(page: Page, row: Row) -> str | None:
    """Permanent link of a post or comment on the site itself."""
    path = values.line_at(page, row, "permalink")
    if not path or not re.fullmatch(r"/(?:r|user|u|comments)/[^\s?#]{1,400}", path):
        return None
    return replaced(page.url, path=path, query="")


def fields_of(page: Page, row: Row, name: str) -> dict[str, str]:
    """What a post's flair says, what a comment answers, and who removed it."""
    stated = {
        "flair": reddit_words.line(page, row, "link_flair_text"),
        "reply_to": values.id_at(page, row, "parent_id") if name == "body" else None,
        "removed": reddit_words.removal_of(page, row, name),
    }
    return {key: value for key, value in stated.items() if value}


def account(page: Page) -> AccountRead | None:
    """The account of `/user/<name>/about.json`; None on every other page."""
    if not isinstance(page.data, dict) or page.data.get("kind") != "t2":
        return None
    name = values.name_at(page, page.data, "data", "name")
    if not name:
        return None
    karma = values.value_at(page, page.data, "data", "total_karma")
    return AccountRead(
        name=name,
        native_id=values.id_at(page, page.data, "data", "id"),
        joined_at=values.moment_of(page, page.data, "data", "created_utc"),
        reputation=str(karma) if type(karma) is int and abs(karma) < values.LARGEST else None,
    )


def next_page(page: Page) -> str | None:
    """The listing's page after its last thread (`after`)."""
    board = reddit_url.board_id(page.url)
    if not is_board(page) or not board:
        return None
    after = values.line_at(page, page.data, "data", "after")
    if not after:
        return None
    if not reddit_url.AFTER.fullmatch(after):
        page.note("bad_next_page", after)
        return None
    return reddit_url.board_url(page.url, board, after)


def kind(url: str) -> PageKind | None:
    """What a URL leads to: a listing, a thread, or None."""
    if reddit_url.thread_id(url):
        return "thread"
    return "board" if reddit_url.board_id(url) else None


def canonical(url: str) -> str:
    """A thread's URL without its title, a listing's with `after` only."""
    if native_id := reddit_url.thread_id(url):
        return reddit_url.thread_url(url, native_id)
    if board := reddit_url.board_id(url):
        return reddit_url.board_url(url, board, reddit_url.after_in(url))
    return replaced(url)

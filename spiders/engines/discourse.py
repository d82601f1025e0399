"""Discourse: its JSON interface, and HTML pages as far as they carry its JSON along.

Fields as docs.discourse.org describes them.
"""

import re

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.engines import discourse_rows, discourse_url, discourse_words
from spiders.engines import json_values as values
from spiders.engines.discourse_data import Shown, shown_on
from spiders.engines.json_values import Row
from spiders.page import Page
from spiders.pick import first
from spiders.signs import LOGIN, sign_of, words_of

NAME = "discourse"
MARKS = (
    "meta[name='generator' i][content^='Discourse' i], #data-discourse-setup, "
    "meta[name='discourse_theme_id'], meta[name='discourse_theme_ids'], "
    "meta[name='discourse-base-uri'], meta[name='discourse_current_homepage'], "
    "#data-preloaded[data-preloaded], discourse-assets"
)
BY_ERROR: dict[str, PageState] = {
    "not_logged_in": "login",
    "invalid_access": "forbidden",
    "not_found": "not_found",
    "read_only": "maintenance",
    "rate_limit": "error",
    "invalid_parameters": "not_found",
}
SMALL_ACTION = 3
"""`post_type` of a line that says what a moderator did; it mostly has no words."""
HIDDEN_LOGIN = "#hidden-login-form input[type=password]"
"""A form without a use for visitors, on every HTML page."""


def detect(page: Page) -> bool:
    """Tell by the shape of the JSON, or by what the HTML says of its maker."""
    if not page.is_data:
        return first(page, None, MARKS) is not None
    shown = shown_on(page)
    if shown.topic is not None or shown.listing is not None or shown.categories is not None:
        return True
    return shown.user is not None or shown.errors is not None


def state(page: Page) -> PageState:
    """Tell what the page is."""
    shown = shown_on(page)
    if shown.errors is not None:
        return refusal_of(page, shown.errors)
    if shown.topic is not None:
        return "ok" if values.rows_at(page, shown.topic, "post_stream", "posts") else "empty"
    if shown.listing is not None or shown.categories is not None:
        return "ok" if threads(page) or boards(page) else "empty"
    if account(page):
        return "ok"
    return values.notice_of(page) if page.is_data else notice_of(page)


def refusal_of(page: Page, errors: Row) -> PageState:
    """What an answer with errors is: by its kind of error, else by its status."""
    kind_of_error = values.line_at(page, errors, "error_type") or ""
    return BY_ERROR.get(kind_of_error) or values.BY_STATUS.get(page.status, "error")


def notice_of(page: Page) -> PageState:
    """What an HTML page without data is; one that only its scripts fill is unknown."""
    sign = sign_of(page)
    if sign == "login" and first(page, None, HIDDEN_LOGIN) is not None:
        stated = LOGIN.search(words_of(page)) or re.search(r"/login/?$", page.url)
        sign = "login" if stated else None
    if sign is None and detect(page) and page.status < 400:
        page.note("html_without_data", f"its data are at {canonical(page.url)}")
    return sign or values.BY_STATUS.get(page.status, "unknown")


def boards(page: Page) -> list[BoardRead]:
    """Boards of an index page."""
    shown = shown_on(page)
    if shown.categories is None or shown.topic is not None:
        return []
    if shown.listing is not None and kind(page.url) != "index":
        return []
    return discourse_rows.boards(page, shown.categories)


def threads(page: Page) -> list[ThreadRead]:
    """Rows of a list, in page order."""
    shown = shown_on(page)
    return [] if shown.topic is not None else discourse_rows.threads(page, shown)


def thread(page: Page) -> ThreadRead | None:
    """The thread that a thread page shows."""
    shown = shown_on(page)
    if shown.topic is None:
        return None
    opener = values.row_at(page, shown.topic, "details", "created_by")
    author = values.name_at(page, opener, "username")
    return discourse_rows.thread_of(page, with_id(page, shown), names(shown), author)


def names(shown: Shown) -> dict[str, str]:
    """Names of boards by their ids."""
    return discourse_rows.names_of(shown)


def with_id(page: Page, shown: Shown) -> Row:
    """The thread's object with its id, which its URL tells too."""
    topic = shown.topic or {}
    place = discourse_url.place_of(page.url)
    stated = place.native_id if place and place.kind == "thread" else None
    return topic if topic.get("id") is not None else {**topic, "id": stated}


def posts(page: Page) -> list[PostRead]:
    """Posts of a thread page, in page order."""
    shown = shown_on(page)
    if shown.topic is None:
        return []
    topic = with_id(page, shown)
    rows = values.rows_at(page, topic, "post_stream", "posts")
    found = [post_of(page, topic, row) for row in rows if not is_bare_action(page, row)]
    return [post for post in found if post]


def is_bare_action(page: Page, row: Row) -> bool:
    """Whether a post only says what a moderator did, such as closing the thread."""
    return row.get("post_type") == SMALL_ACTION and not values.text_at(page, row, "cooked")


def post_of(page: Page, topic: Row, row: Row) -> PostRead | None:
    """One post; None (with a problem) when it has no id."""
    native_id = values.id_at(page, row, "id")
    number = values.count_at(page, row, "post_number")
    if native_id is None:
        page.note("post_without_id", f"number {number} of {page.url}")
        return None
    body = discourse_words.body_in(page, row)
    author = values.name_at(page, row, "username")
    if author is None:
        page.note("post_without_author", native_id)
    thread_id = values.id_at(page, topic, "id")
    edited = (values.count_at(page, row, "version") or 1) > 1
    link = discourse_url.post_url(page.url, thread_id, number) if thread_id and number else None
    return PostRead(
        native_id=native_id,
        text=body.text,
        position=number or None,
        author=author,
        author_id=account_id(page, row, "user_id"),
        author_rank=rank_of(page, row),
        posted_at=values.moment_of(page, row, "created_at"),
        posted_raw=values.line_at(page, row, "created_at"),
        edited_at=values.moment_of(page, row, "updated_at") if edited else None,
        url=link,
        signature=discourse_words.signature_of(page, row),
        quotes=body.quotes,
        fields=fields_of(page, topic, row),
    )


def account_id(page: Page, row: Row, name: str) -> str | None:
    """An account's id; the software's own accounts have -1 and -2."""
    return str(row[name]) if row.get(name) in (-1, -2) else values.id_at(page, row, name)


def rank_of(page: Page, row: Row) -> str | None:
    """Title of an account, else its group."""
    for name in ("user_title", "title", "primary_group_name"):
        if stated := values.line_at(page, row, name):
            return stated
    return None


def fields_of(page: Page, topic: Row, row: Row) -> dict[str, str]:
    """The thread's tags (first post), what a post answers, who removed it, what was done."""
    answered = values.count_at(page, row, "reply_to_post_number")
    stated = {
        "tags": discourse_words.tags_of(page, topic) if row.get("post_number") == 1 else None,
        "reply_to": str(answered) if answered else None,
        "removed": discourse_words.removal_of(page, row),
        "action": values.line_at(page, row, "action_code"),
    }
    return {key: value for key, value in stated.items() if value}


def account(page: Page) -> AccountRead | None:
    """The account that a profile (`/u/name.json`) shows."""
    user = shown_on(page).user
    name = values.name_at(page, user, "username") if user else None
    if user is None or name is None:
        return None
    return AccountRead(
        name=name,
        native_id=account_id(page, user, "id"),
        rank=rank_of(page, user),
        joined_at=values.moment_of(page, user, "created_at"),
        posts=values.count_at(page, user, "post_count"),
    )


def next_page(page: Page) -> str | None:
    """The page that continues a list or thread."""
    shown = shown_on(page)
    if shown.topic is not None:
        return next_of_thread(page, with_id(page, shown))
    if shown.listing is None or not threads(page):
        return None
    more = values.line_at(page, shown.listing, "topic_list", "more_topics_url")
    here = discourse_url.place_of(page.url)
    if more is None:
        return None
    if here is None or here.kind != "board":
        here = discourse_url.Place("board", f"{discourse_url.folder_of(page.url)}/latest.json")
    return discourse_url.paged(page.url, here, here.page + 1)


def next_of_thread(page: Page, topic: Row) -> str | None:
    """The next page of a thread: where posts follow the last one of this page."""
    rows = values.rows_at(page, topic, "post_stream", "posts")
    native_id = values.id_at(page, topic, "id")
    if not rows or not native_id or not has_more(page, topic, rows[-1]):
        return None
    number = max(discourse_url.page_in(page.url), 1) + 1
    return f"{discourse_url.thread_url(page.url, native_id)}?page={number}"


def has_more(page: Page, topic: Row, last: Row) -> bool:
    """Whether posts follow: by the ids of all posts, else by the highest number."""
    stream = values.value_at(page, topic, "post_stream", "stream")
    if isinstance(stream, list) and stream:
        return bool(stream[-1] != last.get("id"))
    number = values.count_at(page, last, "post_number")
    highest = values.count_at(page, topic, "highest_post_number")
    return number is not None and highest is not None and number < highest


def kind(url: str) -> PageKind | None:
    """What a URL of Discourse leads to."""
    return discourse_url.kind(url)


def canonical(url: str) -> str:
    """The one form of a URL of Discourse."""
    return discourse_url.canonical(url)

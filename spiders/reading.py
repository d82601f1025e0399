"""From bytes to a `Reading`: live responses, replayed evidence and saved pages alike."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from crawler.clock import stamp_or_none
from crawler.decode import decode
from crawler.reading import AccountRead, PostRead, Problem, Reading, ThreadRead
from spiders.asked import AUTO, Asked
from spiders.authored import without_authored
from spiders.bounds import bounded
from spiders.engines import ENGINES, detect
from spiders.guard import DEEPEST, DEEPEST_WATCHED, danger_in, lightened
from spiders.losses import whole
from spiders.notices import brake_s, misfits, notice_on
from spiders.page import Engine, Page
from spiders.signs import is_signed_in, words_of

GONE = (404, 410)
NOT_UNDERSTOOD = ("unknown", "error")


def page_from(  # noqa: PLR0913
    body: bytes,
    content_type: str | None,
    *,
    url: str,
    fetched_at: datetime,
    status: int = 200,
    timezone: str | None = None,
    selectors: Mapping[str, Any] = {},
    watched: bool = False,
) -> Page:
    """The page that bytes hold.

    A page that would take too long to parse (see `spiders.guard`) is left empty, with a problem;
    `watched` says that who parses it is killed when it does.
    """
    decoded = decode(body, content_type)
    page = Page(url, decoded.text, fetched_at, status, timezone, selectors)
    if decoded.lie:
        page.note("charset_lie", f"declared {decoded.lie}, read as {decoded.charset}")
    if decoded.doubt:
        page.note("charset_doubt", f"{decoded.doubt}; read as {decoded.charset}")
    deepest = DEEPEST_WATCHED if watched else DEEPEST
    if not page.is_data:
        page.text, cut = lightened(page.text)
        if cut:
            page.note("hostile_markup", cut)
    if danger := danger_in(page.text, markup=not page.is_data, deepest=deepest):
        page.text = ""
        page.note("hostile_markup", danger)
    return page


def read_page(page: Page, engine: Engine) -> Reading:
    """Everything that an engine reads from a page; rows only where its state is `ok`."""
    if not page.text.strip():
        return Reading("unknown", problems=(*page.problems, *nothing_on(page)))
    state = notice_on(page, engine, engine.state(page))
    if state not in ("ok", "empty"):
        wait_s = brake_s(words_of(page)) if state == "rate_limited" else 0.0
        problems = (*page.problems, *misfits(page, engine, state))
        return Reading(state, problems=problems, wait_s=wait_s)
    shown = engine.thread(page)
    posts = tuple(engine.posts(page))
    threads = tuple(engine.threads(page))
    boards = tuple(engine.boards(page))
    account = engine.account(page)
    if posts:
        # what an author wrote is no link of the page's own
        without_authored(page, engine.NAME)
    return Reading(
        state=state,
        boards=boards,
        threads=threads,
        thread=shown,
        posts=posts,
        account=account,
        next_page=engine.next_page(page),
        problems=tuple(dict.fromkeys(page.problems)),
    )


def nothing_on(page: Page) -> tuple[Problem, ...]:
    """A problem for an empty page, unless one says already why it is empty."""
    return () if page.problems else (Problem("empty_page", page.url[:300]),)


def page_asked(asked: Asked, *, watched: bool = False) -> Page:
    """The page of a response, as `page_from` makes it."""
    return page_from(
        asked.body,
        asked.content_type,
        url=asked.url,
        fetched_at=asked.fetched_at,
        status=asked.status,
        timezone=asked.timezone,
        selectors=asked.selectors,
        watched=watched,
    )


def read_asked(asked: Asked) -> Reading:
    """What an engine reads from a response, in this process.

    Raises:
        ValueError: its source names no known engine.
    """
    page = page_asked(asked, watched=True)
    engine = detect(page) if asked.engine == AUTO else engine_named(asked.engine)
    if engine is None:
        page.note("no_engine", "no engine knows this page; name one with --engine")
        return Reading("unknown", problems=tuple(page.problems))
    reading = whole(page, engine.NAME, read_page(page, engine))
    reading = bounded(judged(reading, asked.status, asked.url), asked.fetched_at)
    if asked.session and page.text.lstrip()[:1] == "<":
        reading = replace(reading, signed_in=is_signed_in(page))
    if reading.threads and "product" in asked.selectors:
        # products with pages of their own: those say more than their line in the list
        listed = {post.thread: dict(post.fields) for post in reading.posts if post.thread}
        return replace(reading, posts=(), listed=listed)
    return reading


def with_listed(reading: Reading, context: Mapping[str, Any]) -> Reading:
    """A product's page together with what its list stated of it; the page itself wins."""
    listed = context.get("listed")
    if not listed:
        return reading
    posts = tuple(replace(post, fields={**listed, **post.fields}) for post in reading.posts)
    return replace(reading, posts=posts)


def judged(reading: Reading, status: int, url: str) -> Reading:
    """The reading with what the HTTP status adds, and a problem when it was not understood."""
    if status in GONE and reading.state in ("ok", "empty", "unknown"):
        return Reading("not_found", problems=reading.problems)
    if reading.state in NOT_UNDERSTOOD:
        problem = Problem("unknown_page", f"{reading.state}, status {status}: {url}"[:300])
        return replace(reading, problems=(*reading.problems, problem))
    return reading


def engine_named(name: str) -> Engine:
    """The engine of that name.

    Raises:
        ValueError: there is none; the text names the known ones.
    """
    if name not in ENGINES:
        raise ValueError(f"engine: '{name}' is unknown; use one of: {', '.join(sorted(ENGINES))}")
    return ENGINES[name]


def reading_as_json(reading: Reading) -> dict[str, Any]:
    """A reading as `rackrent read` prints it; null where a page does not say.

    `account` is there on profile pages only.
    """
    found = {
        "state": reading.state,
        "threads": [thread_as_json(thread) for thread in reading.threads],
        "posts": [post_as_json(post) for post in reading.posts],
        "next_page": reading.next_page,
    }
    return found | ({"account": account_as_json(reading.account)} if reading.account else {})


def account_as_json(account: AccountRead) -> dict[str, Any]:
    """The account of a profile page, times as `…Z`."""
    return asdict(account) | {"joined_at": stamp_or_none(account.joined_at)}


def thread_as_json(thread: ThreadRead) -> dict[str, Any]:
    """A row of a board, times as `…Z`."""
    row = asdict(thread)
    row["posted_at"] = stamp_or_none(thread.posted_at)
    row["last_post_at"] = stamp_or_none(thread.last_post_at)
    return row


def post_as_json(post: PostRead) -> dict[str, Any]:
    """A post, times as `…Z`; `title` and `fields` where it has them."""
    row = {
        "native_id": post.native_id,
        "position": post.position,
        "author": post.author,
        "posted_at": stamp_or_none(post.posted_at),
        "posted_raw": post.posted_raw,
        "edited_at": stamp_or_none(post.edited_at),
        "text": post.text,
        "url": post.url,
    }
    stated = {"title": post.title, "fields": dict(post.fields)}
    return row | {name: value for name, value in stated.items() if value}

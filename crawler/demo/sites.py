"""What each demo site answers to a path: routes of the four kinds of software."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from crawler.demo.day import Day
from crawler.demo.pages import (
    MESSAGES_A_PAGE,
    POSTS_A_PAGE,
    THREADS_A_PAGE,
    board_of,
    chunk_of,
    render,
    slice_of,
    thread_of,
)

XENFORO_BOARD = re.compile(r"/forums/[^/]+\.(\d+)/(?:page-(\d+))?")
XENFORO_THREAD = re.compile(r"/threads/[^/]+\.(\d+)/(?:page-(\d+))?")


CATEGORY = 1
"""Id of the MyBB board's only category: its page lists the boards again."""


@dataclass(frozen=True)
class Answer:
    """One response."""

    status: int
    content_type: str
    body: str


Site = Callable[[Day, str], Answer]
"""Answers a path and query on a day."""


def html(body: str, status: int = 200) -> Answer:
    """A page."""
    return Answer(status, "text/html; charset=utf-8", body)


def number_in(text: str | None, default: int = 1) -> int:
    """A small number in a path or query; the default where there is none."""
    return int(text) if text and text.isdigit() and len(text) < 9 else default


def mybb(day: Day, target: str) -> Answer:
    """A MyBB 1.8 board."""
    parts = urlsplit(target)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    values = {"day": day, "site": day.names["demo_mybb"], "boards": day.boards["demo_mybb"]}
    page = number_in(query.get("page"))
    if parts.path in ("/", "/index.php"):
        return html(render("mybb/index.html", **values))
    if parts.path == "/forumdisplay.php":
        board = number_in(query.get("fid"), 0)
        if board == CATEGORY:
            return html(render("mybb/index.html", **values))
        rows = slice_of(board_of(day, "demo_mybb", board), page, THREADS_A_PAGE)
        if rows and board in day.boards["demo_mybb"]:
            return html(render("mybb/board.html", board=board, part=rows, **values))
    thread = thread_of(day, "demo_mybb", number_in(query.get("tid"), 0))
    if parts.path == "/showthread.php" and thread:
        rows = slice_of(thread.posts, page, POSTS_A_PAGE)
        if rows:
            first = (page - 1) * POSTS_A_PAGE + 1
            return html(render("mybb/thread.html", thread=thread, part=rows, first=first, **values))
    if parts.path == "/member.php" and query.get("action") == "login":
        return html(render("mybb/login.html", **values))
    return html(render("mybb/error.html", **values), 404)


def xenforo(day: Day, target: str) -> Answer:
    """A XenForo 2 board."""
    path = urlsplit(target).path
    values = {"day": day, "site": day.names["demo_xenforo"], "boards": day.boards["demo_xenforo"]}
    if path == "/":
        return html(render("xenforo/index.html", **values))
    if match := XENFORO_BOARD.fullmatch(path):
        board, page = int(match[1]), number_in(match[2])
        rows = slice_of(board_of(day, "demo_xenforo", board), page, THREADS_A_PAGE)
        if rows and board in day.boards["demo_xenforo"]:
            return html(render("xenforo/board.html", board=board, part=rows, **values))
    if match := XENFORO_THREAD.fullmatch(path):
        thread = thread_of(day, "demo_xenforo", int(match[1]))
        page = number_in(match[2])
        rows = slice_of(thread.posts, page, POSTS_A_PAGE) if thread else None
        if rows:
            first = (page - 1) * POSTS_A_PAGE + 1
            return html(
                render("xenforo/thread.html", thread=thread, part=rows, first=first, **values)
            )
    if path == "/login/":
        return html(render("xenforo/login.html", **values))
    return html(render("xenforo/error.html", **values), 404)


def telegram(day: Day, target: str) -> Answer:
    """A channel's public preview."""
    parts = urlsplit(target)
    if parts.path.rstrip("/") != f"/s/{day.channel}":
        return html("<html><body>Not here.</body></html>", 404)
    before = number_in(parse_qs(parts.query).get("before", [""])[0], 10**9)
    shown = [post for post in day.messages if post.id < before][-MESSAGES_A_PAGE:]
    older = shown[0].id if shown and shown[0].id > 1 else None
    return html(
        render(
            "telegram/channel.html",
            channel=day.channel,
            name=day.names["demo_telegram"],
            posts=shown,
            older=older,
        )
    )


def shop(day: Day, target: str) -> Answer:
    """A shop whose items are loaded by its script."""
    parts = urlsplit(target)
    if parts.path == "/":
        return html(render("shop/index.html", name=day.names["demo_shop"]))
    if parts.path == "/api/items":
        start = number_in(parse_qs(parts.query).get("start", [""])[0], 0)
        return Answer(200, "application/json", json.dumps(chunk_of(day.items, start)))
    return html("<html><body>Nothing here.</body></html>", 404)


SITES: dict[str, Site] = {
    "demo_mybb": mybb,
    "demo_xenforo": xenforo,
    "demo_telegram": telegram,
    "demo_shop": shop,
}
"""The four sites by source id."""

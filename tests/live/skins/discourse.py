"""A board as Discourse answers: HTML that carries its JSON along (index, login), JSON below."""

import json
import re
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.live.board import (
    POSTS_A_PAGE,
    THREADS_A_PAGE,
    Asked,
    Board,
    Post,
    Thread,
    View,
    shown,
)

NAME = "discourse"
START = "/"
CONTENT_TYPE = "application/json; charset=utf-8"
BOARD = re.compile(r"/c/board-([0-9]+)/\1\.json")
THREAD = re.compile(r"/t/([0-9]+)\.json")
LAYOUT = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Quay</title>
<meta name="generator" content="Discourse 3.3.2 - https://discourse.example version 0f3c">
<link rel="alternate" type="application/rss+xml" href="{root}/latest.rss">
<link rel="search" type="application/opensearchdescription+xml" href="{root}/opensearch.xml">
<meta id="data-discourse-setup" data-base-url="{root}" data-base-uri=""></head>
<body><div class="hidden" id="data-preloaded" data-preloaded="{stored}"></div>
<section id="main">{body}</section>
<noscript data-path="/"><a href="{root}/tags">Tags</a> <a href="{root}/search">Search</a>
<a href="{root}/u">Users</a> <a href="{root}/latest?order=views">Views</a></noscript>
<script defer src="/assets/discourse-1f.js"></script></body></html>"""
LOGIN = """<p>Log in to your account.</p>
<form id="login-form" method="post" action="{root}/session">
<input type="hidden" name="authenticity_token" value="9a0c"><input type="text" name="login"
id="login-account-name"><input type="password" name="password" id="login-account-password">
<input type="hidden" name="timezone" value="UTC">
<button type="submit" class="btn btn-primary">Log In</button></form>"""


def asked(target: str) -> Asked | None:
    parts = urlsplit(target)
    page = int(parse_qs(parts.query).get("page", ["0"])[0])
    if parts.path == "/":
        return Asked("index")
    if parts.path == "/login":
        return Asked("login")
    if match := BOARD.fullmatch(parts.path):
        return Asked("board", int(match[1]), page + 1)
    if match := THREAD.fullmatch(parts.path):
        return Asked("thread", int(match[1]), max(page, 1))
    return None


def layout(view: View, body: str = "", **stored: Any) -> str:
    stored |= {"siteSettings": {"title": "Quay"}}
    if view.signed_in:
        stored["currentUser"] = {"id": 9, "username": "watcher", "trust_level": 1}
    texts = json.dumps({name: json.dumps(value) for name, value in stored.items()})
    return LAYOUT.format(root=view.root, stored=escape(texts), body=body)


def stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"


def index(view: View) -> str:
    rows = [
        {"id": board.number, "name": board.name, "slug": f"board-{board.number}", "position": 1}
        for board in view.boards
    ]
    site = {"post_types": {"regular": 1, "small_action": 3}, "groups": [], "categories": rows}
    return layout(view, site=site)


def accounts(threads: list[Thread]) -> dict[str, int]:
    """Ids of the accounts that opened threads or answered last."""
    names = {name for each in threads for name in (each.posts[0].author, each.last_post.author)}
    return {name: number for number, name in enumerate(sorted(names), 40)}


def board(view: View, board: Board, page: int) -> str:
    threads = board.newest_first()
    ids = accounts(threads)
    listed: dict[str, Any] = {
        "can_create_topic": view.signed_in,
        "per_page": THREADS_A_PAGE,
        "topics": [row(each, ids) for each in shown(threads, page, THREADS_A_PAGE)],
    }
    if page * THREADS_A_PAGE < len(threads):
        path = f"/c/board-{board.number}/{board.number}/l/latest"
        listed["more_topics_url"] = f"{path}?no_definitions=true&page={page}"
    users = [{"id": number, "username": name, "name": ""} for name, number in ids.items()]
    return json.dumps({"users": users, "primary_groups": [], "topic_list": listed})


def facts(thread: Thread) -> dict[str, Any]:
    """What lists and threads say of a thread alike."""
    return {
        "id": thread.number,
        "title": thread.title,
        "slug": f"rdp-lot-{thread.number}",
        "posts_count": len(thread.posts),
        "reply_count": 0,
        "highest_post_number": len(thread.posts),
        "created_at": stamp(thread.posts[0].posted_at),
        "last_posted_at": stamp(thread.last_post.posted_at),
        "pinned": False,
        "pinned_globally": False,
        "closed": False,
        "archived": False,
        "tags": [],
        "category_id": thread.board,
    }


def row(thread: Thread, ids: dict[str, int]) -> dict[str, Any]:
    last = {"extras": "latest", "user_id": ids[thread.last_post.author]}
    return facts(thread) | {
        "bumped_at": stamp(thread.last_post.posted_at),
        "posters": [{"extras": None, "user_id": ids[thread.posts[0].author]}, last],
    }


def thread(view: View, thread: Thread, page: int) -> str:
    first = (page - 1) * POSTS_A_PAGE
    posts = [
        written(post, first + place)
        for place, post in enumerate(shown(thread.posts, page, POSTS_A_PAGE), 1)
    ]
    stream = {"posts": posts, "stream": [post.number for post in thread.posts]}
    others = {
        "post_stream": stream,
        "chunk_size": POSTS_A_PAGE,
        "suggested_topics": [{"id": 1, "title": "Suggested", "slug": "x", "posts_count": 2}],
        "details": {
            "can_create_post": view.signed_in,
            "created_by": {"id": 4, "username": thread.posts[0].author},
            "links": [{"url": f"{view.root}/t/other/2/4", "internal": True}],
        },
    }
    return json.dumps(facts(thread) | others)


def written(post: Post, place: int) -> dict[str, Any]:
    return {
        "id": post.number,
        "username": post.author,
        "user_id": 4,
        "created_at": stamp(post.posted_at),
        "updated_at": stamp(post.posted_at),
        "version": 1,
        "post_number": place,
        "post_type": 1,
        "cooked": f"<p>{escape(post.text)}</p>",
        "user_deleted": False,
    }


def login(view: View) -> str:
    return layout(view, LOGIN.format(root=view.root))


def refused(view: View) -> str:
    error = "You need to be logged in to do that."
    return json.dumps({"errors": [error], "error_type": "not_logged_in"})

"""A board as XenForo 2 writes it, with friendly URLs."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from tests.live.board import (
    POSTS_A_PAGE,
    THREADS_A_PAGE,
    Asked,
    Board,
    Thread,
    View,
    pages_of,
    shown,
)

NAME = "xenforo"
START = "/"
CONTENT_TYPE = "text/html; charset=utf-8"
ITEM = re.compile(r"/(threads|forums)/[a-z0-9-]+\.([0-9]+)/(?:page-([0-9]+))?$")
LAYOUT = """<!DOCTYPE html><html id="XF" lang="en-US" dir="LTR" data-app="public"
data-template="{template}" data-container-key="" data-content-key="{key}"
data-logged-in="{signed}" data-cookie-prefix="xf_"><head><title>{title} | Mire</title>
<link rel="alternate" type="application/rss+xml" href="/forums/-/index.rss"></head>
<body data-template="{template}"><div class="p-pageWrapper"><nav class="p-nav">
<div class="p-nav-opposite">{user}</div><a href="/whats-new/posts/">What's new</a>
<a href="/search/">Search</a></nav><div class="p-body"><div class="p-body-inner">
<ul class="p-breadcrumbs"><li><a href="/"><span>Forums</span></a></li>{trail}</ul>
<div class="p-body-header"><h1 class="p-title-value">{title}</h1></div>
<div class="p-body-main"><div class="p-body-content"><div class="p-body-pageContent">{body}</div>
</div></div></div></div></div></body></html>"""


def asked(target: str) -> Asked | None:
    path = urlsplit(target).path
    if path == "/":
        return Asked("index")
    if path == "/login/":
        return Asked("login")
    match = ITEM.fullmatch(path)
    if not match:
        return None
    page = int(match[3] or 1)
    if match[1] == "threads":
        return Asked("thread", int(match[2]), page)
    return Asked("board", int(match[2]), page)


def layout(view: View, template: str, title: str, body: str, trail: str = "", key: str = "") -> str:
    out = '<a href="/account/" class="p-navgroup-link--user">watcher</a>'
    guest = '<a href="/login/" class="p-navgroup-link--logIn">Log in</a>'
    return LAYOUT.format(
        template=template,
        title=title,
        body=body,
        trail=trail,
        key=key,
        signed="true" if view.signed_in else "false",
        user=out if view.signed_in else guest,
    )


def time(moment: datetime) -> str:
    return (
        f'<time class="u-dt" dir="auto" datetime="{moment:%Y-%m-%dT%H:%M:%S}+0000" '
        f'data-time="{int(moment.timestamp())}" title="{moment:%b %d, %Y at %I:%M %p}">'
        f"{moment:%b %d, %Y}</time>"
    )


def board_path(board: Board) -> str:
    return f"/forums/{board.name.lower()}.{board.number}/"


def thread_path(thread: Thread) -> str:
    return f"/threads/rdp-lot-{thread.number}.{thread.number}/"


def index(view: View) -> str:
    rows = "".join(
        f"""<div class="node node--id{board.number} node--forum"><div class="node-body">
<div class="node-main"><h3 class="node-title"><a href="{board_path(board)}"
data-xf-init="element-tooltip">{board.name}</a></h3></div></div></div>"""
        for board in view.boards
    )
    return layout(view, "forum_list", "Mire", f'<div class="block block--category">{rows}</div>')


def pager(path: str, page: int, pages: int) -> str:
    links = "".join(
        f'<li class="pageNav-page"><a href="{path}{f"page-{n}" if n > 1 else ""}">{n}</a></li>'
        for n in range(1, pages + 1)
    )
    after = f'<a href="{path}page-{page + 1}" class="pageNav-jump pageNav-jump--next">Next</a>'
    after = after if page < pages else ""
    return f'<nav class="pageNavWrapper"><div class="pageNav"><ul>{links}</ul>{after}</div></nav>'


def board(view: View, board: Board, page: int) -> str:
    threads = board.newest_first()
    rows = "".join(row(thread) for thread in shown(threads, page, THREADS_A_PAGE))
    pages = pages_of(len(threads), THREADS_A_PAGE)
    body = f"""{pager(board_path(board), page, pages)}
<div class="structItemContainer"><div class="structItem structItem--quickCreate">
<a href="{board_path(board)}?order=title&amp;direction=asc">Title</a></div>
<div class="structItemContainer-group js-threadList">{rows}</div></div>"""
    return layout(view, "forum_view", board.name, body)


def row(thread: Thread) -> str:
    first, last = thread.posts[0], thread.last_post
    path = thread_path(thread)
    return f"""<div class="structItem structItem--thread js-inlineModContainer
js-threadListItem-{thread.number}" data-author="{first.author}"><div class="structItem-cell
structItem-cell--main"><div class="structItem-title"><a href="{path}" data-tp-primary="on">
{thread.title}</a></div><div class="structItem-minor"><ul class="structItem-parts"><li>
<a href="/members/{first.author}.4/" class="username" data-user-id="4">{first.author}</a></li>
<li class="structItem-startDate"><a href="{path}">{time(first.posted_at)}</a></li></ul>
<span class="structItem-pageJump"><a href="{path}page-2">2</a></span></div></div>
<div class="structItem-cell structItem-cell--meta"><dl class="pairs pairs--justified">
<dt>Replies</dt><dd>{len(thread.posts) - 1}</dd></dl><dl class="pairs pairs--justified
structItem-minor"><dt>Views</dt><dd>91</dd></dl></div>
<div class="structItem-cell structItem-cell--latest"><a href="{path}latest">
{time(last.posted_at).replace('class="u-dt"', 'class="structItem-latestDate u-dt"')}</a>
<div class="structItem-minor"><a href="/members/{last.author}.5/" class="username">{last.author}</a>
</div></div></div>"""


def thread(view: View, thread: Thread, page: int) -> str:
    path = thread_path(thread)
    offset = (page - 1) * POSTS_A_PAGE
    posts = "".join(
        f"""<article class="message message--post js-post" data-author="{post.author}"
data-content="post-{post.number}" id="js-post-{post.number}"><div class="message-inner">
<div class="message-cell message-cell--user"><section class="message-user"><h4 class="message-name">
<a href="/members/{post.author}.4/" class="username" data-user-id="4">{post.author}</a></h4>
</section></div><div class="message-cell message-cell--main"><header class="message-attribution">
<ul class="message-attribution-main"><li><a href="{path}post-{post.number}">{time(post.posted_at)}
</a></li></ul><ul class="message-attribution-opposite"><li>
<a href="{path}post-{post.number}">#{offset + place}</a></li></ul></header>
<div class="message-body js-selectToQuote"><div class="bbWrapper">{post.text}</div></div>
<footer><a href="/posts/{post.number}/report">Report</a>
<a href="{path}reply?quote={post.number}">Reply</a></footer></div></div></article>"""
        for place, post in enumerate(shown(thread.posts, page, POSTS_A_PAGE), 1)
    )
    pages = pages_of(len(thread.posts), POSTS_A_PAGE)
    body = f'{pager(path, page, pages)}<div class="block-body">{posts}</div>'
    trail = f'<li><a href="/forums/section.{thread.board}/"><span>Section</span></a></li>'
    return layout(view, "thread_view", thread.title, body, trail, f"thread-{thread.number}")


def login(view: View) -> str:
    body = """<form action="/login/login" method="post" class="block"><dl class="formRow"><dt>
<label>Your name or email address:</label></dt><dd><input type="text" class="input" name="login">
</dd></dl><dl class="formRow"><dd><input type="password" class="input" name="password"></dd></dl>
<input type="hidden" name="remember" value="1"><input type="hidden" name="_xfRedirect" value="/">
<input type="hidden" name="_xfToken" value="1700000000,abcd"><button type="submit"
class="button--primary button">Log in</button></form>"""
    return layout(view, "login", "Log in", body)


def refused(view: View) -> str:
    body = """<div class="blockMessage">You must be logged-in to do that.</div>
<form action="/login/login" method="post"><input type="text" name="login">
<input type="password" name="password"><input type="hidden" name="_xfToken" value="1,a"></form>"""
    return layout(view, "login", "Log in", body)

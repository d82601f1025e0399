"""A board as vBulletin 5.6 writes it."""

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

NAME = "vbulletin5"
START = "/forum"
CONTENT_TYPE = "text/html; charset=UTF-8"
DATE = "%m-%d-%Y, %I:%M %p"
NAMES = {1: "servers", 2: "access", 3: "vault"}
LAYOUT = """<!DOCTYPE html>
<html lang="en" dir="LTR"><head><meta charset="UTF-8" />
<meta name="generator" content="vBulletin 5.6.9" />
<title>{title} - Slipway</title><base href="{root}/" />
<script>var pageData = {{"baseurl": "{root}", "pageid": "1", "nodeid": "2"}};</script>{head}
</head><body id="vb-page-body" class="l-desktop page1 vb-page view-mode" data-usergroupid="1">
<div id="header" class="b-top-menu__container"><ul class="b-top-menu">{user}
<li><a href="{root}/help">Help</a></li></ul></div>
<div id="channel-tabbar"><ul><li><a href="{root}/forum">Forums</a></li>
<li><a href="{root}/blogs">Blogs</a></li>
<li><a href="{root}/search?searchJSON=%7B%7D">Today's Posts</a></li></ul></div>
<nav class="breadcrumbs-wrapper"><ul id="breadcrumbs" class="h-clearfix">
<li class="crumb"><a href="{root}/forum">Home</a></li>{trail}</ul></nav>
<div id="content"><div class="canvas-layout-container"><div class="canvas-layout">
<div class="canvas-widget default-widget" id="widget_1" data-widget-id="8">{body}</div></div></div>
</div><div id="footer"><ul><li><a href="{root}/contact-us">Contact Us</a></li></ul>
<div id="footer-copyright">Powered by vBulletin&reg; Version 5.6.9</div></div></body></html>"""
MEMBER = '<li><a href="{root}/auth/logout?logouthash=1-2f">Log Out</a></li>'
GUEST = """<li id="lnkLoginSignupMenu"><iframe id="idLoginIframe" src="{root}/auth/login-form">
</iframe><a href="{root}/register">Sign Up</a></li>"""


def asked(target: str) -> Asked | None:
    path = urlsplit(target).path.rstrip("/")
    if path in ("", "/forum"):
        return Asked("index")
    if path == "/auth/login-form":
        return Asked("login")
    match = re.fullmatch(r"/forum/trade/([a-z]+)(?:/([0-9]+)-[^/]*)?(?:/page([0-9]+))?", path)
    if match is None:
        return None
    page = int(match[3] or "1")
    if match[2]:
        return Asked("thread", int(match[2]), page)
    number = next((number for number, name in NAMES.items() if name == match[1]), None)
    return Asked("board", number, page) if number else None


def board_url(view: View, number: int) -> str:
    return f"{view.root}/forum/trade/{NAMES[number]}"


def thread_url(view: View, thread: Thread) -> str:
    return f"{board_url(view, thread.board)}/{thread.number}-rdp-lot-{thread.number}"


def layout(view: View, title: str, body: str, trail: str = "", head: str = "") -> str:
    user = (MEMBER if view.signed_in else GUEST).format(root=view.root)
    return LAYOUT.format(root=view.root, title=title, body=body, trail=trail, head=head, user=user)


def crumb(url: str, name: str) -> str:
    return (
        f'<li class="crumb separator"></li><li class="crumb"><a class="crumb" href="{url}">'
        f"{name}</a></li>"
    )


def index(view: View) -> str:
    rows = "".join(
        f"""<tr id="forum{board.number}" class="forum-item js-forum-item" data-channel-id="1">
<td class="cell-forum"><div class="icon"></div><div class="forum-wrapper"><div class="forum-info">
<a href="{board_url(view, board.number)}" class="forum-title">{board.name}</a>
<div class="forum-desc">Boxes</div></div></div></td><td class="topics-count">31</td>
<td class="posts-count">2,044</td><td class="lastpost">{last_link(view, board)}</td></tr>"""
        for board in view.boards
    )
    body = f"""<div class="b-module canvas-widget forum-channel-widget"><table class="forum-list">
<tbody><tr id="category9" class="category-header"><td><a href="{view.root}/forum/trade"
class="category">Trade</a></td></tr>{rows}</tbody></table></div>"""
    return layout(view, "Forums", body)


def last_link(view: View, board: Board) -> str:
    thread = board.newest_first()[0]
    return f"""<a href="{thread_url(view, thread)}" class="lastpost-title">{thread.title}</a>
<div class="lastpost-by">by <a href="{view.root}/member/4-x">{thread.last_post.author}</a></div>
<div class="lastpost-date">{thread.last_post.posted_at:{DATE}}</div>"""


def pager(url: str, page: int, pages: int) -> str:
    after = f'href="{url}/page{page + 1}" data-page="{page + 1}"' if page < pages else 'href="#"'
    off = "" if page < pages else " h-disabled"
    links = "".join(
        f'<a class="js-pagenav-button" href="{url}{f"/page{n}" if n > 1 else ""}">{n}</a>'
        for n in range(1, pages + 1)
    )
    return f"""<div class="js-pagenav pagenav">{links}<a class="js-pagenav-button
js-pagenav-next-button b-button{off}" {after} rel="next">Next</a></div>"""


def relations(url: str, page: int, pages: int) -> str:
    own = url if page == 1 else f"{url}/page{page}"
    on = f'<link rel="next" href="{url}/page{page + 1}" />' if page < pages else ""
    return f'<link rel="canonical" href="{own}" />{on}'


def board(view: View, board: Board, page: int) -> str:
    threads, url = board.newest_first(), board_url(view, board.number)
    pages = pages_of(len(threads), THREADS_A_PAGE)
    rows = "".join(row(view, thread) for thread in shown(threads, page, THREADS_A_PAGE))
    body = f"""<h1 class="main-title js-main-title">{board.name}</h1>
<div id="topic-tab" class="tab topic-tab">{pager(url, page, pages)}
<div class="topic-list-container"><table class="topic-list-table"><thead>
<tr class="topic-list-header"><th><a href="{url}?filter_sort=title">Topics</a></th></tr></thead>
<tbody class="topic-list">{rows}</tbody></table></div></div>"""
    trail = crumb(f"{view.root}/forum/trade", "Trade") + crumb(url, board.name)
    return layout(view, board.name, body, trail, relations(url, page, pages))


def row(view: View, thread: Thread) -> str:
    first, last, url = thread.posts[0], thread.last_post, thread_url(view, thread)
    return f"""<tr class="topic-item restore read js-topic-item" data-node-id="{thread.number}"
data-node-publishdate="{epoch(first.posted_at)}"><td class="cell-icon"><div class="topic-icon">
</div></td><td class="cell-topic js-cell-topic"><div class="topic-wrapper">
<a href="{url}?view=unread" class="go-to-first-unread"></a>
<a href="{url}" class="topic-title js-topic-title">{thread.title}</a>
<div class="pagenav-minor"><a href="{url}/page2" class="page-number">2</a></div></div>
<div class="topic-info h-clear h-hide-on-small h-hide-on-narrow-column">Started by
<a href="{view.root}/member/4-x" data-vbnamecard="4">{first.author}</a>, <span class="date">
{first.posted_at:{DATE}}</span></div></td><td class="cell-count">
<div class="posts-count">{len(thread.posts) - 1:,} responses</div>
<div class="views-count">1,290 views</div></td><td class="cell-lastpost">
<div class="lastpost-by">by <a href="{view.root}/member/4-x">{last.author}</a></div>
<a href="{url}?p={last.number}#post{last.number}" class="go-to-last-post"></a>
<span class="post-date">{last.posted_at:{DATE}}</span></td></tr>"""


def epoch(moment: datetime) -> int:
    return int(moment.timestamp())


def thread(view: View, thread: Thread, page: int) -> str:
    url, pages = thread_url(view, thread), pages_of(len(thread.posts), POSTS_A_PAGE)
    first = (page - 1) * POSTS_A_PAGE
    posts = "".join(
        f"""<li data-node-id="{post.number}" data-node-publishdate="{epoch(post.posted_at)}"
class="b-post js-post js-comment-entry__parent h-restore" itemscope
itemtype="http://schema.org/Comment"><a id="post{post.number}" class="anchor"></a>
<div class="b-post__grid-container"><div class="b-userinfo js-post__userinfo" itemprop="author"
itemscope itemtype="http://schema.org/Person"><a href="{view.root}/member/4-x" class="avatar">
<img src="core/image.php?userid=4" alt="{post.author}" /></a><div class="b-userinfo__details">
<div class="author h-text-size--14"><strong><a href="{view.root}/member/4-x"
data-vbnamecard="4">{post.author}</a></strong></div><div class="usertitle">Member</div>
<ul class="b-userinfo__additional-info"><li><label>Join Date:</label> <span>Apr 2019</span></li>
<li><label>Posts:</label> <span>44</span></li></ul></div></div>
<div class="b-post__body"><div class="b-post__arrow"></div><div class="h-clearfix">
<div class="b-post__timestamp"><time itemprop="dateCreated"
datetime="{post.posted_at:%Y-%m-%dT%H:%M:%S}">{post.posted_at:{DATE}}</time></div>
<a href="{url}?p={post.number}#post{post.number}" class="b-post__count js-show-post-link">
#{first + place}</a></div><div class="js-post__content-wrapper"><div class="b-post__content
js-post__content"><div class="OLD__post-content h-padding-vert-xl">
<div class="js-post__content-text restore h-wordwrap" itemprop="text">{post.text}</div></div>
</div></div><div class="b-post__footer"><ul class="js-post-controls"
data-node-id="{post.number}"><li><a href="{view.root}/new-content/{post.number}">Reply</a></li>
</ul></div></div></div></li>"""
        for place, post in enumerate(shown(thread.posts, page, POSTS_A_PAGE), 1)
    )
    body = f"""<h1 class="main-title js-main-title">{thread.title}</h1>
{pager(url, page, pages)}<ul class="conversation-list list-container h-clearfix thread-view">
{posts}</ul>"""
    trail = crumb(f"{view.root}/forum/trade", "Trade")
    trail += crumb(board_url(view, thread.board), "Section")
    return layout(view, thread.title, body, trail, relations(url, page, pages))


def login(view: View) -> str:
    return f"""<!DOCTYPE html><html><head><title>Login</title>
<meta name="generator" content="vBulletin 5.6.9" /></head><body class="login-iframe">
<div id="login-form"><form action="{view.root}/auth/login" method="post" class="js-login-form">
<div>Log in with</div><input type="text" name="username" placeholder="User Name or Email" />
<input type="password" name="password" autocomplete="off" /><label><input type="checkbox"
name="rememberme" />Remember me</label><input type="hidden" name="privacyconsent" value="1" />
<input type="hidden" name="url" value="" /><button type="submit">Log in</button>
</form></div></body></html>"""


def refused(view: View) -> str:
    body = """<div class="page-message message-page-wrapper"><h2>vBulletin Message</h2>
<div class="message">You are not logged in or you do not have permission to access this page.</div>
</div>"""
    return layout(view, "Message", body)

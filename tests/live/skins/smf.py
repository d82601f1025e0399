"""A board as SMF 2.1 writes it; without cookies every link carries `PHPSESSID`."""

import re
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

NAME = "smf"
START = "/index.php"
CONTENT_TYPE = "text/html; charset=UTF-8"
DATE = "%B %d, %Y, %I:%M:%S %p"
ITEM = re.compile(r"(?:^|[;&])(topic|board)=([0-9]+)\.([0-9]+)$")
LAYOUT = """<!DOCTYPE html><html lang="en-US"><head><title>{title}</title>
<script>var smf_scripturl = "{root}/index.php"; var smf_session_id = "77aa";</script>
<link rel="alternate" type="application/rss+xml" href="{rss}"></head>
<body id="main"><div id="top_section"><ul id="top_info">{user}</ul></div>
<div id="upper_section"><div class="navigate_section"><ul>{trail}</ul></div></div>
<ul class="menu_nav"><li><a href="{search}">Search</a></li>
<li><a href="{calendar}">Calendar</a></li></ul><div id="content_section">
<div id="main_content_section">{body}</div></div>
<div id="footer"><a href="https://smf.example/">SMF 2.1.4 &copy; 2023, Simple Machines</a></div>
</body></html>"""


def asked(target: str) -> Asked | None:
    parts = urlsplit(target)
    query = re.sub(r"(?:^|[;&])PHPSESSID=[0-9a-f]+", "", parts.query).strip(";&")
    if parts.path not in ("/", "/index.php"):
        return None
    if not query:
        return Asked("index")
    if query == "action=login":
        return Asked("login")
    match = ITEM.search(query)
    if not match:
        return None
    what, size = ("thread", POSTS_A_PAGE) if match[1] == "topic" else ("board", THREADS_A_PAGE)
    if what == "thread":
        return Asked("thread", int(match[2]), int(match[3]) // size + 1)
    return Asked("board", int(match[2]), int(match[3]) // size + 1)


def link(view: View, query: str = "") -> str:
    session = f"PHPSESSID={view.session}" if view.session else ""
    both = "&amp;".join(part for part in (session, query) if part)
    return f"{view.root}/index.php" + (f"?{both}" if both else "")


def layout(view: View, title: str, body: str, trail: str = "") -> str:
    out = f'<li><a href="{link(view, "action=logout;c1=77aa")}">Logout</a></li>'
    guest = f'<li class="welcome">Please <a href="{link(view, "action=login")}">log in</a>.</li>'
    return LAYOUT.format(
        root=view.root,
        title=title,
        body=body,
        trail=f'<li><a href="{link(view)}"><span>Quay</span></a></li>{trail}',
        user=out if view.signed_in else guest,
        rss=link(view, "action=.xml;type=rss2"),
        search=link(view, "action=search"),
        calendar=link(view, "action=calendar"),
    )


def crumb(view: View, query: str, name: str) -> str:
    return f'<li><a href="{link(view, query)}"><span>{name}</span></a></li>'


def index(view: View) -> str:
    rows = "".join(
        f"""<div id="board_{board.number}" class="up_contain"><div class="board_icon">
<a href="{link(view, f"board={board.number}.0")}" class="board_on"></a></div><div class="info">
<a class="subject mobile_subject" href="{link(view, f"board={board.number}.0")}"
id="b{board.number}">{board.name}</a></div><div class="lastpost"></div></div>"""
        for board in view.boards
    )
    return layout(view, "Quay", f'<div id="boardindex_table">{rows}</div>')


def pager(view: View, what: str, page: int, pages: int, size: int) -> str:
    links = "".join(
        f'<span class="current_page">{n}</span> '
        if n == page
        else f'<a class="nav_page" href="{link(view, f"{what}.{(n - 1) * size}")}">{n}</a>'
        for n in range(1, pages + 1)
    )
    return f'<div class="pagesection"><div class="pagelinks floatleft">{links}</div></div>'


def board(view: View, board: Board, page: int) -> str:
    threads = board.newest_first()
    what = f"board={board.number}"
    rows = "".join(row(view, thread) for thread in shown(threads, page, THREADS_A_PAGE))
    sort = link(view, f"{what}.0;sort=subject")
    body = f"""{pager(view, what, page, pages_of(len(threads), THREADS_A_PAGE), THREADS_A_PAGE)}
<div id="messageindex"><div id="topic_header"><a href="{sort}">Subject</a>
<a href="{link(view, f"{what}.0;sort=replies;desc")}">Replies</a></div>
<div id="topic_container">{rows}</div></div>"""
    return layout(view, board.name, body, crumb(view, f"{what}.0", board.name))


def row(view: View, thread: Thread) -> str:
    first, last, topic = thread.posts[0], thread.last_post, f"topic={thread.number}"
    new = link(view, f"{topic}.msg{last.number}#new")
    return f"""<div class="windowbg"><div class="board_icon"></div>
<div class="info info_block"><div>
<div class="icons floatright"></div><div class="message_index_title"><span class="preview">
<span id="msg_{first.number}"><a href="{link(view, f"{topic}.0")}">{thread.title}</a></span></span>
</div><p class="floatleft">Started by <a href="{link(view, "action=profile;u=4")}"
class="preview">{first.author}</a></p></div></div>
<div class="board_stats centertext"><p>Replies: {len(thread.posts) - 1}<br>Views: 9</p></div>
<div class="lastpost"><p><a href="{new}">{last.posted_at:{DATE}}</a><br>
by <a href="{link(view, "action=profile;u=5")}">{last.author}</a></p></div></div>"""


def thread(view: View, thread: Thread, page: int) -> str:
    what = f"topic={thread.number}"
    first = (page - 1) * POSTS_A_PAGE
    posts = "".join(
        f"""<div class="windowbg" id="msg{post.number}"><div class="post_wrapper">
<div class="poster"><h4><a href="{link(view, "action=profile;u=4")}">{post.author}</a></h4>
<ul class="user_info"><li class="postgroup">Newbie</li></ul></div>
<div class="postarea"><div class="keyinfo"><h5 id="subject_{post.number}">{thread.title}</h5>
<div class="postinfo"><span class="messageicon"></span>
<a href="{link(view, f"msg={post.number}")}" rel="nofollow" title="{number(first + place)}"
class="smalltext">{post.posted_at:{DATE}}</a></div></div>
<div class="post"><div class="inner" data-msgid="{post.number}" id="msg_{post.number}">{post.text}
</div></div></div><a href="{link(view, f"action=post;quote={post.number};{what}")}">Quote</a>
</div></div>"""
        for place, post in enumerate(shown(thread.posts, page, POSTS_A_PAGE))
    )
    pages = pages_of(len(thread.posts), POSTS_A_PAGE)
    body = f"""<div id="display_head"><h2 class="display_title"><span id="top_subject">
{thread.title}</span></h2></div>{pager(view, what, page, pages, POSTS_A_PAGE)}
<a href="{link(view, f"action=printpage;{what}.0")}">Print</a>
<a href="{link(view, f"{what}.0;prev_next=next#new")}">next</a>
<div id="forumposts"><form>{posts}</form></div>"""
    trail = crumb(view, f"board={thread.board}.0", "Section")
    return layout(view, thread.title, body, trail + crumb(view, f"{what}.0", thread.title))


def number(place: int) -> str:
    """How SMF numbers answers; the first post has no number."""
    return f"Reply #{place}" if place else ""


def login(view: View) -> str:
    body = f"""<div class="login"><div class="roundframe">
<form action="{link(view, "action=login2")}" name="frmLogin" id="frmLogin" method="post">
<dl><dt>Username:</dt><dd><input type="text" id="loginuser" name="user" size="20"></dd>
<dt>Password:</dt><dd><input type="password" id="loginpass" name="passwrd" size="20"></dd></dl>
<select name="cookielength"><option value="3153600" selected>Forever</option></select>
<input type="submit" value="Log in" class="button">
<input type="hidden" name="a1b2" value="c3d4"></form></div></div>"""
    return layout(view, "Log in", body)


def refused(view: View) -> str:
    body = f"""<div id="fatal_error"><div class="windowbg"><div class="padding">
The topic or board you are looking for appears to be either missing or off limits to you.
Please login below or register an account.</div></div></div>
<form action="{link(view, "action=login2")}" method="post" id="frmLogin">
<input type="text" name="user"><input type="password" name="passwrd"></form>"""
    return layout(view, "Log in", body)

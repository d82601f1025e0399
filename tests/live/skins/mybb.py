"""A board as MyBB 1.8 writes it."""

from urllib.parse import parse_qs, urlsplit

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

NAME = "mybb"
START = "/index.php"
CONTENT_TYPE = "text/html; charset=UTF-8"
DATE = "%m-%d-%Y, %I:%M %p"
LAYOUT = """<!DOCTYPE html><html xml:lang="en" lang="en"><head><title>{title}</title>
<link rel="alternate" type="application/rss+xml" href="{root}/syndication.php" />
<script>var my_post_key = "0123abcd"; var rootpath = "{root}";</script></head>
<body><div id="container"><div id="header"><div id="panel">{panel}
<ul class="menu top_links"><li><a href="{root}/search.php" class="search">Search</a></li>
<li><a href="{root}/memberlist.php">Member List</a></li>
<li><a href="{root}/calendar.php">Calendar</a></li></ul></div></div>
<div id="content"><div class="navigation">{trail}</div>{body}</div>
<div id="footer"><span>Powered By <a href="https://mybb.example/">MyBB</a>,
&copy; 2002-2026 <a href="https://mybb.example/">MyBB Group</a>.</span></div></div></body></html>"""
GUEST = """<div class="upper"><span class="welcome">Hello There, Guest!
<a href="{root}/member.php?action=login" class="login">Login</a></span></div>
<div class="modal" id="quick_login" style="display: none;"><form method="post"
action="{root}/member.php"><input name="action" type="hidden" value="do_login" />
<input name="quick_login" type="hidden" value="1" />
<input name="quick_username" type="text" class="textbox" />
<input name="quick_password" type="password" class="textbox" /></form></div>"""
MEMBER = """<div class="upper"><span class="welcome"><strong>Welcome back, watcher</strong>
<a href="{root}/member.php?action=logout&amp;logoutkey=9f" class="logout">Log Out</a>
</span></div>"""


def asked(target: str) -> Asked | None:
    parts = urlsplit(target)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    page = int(query.get("page", "1"))
    if parts.path in ("/", "/index.php"):
        return Asked("index")
    if parts.path == "/forumdisplay.php" and "fid" in query:
        return Asked("board", int(query["fid"]), page)
    if parts.path == "/showthread.php" and "tid" in query:
        return Asked("thread", int(query["tid"]), page)
    if parts.path == "/member.php" and query.get("action") == "login":
        return Asked("login")
    return None


def layout(view: View, title: str, body: str, trail: str = "") -> str:
    panel = (MEMBER if view.signed_in else GUEST).format(root=view.root)
    return LAYOUT.format(root=view.root, title=title, body=body, panel=panel, trail=trail)


def index(view: View) -> str:
    rows = "".join(
        f'<tr><td class="trow1"><span class="forum_status forum_on" id="mark_read_{board.number}">'
        f'</span></td><td class="trow1"><strong><a href="forumdisplay.php?fid={board.number}">'
        f"{board.name}</a></strong></td></tr>"
        for board in view.boards
    )
    return layout(view, "Board", f'<table class="tborder"><tbody>{rows}</tbody></table>')


def pager(base: str, page: int, pages: int) -> str:
    if pages == 1:
        return ""
    links = "".join(
        f'<span class="pagination_current">{number}</span>'
        if number == page
        else f'<a href="{base}&amp;page={number}" class="pagination_page">{number}</a>'
        for number in sorted({1, *range(max(1, page - 2), min(pages, page + 2) + 1), pages})
    )
    if page < pages:
        links += f'<a href="{base}&amp;page={page + 1}" class="pagination_next">Next &raquo;</a>'
    return f'<div class="pagination"><span class="pages">Pages ({pages}):</span>{links}</div>'


def board(view: View, board: Board, page: int) -> str:
    threads = board.newest_first()
    base = f"forumdisplay.php?fid={board.number}"
    sort = f"{base}&amp;datecut=9999&amp;order=desc"
    rows = "".join(row(thread) for thread in shown(threads, page, THREADS_A_PAGE))
    body = f"""{pager(base, page, pages_of(len(threads), THREADS_A_PAGE))}
<table class="tborder"><tr><td class="tcat"><a href="{sort}&amp;sortby=subject">Thread</a> /
<a href="{sort}&amp;sortby=starter">Author</a></td><td class="tcat">
<a href="{sort}&amp;sortby=replies">Replies</a></td><td class="tcat">
<a href="{sort}&amp;sortby=lastpost">Last Post</a></td></tr>{rows}</table>"""
    trail = f'<a href="index.php">Board</a> / <span class="active">{board.name}</span>'
    return layout(view, board.name, body, trail)


def row(thread: Thread) -> str:
    tid, last = thread.number, thread.last_post
    return f"""<tr class="inline_row"><td class="trow1 forumdisplay_regular"><div>
<span class="subject_old" id="tid_{tid}">
<a href="showthread.php?tid={tid}">{thread.title}</a></span>
<div class="author smalltext"><a href="member.php?action=profile&amp;uid=5">
{thread.posts[0].author}</a></div></div></td>
<td class="trow1 forumdisplay_regular"><a href="javascript:MyBB.whoPosted({tid});">
{len(thread.posts) - 1}</a></td><td class="trow1 forumdisplay_regular">9</td>
<td class="trow1 forumdisplay_regular"><span class="lastpost smalltext">
{last.posted_at:{DATE}}<br /><a href="showthread.php?tid={tid}&amp;action=lastpost">Last Post</a>:
<a href="member.php?action=profile&amp;uid=6">{last.author}</a></span></td></tr>"""


def thread(view: View, thread: Thread, page: int) -> str:
    base = f"showthread.php?tid={thread.number}"
    first = (page - 1) * POSTS_A_PAGE
    posts = "".join(
        f"""<div class="post classic" id="post_{post.number}"><div class="post_author">
<div class="author_information"><strong><span class="largetext">
<a href="member.php?action=profile&amp;uid=5">{post.author}</a></span></strong></div></div>
<div class="post_content"><div class="post_head"><div class="float_right"><strong>
<a href="{base}&amp;pid={post.number}#pid{post.number}">#{first + place}</a></strong></div>
<span class="post_date">{post.posted_at:{DATE}}</span></div>
<div class="post_body scaleimages" id="pid_{post.number}">{post.text}</div></div>
<div class="post_controls"><a href="newreply.php?tid={thread.number}&amp;replyto={post.number}">
Reply</a><a href="report.php?pid={post.number}">Report</a></div></div>"""
        for place, post in enumerate(shown(thread.posts, page, POSTS_A_PAGE), 1)
    )
    body = f"""{pager(base, page, pages_of(len(thread.posts), POSTS_A_PAGE))}
<table class="tborder"><tr><td class="thead"><strong>{thread.title}</strong></td></tr>
<tr><td id="posts_container"><div id="posts">{posts}</div></td></tr></table>
<a href="printthread.php?tid={thread.number}">View a Printable Version</a>
<a href="{base}&amp;mode=threaded">Threaded</a>
<a href="{base}&amp;action=nextoldest">Next Oldest</a>"""
    trail = (
        f'<a href="index.php">Board</a> / <a href="forumdisplay.php?fid={thread.board}">Section</a>'
        f' / <span class="active">{thread.title}</span>'
    )
    return layout(view, thread.title, body, trail)


def login(view: View) -> str:
    body = f"""<form action="{view.root}/member.php" method="post"><table class="tborder">
<tr><td class="thead"><strong>Login</strong></td></tr>
<tr><td>Username: <input type="text" class="textbox" name="username" /></td></tr>
<tr><td>Password: <input type="password" class="textbox" name="password" /></td></tr>
<tr><td><input type="checkbox" name="remember" checked="checked" value="yes" /> Remember</td></tr>
</table><input type="submit" class="button" name="submit" value="Login" />
<input type="hidden" name="action" value="do_login" /><input type="hidden" name="url" value="" />
<input name="my_post_key" type="hidden" value="0123abcd" /></form>"""
    return layout(view, "Login", body)


def refused(view: View) -> str:
    body = f"""<table class="tborder"><tr><td class="thead"><strong>Board</strong></td></tr>
<tr><td class="trow1">You are either not logged in or do not have permission to view this page.
<ol><li>You are not logged in or registered. Please use the form at the bottom of this page to
login.</li></ol><form action="{view.root}/member.php" method="post">
<input type="hidden" name="action" value="do_login" />
<input type="text" class="textbox" name="username" /><input type="password" name="password" />
</form></td></tr></table>"""
    return layout(view, "Board", body)

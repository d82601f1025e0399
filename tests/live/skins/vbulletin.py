"""A board as vBulletin 4 writes it; guests get `s` in every link."""

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

NAME = "vbulletin"
START = "/forum.php"
CONTENT_TYPE = "text/html; charset=UTF-8"
DAY, CLOCK = "%m-%d-%Y", "%I:%M %p"
LAYOUT = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"
 dir="ltr" lang="en" id="vbulletin_html"><head><meta name="generator" content="vBulletin 4.2.5" />
<title>{title}</title><script type="text/javascript">var SESSIONURL = "s={session}&"; </script>
<script type="text/javascript" src="clientscript/vbulletin-core.js?v=425"></script>
<link rel="alternate" type="application/rss+xml" href="external.php?type=RSS2" /></head>
<body><div class="above_body"><div id="toplinks" class="toplinks">{user}</div>
<ul id="navtabs"><li><a href="{search}">New Posts</a></li><li><a href="{calendar}">Calendar</a></li>
</ul></div><div class="body_wrapper"><div id="breadcrumb" class="breadcrumb">
<ul class="floatcontainer">
<li class="navbithome"><a href="{index}">Home</a></li>{trail}</ul></div>{body}</div>
<div class="below_body"><div id="footer_copyright">Powered by vBulletin&reg; Version 4.2.5 Copyright
&copy; 2026</div></div></body></html>"""


def asked(target: str) -> Asked | None:
    parts = urlsplit(target)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    page = int(query.get("page", "1"))
    if parts.path in ("/", "/forum.php"):
        return Asked("index")
    if parts.path == "/login.php" and query.get("do") == "login":
        return Asked("login")
    if parts.path == "/forumdisplay.php" and "f" in query and "do" not in query:
        return Asked("board", int(query["f"]), page)
    if parts.path == "/showthread.php" and "t" in query:
        return Asked("thread", int(query["t"]), page)
    return None


def link(view: View, target: str) -> str:
    mark = "&amp;" if "?" in target else "?"
    return f"{target}{mark}s={view.session}" if view.session else target


def layout(view: View, title: str, body: str, trail: str = "") -> str:
    out = f'<a href="{link(view, "login.php?do=logout&amp;logouthash=1")}">Log Out</a>'
    guest = f'<a href="{link(view, "register.php")}">Register</a>{quick_login(view)}'
    return LAYOUT.format(
        title=title,
        body=body,
        trail=trail,
        session=view.session or "",
        user=out if view.signed_in else guest,
        index=link(view, "forum.php"),
        search=link(view, "search.php?do=getnew"),
        calendar=link(view, "calendar.php"),
    )


def quick_login(view: View) -> str:
    return f"""<form id="navbar_loginform" class="quicklogin" method="post"
action="{link(view, "login.php?do=login")}">
<input type="text" name="vb_login_username" id="navbar_username" />
<input type="password" name="vb_login_password" id="navbar_password" />
<input type="hidden" name="s" value="" /><input type="hidden" name="do" value="login" /></form>"""


def crumb(view: View, board: int, name: str) -> str:
    return (
        f'<li class="navbit"><a href="{link(view, f"forumdisplay.php?f={board}")}">{name}</a></li>'
    )


def index(view: View) -> str:
    rows = "".join(
        f"""<li id="forum{board.number}" class="forumbit_post old L2"><div class="forumrow table">
<div class="foruminfo td"><h2 class="forumtitle">
<a href="{link(view, f"forumdisplay.php?f={board.number}")}">{board.name}</a></h2></div>
<ul class="forumactionlinks td"><li class="forumactionlink rsslink">
<a href="external.php?type=RSS2&amp;forumids={board.number}">feed</a></li></ul></div></li>"""
        for board in view.boards
    )
    return layout(view, "Slipway", f'<ol id="forums" class="floatcontainer">{rows}</ol>')


def pager(view: View, target: str, page: int, pages: int) -> str:
    if page >= pages:
        return '<div class="pagination_top"></div>'
    after = link(view, f"{target}&amp;page={page + 1}")
    last = link(view, f"{target}&amp;page={pages}")
    return f"""<div class="pagination_top"><form class="pagination">
<span class="selected">{page}</span>
<span class="prev_next"><a rel="next" href="{after}" title="Next Page">&gt;</a></span>
<span class="first_last"><a href="{last}">Last</a></span></form></div>"""


def board(view: View, board: Board, page: int) -> str:
    threads = board.newest_first()
    target = f"forumdisplay.php?f={board.number}"
    rows = "".join(row(view, thread) for thread in shown(threads, page, THREADS_A_PAGE))
    body = f"""{pager(view, target, page, pages_of(len(threads), THREADS_A_PAGE))}
<div id="pagetitle"><h1>Forum: <span class="forumtitle">{board.name}</span></h1></div>
<div id="threadlist" class="threadlist"><div class="threadlisthead">
<a href="{link(view, f"{target}&amp;sort=title&amp;order=asc")}" rel="nofollow">Title</a></div>
<ol id="threads" class="threads">{rows}</ol></div>"""
    return layout(view, board.name, body)


def row(view: View, thread: Thread) -> str:
    target = f"showthread.php?t={thread.number}"
    opening, last, number = thread.posts[0], thread.last_post, thread.number
    user = link(view, "member.php?u=4")
    return f"""<li class="threadbit" id="thread_{number}"><div class="rating0 nonsticky">
<div class="threadinfo" title=""><div class="inner"><h3 class="threadtitle">
<a class="title" href="{link(view, target)}" id="thread_title_{number}">{thread.title}</a></h3>
<div class="threadmeta"><div class="author"><span class="label">Started by&nbsp;<a href="{user}"
class="username understate">{opening.author}</a>,&nbsp;{opening.posted_at:{DAY}}&nbsp;
{opening.posted_at:{CLOCK}}</span><dl class="pagination"><dd>
<a href="{link(view, f"{target}&amp;page=2")}">2</a></dd></dl></div></div></div></div>
<ul class="threadstats td alt" title=""><li>Replies:
<a href="{link(view, f"misc.php?do=whoposted&amp;t={number}")}" class="understate">
{len(thread.posts) - 1}</a></li><li>Views: 91</li></ul><dl class="threadlastpost td"><dt
class="lastpostby hidden">Last Post By</dt><dd><a href="{user}" class="username">{last.author}</a>
</dd><dd>{last.posted_at:{DAY}},&nbsp;<em class="time">{last.posted_at:{CLOCK}}</em>
<a href="{link(view, f"{target}&amp;goto=newpost")}" class="lastpostdate">&gt;</a></dd></dl>
</div></li>"""


def thread(view: View, thread: Thread, page: int) -> str:
    target = f"showthread.php?t={thread.number}"
    first = (page - 1) * POSTS_A_PAGE
    user = link(view, "member.php?u=4")
    posts = "".join(
        f"""<li class="postbitlegacy postbitim postcontainer old" id="post_{post.number}">
<div class="posthead"><span class="postdate old"><span class="date">{post.posted_at:{DAY}},&nbsp;
<span class="time">{post.posted_at:{CLOCK}}</span></span></span><span class="nodecontrols">
<a name="post{post.number}" href="{link(view, f"{target}&amp;p={post.number}")}#post{post.number}"
class="postcounter">#{first + place}</a><a id="postcount{post.number}" name="{first + place}"></a>
</span></div><div class="postdetails"><div class="userinfo"><div class="username_container">
<a class="username offline popupctrl" href="{user}"><strong>{post.author}</strong></a></div>
<span class="usertitle">Trader</span><dl class="userinfo_extra"><dt>Join Date</dt><dd>Apr 2019</dd>
<dt>Posts</dt><dd>44</dd></dl></div><div class="postbody"><div class="content">
<div id="post_message_{post.number}"><blockquote class="postcontent restore">{post.text}
</blockquote></div></div></div></div><div class="postfoot">
<a href="{link(view, f"newreply.php?do=newreply&amp;p={post.number}")}">Reply</a></div></li>"""
        for place, post in enumerate(shown(thread.posts, page, POSTS_A_PAGE), 1)
    )
    body = f"""{pager(view, target, page, pages_of(len(thread.posts), POSTS_A_PAGE))}
<div id="pagetitle"><h1>Thread: <span class="threadtitle"><a href="{link(view, target)}">
{thread.title}</a></span></h1></div><div id="postlist">
<ol id="posts" class="posts">{posts}</ol></div>
<a href="{link(view, f"printthread.php?t={thread.number}&amp;pp=10")}">Printable</a>"""
    return layout(view, thread.title, body, crumb(view, thread.board, "Section"))


def login(view: View) -> str:
    body = f"""<div class="block"><h2 class="blockhead">Log in</h2>
<form class="block" method="post" action="{link(view, "login.php?do=login")}">
<input type="text" name="vb_login_username" value="" /><input type="password"
name="vb_login_password" /><input type="checkbox" name="cookieuser" value="1" />
<input type="hidden" name="s" value="" /><input type="hidden" name="securitytoken" value="guest" />
<input type="hidden" name="do" value="login" /><input type="submit" value="Log in" /></form>
</div>"""
    return layout(view, "Log in", body)


def refused(view: View) -> str:
    body = f"""<div class="standard_error"><h2 class="blockhead">vBulletin Message</h2>
<form class="block" method="post" action="{link(view, "login.php?do=login")}">
<p>You are not logged in or you do not have permission to access this page.</p>
<input type="text" name="vb_login_username" /><input type="password" name="vb_login_password" />
<input type="hidden" name="do" value="login" /></form></div>"""
    return layout(view, "Slipway", body)

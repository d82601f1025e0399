"""A board as phpBB 3 (prosilver) writes it; guests get `sid` in every link."""

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

NAME = "phpbb"
START = "/index.php"
CONTENT_TYPE = "text/html; charset=UTF-8"
DATE = "%a %b %d, %Y %I:%M %p"
LAYOUT = """<!DOCTYPE html><html dir="ltr" lang="en-gb"><head><meta charset="utf-8" />
<title>Quayside - {title}</title>
<link rel="alternate" type="application/atom+xml" href="{feed}"></head>
<body id="phpbb" class="nojs notouch section-{section} ltr"><div id="wrap" class="wrap">
<div id="page-header"><ul class="linklist"><li>{user}</li><li><a href="{faq}">FAQ</a></li>
<li><a href="{search}">Search</a></li></ul><ul id="nav-breadcrumbs" class="nav-breadcrumbs linklist
navlinks"><li class="breadcrumbs"><span class="crumb"><a href="{index}"><span>Board index</span></a>
</span>{trail}</li></ul></div><div id="page-body" class="page-body">{body}</div>
<div id="page-footer" class="page-footer"><div class="copyright">Powered by
<a href="https://www.phpbb.example/">phpBB</a>&reg; Forum Software &copy; phpBB Limited</div></div>
</div></body></html>"""


def asked(target: str) -> Asked | None:
    parts = urlsplit(target)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    start = int(query.get("start", "0"))
    if parts.path in ("/", "/index.php"):
        return Asked("index")
    if parts.path == "/viewforum.php" and "f" in query:
        return Asked("board", int(query["f"]), start // THREADS_A_PAGE + 1)
    if parts.path == "/viewtopic.php" and "t" in query and "view" not in query:
        return Asked("thread", int(query["t"]), start // POSTS_A_PAGE + 1)
    if parts.path == "/ucp.php" and query.get("mode") == "login":
        return Asked("login")
    return None


def link(view: View, target: str) -> str:
    session = f"sid={view.session}" if view.session else ""
    mark = "&amp;" if "?" in target else "?"
    return f"./{target}{mark}{session}" if session else f"./{target}"


def layout(view: View, section: str, title: str, body: str, trail: str = "") -> str:
    out = f'<a href="{link(view, "ucp.php?mode=logout")}">Logout [ watcher ]</a>'
    guest = f'<a href="{link(view, "ucp.php?mode=login")}">Login</a>'
    return LAYOUT.format(
        section=section,
        title=title,
        body=body,
        trail=trail,
        user=out if view.signed_in else guest,
        feed=link(view, "feed.php"),
        faq=link(view, "app.php/help/faq"),
        search=link(view, "search.php"),
        index=link(view, "index.php"),
    )


def crumb(view: View, board: int, name: str) -> str:
    where = link(view, f"viewforum.php?f={board}")
    return f'<span class="crumb"><a href="{where}"><span>{name}</span></a></span>'


def index(view: View) -> str:
    rows = "".join(
        f"""<li class="row"><dl class="row-item forum_read"><dt title="No unread posts">
<div class="list-inner"><a href="{link(view, f"viewforum.php?f={board.number}")}"
class="forumtitle">{board.name}</a></div></dt><dd class="topics">9</dd><dd class="posts">9</dd>
<dd class="lastpost"><span><a href="{link(view, f"viewtopic.php?f={board.number}&amp;p=7#p7")}">
Last</a></span></dd></dl></li>"""
        for board in view.boards
    )
    box = "" if view.signed_in else quick_login(view)
    body = f'<div class="forabg"><ul class="topiclist forums">{rows}</ul></div>{box}'
    return layout(view, "index", "Index page", body)


def quick_login(view: View) -> str:
    return f"""<form method="post" action="{link(view, "ucp.php?mode=login")}" class="headerspace">
<fieldset class="quick-login"><input type="text" name="username" id="username" />
<input type="password" name="password" id="password" /><input type="submit" name="login"
value="Login" class="button2" /></fieldset></form>"""


def pager(view: View, target: str, page: int, pages: int, size: int) -> str:
    links = "".join(
        f'<li class="active"><span>{n}</span></li>'
        if n == page
        else f'<li><a href="{link(view, f"{target}&amp;start={(n - 1) * size}")}">{n}</a></li>'
        for n in range(1, pages + 1)
    )
    return f'<div class="pagination">{pages} pages <ul>{links}</ul></div>'


def board(view: View, board: Board, page: int) -> str:
    threads = board.newest_first()
    target = f"viewforum.php?f={board.number}"
    rows = "".join(row(view, thread) for thread in shown(threads, page, THREADS_A_PAGE))
    pages = pages_of(len(threads), THREADS_A_PAGE)
    body = f"""<h2 class="forum-title"><a href="{link(view, target)}">{board.name}</a></h2>
<a href="{link(view, f"posting.php?mode=post&amp;f={board.number}")}" class="button">New Topic</a>
{pager(view, target, page, pages, THREADS_A_PAGE)}<div class="forumbg">
<ul class="topiclist topics">{rows}</ul></div>
<a href="{link(view, f"{target}&amp;st=0&amp;sk=t&amp;sd=a")}">Sort by post time</a>"""
    return layout(view, "viewforum", board.name, body, crumb(view, board.number, board.name))


def row(view: View, thread: Thread) -> str:
    target = f"viewtopic.php?f={thread.board}&amp;t={thread.number}"
    opening, last = thread.posts[0], thread.last_post
    user = link(view, "memberlist.php?mode=viewprofile&amp;u=4")
    jump = link(view, f"{target}&amp;p={last.number}#p{last.number}")
    return f"""<li class="row bg1"><dl class="row-item topic_read"><dt><div class="list-inner">
<a href="{link(view, target)}" class="topictitle">{thread.title}</a><br />
<div class="topic-poster responsive-hide left-box">by <a href="{user}" class="username">
{opening.author}</a> &raquo; {opening.posted_at:{DATE}}</div>
<div class="pagination"><ul><li><a href="{link(view, f"{target}&amp;start=10")}">2</a></li></ul>
</div></div></dt><dd class="posts">{len(thread.posts) - 1} <dfn>Replies</dfn></dd>
<dd class="views">91 <dfn>Views</dfn></dd><dd class="lastpost"><span><dfn>Last post </dfn>by
<a href="{user}" class="username">{last.author}</a> <a href="{jump}" title="Go to last post"></a>
<br />{last.posted_at:{DATE}}</span></dd></dl></li>"""


def thread(view: View, thread: Thread, page: int) -> str:
    target = f"viewtopic.php?f={thread.board}&amp;t={thread.number}"
    user = link(view, "memberlist.php?mode=viewprofile&amp;u=4")
    posts = "".join(
        f"""<div id="p{post.number}" class="post has-profile bg2"><div class="inner">
<dl class="postprofile" id="profile{post.number}"><dt><a href="{user}" class="username">
{post.author}</a></dt><dd class="profile-rank">Member</dd><dd class="profile-posts">
<strong>Posts:</strong> <a href="{link(view, "search.php?author_id=4")}">12</a></dd></dl>
<div class="postbody"><div id="post_content{post.number}"><h3><a href="#p{post.number}">
Re: {thread.title}</a></h3><ul class="post-buttons"><li>
<a href="{link(view, f"posting.php?mode=quote&amp;p={post.number}")}">Quote</a></li></ul>
<p class="author"><a class="unread" href="{link(view, f"viewtopic.php?p={post.number}")}"></a>
<span class="responsive-hide">by <strong><a href="{user}" class="username">{post.author}</a>
</strong> &raquo; </span>{post.posted_at:{DATE}}</p><div class="content">{post.text}</div></div>
</div></div></div>"""
        for post in shown(thread.posts, page, POSTS_A_PAGE)
    )
    pages = pages_of(len(thread.posts), POSTS_A_PAGE)
    body = f"""<h2 class="topic-title"><a href="{link(view, target)}">{thread.title}</a></h2>
{pager(view, target, page, pages, POSTS_A_PAGE)}{posts}
<a href="{link(view, f"{target}&amp;view=print")}">Print view</a>
<a href="{link(view, f"{target}&amp;view=next")}">Next topic</a>"""
    return layout(view, "viewtopic", thread.title, body, crumb(view, thread.board, "Section"))


def login(view: View) -> str:
    body = f"""<form action="{link(view, "ucp.php?mode=login")}" method="post" id="login">
<div class="panel"><h2 class="login-title">Login</h2><fieldset class="fields1"><dl>
<dt><label for="username">Username:</label></dt><dd><input type="text" name="username" /></dd></dl>
<dl><dt><label>Password:</label></dt><dd><input type="password" name="password" /></dd></dl>
<input type="checkbox" name="autologin" /><input type="hidden" name="redirect" value="./ucp.php" />
<input type="hidden" name="form_token" value="9f" />
<input type="submit" name="login" value="Login" /></fieldset></div></form>"""
    return layout(view, "ucp", "User Control Panel - Login", body)


def refused(view: View) -> str:
    body = f"""<form action="{link(view, "ucp.php?mode=login")}" method="post" id="login">
<div class="panel"><p>The board requires you to be registered and logged in to view this forum.</p>
<input type="text" name="username" /><input type="password" name="password" />
<input type="submit" name="login" value="Login" /></div></form>"""
    return layout(view, "ucp", "Login", body)

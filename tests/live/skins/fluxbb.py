"""A board as FluxBB 1.5 writes it."""

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

NAME = "fluxbb"
START = "/index.php"
CONTENT_TYPE = "text/html; charset=utf-8"
DATE = "%Y-%m-%d %H:%M:%S"
LAYOUT = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" dir="ltr"><head><title>{title}</title>
<link rel="alternate" type="application/rss+xml" href="extern.php?action=feed&amp;type=rss" />
{head}</head><body><div id="pun{kind}" class="pun"><div class="punwrap">
<div id="brdheader" class="block"><div class="box"><div id="brdtitle" class="inbox">
<h1><a href="index.php">Slipway</a></h1></div><div id="brdmenu" class="inbox"><ul>
<li id="navindex"><a href="index.php">Index</a></li>
<li id="navuserlist"><a href="userlist.php">User list</a></li>
<li id="navsearch"><a href="search.php">Search</a></li>{user}</ul></div>
<div id="brdwelcome" class="inbox"><p>{welcome}</p>
<a href="search.php?action=show_recent">Active</a></div></div></div>
<div id="brdmain">{body}</div><div id="brdfooter" class="block"><form id="qjump" method="get"
action="viewforum.php"><select name="id"><option value="1">Servers</option></select></form>
<p id="poweredby">Powered by <a href="http://fluxbb.example/">FluxBB</a></p></div>
</div></div></body></html>"""
MEMBER = '<li id="navlogout"><a href="login.php?action=out&amp;id=9&amp;t=3f">Logout</a></li>'
GUEST = '<li id="navlogin"><a href="login.php">Login</a></li>'


def asked(target: str) -> Asked | None:
    parts = urlsplit(target)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    page = int(query.get("p", "1"))
    if parts.path in ("/", "/index.php"):
        return Asked("index")
    if parts.path == "/login.php" and not query:
        return Asked("login")
    if parts.path == "/viewforum.php" and "id" in query:
        return Asked("board", int(query["id"]), page)
    if parts.path == "/viewtopic.php" and "id" in query and "action" not in query:
        return Asked("thread", int(query["id"]), page)
    return None


def layout(view: View, kind: str, title: str, body: str, head: str = "") -> str:
    return LAYOUT.format(
        kind=kind,
        title=f"{title} / Slipway",
        head=head,
        user=MEMBER if view.signed_in else GUEST,
        welcome="Logged in as <strong>watcher</strong>"
        if view.signed_in
        else "You are not logged in.",
        body=body,
    )


def index(view: View) -> str:
    rows = "".join(
        f"""<tr class="rowodd"><td class="tcl"><div class="icon"></div><div class="tclcon"><div>
<h3><a href="viewforum.php?id={board.number}">{board.name}</a>
<span class="newtext">[ <a href="search.php?action=show_new&amp;fid={board.number}">New posts</a> ]
</span></h3></div></div></td><td class="tc2">1</td><td class="tc3">2</td>
<td class="tcr">{last_link(board)}</td></tr>"""
        for board in view.boards
    )
    return layout(view, "index", "Index", f'<div id="idx1" class="blocktable">{table(rows)}</div>')


def last_link(board: Board) -> str:
    post = board.newest_first()[0].last_post
    link = f'<a href="viewtopic.php?pid={post.number}#p{post.number}">{post.posted_at:{DATE}}</a>'
    return f'{link} <span class="byuser">by {post.author}</span>'


def table(rows: str) -> str:
    return f"""<h2><span>Trade</span></h2><div class="box"><div class="inbox"><table><thead><tr>
<th class="tcl" scope="col">Topic</th></tr></thead><tbody>{rows}</tbody></table></div></div>"""


def crumbs(trail: str, pager: str) -> str:
    return f"""<div class="linkst"><div class="inbox crumbsplus"><ul class="crumbs">
<li><a href="index.php">Index</a></li>{trail}</ul><div class="pagepost">
<p class="pagelink conl"><span class="pages-label">Pages: </span>{pager}</p>
</div></div></div>"""


def crumb(url: str, name: str) -> str:
    return f'<li><span>»&#160;</span><a href="{url}"><strong>{name}</strong></a></li>'


def pager(url: str, page: int, pages: int) -> str:
    links = " ".join(
        f"<strong>{n}</strong>" if n == page else f'<a href="{paged(url, n)}">{n}</a>'
        for n in range(1, pages + 1)
    )
    back = f'<a rel="prev" href="{paged(url, page - 1)}">Previous</a> ' if page > 1 else ""
    on = f' <a rel="next" href="{paged(url, page + 1)}">Next</a>' if page < pages else ""
    return back + links + on


def paged(url: str, page: int) -> str:
    """FluxBB writes no number for the first page of a board, and one for that of a thread."""
    return url if page == 1 and "viewforum" in url else f"{url}&amp;p={page}"


def relations(url: str, page: int, pages: int) -> str:
    return f'<link rel="next" href="{paged(url, page + 1)}" />' if page < pages else ""


def board(view: View, board: Board, page: int) -> str:
    threads = board.newest_first()
    url, pages = f"viewforum.php?id={board.number}", pages_of(len(threads), THREADS_A_PAGE)
    rows = "".join(row(thread) for thread in shown(threads, page, THREADS_A_PAGE))
    body = f"""{crumbs(crumb(url, board.name), pager(url, page, pages))}
<p class="postlink conr"><a href="post.php?fid={board.number}">Post new topic</a></p>
<div id="vf" class="blocktable">{table(rows)}</div>
<a href="misc.php?action=markforumread&amp;fid={board.number}">Mark this forum as read</a>"""
    return layout(view, "viewforum", board.name, body, relations(url, page, pages))


def row(thread: Thread) -> str:
    first, last, url = thread.posts[0], thread.last_post, f"viewtopic.php?id={thread.number}"
    pages = pages_of(len(thread.posts), POSTS_A_PAGE)
    others = "".join(f'<a href="{paged(url, n)}">{n}</a> ' for n in range(1, pages + 1))
    return f"""<tr class="rowodd inew"><td class="tcl"><div class="icon icon-new"></div>
<div class="tclcon"><div><strong><a href="{url}">{thread.title}</a> <span class="byuser">by
{first.author}</span></strong> <span class="newtext">[ <a href="{url}&amp;action=new">New posts</a>
]</span> <span class="pagestext">[ {others}]</span></div></div></td>
<td class="tc2">{len(thread.posts) - 1:,}</td><td class="tc3">4,017</td>
<td class="tcr"><a href="viewtopic.php?pid={last.number}#p{last.number}">{last.posted_at:{DATE}}</a>
<span class="byuser">by {last.author}</span></td></tr>"""


def thread(view: View, thread: Thread, page: int) -> str:
    url, pages = f"viewtopic.php?id={thread.number}", pages_of(len(thread.posts), POSTS_A_PAGE)
    first = (page - 1) * POSTS_A_PAGE
    posts = "".join(
        f"""<div id="p{post.number}" class="blockpost rowodd"><h2><span>
<span class="conr">#{first + place}</span> <a href="viewtopic.php?pid={post.number}#p{post.number}">
{post.posted_at:{DATE}}</a></span></h2><div class="box"><div class="inbox"><div class="postbody">
<div class="postleft"><dl><dt><strong><a href="profile.php?id=4">{post.author}</a></strong></dt>
<dd class="usertitle"><strong>Member</strong></dd><dd><span>Registered: 2019-06-02</span></dd>
<dd><span>Posts: 7</span></dd></dl></div><div class="postright"><h3>{thread.title}</h3>
<div class="postmsg"><p>{post.text}</p></div>
<div class="postsignature postmsg"><hr /><p>boxes</p></div></div></div></div></div>
<ul><li class="postreport"><a href="misc.php?report={post.number}">Report</a></li>
<li class="postquote"><a href="post.php?tid={thread.number}&amp;qid={post.number}">Quote</a></li>
</ul></div>"""
        for place, post in enumerate(shown(thread.posts, page, POSTS_A_PAGE), 1)
    )
    trail = crumb(f"viewforum.php?id={thread.board}", "Section") + crumb(url, thread.title)
    body = crumbs(trail, pager(url, page, pages)) + posts
    return layout(view, "viewtopic", thread.title, body, relations(url, page, pages))


def login(view: View) -> str:
    body = f"""<div class="blockform"><h2><span>Login</span></h2><div class="box">
<form id="login" method="post" action="login.php?action=in"><fieldset>
<input type="hidden" name="form_sent" value="1" />
<input type="hidden" name="redirect_url" value="{view.root}/index.php" />
<input type="hidden" name="csrf_token" value="8b1d" />
<label>Username <input type="text" name="req_username" /></label>
<label>Password <input type="password" name="req_password" /></label>
<label><input type="checkbox" name="save_pass" value="1" />Log me in automatically</label>
<a href="login.php?action=forget">Forgotten your password?</a></fieldset>
<p class="buttons"><input type="submit" name="login" value="Login" /></p></form></div></div>"""
    return layout(view, "login", "Login", body)


def refused(view: View) -> str:
    body = """<div id="msg" class="block"><h2><span>Info</span></h2><div class="box">
<div class="inbox"><p>You do not have permission to view these forums.</p></div></div></div>"""
    return layout(view, "viewforum", "Info", body)

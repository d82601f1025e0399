"""A board as Vanilla 3.3 writes it, in its modern layout."""

import re
from urllib.parse import urlsplit

from tests.live.board import (
    POSTS_A_PAGE,
    THREADS_A_PAGE,
    Asked,
    Board,
    Post,
    Thread,
    View,
    pages_of,
    shown,
)

NAME = "vanilla"
START = "/categories"
CONTENT_TYPE = "text/html; charset=utf-8"
NAMES = {1: "servers", 2: "access", 3: "vault"}
LAYOUT = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - Slipway</title>
<link rel="alternate" type="application/rss+xml" href="{root}/discussions/feed.rss" />
<link rel="stylesheet" href="/applications/vanilla/design/style.css?v=3.3" />{head}
<script>gdn=window.gdn||{{}};gdn.meta={{"WebRoot":"{root}/","SignedIn":0}};</script></head>
<body id="{ident}" class="Vanilla {section} isDesktop"><div id="Frame"><div class="Head" id="Head">
<div class="Row"><strong class="SiteTitle"><a href="/">Slipway</a></strong><ul class="SiteMenu">
<li><a href="/categories">Categories</a></li><li><a href="/discussions">Discussions</a></li>
<li><a href="/activity">Activity</a></li>{user}</ul></div></div>
<div id="Body"><div class="Row"><div class="Column PanelColumn" id="Panel"><div class="BoxFilter">
<ul class="FilterMenu"><li><a href="/discussions">Recent Discussions</a></li></ul></div></div>
<div class="Column ContentColumn" id="Content">{trail}{body}</div></div></div>
<div id="Foot"><div class="Row"><a href="https://vanilla.example" class="PoweredBy">
Powered by Vanilla</a></div></div></div></body></html>"""
MEMBER = '<li><a href="/entry/signout?TransientKey=a1b2" class="SignOut">Sign Out</a></li>'
GUEST = '<li><a href="/entry/signin?Target=categories" class="SignInPopup">Sign In</a></li>'


def post_id(thread: Thread, post: Post) -> str:
    """The opening post has no number of its own."""
    return f"d{thread.number}" if post is thread.posts[0] else str(post.number)


def asked(target: str) -> Asked | None:
    path = urlsplit(target).path.rstrip("/")
    if path in ("", "/categories"):
        return Asked("index")
    if path == "/entry/signin":
        return Asked("login")
    if match := re.fullmatch(r"/discussion/([0-9]+)/[a-z0-9-]+(?:/p([0-9]+))?", path):
        return Asked("thread", int(match[1]), int(match[2] or "1"))
    match = re.fullmatch(r"/categories/([a-z]+)(?:/p([0-9]+))?", path)
    number = next((key for key, name in NAMES.items() if match and name == match[1]), None)
    return Asked("board", number, int(match[2] or "1")) if match and number else None


def layout(view: View, title: str, body: str, ident: str, trail: str = "", head: str = "") -> str:
    section = "Section-DiscussionList" if ident.endswith("categories_index") else "Section-Other"
    return LAYOUT.format(
        root=view.root,
        title=title,
        body=body,
        ident=ident,
        section=section,
        trail=f'<span class="Breadcrumbs">{crumb("/", "Home")}{trail}</span>',
        head=head,
        user=MEMBER if view.signed_in else GUEST,
    )


def crumb(url: str, name: str) -> str:
    return f'<span class="CrumbLabel"><a href="{url}"><span>{name}</span></a></span> '


def index(view: View) -> str:
    rows = "".join(
        f"""<li id="Category_{board.number}" class="Item Depth2 Category-{NAMES[board.number]}">
<div class="ItemContent Category"><div class="TitleWrap"><h2 class="CategoryNameHeading">
<a href="{view.root}/categories/{NAMES[board.number]}" class="Title">{board.name}</a></h2></div>
<div class="CategoryDescription">Boxes</div><div class="Meta"><span class="MItem RSS">
<a href="/categories/{NAMES[board.number]}/feed.rss">rss</a></span>
<span class="MItem DiscussionCount">31 discussions</span>
<span class="MItem LastDiscussionTitle">Most recent: {last_link(board)}</span></div></div></li>"""
        for board in view.boards
    )
    body = (
        f'<h1 class="H HomepageTitle">Categories</h1><ul class="DataList CategoryList">{rows}</ul>'
    )
    return layout(view, "Categories", body, "vanilla_categories_all")


def last_link(board: Board) -> str:
    thread = board.newest_first()[0]
    return f'<a href="/discussion/comment/{thread.last_post.number}#x">{thread.title}</a>'


def pager(url: str, page: int, pages: int) -> str:
    if pages == 1:
        return ""
    links = "".join(
        f'<a href="{paged(url, n)}" class="{"Highlight " if n == page else ""}p-{n}">{n}</a>'
        for n in range(1, pages + 1)
    )
    on = f'<a href="{paged(url, page + 1)}" class="Next" rel="next">»</a>'
    on = on if page < pages else '<span class="Next Pager-nav">»</span>'
    return f'<div id="PagerBefore" class="Pager NumberedPager">{links}{on}</div>'


def paged(url: str, page: int) -> str:
    return url if page == 1 else f"{url}/p{page}"


def relations(url: str, page: int, pages: int) -> str:
    on = f'<link rel="next" href="{paged(url, page + 1)}" />' if page < pages else ""
    return f'<link rel="canonical" href="{paged(url, page)}" />{on}'


def board(view: View, board: Board, page: int) -> str:
    threads = board.newest_first()
    url, pages = (
        f"{view.root}/categories/{NAMES[board.number]}",
        pages_of(len(threads), THREADS_A_PAGE),
    )
    rows = "".join(row(view, thread) for thread in shown(threads, page, THREADS_A_PAGE))
    body = f"""<h1 class="H HomepageTitle">{board.name}</h1><div class="PageControls Top">
{pager(url, page, pages)}</div><ul class="DataList Discussions">{rows}</ul>"""
    return layout(
        view,
        board.name,
        body,
        "vanilla_categories_index",
        crumb(url, board.name),
        relations(url, page, pages),
    )


def thread_url(view: View, thread: Thread) -> str:
    return f"{view.root}/discussion/{thread.number}/rdp-lot-{thread.number}"


def row(view: View, thread: Thread) -> str:
    first, last, url = thread.posts[0], thread.last_post, thread_url(view, thread)
    replies = len(thread.posts) - 1
    return f"""<li id="Discussion_{thread.number}" class="Item ItemDiscussion">
<span class="Options"><a title="Bookmark" href="/discussion/bookmark/{thread.number}/x"
class="Hijack Bookmark">B</a></span>
<a title="{first.author}" href="/profile/{first.author}" class="PhotoWrap IndexPhoto"><img
src="/uploads/u.png" alt="{first.author}" class="ProfilePhoto" /></a>
<div class="ItemContent Discussion"><div class="Title" role="heading">
<a href="{url}">{thread.title}</a></div><div class="Meta Meta-Discussion">
<span class="MItem MCount ViewCount"><span title="1,290 views" class="Number">1.3K</span>
views</span>
<span class="MItem MCount CommentCount"><span title="{replies:,} comments"
class="Number">{replies}</span> comments</span>
<span class="MItem LastCommentBy">Most recent by <a href="/profile/{last.author}">{last.author}</a>
</span> <span class="MItem LastCommentDate"><time title="{last.posted_at:%B %d, %Y %I:%M%p}"
datetime="{last.posted_at:%Y-%m-%dT%H:%M:%S+00:00}">{last.posted_at:%B %Y}</time></span>
</div></div></li>"""


def message(view: View, thread: Thread, post: Post) -> str:
    opening = post is thread.posts[0]
    ident = f"Discussion_{thread.number}" if opening else f"Comment_{post.number}"
    kind = "Discussion" if opening else "Comment"
    link = thread_url(view, thread) if opening else f"/discussion/comment/{post.number}#{ident}"
    inner = f"""<div class="Item-Header {kind}Header"><div class="AuthorWrap"><span class="Author">
<a title="{post.author}" href="/profile/{post.author}" class="PhotoWrap"><img src="/uploads/u.png"
alt="{post.author}" /></a><a href="/profile/{post.author}" class="Username">{post.author}</a></span>
<span class="AuthorInfo"><span class="MItem RoleTitle">Member</span>
<span class="MItem PostCount">Posts: <b>44</b></span></span></div><div class="Meta {kind}Meta">
<span class="MItem DateCreated"><a href="{link}" class="Permalink" rel="nofollow">
<time title="{post.posted_at:%B %d, %Y %I:%M%p}"
datetime="{post.posted_at:%Y-%m-%dT%H:%M:%S+00:00}">{post.posted_at:%B %Y}</time></a></span>
</div></div><div class="Item-BodyWrap"><div class="Item-Body"><div class="Message userContent">
{post.text}</div></div></div>"""
    if opening:
        return f"""<div class="MessageList Discussion"><div class="PageTitle">
<h1>{thread.title}</h1></div><div id="{ident}" class="Item ItemDiscussion">
<div class="Discussion">{inner}</div></div></div>"""
    return f'<li class="Item ItemComment" id="{ident}"><div class="Comment">{inner}</div></li>'


def thread(view: View, thread: Thread, page: int) -> str:
    url, pages = thread_url(view, thread), pages_of(len(thread.posts), POSTS_A_PAGE)
    rows = shown(thread.posts, page, POSTS_A_PAGE)
    opening = message(view, thread, rows[0]) if page == 1 else ""
    rest = "".join(message(view, thread, post) for post in (rows[1:] if page == 1 else rows))
    title = "" if page == 1 else f'<div class="PageTitle"><h1>{thread.title}</h1></div>'
    body = f"""{title}{opening}<div class="CommentsWrap">{pager(url, page, pages)}
<div class="DataBox DataBox-Comments"><h2 class="CommentHeading">Comments</h2>
<ul class="MessageList DataList Comments">{rest}</ul></div></div>
<div class="Foot"><a href="/entry/signin">Sign In</a> or register to comment.</div>"""
    trail = crumb(f"{view.root}/categories/{NAMES[thread.board]}", "Section")
    head = relations(url, page, pages)
    return layout(view, thread.title, body, "vanilla_discussion_index", trail, head)


def login(view: View) -> str:
    body = """<h1>Sign In</h1><div class="FormWrapper"><form id="Form_User_SignIn" method="post"
action="/entry/signin" autocomplete="off"><input type="hidden" name="TransientKey" value="" />
<input type="hidden" name="hpt" value="" style="display: none;" />
<input type="hidden" name="Target" value="categories" /><label for="Form_Email">Email</label>
<input type="text" id="Form_Email" name="Email" /><input type="password" id="Form_Password"
name="Password" /><input type="checkbox" name="RememberMe" value="1" />
<input type="submit" name="Sign_In" value="Sign In" class="Button Primary" /></form></div>"""
    return layout(view, "Sign In", body, "dashboard_entry_signin")


def refused(view: View) -> str:
    body = """<div class="Center SplashInfo"><h1>Permission Problem</h1>
<p>You don't have permission to do that.</p></div>"""
    return layout(view, "Permission Problem", body, "dashboard_home_permission")

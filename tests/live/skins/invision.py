"""A board as Invision Power Board 3.4 writes it; without cookies every link carries `s`."""

import re
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

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

NAME = "invision"
START = "/index.php"
CONTENT_TYPE = "text/html; charset=UTF-8"
LOGIN = "app=core&amp;module=global&amp;section=login"
LAYOUT = """<!DOCTYPE html><html xml:lang="en" lang="en"><head><title>{title} - Brine</title>
<script type='text/javascript'>
ipb.vars['base_url'] = '{base}'; ipb.vars['active_app'] = 'forums';
</script><link rel="alternate" type="application/rss+xml" href="{rss}"></head>
<body id='ipboard_body'><div id='ipbwrapper'><div id='header_bar' class='clearfix'>
<div id='user_navigation'><ul class='ipsList_inline right'>{user}</ul></div></div>
<div id='primary_nav'><a href='{search}'>Search</a> <a href='{calendar}'>Calendar</a></div>
<div id='secondary_navigation' class='clearfix'><ol class='breadcrumb top ipsList_inline left'
id='breadcrumb'><li><a href='{home}'><span>Brine</span></a></li>{trail}</ol></div>
<div id='content' class='clearfix'>{body}</div>
<div id='footer_utilities'><a href='{mark}'>Mark board read</a></div></div></body></html>"""
FORM = """<form action="{action}" method="post" id='login'>
<input type='hidden' name='auth_key' value='880ea6a14ea49e853634fbdc5015a024'>
<input type='hidden' name='referer' value='{home}'>
<input id='ips_username' type='text' class='input_text' name='ips_username' size='30'>
<input id='ips_password' type='password' class='input_text' name='ips_password' size='30'>
<input type='checkbox' checked='checked' name='rememberMe' value='1' class='input_check'>
<input type='checkbox' name='anonymous' value='1' class='input_check'>
<input type='submit' class='input_submit' value='Sign In'></form>"""


def asked(target: str) -> Asked | None:
    parts = urlsplit(target)
    keys = {key: value for key, value in parse_qsl(parts.query) if key != "s"}
    if parts.path == "/login/":  # the same page under its rewritten address
        return Asked("login")
    if parts.path not in ("/", "/index.php"):
        return None
    if not keys:
        return Asked("index")
    if keys == {"app": "core", "module": "global", "section": "login"}:
        return Asked("login")
    start = keys.get("st", "0")
    if not start.isdigit() or keys.keys() - {"st", "showtopic", "showforum"}:
        return None
    if re.fullmatch(r"[0-9]+", keys.get("showtopic", "")):
        return Asked("thread", int(keys["showtopic"]), int(start) // POSTS_A_PAGE + 1)
    if re.fullmatch(r"[0-9]+", keys.get("showforum", "")):
        return Asked("board", int(keys["showforum"]), int(start) // THREADS_A_PAGE + 1)
    return None


def link(view: View, query: str = "") -> str:
    session = f"s={view.session}" if view.session else ""
    both = "&amp;".join(part for part in (session, query) if part)
    return f"{view.root}/index.php" + (f"?{both}" if both else "")


def layout(view: View, title: str, body: str, trail: str = "") -> str:
    out = f"<li><a href='{link(view, LOGIN + '&amp;do=logout&amp;k=880ea6a1')}'>Sign Out</a></li>"
    guest = f"<li><a href='{link(view, LOGIN)}' id='sign_in'>Sign In</a></li>"
    return LAYOUT.format(
        title=title,
        body=body,
        trail=trail,
        base=link(view).replace("&amp;", "&"),
        home=link(view),
        user=out if view.signed_in else guest,
        rss=link(view, "app=core&amp;module=global&amp;section=rss&amp;type=forums&amp;id=1"),
        search=link(view, "app=core&amp;module=search&amp;do=new_posts"),
        calendar=link(view, "app=calendar"),
        mark=link(view, "app=forums&amp;module=forums&amp;section=markasread&amp;marktype=all"),
    )


def account(view: View, name: str) -> str:
    return (
        f"<a hovercard-ref='member' hovercard-id='4' class='_hovertrigger url fn name' "
        f"href='{link(view, 'showuser=4')}'><span itemprop='name'>{name}</span></a>"
    )


def short(moment: datetime) -> str:
    return f"{moment:%b %d %Y %I:%M %p}"


def index(view: View) -> str:
    rows = "".join(
        f"""<tr><td class='altrow'><a href='{
            link(
                view,
                "app=forums&amp;module=forums&amp;section="
                f"markasread&amp;marktype=forum&amp;forumid={board.number}",
            )
        }'><img src='/f_icon.png'></a></td>
<td class='col_c_forum'><h4><a href="{link(view, f"showforum={board.number}")}"
title='{board.name}'>{board.name}</a></h4><p class='desc __forum_desc'>Offers</p></td>
<td class='altrow stats'><ul><li>{len(board.threads)} topics</li></ul></td>
<td class='col_c_post'><ul class='last_post'><li>
<a href='{link(view, f"showtopic={board.threads[0].number}&amp;view=getnewpost")}'>Newest</a></li>
<li>By {account(view, "brineshell")}</li></ul></td></tr>"""
        for board in view.boards
    )
    body = f"""<div id='categories'><div class='category_block block_wrap'>
<h3 id='category_90' class='maintitle'><a href="{link(view, "showforum=90")}">Trade</a></h3>
<table class='ipb_table'>{rows}</table></div></div>"""
    return layout(view, "Forums", body)


def pager(view: View, what: str, page: int, pages: int, size: int) -> str:
    marks = "".join(
        f"<li class='page active'>{n}</li>"
        if n == page
        else f"""<li class='page'><a href="{link(view, f"{what}&amp;st={(n - 1) * size}")}"
title='{n}'>{n}</a></li>"""
        for n in range(1, pages + 1)
    )
    last = link(view, f"{what}&amp;st={(pages - 1) * size}")
    after = f"<li class='last'><a href='{last}' rel='last'>&raquo;</a></li>" if page < pages else ""
    return f"<div class='topic_controls'><ul class='pagination left'>{marks}{after}</ul></div>"


def board(view: View, board: Board, page: int) -> str:
    threads = board.newest_first()
    what = f"showforum={board.number}"
    rows = "".join(row(view, thread) for thread in shown(threads, page, THREADS_A_PAGE))
    order = link(view, f"{what}&amp;prune_day=100&amp;sort_by=Z-A&amp;sort_key=title")
    body = f"""<h1 class='ipsType_pagetitle'>{board.name}</h1>
{pager(view, what, page, pages_of(len(threads), THREADS_A_PAGE), THREADS_A_PAGE)}
<a href='{link(view, "app=forums&amp;module=post&amp;section=post&amp;do=new_post")}'>New</a>
<table class='ipb_table topic_list hover_rows' id='forum_table'><tr class='header'>
<th class='col_f_topic'><a href='{order}'>Topic</a></th></tr>{rows}</table>"""
    return layout(view, board.name, body)


def row(view: View, thread: Thread) -> str:
    first, last = thread.posts[0], thread.last_post
    topic = f"showtopic={thread.number}"
    return f"""<tr itemscope itemtype="http://schema.org/Article" class='__topic expandable'
id='trow_{thread.number}' data-tid="{thread.number}"><td class='col_f_icon altrow short'>
<a href='{link(view, f"{topic}&amp;view=getnewpost")}'><img src='/t_unread.png'></a></td>
<td class='col_f_content'><h4><a itemprop="url" id="tid-link-{thread.number}"
href="{link(view, topic)}" class='topic_title'><span itemprop="name">{thread.title}</span></a></h4>
<br><span class='desc lighter blend_links'>Started by {account(view, first.author)},
<span itemprop="dateCreated">{first.posted_at:%d %b %Y}</span></span>
<ul class='mini_pagination'><li><a href="{link(view, f"{topic}&amp;st=10")}">2</a></li></ul></td>
<td class='col_f_views desc'><ul><li>{len(thread.posts) - 1} replies<meta
itemprop="interactionCount" content="UserComments:{len(thread.posts) - 1}"></li>
<li class='views desc'>310 views</li></ul></td><td class='col_f_post'><ul class='last_post'>
<li>{account(view, last.author)}</li><li><a href='{link(view, f"{topic}&amp;view=getlastpost")}'>
{short(last.posted_at)}</a></li></ul></td></tr>"""


def thread(view: View, thread: Thread, page: int) -> str:
    offset = (page - 1) * POSTS_A_PAGE
    topic = f"showtopic={thread.number}"
    mode = "app=forums&amp;module=forums&amp;section=printtopic&amp;client=printer"
    posts = "".join(
        f"""<!--post:{post.number}--><div class='post_block hentry clear clearfix'
id='post_id_{post.number}'><a id='entry{post.number}'></a><div class='post_wrap'><h3 class='row2'>
<span class='post_id right ipsType_small desc blend_links'><a itemprop="replyToUrl" rel='bookmark'
href='{link(view, f"{topic}&amp;st={offset}#entry{post.number}")}'>#{offset + place}</a></span>
<span itemprop="creator name" class="author vcard">{account(view, post.author)}</span></h3>
<div class='author_info'><ul class='basic_info'><li class='group_title'>Members</li>
<li class='post_count desc lighter'>31 posts</li></ul></div><div class='post_body'>
<p class='posted_info desc lighter ipsType_small'>Posted <abbr class="published"
itemprop="commentTime" title="{post.posted_at:%Y-%m-%dT%H:%M:%S}+00:00">
{post.posted_at:%d %B %Y - %I:%M %p}</abbr></p>
<div itemprop="commentText" class='post entry-content'>{post.text}<br></div>
<div class='signature' data-memberid="4"><p>Ask in PM</p></div><ul class='post_controls'>
<li class='report'><a href='{link(view, "app=core&amp;module=reports&amp;rcom=post")}'>Report</a>
</li></ul></div></div></div>"""
        for place, post in enumerate(shown(thread.posts, page, POSTS_A_PAGE), 1)
    )
    body = f"""<h1 itemprop="name" class='ipsType_pagetitle'>{thread.title}</h1>
{pager(view, topic, page, pages_of(len(thread.posts), POSTS_A_PAGE), POSTS_A_PAGE)}
<a href='{link(view, f"{mode}&amp;t={thread.number}")}'>Print this topic</a>
<div class='topic hfeed clear clearfix'><div id='ips_Posts'>{posts}</div></div>"""
    trail = f"<li><a href='{link(view, f'showforum={thread.board}')}'><span>Section</span></a></li>"
    return layout(view, thread.title, body, trail)


def login(view: View) -> str:
    form = FORM.format(action=link(view, LOGIN + "&amp;do=process"), home=link(view))
    return layout(view, "Sign In", f"<div id='login_form' class='ipsBox_container'>{form}</div>")


def refused(view: View) -> str:
    form = FORM.format(action=link(view, LOGIN + "&amp;do=process"), home=link(view))
    body = f"""<h1 class='ipsType_pagetitle'>An Error Occurred</h1><div class='message error'>
<p class='ipsType_sectiontitle'>Sorry, you don't have permission for that!</p>[#10139]</div>
<h2>You are not logged in</h2>{form}"""
    return layout(view, "An Error Occurred", body)

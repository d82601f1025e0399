"""Invision: its URL forms of three versions, its refusals, and markup made to hurt."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.reading import PageKind, PageState
from spiders.engines import invision
from spiders.page import Page
from spiders.reading import page_from, read_page

HOST = "http://b.example"
CANONICAL = [
    ("http://B.example/topic/12-slug/?s=0a1b&hl=rdp#entry5", "/topic/12-slug/"),
    ("/topic/12-slug/page-3?hl=x", "/topic/12-slug/page-3"),
    ("/topic/12-slug/page-1", "/topic/12-slug/"),
    ("/topic/12-slug/page__st__40__p__99#entry99", "/topic/12-slug/"),
    ("/topic/12-slug/page__hl__rdp__st__40", "/topic/12-slug/page__st__40"),
    ("/topic/12-slug/page__view__getnewpost", "/topic/12-slug/"),
    ("/topic/12-slug/page__st__0", "/topic/12-slug/"),
    ("/topic/12-slug/page/2/?tab=comments#comment-9", "/topic/12-slug/page/2/"),
    ("/topic/12-slug/?page=2&tab=comments", "/topic/12-slug/?page=2"),
    ("/topic/12-slug/?do=findComment&comment=77", "/topic/12-slug/"),
    ("/topic/12-slug/page/2/?do=getNewComment", "/topic/12-slug/"),
    ("/topic/12-slug", "/topic/12-slug/"),
    ("/forums/topic/12-slug/page/4", "/forums/topic/12-slug/page/4/"),
    ("/forum/5-name/?sortby=title&sortdirection=asc&page=2", "/forum/5-name/?page=2"),
    ("/forum/5-name/page__prune_day__100__sort_by__Z-A__st__30", "/forum/5-name/page__st__30"),
    ("/forum/5-name/page-2?prune_day=30&changefilters=1", "/forum/5-name/page-2"),
    ("/index.php?/topic/12-slug/page__st__20&s=ab", "/index.php?/topic/12-slug/page__st__20"),
    ("/index.php?/topic/12-slug/page/2/&tab=comments", "/index.php?/topic/12-slug/page/2/"),
    ("/index.php?/topic/12-slug/&page=2", "/index.php?/topic/12-slug/&page=2"),
    ("/index.php?s=0a&showtopic=12&st=20&p=7#entry7", "/index.php?showtopic=12"),
    ("/index.php?s=0a&showtopic=12&st=20&view=findpost", "/index.php?showtopic=12"),
    ("/index.php?showforum=5&prune_day=100&st=30", "/index.php?showforum=5&st=30"),
    ("/index.php?s=0a1b&act=idx", "/index.php"),
    ("/index.php?/forums/&s=0a1b", "/index.php?/forums/"),
    ("/profile/5-x/?s=0a&csrfKey=9", "/profile/5-x/"),
]
KINDS: list[tuple[str, PageKind | None]] = [
    ("/", "index"),
    ("/index.php", "index"),
    ("/forums/", "index"),
    ("/index.php?/forums/", "index"),
    ("/index.php?s=0a1b&act=idx", "index"),
    ("/topic/12-slug/", "thread"),
    ("/topic/12-slug/?do=getLastComment", "thread"),
    ("/index.php?showtopic=12&view=getlastpost", "thread"),
    ("/forum/5-name/page/2/", "board"),
    ("/index.php?/forum/5-name/", "board"),
    ("/topic/12-slug/?do=reportComment&comment=7", None),
    ("/topic/12-slug/?do=markRead&csrfKey=1", None),
    ("/topic/12-slug/?do=findComment&comment=7&csrfKey=1", None),
    ("/topic/12-slug/print", None),
    ("/topic/12-slug/?preview=1", None),
    ("/index.php?showtopic=12&mode=print", None),
    ("/forum/5-name/?do=add", None),
    ("/forum/5-name.xml/", None),
    ("/index.php?app=core&module=search", None),
    ("/index.php?app=forums&module=post&section=post&do=reply_post&t=12", None),
    ("/index.php?showuser=5", None),
    ("/index.php?act=calendar", None),
    ("/profile/5-x/", None),
    ("/login/", None),
    ("/logout/?csrfKey=1", None),
    ("/discover/", None),
    ("/search/?q=rdp", None),
    ("/rss/1-all.xml/", None),
    ("/files/file/3-tool/", None),
]


def page_of(html: str, path: str = "/topic/12-slug/", status: int = 200) -> Page:
    return page_from(
        html.encode(), "text/html; charset=utf-8", url=HOST + path, status=status,
        fetched_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(("url", "wanted"), CANONICAL)
def test_canonical(url: str, wanted: str) -> None:
    url = url if url.startswith("http") else HOST + url
    assert invision.canonical(url) == HOST + wanted
    assert invision.canonical(HOST + wanted) == HOST + wanted


@pytest.mark.parametrize(("path", "wanted"), KINDS)
def test_kind(path: str, wanted: PageKind | None) -> None:
    assert invision.kind(HOST + path) == wanted


@pytest.mark.parametrize(
    "url", ["http://[", "", "javascript:alert(1)", f"{HOST}/" + "topic/" * 300, f"{HOST}/?/" * 99]
)
def test_hostile_urls_are_survived(url: str) -> None:
    invision.kind(url)
    invision.canonical(url)


ERROR = """<body class='ipsApp' data-pageApp='core'><div id='ipsLayout_header'>{user}<form
action='/login/'><input type='password'></form></div><div id='ipsLayout_mainArea'><section
id='elError'><p>Sorry, there is a problem</p><div id='elErrorMessage'>{words}</div><p>{code}</p>
</section></div></body>"""
OUT = "<a href='/logout/?csrfKey=1'>Sign Out</a>"


@pytest.mark.parametrize(
    ("user", "words", "code", "status", "wanted"),
    [
        ("", "The page is not available for your account.", "2F173/H", 403, "login"),
        (OUT, "The page is not available for your account.", "2F173/H", 403, "forbidden"),
        (OUT, "You do not have permission to view this topic", "2F173/2", 403, "forbidden"),
        ("", "We could not locate the item you are trying to view.", "2F173/1", 404, "not_found"),
        ("", "The item has been deleted", "2F173/1", 200, "not_found"),
        (OUT, "This account has been banned: you are banned.", "1S100", 403, "banned"),
    ],
)
def test_refusals(user: str, words: str, code: str, status: int, wanted: PageState) -> None:
    page = page_of(ERROR.format(user=user, words=words, code=code), status=status)
    assert read_page(page, invision).state == wanted


@pytest.mark.parametrize(
    "words", ["Sorry, you don't have permission for that!", "Sorry, we couldn't find that!"]
)
def test_messages_of_version_3(words: str) -> None:
    html = f"""<body id='ipboard_body'><div id='content'><div class='message error'>{words}</div>
    <form id='login'><input type='password' name='ips_password'></form></div></body>"""
    wanted = "login" if "permission" in words else "not_found"
    assert read_page(page_of(html), invision).state == wanted


POST = "<article id='elComment_{0}'><div data-quotedata='{1}'><p data-role='commentContent'>x</p>"
HOSTILE = {
    "many_posts": "".join(POST.format(n, '{"username":"a"}') for n in range(1500)),
    "broken_quote_data": POST.format(1, "[" * 100_000),
    "odd_quote_data": POST.format(1, '{"username":[1],"timestamp":-5,"userid":{"a":1}}'),
    "absurd_time": POST.format(1, '{"username":"a","timestamp":9999999999}'),
    "many_rows": "".join(
        f"<li data-rowid={n}><h4><a href='/topic/{n}-a/'>t</a></h4></li>" for n in range(2000)
    ),
    "rows_without_topics": "<table>" + "<tr id='trow_1'><td><a href='//['>x</a></tr>" * 500,
    "many_forums": "".join(f"<a href='/forum/{n}-a/'>t</a>" for n in range(5000)),
    "long_id": f"<div id='post_id_{'9' * 5000}'><div class='entry-content'>x</div></div>",
    "scripts": "<script>ipb.topic." + "x" * 100_000 + "</script>",
}


@pytest.mark.parametrize("path", ["/topic/12-slug/", "/forum/5-name/", "/x"])
@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_hostile_markup_is_survived_quickly(case: str, path: str) -> None:
    started = time.process_time()
    page = page_of(HOSTILE[case], path)
    invision.detect(page)
    read_page(page, invision)
    assert time.process_time() - started < 2


def test_comments_on_files_are_no_posts() -> None:
    html = """<body data-pageapp='downloads'><article id='elComment_5'><div
    data-commentapp='downloads'
    data-commentid='5'><div data-role='commentContent'>nice tool</div></div></article></body>"""
    reading = read_page(page_of(html, "/files/file/3-tool/"), invision)
    assert reading.posts == ()
    assert reading.thread is None


BARE = """<article id='elComment_8'><aside class='cAuthorPane'><h3 class='cAuthorPane_author'>
alder</h3><time datetime='2020-01-01T00:00:00Z'>joined</time></aside><div><b><time
datetime='2026-11-20T10:00:00Z'>Friday</time></b><div data-role='commentContent'>Rack, 30$ <time
datetime='2021-05-05T00:00:00Z'>later</time></div></div></article>
<div class='cTopicPostArea'><span class='ipsType_warning'>This topic is now closed to further
replies.</span></div>"""


def test_a_theme_without_known_classes_still_dates_its_posts() -> None:
    reading = read_page(page_of(BARE), invision)
    assert [(post.author, post.position) for post in reading.posts] == [("alder", 1)]
    assert reading.posts[0].posted_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert reading.thread is not None
    assert (reading.thread.native_id, reading.thread.locked) == ("12", True)


@pytest.mark.parametrize(
    ("case", "path", "wanted"),
    [
        ("profile", "/profile/51-gravelpit/", ("gravelpit", "51", "Verified seller", 1318, "212")),
        ("profile_3", "/user/14-saltworks/", ("saltworks", "14", "Vendors", 1204, "41")),
    ],
)
def test_profiles(case: str, path: str, wanted: tuple[str, str, str, int, str]) -> None:
    html = (Path(__file__).parent / "invision" / case / "page.html").read_text("utf-8")
    read = read_page(page_of(html, path), invision).account
    assert read is not None
    assert (read.name, read.native_id, read.rank, read.posts, read.reputation) == wanted
    assert read.joined_at is not None
    assert read.joined_at.date() == date(2024, 2, 3)


RENAMED = """<html><head><link rel='canonical' href='/boxes/44-nodes.html'><link rel='next'
href='/boxes/44-nodes.html/page-2?s=0a1b'></head><body id='ipboard_body'><script>
ipb.topic.topic_id = 44;</script><h1 class='ipsType_pagetitle'>Nodes</h1><div class='post_block'
id='post_id_9'><h3><span class='author vcard'>alder</span></h3><div class='entry-content'>5$</div>
</div></body></html>"""


def test_topics_under_addresses_of_another_form() -> None:
    reading = read_page(page_of(RENAMED, "/boxes/44-nodes.html#entry9"), invision)
    assert reading.thread is not None
    assert (reading.thread.native_id, reading.thread.url) == ("44", f"{HOST}/boxes/44-nodes.html")
    assert reading.next_page == f"{HOST}/boxes/44-nodes.html/page-2"
    assert [(post.native_id, post.author) for post in reading.posts] == [("9", "alder")]


def test_a_source_overrides_selectors() -> None:
    html = """<body id='ipboard_body'><div id='post_id_3'><em>ruddle</em><div class='entry-content'>
    x</div><div class='own'>Node, 4$</div></div><a class='more' href='?page=2'>more</a></body>"""
    page = page_of(html)
    page.selectors = {"author": "em", "body": ".own", "next_page": ".more"}
    reading = read_page(page, invision)
    assert [(post.author, post.text) for post in reading.posts] == [("ruddle", "Node, 4$")]
    assert reading.next_page == f"{HOST}/topic/12-slug/?page=2"

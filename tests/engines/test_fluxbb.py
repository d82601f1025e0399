"""URLs of FluxBB and PunBB, and what their themes and languages change."""

from datetime import UTC, datetime

import pytest

from crawler.reading import PageKind
from spiders.engines import fluxbb_rows, fluxbb_url
from spiders.page import Page
from spiders.reading import engine_named, page_from, read_page

ROOT = "https://slip.example"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CANONICAL = [
    ("/viewtopic.php?id=31&p=1", "/viewtopic.php?id=31"),
    ("/viewtopic.php?p=3&id=31&PHPSESSID=ab#p77", "/viewtopic.php?id=31&p=3"),
    ("/viewtopic.php?id=31&action=new", "/viewtopic.php?id=31"),
    ("/viewtopic.php?pid=900#p900", "/viewtopic.php?pid=900"),
    ("/viewforum.php?id=2&p=2&sort=1", "/viewforum.php?id=2&p=2"),
    ("/forum/viewforum.php?id=2&p=0", "/forum/viewforum.php?id=2"),
    ("/index.php?x=1", "/index.php"),
    ("/topic/12/offshore/page/2/", "/topic/12/offshore/page/2/"),
    ("/topic/12/offshore/page/1/", "/topic/12/offshore/"),
    ("/forum/3/page/4/?x=1", "/forum/3/page/4/"),
    ("/topic12-offshore-p2.html?x=1#p5", "/topic12-offshore-p2.html"),
    ("/topic12-offshore-p1.html", "/topic12-offshore.html"),
    ("/topic12-offshore-new-posts.html", "/topic12-offshore.html"),
    ("/topic12.html", "/topic12.html"),
    ("/post900.html#p900", "/post900.html"),
    ("/search.php?action=show_new&fid=2&sid=4", "/search.php?action=show_new&fid=2"),
]
KINDS: list[tuple[str, PageKind | None]] = [
    ("/", "index"),
    ("/forum/", "index"),
    ("/index.php", "index"),
    ("/viewforum.php?id=2", "board"),
    ("/viewtopic.php?id=31&p=2", "thread"),
    ("/viewtopic.php?pid=900", "thread"),
    ("/topic/12/offshore/", "thread"),
    ("/forum/3/", "board"),
    ("/forum3-boxes.html", "board"),
    ("/viewtopic.php", None),
    ("/viewtopic.php?t=31", None),
    ("/post.php?tid=31&qid=900", None),
    ("/misc.php?report=900", None),
    ("/extern.php?action=feed&tid=31", None),
    ("/login.php?action=out&id=9", None),
    ("/profile.php?id=9", None),
    ("/user/31/", None),
    ("/new/reply/31/", None),
    ("/new-reply31.html", None),
    ("/feed-rss-topic31.xml", None),
]


def page_at(path: str, body: str) -> Page:
    html = f'<html><body><div id="punx" class="pun">{body}</div></body></html>'
    return page_from(html.encode(), "text/html; charset=utf-8", url=ROOT + path, fetched_at=NOW)


@pytest.mark.parametrize(("url", "wanted"), CANONICAL)
def test_one_form_of_a_url(url: str, wanted: str) -> None:
    canonical = engine_named("fluxbb").canonical
    assert canonical(ROOT + url) == ROOT + wanted
    assert canonical(ROOT + wanted) == ROOT + wanted


@pytest.mark.parametrize(("path", "wanted"), KINDS)
def test_what_is_followed(path: str, wanted: PageKind | None) -> None:
    assert engine_named("fluxbb").kind(ROOT + path) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("by kiln host", "kiln host"),
        ("par moss", "moss"),
        ("от гавань 7", "гавань 7"),
        ("kilnhost", "kilnhost"),
        ("by\u00a0by night", "by night"),
    ],
)
def test_the_name_after_by(words: str, wanted: str) -> None:
    assert fluxbb_rows.name_after_by(words) == wanted


def test_ids_of_accounts() -> None:
    links = [f"{ROOT}/profile.php?id=31", f"{ROOT}/user31.html", f"{ROOT}/user/31/", f"{ROOT}/x"]
    assert [fluxbb_url.user_id(link) for link in links] == ["31", "31", "31", None]


@pytest.mark.parametrize(
    "words",
    [
        "Bad request. The link you followed is incorrect or outdated.",
        "Неверный запрос. Ссылка, по которой вы пришли, неверная или просто устарела.",
        "Mauvaise requête. Le lien que vous avez suivi est incorrect ou périmé.",
        "Ungültige Anfrage. Der Link ist falsch oder veraltet.",
    ],
)
def test_what_is_gone(words: str) -> None:
    page = page_at("/viewtopic.php?id=9", f'<div id="msg" class="block"><p>{words}</p></div>')
    assert read_page(page, engine_named("fluxbb")).state == "not_found"


def test_a_post_about_captchas_and_bans_is_a_post() -> None:
    body = """<div id="p5" class="blockpost"><h2><span><span class="conr">#1</span>
    <a href="viewtopic.php?pid=5#p5">Today 10:12:44</a></span></h2><div class="postleft"><dl><dt>
    <strong>kilnhost</strong></dt></dl></div><div class="postmsg"><p>You are banned from this forum?
    Checking your browser… 5$</p></div></div>"""
    reading = read_page(page_at("/viewtopic.php?id=9", body), engine_named("fluxbb"))
    assert (reading.state, reading.posts[0].author) == ("ok", "kilnhost")
    assert reading.posts[0].posted_at == datetime(2026, 11, 23, 10, 12, 44, tzinfo=UTC)


def test_hostile_markup_is_survived() -> None:
    rows = '<tr><td class="tcl"><a href="viewtopic.php?id=1">x' * 300
    quotes = '<div class="quotebox"><cite>a wrote:</cite><blockquote>' * 200
    body = f'<div id="vf">{rows}</div><div id="p1" class="blockpost"><div class="postmsg">{quotes}'
    reading = read_page(page_at("/viewtopic.php?id=1", body), engine_named("fluxbb"))
    assert len(reading.posts) == 1
    assert len(reading.posts[0].quotes) == 200

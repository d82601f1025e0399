"""URLs of Vanilla and vBulletin 5, and what hostile pages of theirs do."""

from datetime import UTC, datetime

import pytest

from crawler.reading import PageKind
from spiders.reading import engine_named, page_from, read_page

ROOT = "https://slip.example"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CANONICAL = [
    ("vanilla", "/discussion/12/offshore/p1", "/discussion/12/offshore"),
    ("vanilla", "/discussion/12/offshore/p3?x=1#Comment_9", "/discussion/12/offshore/p3"),
    ("vanilla", "/discussion/12/offshore#latest", "/discussion/12/offshore"),
    ("vanilla", "/discussion/12", "/discussion/12"),
    ("vanilla", "/discussion/comment/900#Comment_900", "/discussion/comment/900"),
    ("vanilla", "/categories/servers/p2?sort=hot", "/categories/servers/p2"),
    ("vanilla", "/categories/servers/?filter=x", "/categories/servers"),
    ("vanilla", "/discussions/p4?followed=1", "/discussions/p4"),
    ("vanilla", "/index.php?p=/discussion/12/a/p2&x=1", "/index.php?p=/discussion/12/a/p2"),
    ("vanilla", "/forum/discussion/12/a/", "/forum/discussion/12/a"),
    ("vbulletin5", "/forum/trade/12-a-box/page1", "/forum/trade/12-a-box"),
    ("vbulletin5", "/forum/trade/12-a-box/page3?p=7#post7", "/forum/trade/12-a-box/page3"),
    ("vbulletin5", "/forum/trade/page2?filter_sort=title", "/forum/trade/page2"),
    ("vbulletin5", "/forum/?x=1", "/forum/"),
    ("vbulletin5", "/search?searchJSON=1&s=ab", "/search?searchJSON=1"),
]
KINDS: list[tuple[str, str, PageKind | None]] = [
    ("vanilla", "/", "index"),
    ("vanilla", "/categories", "index"),
    ("vanilla", "/index.php?p=/categories", "index"),
    ("vanilla", "/categories/all", "index"),
    ("vanilla", "/categories/servers", "board"),
    ("vanilla", "/discussions", "board"),
    ("vanilla", "/discussion/12/a", "thread"),
    ("vanilla", "/discussion/comment/5", "thread"),
    ("vanilla", "/discussion/bookmark/12/x", None),
    ("vanilla", "/categories/servers/feed.rss", None),
    ("vanilla", "/profile/moss", None),
    ("vanilla", "/profile/", None),
    ("vanilla", "/entry/signout?TransientKey=1", None),
    ("vanilla", "/post/discussion/servers", None),
    ("vbulletin5", "/", "index"),
    ("vbulletin5", "/forums", "index"),
    ("vbulletin5", "/forum/trade", "board"),
    ("vbulletin5", "/market/rdp/414-uk", "thread"),
    ("vbulletin5", "/forum/trade/414", "thread"),
    ("vbulletin5", "/member/4-moss", None),
    ("vbulletin5", "/auth/logout?logouthash=1", None),
    ("vbulletin5", "/new-content/31", None),
    ("vbulletin5", "/forum/search/12", None),
    ("vbulletin5", "/filedata/fetch?id=3", None),
]
HOSTILE = {
    "vanilla": '<body id="vanilla_discussion_index">'
    + '<li id="Comment_1" class="ItemComment"><div class="Message"><blockquote class="UserQuote">'
    * 300,
    "vbulletin5": '<body id="vb-page-body">'
    + '<li data-node-id="1" class="b-post"><div class="js-post__content-text">' * 300,
}


@pytest.mark.parametrize(("engine", "url", "wanted"), CANONICAL)
def test_one_form_of_a_url(engine: str, url: str, wanted: str) -> None:
    canonical = engine_named(engine).canonical
    assert canonical(ROOT + url) == ROOT + wanted
    assert canonical(ROOT + wanted) == ROOT + wanted


@pytest.mark.parametrize(("engine", "path", "wanted"), KINDS)
def test_what_is_followed(engine: str, path: str, wanted: PageKind | None) -> None:
    assert engine_named(engine).kind(ROOT + path) == wanted


@pytest.mark.parametrize("engine", sorted(HOSTILE))
def test_hostile_markup_is_survived(engine: str) -> None:
    body = HOSTILE[engine].encode()
    url = f"{ROOT}/discussion/1/x" if engine == "vanilla" else f"{ROOT}/forum/trade/1-x"
    page = page_from(body, "text/html; charset=utf-8", url=url, fetched_at=NOW)
    reading = read_page(page, engine_named(engine))
    assert reading.posts or reading.problems


def test_a_post_about_captchas_and_bans_is_a_post() -> None:
    body = b"""<body id="vb-page-body"><ul><li data-node-id="5" data-node-publishdate="1770715000"
    class="b-post"><div class="author"><a href="/member/4-kiln">kiln</a></div>
    <div class="js-post__content-text">You have been banned? Checking your browser 5$</div></li>"""
    page = page_from(body, "text/html", url=f"{ROOT}/forum/trade/9-x", fetched_at=NOW)
    reading = read_page(page, engine_named("vbulletin5"))
    assert (reading.state, reading.posts[0].author) == ("ok", "kiln")
    assert reading.posts[0].posted_at == datetime(2026, 2, 10, 9, 16, 40, tzinfo=UTC)

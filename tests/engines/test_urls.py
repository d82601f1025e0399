from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.reading import PageKind
from spiders.page import Page
from spiders.reading import engine_named
from spiders.urls import absolute

CANONICAL = [
    ("mybb", "http://B.example/showthread.php?tid=4&page=1&highlight=a&sid=9#pid3", "http://b.example/showthread.php?tid=4"),
    ("mybb", "http://b.example/showthread.php?tid=4&action=lastpost", "http://b.example/showthread.php?tid=4"),
    ("mybb", "http://b.example/showthread.php?tid=4&pid=18&page=3#pid18", "http://b.example/showthread.php?tid=4&page=3"),
    ("mybb", "http://b.example/forumdisplay.php?fid=3&page=2&sortby=subject&order=asc&datecut=0", "http://b.example/forumdisplay.php?fid=3&page=2"),
    ("mybb", "http://b.example/thread-12-page-2.html?highlight=x", "http://b.example/thread-12-page-2.html"),
    ("mybb", "http://b.example/thread-12-lastpost.html", "http://b.example/thread-12.html"),
    ("mybb", "http://b.example/Thread-slug--12?page=2&sid=1", "http://b.example/Thread-slug--12?page=2"),
    ("mybb", "http://b.example/index.php?sid=abc", "http://b.example/index.php"),
    ("smf", "http://b.example/index.php?PHPSESSID=ab&topic=14.15", "http://b.example/index.php?topic=14.15"),
    ("smf", "http://b.example/index.php?topic=14.msg99;topicseen#new", "http://b.example/index.php?topic=14.0"),
    ("smf", "http://b.example/index.php?board=7.20;sort=subject;desc", "http://b.example/index.php?board=7.20"),
    ("smf", "http://b.example/index.php/topic,14.15.html?PHPSESSID=1", "http://b.example/index.php/topic,14.15.html"),
    ("smf", "http://b.example/index.php/topic,14.msg9.html#msg9", "http://b.example/index.php/topic,14.0.html"),
    ("xenforo", "http://b.example/threads/slug.123/page-2?s=9#post-5", "http://b.example/threads/slug.123/page-2"),
    ("xenforo", "http://b.example/threads/slug.123/page-1", "http://b.example/threads/slug.123/"),
    ("xenforo", "http://b.example/threads/slug.123/post-55", "http://b.example/threads/slug.123/"),
    ("xenforo", "http://b.example/threads/slug.123/latest", "http://b.example/threads/slug.123/"),
    ("xenforo", "http://b.example/index.php?threads/slug.123/page-2&s=1", "http://b.example/index.php?threads/slug.123/page-2"),
    ("xenforo", "http://b.example/community/forums/metal.3/?order=title", "http://b.example/community/forums/metal.3/"),
    ("telegram_web", "https://t.me/lane?before=20&q=x", "https://t.me/s/lane?before=20"),
    ("telegram_web", "https://t.me/s/lane/", "https://t.me/s/lane"),
    ("declared", "http://b.example/p?id=4&sid=1&sort=price#x", "http://b.example/p?id=4"),
]  # fmt: skip
KINDS: list[tuple[str, str, PageKind | None]] = [
    ("mybb", "/showthread.php?tid=4", "thread"),
    ("mybb", "/forumdisplay.php?fid=4", "board"),
    ("mybb", "/Forum-Servers", "board"),
    ("mybb", "/", "index"),
    ("mybb", "/newreply.php?tid=4", None),
    ("mybb", "/printthread.php?tid=4", None),
    ("mybb", "/member.php?action=logout", None),
    ("smf", "/index.php?topic=4.0", "thread"),
    ("smf", "/index.php?board=4.0", "board"),
    ("smf", "/index.php/board,4.20.html", "board"),
    ("smf", "/index.php", "index"),
    ("smf", "/index.php?action=printpage;topic=4.0", None),
    ("smf", "/index.php?action=logout", None),
    ("xenforo", "/threads/a.4/", "thread"),
    ("xenforo", "/forums/a.4/page-2", "board"),
    ("xenforo", "/", "index"),
    ("xenforo", "/threads/a.4/reply", None),
    ("xenforo", "/members/a.4/", None),
    ("xenforo", "/login/", None),
    ("telegram_web", "/s/lane", "channel"),
    ("telegram_web", "/share/url", None),
    ("telegram_web", "/s/lane/12", None),
]


@pytest.mark.parametrize(("name", "url", "wanted"), CANONICAL)
def test_canonical(name: str, url: str, wanted: str) -> None:
    engine = engine_named(name)
    assert engine.canonical(url) == wanted
    assert engine.canonical(wanted) == wanted


@pytest.mark.parametrize(("name", "path", "wanted"), KINDS)
def test_kind(name: str, path: str, wanted: PageKind | None) -> None:
    assert engine_named(name).kind(f"http://b.example{path}") == wanted


@pytest.mark.parametrize("name", ["mybb", "smf", "xenforo", "telegram_web", "declared"])
@pytest.mark.parametrize(
    "url", ["http://[", "", "javascript:alert(1)", "http://b.example/" + "a/" * 900]
)
def test_hostile_urls_are_survived(name: str, url: str) -> None:
    engine = engine_named(name)
    engine.kind(url)
    engine.canonical(url)


BASES = (
    "http://b.example", "http://b.example/", "https://b.example:8443/f/index.php?a=/x/#y",
    "http://b.example/a/../b/c.php", "http://b.example/a/./c", "http://b.example//a",
    "http://b.example/a;b/c;d", "HTTP://B.example/x", "http://u@b.example/x/",
)  # fmt: skip
PARTS = st.sampled_from(
    ["a", "Z9", "index.php", "thread-1.html", "?", "#", "=", "&", "%20", "/", "..", ".", ";",
     ":", "+", "-", "_", "tid", "1", "//", "mailto", "é"]
)  # fmt: skip


@pytest.mark.parametrize("base", BASES)
@given(parts=st.lists(PARTS, min_size=1, max_size=7))
@example(parts=["showthread.php", "?", "tid", "=", "1", "&", "pid", "=", "2", "#", "pid", "2"])
@example(parts=["a", "?"])
@example(parts=["a", "?", "#"])
@example(parts=["//", "é", ":", "a"])
@example(parts=["//", "é", ":", "99999999"])
@example(parts=["//", "é", ".", ".", "a"])
def test_links_are_joined_as_by_the_standard(base: str, parts: list[str]) -> None:
    href = "".join(parts)
    found = absolute(Page(base, "", datetime(2026, 11, 23, tzinfo=UTC)), href)
    joined = urljoin(base, href)
    if href.startswith("#") or not joined.startswith("http") or not joined.isascii():
        assert found is None or not joined.isascii()
    elif found is not None:
        assert found == joined


def test_a_file_beside_the_page() -> None:
    page = Page("http://b.example/f/index.php?x=/y/", "", datetime(2026, 11, 23, tzinfo=UTC))
    assert (
        absolute(page, "showthread.php?tid=1#pid2")
        == "http://b.example/f/showthread.php?tid=1#pid2"
    )

"""Every engine reads what its software writes: each row of each page of a made-up board."""

import importlib
import pkgutil
from datetime import UTC, datetime

import pytest

from crawler.reading import Reading
from spiders.engines import ENGINES, detect
from spiders.page import Page
from spiders.reading import engine_named, page_from, read_page
from tests.live import skins
from tests.live.board import (
    POSTS_A_PAGE,
    THREADS_A_PAGE,
    Skin,
    View,
    made_boards,
    native_id,
    pages_of,
    shown,
)

NAMES = sorted(module.name for module in pkgutil.iter_modules(skins.__path__))
NO_BOARDS = {"bluesky", "declared", "discord_export", "mastodon", "reddit", "rss"} | {
    "telegram_export",
    "telegram_web",
}
FORUMS = sorted(set(ENGINES) - NO_BOARDS)
ROOT = "http://board.example"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def skin_named(name: str) -> Skin:
    skin: Skin = importlib.import_module(f"tests.live.skins.{name}")
    return skin


def page_at(skin: Skin, html: str, url: str) -> Page:
    return page_from(html.encode(), skin.CONTENT_TYPE, url=url, fetched_at=NOW)


def read(skin: Skin, html: str, url: str) -> Reading:
    page = page_at(skin, html, url)
    reading = read_page(page, engine_named(skin.NAME))
    assert reading.problems == ()
    return reading


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("session", [None, "0123456789abcdef0123456789abcdef"])
def test_everything_on_the_board_is_read(name: str, session: str | None) -> None:
    skin = skin_named(name)
    view = View(ROOT, made_boards(60, 5), session=session)
    index = read(skin, skin.index(view), ROOT + skin.START)
    assert [board.name for board in index.boards] == ["Servers", "Access", "Vault"]
    for board, link in zip(view.boards, index.boards, strict=True):
        url: str | None = link.url
        threads = board.newest_first()
        for number in range(1, pages_of(len(threads), THREADS_A_PAGE) + 1):
            assert url is not None
            asked = skin.asked(url.removeprefix(ROOT))
            assert asked is not None
            assert (asked.what, asked.number, asked.page) == ("board", board.number, number)
            reading = read(skin, skin.board(view, board, number), url)
            wanted = shown(threads, number, THREADS_A_PAGE)
            assert [
                (row.native_id, row.title, row.author, row.replies, row.last_post_at)
                for row in reading.threads
            ] == [
                (
                    str(thread.number),
                    thread.title,
                    thread.posts[0].author,
                    len(thread.posts) - 1,
                    thread.last_post.posted_at,
                )
                for thread in wanted
            ]
            for row, thread in zip(reading.threads, wanted, strict=True):
                read_thread(skin, view, thread.number, row.url)
            url = reading.next_page
        assert url is None


def read_thread(skin: Skin, view: View, number: int, start: str) -> None:
    """Walk a thread by its next pages and compare all of its posts."""
    threads = {each.number: each for board in view.boards for each in board.threads}
    thread, url = threads[number], start
    for page in range(1, pages_of(len(thread.posts), POSTS_A_PAGE) + 1):
        assert url is not None
        asked = skin.asked(url.removeprefix(ROOT))
        assert asked is not None
        assert (asked.what, asked.number, asked.page) == ("thread", number, page)
        reading = read(skin, skin.thread(view, thread, page), url)
        assert reading.thread is not None
        assert reading.thread.native_id == str(number)
        assert [
            (post.native_id, post.author, post.text, post.posted_at) for post in reading.posts
        ] == [
            (native_id(skin, thread, post), post.author, post.text, post.posted_at)
            for post in shown(thread.posts, page, POSTS_A_PAGE)
        ]
        url = reading.next_page or ""
    assert url == ""


@pytest.mark.parametrize("name", NAMES)
def test_login_and_refused_pages_are_known(name: str) -> None:
    skin = skin_named(name)
    view = View(ROOT, made_boards(5, 1))
    for html in (skin.login(view), skin.refused(view)):
        assert read_page(page_at(skin, html, f"{ROOT}/x"), engine_named(name)).state == "login"


@pytest.mark.parametrize("name", NAMES)
def test_its_pages_are_told_from_all_others(name: str) -> None:
    skin = skin_named(name)
    view = View(ROOT, made_boards(30))
    board = view.boards[0]
    for html, url in (
        (skin.index(view), ROOT + skin.START),
        (skin.board(view, board, 1), f"{ROOT}/board"),
        (skin.thread(view, board.threads[0], 1), f"{ROOT}/thread"),
    ):
        found = detect(page_at(skin, html, url))
        assert found is not None
        assert name == found.NAME


def test_every_forum_software_is_met() -> None:
    assert NAMES == FORUMS

"""Every forum software is crawled live: all posts once, and again only what changed."""

import os
import sqlite3
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.ids import id_of
from tests.live.board import (
    POSTS_A_PAGE,
    THREADS_A_PAGE,
    Post,
    made_boards,
    native_id,
    pages_of,
)
from tests.live.crawls import Lab, lab_at
from tests.live.server import Site, serve
from tests.live.test_skins import NAMES, skin_named

PRIVATE, CHANGED = 5, 5
MANY, SOME = 500, 120
THREADS = os.environ.get("RACKRENT_TEST_THREADS")
"""How many threads each board has; by default one board is long and the others are shorter."""


def threads_of(name: str) -> int:
    """How many threads the board of an engine has."""
    return int(THREADS) if THREADS else MANY if name == "mybb" else SOME


def public(site: Site) -> list[Post]:
    """Posts that a guest can read."""
    boards = [board for board in site.boards if not board.private]
    return [post for board in boards for thread in board.threads for post in thread.posts]


def board_pages(site: Site) -> int:
    """Pages of all boards and the index."""
    sizes = [pages_of(len(board.threads), THREADS_A_PAGE) for board in site.boards]
    return sum(sizes) + 1


def compare(lab: Lab) -> None:
    """Every public post is stored once, with author, time and text."""
    found = {
        row["native_id"]: (row["account_id"], row["posted_at"], row["text"]) for row in lab.posts()
    }
    wanted = {
        native_id(lab.site.skin, thread, post): (
            id_of("account", lab.source_id, post.author),
            f"{post.posted_at:%Y-%m-%dT%H:%M:%SZ}",
            post.text,
        )
        for board in lab.site.boards
        if not board.private
        for thread in board.threads
        for post in thread.posts
    }
    assert found == wanted


def answer(site: Site, number: int, start: int) -> None:
    """Answers to so many threads of different boards and lengths, newer than all other posts."""
    latest = max(post.posted_at for post in public(site))
    threads = [thread for board in site.boards if not board.private for thread in board.threads]
    step = len(threads) // number
    for place in range(number):
        moment = latest + timedelta(hours=1 + place)
        threads[place * step].posts.append(Post(start + place, "moss_dock", "still 9$", moment))


@pytest.mark.parametrize("name", NAMES)
def test_a_board_is_read_once_and_then_only_what_changed(name: str, tmp_path: Path) -> None:
    with serve(Site(skin_named(name), made_boards(threads_of(name), PRIVATE))) as site:
        lab = lab_at(tmp_path, site)
        run = lab.crawl()
        assert (run["status"], run["reason"]) == ("ok", None), lab.log[-2000:]
        compare(lab)
        again = {target: count for target, count in Counter(site.asked).items() if count > 1}
        assert again == {}

        run = lab.crawl()
        assert (run["status"], run["posts_new"]) == ("ok", 0)
        assert len(site.asked) <= board_pages(site) + 2
        assert all(site.skin.asked(target).what != "thread" for target in site.asked)  # type: ignore[union-attr]

        answer(site, CHANGED, 900_000)
        run = lab.crawl()
        assert (run["status"], run["posts_new"]) == ("ok", CHANGED)
        compare(lab)
        touched = len(site.boards) + 1
        assert len(site.asked) <= touched + CHANGED + 2


@pytest.mark.parametrize("name", [name for name in NAMES if name != "discourse"])
def test_session_ids_in_links_lead_to_no_page_twice(name: str, tmp_path: Path) -> None:
    site = Site(skin_named(name), made_boards(60), session_in_links=True)
    with serve(site):
        lab = lab_at(tmp_path, site)
        assert lab.crawl()["status"] == "ok"
        compare(lab)
        seen = Counter(site.skin.asked(target) for target in site.asked)
        assert {asked: count for asked, count in seen.items() if count > 1} == {}


def test_a_sweep_finds_what_a_board_does_not_tell(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(40))) as site:
        lab = lab_at(tmp_path, site)
        lab.crawl()
        threads = [thread for board in site.boards for thread in board.threads]
        edited = threads[0].posts[0]
        edited.text = "Fresh RDP, now 4$ each"
        long = next(thread for thread in threads if len(thread.posts) > POSTS_A_PAGE)
        gone = long.posts.pop(2)
        long.posts.append(Post(990_000, "kilnhost", "up", long.last_post.posted_at))
        assert lab.crawl()["posts_changed"] == 0
        run = lab.crawl(full=True)
        assert (run["full"], run["posts_changed"]) == (1, 1)
        assert {row["native_id"] for row in lab.posts("gone_at is not null")} == {str(gone.number)}
        assert lab.posts(f"posts.native_id = '{edited.number}'")[0]["text"] == edited.text


def test_a_sweep_comes_when_it_is_due(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(10))) as site:
        lab = lab_at(tmp_path, site)
        lab.write_source("sweep_every: 1d\n")
        assert [lab.crawl()["full"], lab.crawl()["full"]] == [0, 0]
        with sqlite3.connect(lab.home.database) as conn:
            conn.execute("update runs set started_at = '2026-01-01T00:00:00Z'")
        assert lab.crawl()["full"] == 1
        assert lab.crawl()["full"] == 0

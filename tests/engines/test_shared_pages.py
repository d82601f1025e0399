"""Pages of the real software against what was posted there; skipped where they are not at hand."""

import json
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from crawler.reading import Reading
from spiders.engines import detect
from spiders.reading import engine_named, page_from, read_page

SHARED = Path(__file__).resolve().parents[2] / "../shared/pages"
pytestmark = pytest.mark.skipif(
    not (SHARED / "manifest.jsonl").exists(), reason="../shared/pages is not on this machine"
)
POST_ID = {"mybb": re.compile(r'id="pid_([0-9]+)"'), "smf": re.compile(r'id="msg_([0-9]+)"')}
UNKNOWN_FETCH = "2026-11-23T00:00:00Z"


def manifest(folder: str) -> list[dict[str, Any]]:
    rows = map(json.loads, (SHARED / "manifest.jsonl").read_text("utf-8").splitlines())
    return [row for row in rows if row["file"].startswith(f"{folder}/")]


@lru_cache(maxsize=256)
def reading_of(file: str, url: str, fetched_at: str, name: str) -> Reading:
    page = page_from(
        (SHARED / file).read_bytes(), None, url=url, fetched_at=datetime.fromisoformat(fetched_at)
    )
    found = detect(page)
    assert found is not None
    assert name == found.NAME
    return read_page(page, engine_named(name))


def read(row: dict[str, Any], name: str) -> Reading:
    return reading_of(row["file"], row["url"], row["fetched_at"] or UNKNOWN_FETCH, name)


def plain(bbcode: str) -> str:
    """What a reader sees of the BBCode that the test board's posts were typed in."""
    text = re.sub(r"\[quote[^\]]*\].*?\[/quote\]", "", bbcode, flags=re.S)
    text = re.sub(r"\[\*\]|\[/?(?:list|table|tr)\]", "\n", text)
    text = re.sub(r"\[/?(?:b|i|u)\]", "", re.sub(r"\[/?td\]", " ", text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join(line for line in lines if line)


@pytest.mark.parametrize("name", ["mybb", "smf"])
def test_posts_equal_what_was_posted(name: str) -> None:
    rows = map(json.loads, (SHARED / name / "truth.jsonl").read_text("utf-8").splitlines())
    truth = {str(row["pid"]): row for row in rows}
    wrong, count = [], 0
    for row in manifest(name):
        reading = read(row, name)
        if row["kind"] == "thread":
            html = (SHARED / row["file"]).read_text("utf-8")
            assert [post.native_id for post in reading.posts] == POST_ID[name].findall(html)
        for post in reading.posts:
            count += 1
            wanted, text = truth[post.native_id], "\n".join(
                " ".join(line.split()) for line in post.text.split("\n") if line
            )  # fmt: skip
            at = post.posted_at.strftime("%Y-%m-%dT%H:%M") if post.posted_at else None
            found = (post.author, post.position, text, at)
            if found != (
                wanted["author"],
                wanted["n"],
                plain(wanted["text"]),
                wanted["posted_at"][:16],
            ):
                wrong.append((post.native_id, found))
    assert count > 40
    assert wrong == []


@pytest.mark.parametrize("name", ["mybb", "smf"])
def test_states_and_rows(name: str) -> None:
    for row in manifest(name):
        reading = read(row, name)
        readable = row["kind"] in ("index", "board", "thread") or reading.account
        assert (row["file"], reading.state) == (row["file"], "ok" if readable else "login")
        if row["kind"] == "board":
            assert reading.threads or reading.boards
            assert all(thread.replies is not None and thread.author for thread in reading.threads)
            assert all(thread.last_post_at and thread.board for thread in reading.threads)
        assert (reading.account is not None) == (name == "mybb" and row["kind"] == "profile")
        assert reading.problems == ()


@pytest.mark.parametrize(
    ("file", "name", "posts", "threads"),
    [
        ("real/a1.html", "xenforo", 20, 0),
        ("real/a2.html", "xenforo", 20, 0),
        ("real/a3.html", "xenforo", 3, 0),
        ("real/forums.oneplus.net-0.html", "xenforo", 20, 0),
        ("real/a190.html", "smf", 0, 20),
        ("real/a189.html", "smf", 0, 0),
        ("real/a89.html", "mybb", 0, 0),
        ("real/forum.grasscity.com-2.html", "invision", 7, 0),
        ("real/a61.html", "vbulletin", 0, 23),
        ("real/a62.html", "vbulletin", 9, 0),
        ("real/a70.html", "vbulletin", 0, 0),
        ("real/a71.html", "vbulletin", 0, 33),
        ("real/a72.html", "vbulletin", 0, 33),
        ("real/www.seocafe.info-0.html", "vbulletin", 0, 0),
        ("real/forums.macrumors.com-0.html", "vbulletin", 0, 0),
        ("real/forum.escmid.org-0.html", "vbulletin", 0, 0),
        ("real/forum.xentax.com-0.html", "phpbb", 6, 0),
        ("real/www.bikeradar.com-0.html", "phpbb", 0, 2),
        ("real/yalbert.free.fr-0.html", "phpbb", 0, 9),
        ("real/forums.debian.net-0.html", "phpbb", 0, 0),
    ],
)
def test_served_pages_are_read_whole(file: str, name: str, posts: int, threads: int) -> None:
    row = next(row for row in manifest("real") if row["file"] == file)
    reading = read(row, name)
    assert reading.state == "ok"
    assert (len(reading.posts), len(reading.threads)) == (posts, threads)
    assert posts or threads or reading.boards
    assert all(post.author and post.posted_at and post.position for post in reading.posts)


SOFTWARE = {
    "XenForo": "xenforo",
    "vBulletin": "vbulletin",
    "MyBB": "mybb",
    "SMF": "smf",
    "Invision": "invision",
    "phpBB": "phpbb",
}


def test_no_software_is_taken_for_another() -> None:
    for row in manifest("real"):
        own = SOFTWARE[row["engine"].partition(" ")[0]]
        page = page_from(
            (SHARED / row["file"]).read_bytes(), None, url=row["url"],
            fetched_at=datetime.fromisoformat(UNKNOWN_FETCH),
        )  # fmt: skip
        found = detect(page)
        assert found is not None, row["file"]
        assert (row["file"], found.NAME) == (row["file"], own)
        for name in set(SOFTWARE.values()) - {own}:
            reading = read_page(page, engine_named(name))
            assert (reading.posts, reading.threads) == ((), ()), (row["file"], name)

"""Every saved page is a test: what its engine reads must equal its expected.json.

The pages are synthetic: markup as the software writes it, names and words invented.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.clock import stamp_or_none
from crawler.reading import Reading
from spiders.engines import ENGINES, detect
from spiders.page import Page
from spiders.reading import engine_named, page_from, read_page, reading_as_json

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/*/meta.json"))
SILENT = {"login", "forbidden", "not_found", "challenge", "banned", "list_empty", "product"}
"""Pages that may carry no sign of their software."""
TELLING = [case for case in CASES if case.name not in SILENT]
NEEDED = {
    "mybb": "index board board_empty thread login not_found challenge banned",
    "smf": "index board board_empty thread login not_found challenge banned",
    "xenforo": "index board board_empty thread login not_found challenge banned",
    "invision": "index board board_3 board_5 board_empty thread thread_3 thread_30 thread_5 login "
    "forbidden not_found challenge banned profile",
    "vbulletin": "index board board_empty board_3 thread thread_3 login forbidden not_found "
    "challenge banned",
    "phpbb": "index board board_empty board_2 thread thread_2 thread_ru login forbidden not_found "
    "challenge banned profile",
    "discourse": "index index_site index_html board board_latest board_empty thread thread_last "
    "thread_ru thread_html login forbidden not_found challenge banned profile",
    "fluxbb": "index index_14 board board_12 board_14 board_empty board_14_empty thread thread_12 "
    "thread_14 thread_jump login forbidden not_found challenge banned profile profile_14",
    "vbulletin5": "index board board_empty thread thread_ru login forbidden not_found challenge "
    "banned profile",
    "vanilla": "index board board_table board_empty thread thread_2 thread_jump login forbidden "
    "not_found challenge banned profile",
    "mastodon": "channel channel_empty not_found forbidden",
    "reddit": "board board_empty thread not_found forbidden",
    "bluesky": "channel channel_empty not_found",
    "rss": "channel channel_atom channel_empty not_found",
    "telegram_export": "channel channel_old channel_empty",
    "discord_export": "channel channel_empty",
    "telegram_web": "channel channel_empty not_found challenge",
    "declared": "list product list_empty login not_found challenge banned",
}


def page_of(case: Path) -> Page:
    """The page of a case."""
    meta = json.loads((case / "meta.json").read_text("utf-8"))
    return page_from(
        next(case.glob("page.*")).read_bytes(),
        meta.get("content_type"),
        url=meta["url"],
        fetched_at=datetime.fromisoformat(meta["fetched_at"]),
        status=meta.get("status", 200),
        timezone=meta.get("timezone"),
        selectors=meta.get("selectors", {}),
    )


def whole(reading: Reading) -> dict[str, Any]:
    """All that a reading holds, as JSON."""
    found = reading_as_json(reading)
    found["boards"] = [[board.native_id, board.name, board.url] for board in reading.boards]
    shown = reading.thread
    found["thread"] = (
        [shown.native_id, shown.title, shown.url, shown.board, shown.locked] if shown else None
    )
    found["problems"] = [[problem.kind, problem.detail] for problem in reading.problems]
    for row, post in zip(found["posts"], reading.posts, strict=True):
        row["author_id"], row["author_rank"] = post.author_id, post.author_rank
        row["author_joined_at"] = stamp_or_none(post.author_joined_at)
        row["author_posts"], row["author_reputation"] = post.author_posts, post.author_reputation
        row["title"], row["signature"] = post.title, post.signature
        row["quotes"] = [[quote.author, quote.text] for quote in post.quotes]
        row["fields"], row["thread"] = dict(post.fields), post.thread
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_saved_page_reads_as_expected(case: Path, update: bool) -> None:
    reading = read_page(page_of(case), engine_named(case.parent.name))
    found = whole(reading)
    expected = case / "expected.json"
    if update:
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(expected.read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_engine_has_a_page_of_each_kind(name: str) -> None:
    cases = {path.name for path in (HERE / name).iterdir() if path.is_dir()}
    assert set(NEEDED[name].split()) <= cases


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case_name_tells_its_state(case: Path) -> None:
    states = {"login", "forbidden", "not_found", "challenge", "banned"}
    wanted = case.name if case.name in states else "empty" if case.name.endswith("_empty") else "ok"
    assert read_page(page_of(case), engine_named(case.parent.name)).state == wanted


@pytest.mark.parametrize("case", TELLING, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_content_pages_are_detected(case: Path) -> None:
    found = detect(page_of(case))
    assert found is not None
    assert case.parent.name == found.NAME


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_other_engines_do_not_fail_on_it(case: Path) -> None:
    for engine in ENGINES.values():
        page = page_of(case)
        engine.state(page)
        read_page(page, engine)

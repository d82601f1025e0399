"""Retention: what is too old goes from rows and evidence, and nothing brings it back."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive, Response, Run
from crawler.archived import Archived
from crawler.clock import moment_of, stamp
from crawler.home import Home
from crawler.ids import sha256_of
from crawler.purging.run import planned, purge
from crawler.reading import Reading, ThreadRead
from crawler.redaction import redacted
from crawler.replay import replay
from crawler.retention import Retention, days_of
from crawler.source import Source, SourceError, load_source
from crawler.store import runs
from crawler.store.database import Store
from crawler.store.evidence import find_original, keep_page
from crawler.store.fetched import Exchange, Fetched
from tests.desk import read_texts
from tests.pages import Board, post

NOW = datetime.now(UTC).replace(microsecond=0)
OLD = NOW - timedelta(days=900)
URL = "http://board.example/t?id=7"
FILE = """\
id: board
name: Board
kind: forum
engine: mybb
url: http://board.example/index.php
start: [http://board.example/index.php]
hosts: [board.example]
basis: public
retention: {posts: 1y, evidence: 2y, redact: [email]}
"""
THREAD = ThreadRead("7", "Fresh RDP", URL)
OLD_POST = post(
    1, "Hacked RDP, USA - 5$ each\ntg: @old_seller", author="old", posted_at=OLD,
    signature="jabber: old@jab.example",
)  # fmt: skip
YOUNG = post(
    2, "Bulletproof VPS - 20$/month, mail me: host@mail.example\ntg: @vps_host", author="host",
    posted_at=NOW - timedelta(days=3),
)  # fmt: skip


@dataclass
class Yard:
    """A home with one source, its evidence and its rows."""

    home: Home
    board: Board

    def run(self, at: datetime, posts: list[Any], payload: bytes) -> str:
        """One archived page at a time, its rows kept without any retention; its WARC file."""
        store, source = self.board.store, self.board.source
        with store.transaction():
            runs.keep_source(store, source)
            row = runs.start_run(store, source, at, full=True)
        archive = Archive(self.home.evidence, Run(row.id, source.id, stamp(at), True))
        original = find_original(store, URL, sha256_of(payload))
        response = Response(URL, at, 200, (), payload, kind="thread", context={"thread": "7"})
        ref = archive.keep(response, original)
        archive.close()
        exchange = Exchange(ref, URL, 200, at, len(payload))
        fetched = Fetched(source.id, row.id, "thread", (exchange,), {"thread": "7"})
        keep_page(store, fetched, Reading("ok", thread=THREAD, posts=tuple(posts)))
        return archive.name

    def rows(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """Rows of the database."""
        return [dict(row) for row in self.board.store.rows(sql, params)]

    def everything(self) -> str:
        """All words that stand in rows."""
        tables = ("threads", "accounts", "post_versions", "listings", "prices", "contacts",
                  "contact_mentions", "listings_now", "ad_texts")  # fmt: skip
        return json.dumps([self.rows(f"select * from {table}") for table in tables])


@pytest.fixture
def yard(tmp_path: Path) -> Iterator[Yard]:
    """A thread with an old and a young post, read when each was young, and analysed."""
    home = Home(tmp_path)
    home.make()
    (home.sources / "board.yml").write_text(FILE, "utf-8")
    made = Yard(home, Board(Store(home.database)))
    made.run(OLD + timedelta(days=1), [OLD_POST], b"<p>old</p>")
    made.run(NOW - timedelta(days=1), [OLD_POST, YOUNG], b"<p>old and young</p>")
    read_texts(made.board)
    yield made
    made.board.store.close()


def test_ages_are_days_weeks_and_years() -> None:
    assert [days_of(age) for age in ("90d", "8w", "2y")] == [90, 56, 730]
    for wrong in ("2m", "0d", "soon", "1.5y"):
        with pytest.raises(ValueError, match="write it like 90d, 8w or 2y"):
            days_of(wrong)


@pytest.mark.parametrize(
    ("text", "kinds", "left"),
    [
        ("write a.b@mail.example now", ["email"], "write [email redacted] now"),
        ("call +49 (30) 1234-5678!", ["phone"], "call [phone redacted]!"),
        ("at 192.0.2.17, v1.2.3.456", ["ip"], "at [ip redacted], v1.2.3.456"),
        ("card 4111 1111 1111 1111", ["card"], "card [card masked]"),
        ("5$ each, 10 GB RAM, +20% for 3 months", ["email", "phone", "ip"], None),
    ],
)
def test_redaction(text: str, kinds: list[str], left: str | None) -> None:
    once = redacted(text, kinds)
    assert once == (left or text)
    assert redacted(once, kinds) == once


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("retention: {posts: 2m}", "'2m' is not an age; write it like 90d"),
        ("retention: {redact: [names]}", "retention.redact.0"),
        ("retention: {photos: 1y}", "retention.photos: unknown key"),
    ],
)
def test_faults_of_a_source_file_are_named(tmp_path: Path, line: str, part: str) -> None:
    path = tmp_path / "board.yml"
    path.write_text("\n".join([*FILE.splitlines()[:-1], line]), "utf-8")
    with pytest.raises(SourceError) as caught:
        load_source(path)
    assert part in str(caught.value)


def test_a_dry_run_says_what_a_purge_then_does(yard: Yard) -> None:
    before = yard.everything()
    (plan,) = planned(yard.home)
    assert yard.everything() == before
    assert yard.rows("select * from audit") == []
    counts = plan.counts()
    assert {name: counts[name] for name in ("posts", "texts", "redacted", "listings", "files")} == {
        "posts": 1, "texts": 1, "redacted": 1, "listings": 2, "files": 1,
    }  # fmt: skip
    (done,) = purge(yard.home, by="anna")
    assert done == plan
    (line,) = yard.rows("select * from audit where action = 'purge'")
    assert (line["actor"], line["object"]) == ("anna", "board")
    assert json.loads(line["detail"])["texts"] == 1
    (after,) = planned(yard.home)
    assert sum(value for value in after.counts().values() if isinstance(value, int)) == 0


def test_old_texts_and_findings_go_and_young_ones_stay(yard: Yard) -> None:
    purge(yard.home, by="anna")
    left = yard.everything()
    assert "old_seller" not in left
    assert "Hacked RDP" not in left
    assert "old@jab.example" not in left
    assert "host@mail.example" not in left
    assert "[email redacted]" in left
    offers = yard.rows("select asset_type, usd_month from listings_now")
    assert offers == [{"asset_type": "hosting.bph.vps", "usd_month": 20.0}]
    posts = yard.rows("select native_id, posted_at, gone_at from posts order by native_id")
    assert [(row["native_id"], row["gone_at"]) for row in posts] == [("1", None), ("2", None)]
    assert yard.rows("select value from contacts") == [{"value": "vps_host"}]
    found = "select count(*) as n from post_versions_fts where post_versions_fts match ?"
    assert yard.rows(found, "hacked") == [{"n": 0}]
    assert yard.rows(found, "bulletproof") == [{"n": 1}]
    assert yard.board.store.conn.execute("pragma foreign_key_check").fetchall() == []


def test_a_crawl_after_a_purge_brings_nothing_back_and_sees_no_edit(yard: Yard) -> None:
    purge(yard.home, by="anna")
    source = load_source(yard.home.sources / "board.yml")
    yard.board.source = source
    before = yard.rows("select id, text from post_versions order by id")
    with yard.board.store.transaction():
        run = runs.start_run(yard.board.store, source, NOW, full=True)
    ref = Archive(yard.home.evidence, Run(run.id, "board", stamp(NOW), True)).keep(
        Response(URL, NOW, 200, (), b"<p>again</p>", kind="thread")
    )
    exchange = Exchange(ref, URL, 200, NOW, 9)
    fetched = Fetched(
        "board", run.id, "thread", (exchange,), {"thread": "7"}, retention=source.retention
    )
    reading = Reading("ok", thread=THREAD, posts=(OLD_POST, YOUNG))
    changes = keep_page(yard.board.store, fetched, reading)
    assert (changes.posts_new, changes.posts_changed, changes.posts_gone) == (0, 0, 0)
    assert yard.rows("select id, text from post_versions order by id") == before
    assert yard.rows("select signature from accounts where name = 'old'") == [{"signature": None}]


def test_a_file_goes_only_when_all_in_it_is_old(yard: Yard) -> None:
    files = sorted(path.name for path in (yard.home.evidence / "board").iterdir())
    purge(yard.home, by="anna")
    assert sorted(path.name for path in (yard.home.evidence / "board").iterdir()) == files[1:]
    pages = yard.rows("select warc_file, sha256 from pages order by fetched_at")
    assert [bool(row["warc_file"]) for row in pages] == [False, True]
    # its hash stays, and a later run does not refer to bytes that are gone
    assert pages[0]["sha256"] == sha256_of(b"<p>old</p>")
    assert find_original(yard.board.store, URL, sha256_of(b"<p>old</p>")) is None


def test_a_file_stays_while_younger_records_refer_to_its_bytes(yard: Yard) -> None:
    yard.run(NOW - timedelta(hours=5), [OLD_POST], b"<p>old</p>")
    (plan,) = planned(yard.home)
    assert [file.held for file in plan.files] == [True]
    purge(yard.home, by="anna")
    assert len(list((yard.home.evidence / "board").iterdir())) == 3


def test_a_purge_that_was_cut_off_is_taken_up(yard: Yard) -> None:
    (plan,) = planned(yard.home)
    yard.board.store.execute(
        "update pages set warc_file = '' where warc_file = ?", (plan.removed[0].name,)
    )
    (again,) = planned(yard.home)
    assert again.removed == plan.removed


def test_replay_honours_the_retention(yard: Yard, tmp_path: Path) -> None:
    (yard.home.sources / "board.yml").write_text(FILE.replace("evidence: 2y, ", ""), "utf-8")
    purge(yard.home, by="anna")

    def read(source: Source, archived: Archived, body: bytes) -> Reading:
        posts = (OLD_POST, YOUNG) if b"young" in body else (OLD_POST,)
        return Reading("ok", thread=THREAD, posts=posts)

    rebuilt = tmp_path / "rebuilt.db"
    done = replay(yard.home, [yard.home.evidence], rebuilt, read)
    assert (done["files"], done["unreadable"]) == (2, 0)
    store = Store(rebuilt)
    texts = {row["id"]: row["text"] for row in store.rows("select id, text from post_versions")}
    store.close()
    assert texts == {
        row["id"]: row["text"] for row in yard.rows("select id, text from post_versions")
    }
    assert all("Hacked" not in text and "@mail" not in text for text in texts.values())


def test_a_post_without_a_date_is_as_old_as_its_first_sight(yard: Yard) -> None:
    undated = post(9, "Hacked RDP undated - 7$", author="old", posted_at=None)
    yard.run(OLD + timedelta(days=2), [undated], b"<p>undated</p>")
    purge(yard.home, by="anna")
    source = load_source(yard.home.sources / "board.yml")
    exchange = Exchange(
        Archive(yard.home.evidence, Run("r", "board", stamp(NOW), True)).keep(
            Response(URL, NOW, 200, (), b"<p>undated again</p>", kind="thread")
        ),
        URL, 200, NOW, 9,
    )  # fmt: skip
    with yard.board.store.transaction():
        run = runs.start_run(yard.board.store, source, NOW, full=True)
    fetched = Fetched("board", run.id, "thread", (exchange,), {}, retention=source.retention)
    keep_page(yard.board.store, fetched, Reading("ok", thread=THREAD, posts=(undated,)))
    assert "undated" not in yard.everything()


def test_without_rules_nothing_goes(yard: Yard) -> None:
    (yard.home.sources / "board.yml").write_text("\n".join(FILE.splitlines()[:-1]) + "\n", "utf-8")
    before = yard.everything()
    assert purge(yard.home, by="anna") == []
    assert yard.everything() == before
    assert Retention().texts_from(NOW) is None
    assert Retention(posts="1y").texts_from(moment_of("2026-03-01T00:00:00Z")) == moment_of(
        "2025-03-01T00:00:00Z"
    )

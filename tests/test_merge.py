"""Merging: any order and any repetition of shards give the same tables; rules of the home hold."""

import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crawler.archive import PageRef
from crawler.home import Home
from crawler.merging.run import merge
from crawler.purging.run import purge
from crawler.reading import Reading, ThreadRead
from crawler.store import runs
from crawler.store.evidence import keep_page
from crawler.store.fetched import Exchange, Fetched
from tests.market import rows
from tests.pages import HOST, START, Board, post
from tests.shards import SOURCE_FILE, change, filled, shard_at, start_at, tables, texts_of


def merged(folder: Path, shards: Sequence[Path], name: str) -> dict[str, list[dict[str, object]]]:
    """All tables of a fresh home into which shards were merged in this order."""
    home = Home(folder / name)
    start_at(home.root)
    for path in shards:
        assert merge(home, [path])[0].refused == {}
    found = tables(home)
    shutil.rmtree(home.root)
    return found


TEXTS = st.sampled_from(["RDP 5$", "RDP 6$", "sold", "VPS 10$ a month", ""])
READS = st.lists(
    st.tuples(
        st.integers(0, 3),  # which shard read it
        st.integers(0, 9),  # at which hour
        st.sampled_from(["7", "8"]),  # which thread
        st.dictionaries(st.integers(1, 4), TEXTS, max_size=4),  # its posts
        st.booleans(),  # whether it was closed
        st.sampled_from(["page", "board", "lost"]),
    ),
    max_size=12,
)


def read(board: Board, hour: int, native: str, posts: dict[int, str], *, closed: bool,
         how: str) -> None:  # fmt: skip
    """One reading of a thread, or of its row on a board, or that it is not found."""
    board.hour = hour
    run_id = board.begin()
    ref = PageRef(f"{board.source.id}/{run_id}.warc.gz", len(how) * 10 + int(native), "0" * 64)
    moment = START + timedelta(hours=hour)
    exchange = Exchange(ref, f"{HOST}/t?id={native}", 200, moment, 900)
    context = {"thread": native, "board_says": [len(posts), None, None]}
    fetched = Fetched(board.source.id, run_id, "thread", (exchange,), context)
    said = [post(number, text, posted_at=None if number == 3 else moment, signature=text or None)
            for number, text in posts.items()]  # fmt: skip
    thread = ThreadRead(
        native, f"Thread {native} {hour}", f"{HOST}/t?id={native}", locked=closed,
        replies=hour if how == "board" else None,
        last_post_at=moment if how == "board" else None,
    )  # fmt: skip
    if how == "board":
        reading = Reading("ok", threads=(thread,))
    elif how == "lost":
        reading = Reading("not_found")
    else:
        reading = Reading("ok", thread=thread, posts=tuple(said))
    keep_page(board.store, fetched, reading, shared=hour % 2 == 0)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # an example takes a second: making a failing one smaller would take minutes
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(reads=READS, order=st.permutations(range(4)), again=st.lists(st.integers(0, 3), max_size=3))
def test_any_order_and_any_repetition_give_the_same_tables(
    reads: list[tuple[int, int, str, dict[int, str], bool, str]],
    order: list[int],
    again: list[int],
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / f"shard{number}" for number in range(4)]
        # two shards share a source, one has another one
        boards = [shard_at(path, "other" if n == 3 else "board") for n, path in enumerate(paths)]
        for which, hour, native, posts, closed, how in sorted(reads, key=lambda each: each[1]):
            read(boards[which], hour, native, posts, closed=closed, how=how)
        for board in boards:
            with board.store.transaction():
                runs.keep_source(board.store, board.source)
            board.store.close()
        straight = merged(folder, paths, "straight")
        other = [*order, *again, *reversed(order)]
        assert merged(folder, [paths[number] for number in other], "shuffled") == straight


def test_words_pass_the_boundary_of_imports(tmp_path: Path) -> None:
    shard = filled(
        tmp_path / "shard",
        "card 4111 1111 1111 1111 of a victim",
        "=cmd|' /C calc'!A0",
        "cp collection, child porn",
    )
    home = Home(tmp_path / "home")
    (done,) = merge(home, [shard])
    assert texts_of(home) == ["=cmd|' /C calc'!A0", "card [card masked] of a victim"]
    assert done.refused == {"post_versions": 1}
    left = rows(home.database, "select native_id, version_id from posts order by 1")
    assert [row["native_id"] for row in left] == ["1", "2"]
    again = tables(home)
    merge(home, [shard])
    assert tables(home) == again


def test_what_was_purged_here_does_not_come_back(tmp_path: Path) -> None:
    shard = filled(tmp_path / "shard", "tg: @old_seller RDP 5$")
    home = Home(tmp_path / "home")
    home.make()
    text = SOURCE_FILE + "retention: {posts: 1d, evidence: 1d}\n"
    (home.sources / "board.yml").write_text(text, "utf-8")
    assert merge(home, [shard])[0].refused == {}
    # too old already when it came
    assert texts_of(home) == [""]
    (home.sources / "board.yml").write_text(SOURCE_FILE, "utf-8")
    merge(home, [shard])
    assert texts_of(home) == ["", "tg: @old_seller RDP 5$"]
    (home.sources / "board.yml").write_text(text, "utf-8")
    purge(home, by="somebody")
    (home.sources / "board.yml").write_text(SOURCE_FILE, "utf-8")
    merge(home, [shard])
    assert texts_of(home) == [""]


def test_own_files_labels_and_pauses_outrank_a_shard(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.make()
    (home.sources / "board.yml").write_text(SOURCE_FILE, "utf-8")
    ours = filled(tmp_path / "ours", "RDP 5$")
    change(ours, "update sources set paused_reason = 'a captcha', tlp = 'clear', name = 'Zzz'")
    other = [filled(tmp_path / name, "VPS 5$", source_id="other") for name in "ab"]
    change(other[0], "update sources set tlp = 'amber+strict'")
    change(other[1], "update sources set tlp = 'green'")
    merge(home, [ours, *other])
    found = rows(home.database, "select id, name, tlp, paused_reason from sources order by id")
    assert found == [
        {"id": "board", "name": "Our name", "tlp": "red", "paused_reason": None},
        {"id": "other", "name": "Board", "tlp": "amber+strict", "paused_reason": None},
    ]


def test_only_named_sources_are_taken(tmp_path: Path) -> None:
    shards = [filled(tmp_path / name, f"RDP {name}", source_id=name) for name in ("one", "two")]
    home = Home(tmp_path / "home")
    merge(home, shards, only=["two"])
    assert texts_of(home) == ["RDP two"]
    assert [row["id"] for row in rows(home.database, "select id from sources")] == ["two"]


def test_decisions_alerts_and_exports_stay_where_they_are(tmp_path: Path) -> None:
    shard = filled(tmp_path / "shard", "RDP 5$")
    change(
        shard,
        "insert into audit values ('x', '2026-01-01T00:00:00Z', 'a', 'merge', 'b', 'c')",
        "insert into annotations values ('x', 'post', 'p', 'note', 'n', 'a', '2026-01-01T00:00Z')",
        "insert into exported values ('x', 's', 'o', 'h', 'e')",
    )
    home = Home(tmp_path / "home")
    merge(home, [shard])
    for table in ("annotations", "exported", "alerts", "link_decisions"):
        assert rows(home.database, f"select * from {table}") == []
    (row,) = rows(home.database, "select action, object from audit")
    assert row == {"action": "merge", "object": "board"}
    merge(home, [shard])
    assert len(rows(home.database, "select * from audit")) == 1

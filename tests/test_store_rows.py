"""Rows are written quickly: secrets hidden in one look, no column set for nothing, one thread's
posts looked for and no others."""

from dataclasses import replace
from pathlib import Path

from crawler.boundaries.secrets import forget, hide_rows, remember
from crawler.records import PostRow, RunFigureRow
from crawler.store.database import upsert_sql
from crawler.store.figures import added
from tests.pages import board_at, dump, post


def test_rows_without_a_secret_are_the_same_rows() -> None:
    rows = [("a", 1, None), ("b", 2, "a plain text")]
    assert hide_rows(rows) is rows
    remember("s3cret-of-ours")
    try:
        assert hide_rows(rows) is rows
        # half a value at the end of one and half at the start of the next are no secret
        assert hide_rows([("x s3cret", "-of-ours")]) == [("x s3cret", "-of-ours")]
        hidden = hide_rows([("a", 1, "x s3cret-of-ours y"), ("b", 2, None)])
    finally:
        forget()
    assert hidden == [("a", 1, "x HIDDEN y"), ("b", 2, None)]


def test_a_column_that_keeps_its_old_value_is_not_set() -> None:
    sql = upsert_sql("posts", ("id", "source_id", "url"), (("source_id", "old"),))
    assert sql.endswith(
        "do update set [url] = excluded.[url] where posts.[url] is not excluded.[url]"
    )
    every = upsert_sql("posts", ("id", "url"), (("url", "old"),))
    assert every.endswith("on conflict ([id]) do nothing")


def test_add_leaves_rows_alone_that_are_there(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    board.thread_page(board.begin(), [post(1)])
    (row,) = board.store.rows("select * from posts")
    old = PostRow(**dict(row))
    new = replace(old, id="f" * 24, native_id="2")
    with board.store.transaction():
        assert board.store.add("posts", [replace(old, native_id="changed"), new]) == 1
    assert [each["native_id"] for each in dump(board.store, "posts")] == ["1", "2"]


def test_a_figure_is_added_to_or_made(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    run_id = board.begin()
    row = RunFigureRow("f", run_id, board.source.id, "posts.text", 10, 9)
    with board.store.transaction():
        assert not added(board.store, row)
        board.store.upsert("run_figures", [row])
        assert added(board.store, row)
    (found,) = dump(board.store, "run_figures")
    assert (found["total"], found["filled"]) == (20, 18)


def test_what_is_gone_is_looked_for_in_its_thread_alone(tmp_path: Path) -> None:
    board = board_at(tmp_path)
    asked: list[str] = []
    board.store.conn.set_trace_callback(asked.append)
    board.thread_page(board.begin(), [post(1)])
    board.store.conn.set_trace_callback(None)
    (update,) = [sql for sql in asked if sql.startswith("update posts set gone_at")]
    plan = [row["detail"] for row in board.store.rows(f"explain query plan {update}")]
    assert plan == ["SEARCH posts USING INDEX idx_posts_thread_id (thread_id=?)"]

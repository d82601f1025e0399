"""A lake's views give in DuckDB what the database's views give in SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crawler.exporting.lake import PARTED, VIEWS, WHOLE, write_lake
from crawler.records import TABLES
from crawler.schema import view_files
from crawler.store.database import Store
from tests.market import rackrent, rows


@pytest.fixture(scope="module")
def lake(homes: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lakes") / "lake"
    with closing(Store(homes["last"] / "market.db")) as store:
        done = write_lake(store, folder)
    assert done.rows > 1000
    assert done.files == len(list(folder.rglob("*.parquet")))
    return folder


@pytest.fixture(scope="module")
def duck(lake: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with the lake's views."""
    with duckdb.connect() as opened:
        opened.execute(f"set file_search_path = '{lake}'")
        opened.execute((lake / VIEWS).read_text("utf-8"))
        yield opened


def settled(value: Any) -> Any:
    """A value in one form: joined names in any order, numbers to a thousandth."""
    if isinstance(value, str) and " · " in value:
        return tuple(sorted(value.split(" · ")))
    return round(float(value), 3) if isinstance(value, bool | int | float) else value


def in_order(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted((tuple(map(settled, row)) for row in found), key=repr)


@pytest.mark.parametrize("view", list(view_files()))
def test_a_view_says_the_same_in_duckdb(
    view: str, duck: duckdb.DuckDBPyConnection, homes: dict[str, Path]
) -> None:
    with closing(sqlite3.connect(homes["last"] / "market.db")) as lite:
        ours, theirs = lite.execute(f"select * from {view}"), duck.execute(f"select * from {view}")
        assert [each[0] for each in theirs.description] == [each[0] for each in ours.description]
        found = in_order(theirs.fetchall())
        assert found == in_order(ours.fetchall())
        assert found or view == "early_signs"


def test_tables_have_all_of_their_rows(
    duck: duckdb.DuckDBPyConnection, homes: dict[str, Path]
) -> None:
    for table in (*WHOLE, *PARTED):
        assert table in TABLES
        (found,) = duck.execute(f"select count(*) from {table}").fetchall()
        counted = rows(homes["last"] / "market.db", f"select count(*) as n from {table}")
        assert found[0] == counted[0]["n"], table


def test_parted_tables_lie_by_month_and_source(lake: Path) -> None:
    parts = {path.parent.relative_to(lake / "posts").as_posix() for path in
             (lake / "posts").rglob("*.parquet")}  # fmt: skip
    assert len(parts) > 3
    assert all(part.startswith("month=20") and "/source=demo_" in part for part in parts)


def test_an_empty_database_and_a_second_run_make_a_lake_too(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "market.db")) as store:
        for _ in range(2):
            assert write_lake(store, tmp_path / "lake").rows == 0
    with duckdb.connect() as opened:
        opened.execute(f"set file_search_path = '{tmp_path / 'lake'}'")
        opened.execute((tmp_path / "lake" / VIEWS).read_text("utf-8"))
        assert opened.execute("select count(*) from posts_now").fetchall() == [(0,)]


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("all of it")
    done = rackrent(tmp_path, "lake", "--to", str(tmp_path / "mine"))
    assert done.returncode == 2
    assert "something else" in done.stderr
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "all of it"

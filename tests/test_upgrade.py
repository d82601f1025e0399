"""Databases of every earlier schema are backed up, upgraded, and keep their rows."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawler.backup import sha256_of_file, sum_file
from crawler.records import TABLES
from crawler.schema import columns_of, migrations, view_files
from crawler.storage import StorageError
from crawler.store.database import Store
from tests.market import rows

SAVED = sorted((Path(__file__).parent / "schemas").glob("*.sql"))
NAMES = [migration.name for migration in migrations.pending(Database(memory=True))]
REBUILT = {"listings_now"}
"""Summaries that a migration makes anew; the next `analyse` fills them."""


def fill(path: Path) -> dict[str, dict[str, object]]:
    """One row in each table, of values that fit its columns and point at one another; by table."""
    filled = {}
    with closing(sqlite3.connect(path)) as conn:
        tables = conn.execute(
            "select name from sqlite_master where type = 'table' and name not like '%\\_fts%' "
            "escape '\\' and name not like 'sqlite%' and name <> '_sqlite_migrations'"
        ).fetchall()
        for (table,) in tables:
            columns = conn.execute(f"pragma table_info([{table}])").fetchall()
            row = {name: value_of(name, kind) for _, name, kind, *_ in columns}
            names = ", ".join(f":{name}" for name in row)
            conn.execute(f"insert into [{table}] values ({names})", row)
            filled[table] = row
        conn.commit()
    return filled


def value_of(name: str, kind: str) -> object:
    """A value for a column; all keys are the same, so that every reference leads somewhere."""
    if kind != "TEXT":
        return 1
    return "x1" if name == "id" or name.endswith("_id") or name.startswith("account_") else name


def assert_upgraded(path: Path, before: dict[str, dict[str, object]]) -> None:
    """The database is of the newest schema and holds what it held."""
    for table, record in TABLES.items():
        columns = [row["name"] for row in rows(path, f"pragma table_info([{table}])")]
        assert sorted(columns) == sorted(columns_of(record)), table
    for table, row in before.items():
        found = rows(path, f"select * from [{table}]")
        if table in REBUILT and not found:
            continue
        assert len(found) == 1, table
        assert {name: found[0][name] for name in row} == row, table
    for view in view_files():
        rows(path, f"select * from [{view}] limit 1")
    assert rows(path, "pragma foreign_key_check") == []
    assert rows(path, "pragma integrity_check") == [{"integrity_check": "ok"}]


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.stem)
def test_a_database_of_an_earlier_release_is_upgraded(tmp_path: Path, saved: Path) -> None:
    path = tmp_path / "market.db"
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(saved.read_text("utf-8"))
    before = fill(path)
    Store(path).close()
    assert_upgraded(path, before)
    (backup,) = (tmp_path / "backups").glob("*.db")
    assert rows(backup, "select name from _sqlite_migrations order by rowid desc limit 1") == [
        {"name": saved.stem}
    ]
    assert rows(backup, "select id from sources") == [{"id": "x1"}]
    assert sum_file(backup).read_text() == f"{sha256_of_file(backup)}  {backup.name}\n"


@pytest.mark.parametrize("name", NAMES[1:])
def test_a_database_that_stopped_before_a_migration_goes_on(tmp_path: Path, name: str) -> None:
    path = tmp_path / "market.db"
    with closing(sqlite3.connect(path)) as conn:
        migrations.apply(Database(conn), stop_before=name)
    before = fill(path)
    Store(path).close()
    assert_upgraded(path, before)


def test_every_schema_up_to_the_newest_saved_one_is_tested() -> None:
    """`scripts/save_schema.py` saves the present one; `m001` was never released alone."""
    saved = [path.stem for path in SAVED]
    assert saved == NAMES[1 : 1 + len(saved)]


def test_a_database_of_this_release_is_not_backed_up_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "market.db"
    Store(path).close()
    fill(path)
    Store(path).close()
    assert not (tmp_path / "backups").exists()


def test_without_a_backup_nothing_is_upgraded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "market.db"
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(SAVED[0].read_text("utf-8"))
    fill(path)
    (tmp_path / "backups").write_text("in the way")
    with pytest.raises(StorageError, match="check space and permissions"):
        Store(path)
    (tmp_path / "backups").unlink()
    full = type("Usage", (), {"free": 10})
    monkeypatch.setattr("crawler.backup.shutil.disk_usage", lambda _: full)
    with pytest.raises(StorageError, match="make room"):
        Store(path)
    names = rows(path, "select name from _sqlite_migrations")
    assert names[-1] == {"name": SAVED[0].stem}

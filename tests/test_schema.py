"""Every column has a text; the schema is made once."""

import pytest
from sqlite_utils import Database

from crawler.records import TABLES
from crawler.schema import columns_of, migrate, texts_of, view_files


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_text(table: str) -> None:
    text, texts = texts_of(TABLES[table])
    assert text
    assert set(texts) == set(columns_of(TABLES[table]))
    assert all(texts.values())


@pytest.mark.parametrize("table", TABLES)
def test_the_table_has_the_records_columns(table: str) -> None:
    db = Database(memory=True)
    migrate(db)
    assert [column.name for column in db.table(table).columns] == list(columns_of(TABLES[table]))


def test_migrating_twice_changes_nothing() -> None:
    db = Database(memory=True)
    migrate(db)
    before = db.execute("select name, sql from sqlite_master order by name").fetchall()
    migrate(db)
    assert db.execute("select name, sql from sqlite_master order by name").fetchall() == before
    assert {
        name for (name,) in db.execute("select name from sqlite_master where type = 'view'")
    } == set(view_files())

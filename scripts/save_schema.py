"""Writes the schema of this release to tests/schemas/<newest migration>.sql.

Run it when a migration was added: later releases are tested to upgrade from it.
"""

import sys
from pathlib import Path

from sqlite_utils import Database

from crawler.schema import migrate

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "schemas"
SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")


def schema_of(db: Database) -> tuple[str, str]:
    """The name of the newest migration, and statements that make such a database without rows."""
    rows = db.execute(
        "select name, sql from sqlite_master where sql is not null and type <> 'view' "
        "and name not like 'sqlite_%' order by type desc, rowid"
    ).fetchall()
    virtual = [name for name, sql in rows if sql.lower().startswith("create virtual")]
    shadows = {name + end for name in virtual for end in SHADOWS}
    applied = db.execute(
        "select migration_set, name, applied_at from _sqlite_migrations order by rowid"
    )
    made = [sql + ";" for name, sql in rows if name not in shadows]
    names = []
    for place, (group, name, at) in enumerate(applied.fetchall(), start=1):
        names.append(name)
        made.append(
            "insert into _sqlite_migrations (id, migration_set, name, applied_at) "
            f"values ({place}, '{group}', '{name}', '{at}');"
        )
    return names[-1], "\n".join(made) + "\n"


def main() -> None:
    """Save the schema; print where."""
    db = Database(memory=True)
    migrate(db)
    name, text = schema_of(db)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    path = folder / f"{name}.sql"
    path.write_text(text, "utf-8")
    print(path)


if __name__ == "__main__":
    main()

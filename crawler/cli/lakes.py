"""`rackrent lake`."""

import getpass
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli import screen
from crawler.cli.exits import Exit, fail
from crawler.cli.progress import counting
from crawler.clock import now
from crawler.decisions import audit
from crawler.home import find_home
from crawler.store.database import Store


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("lake", epilog="Example: rackrent lake --to /mnt/large/lake")(lake)


def lake(
    to: Annotated[
        Path | None, typer.Option(help="Folder to write (default: lake/ in the home).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Write the database as Parquet by month and source, with the same views for DuckDB.

    It is for those who may read the database; what is passed on is an `export`.
    """
    # pyarrow takes a while to load
    from crawler.exporting.lake import write_lake

    home = find_home()
    folder = (to or home.root / "lake").expanduser().absolute()
    if folder.exists() and not (folder / "views.sql").exists() and any(folder.iterdir()):
        fail(f"{folder}: holds something else than a lake; name another folder", Exit.USAGE)
    with closing(Store(home.database)) as store:
        try:
            with counting("lake", "rows") as tell:
                done = write_lake(store, folder, tell)
        except OSError as error:
            fail(f"{folder}: cannot be written: {error.strerror}; name another folder", Exit.USAGE)
        with store.transaction():
            told = f"{done.rows} rows to {folder}"
            audit(store, getpass.getuser(), "lake", [], told, now())
    if as_json:
        screen.print_json(asdict(done) | {"folder": str(folder)})
    else:
        screen.say(
            f"{done.tables} tables · {done.rows} rows · {done.files} files · {done.bytes} bytes"
        )
        screen.say(f"next: cd {folder} && duckdb -init views.sql")

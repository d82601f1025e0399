"""Databases of other machines, small ones, for tests of merges."""

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.home import Home
from crawler.merging.joins import JOINS
from crawler.store.database import Store
from tests.market import rows
from tests.pages import Board, dump, post, source

SOURCE_FILE = """\
id: board
name: Our name
kind: forum
engine: mybb
url: http://board.example/index.php
start: [http://board.example/index.php]
hosts: [board.example]
basis: public
tlp: red
"""

EMPTY: list[bytes] = []
"""An empty database, made once."""


def start_at(folder: Path) -> None:
    """An empty database in a folder: copying one is quicker than making one."""
    folder.mkdir(parents=True, exist_ok=True)
    if not EMPTY:
        with TemporaryDirectory() as name:
            Store(Path(name) / "market.db").close()
            EMPTY.append((Path(name) / "market.db").read_bytes())
    (folder / "market.db").write_bytes(EMPTY[0])


def shard_at(folder: Path, source_id: str = "board") -> Board:
    start_at(folder)
    return Board(Store(folder / "market.db"), source(source_id))


def tables(home: Home) -> dict[str, list[dict[str, object]]]:
    with closing(Store(home.database)) as store:
        return {table: dump(store, table) for table in JOINS}


def filled(folder: Path, *texts: str, source_id: str = "board") -> Path:
    """A shard with one thread whose posts have these texts."""
    board = shard_at(folder, source_id)
    board.thread_page(board.begin(), [post(n, text) for n, text in enumerate(texts, start=1)])
    board.store.close()
    return folder


def change(folder: Path, *statements: str) -> None:
    """Do to a shard what its owner may do."""
    with closing(sqlite3.connect(folder / "market.db")) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def texts_of(home: Home) -> list[str]:
    return sorted(row["text"] for row in rows(home.database, "select text from post_versions"))

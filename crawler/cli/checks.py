"""What `rackrent check` looks at: every data file, as its reader reads it."""

import sqlite3
from collections.abc import Callable, Iterator

from sqlite_utils import Database

from crawler.home import Home
from crawler.schema import migrate
from crawler.source import SourceError, load_source, source_files
from nlp.lexicon import LexiconError, load_lexicon
from spiders.engines.recipe import recipe_in
from spiders.reading import engine_named


def faults_of(home: Home) -> list[str]:
    """One line for each fault: file, field, value and remedy."""
    checks: tuple[Callable[[Home], Iterator[str]], ...] = (
        source_faults, lexicon_faults, view_faults
    )  # fmt: skip
    return [fault for one in checks for fault in one(home)]


def source_faults(home: Home) -> Iterator[str]:
    """Faults of source files."""
    for path in source_files(home).values():
        try:
            source = load_source(path)
            engine_named(source.engine)
            if source.engine == "declared":
                recipe_in(source.selectors)
        except SourceError as error:
            yield from str(error).splitlines()
        except ValueError as error:
            yield from (f"{path}: {line}" for line in str(error).splitlines())


def lexicon_faults(_: Home) -> Iterator[str]:
    """Faults of asset types and languages."""
    try:
        load_lexicon()
    except LexiconError as error:
        yield from str(error).splitlines()


def view_faults(_: Home) -> Iterator[str]:
    """Faults of views."""
    db = Database(memory=True)
    try:
        migrate(db)
        for view in db.view_names():
            db.execute(f"select * from [{view}] limit 1").fetchall()
    except sqlite3.Error as error:
        yield f"data/views: {error}"

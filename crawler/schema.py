"""The tables, as sqlite-utils migrations; the views, re-made from `data/views`; their texts."""

import ast
import inspect
import itertools
import sys
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from crawler.home import DATA
from crawler.keys import FOREIGN_KEYS, INDEXES
from crawler.records import TABLES

migrations = Migrations("rackrent")

WORDS = """
create virtual table post_versions_fts using fts5(
    title, text, content='', tokenize="unicode61 remove_diacritics 2"
)
"""
"""The search index: words of titles and texts, by row number of `post_versions`. It keeps no text
(`content=''`), because what is indexed is folded (see `crawler.folding`); `crawler.store.search`
fills it. Row numbers hold: only a purge deletes texts, and it fills the index anew."""


def columns_of(record: type) -> dict[str, type]:
    """Column names and Python types of a record, in order."""
    hints = get_type_hints(record)
    return {
        field.name: next(
            kind for kind in (str, int, float) if kind in getattr(hints[field.name], "__args__", ())
            or hints[field.name] is kind
        )
        for field in fields(record)
    }  # fmt: skip


def required_of(record: type) -> set[str]:
    """Names of the columns that are never null."""
    hints = get_type_hints(record)
    return {
        f.name for f in fields(record) if type(None) not in getattr(hints[f.name], "__args__", ())
    }


@migrations()
def m001_first_tables(db: Database) -> None:
    """The tables of the first release."""
    for name in TABLES:
        make_table(db, name)


def make_table(db: Database, name: str) -> None:
    """Make a table as its record says."""
    columns = columns_of(TABLES[name])
    db.table(name).create(
        columns,
        pk=next(iter(columns)),
        not_null=required_of(TABLES[name]),
        foreign_keys=[(column, other, "id") for column, other in FOREIGN_KEYS.get(name, [])],
    )
    for index in INDEXES.get(name, []):
        db.table(name).create_index(index)


@migrations()
def m002_search(db: Database) -> None:
    """The full-text indexes of the first release, which `m007` replaces."""
    db.table("post_versions").enable_fts(["title", "text"], tokenize="unicode61")
    db.table("listings").enable_fts(["asset_type", "snippet"], tokenize="unicode61")


@migrations()
def m003_increments_and_health(db: Database) -> None:
    """Reads of threads, figures of runs, counts of the intake guard.

    A database that `m001` makes today has them already.
    """
    for name in ("drops", "run_figures", "thread_reads"):
        if name not in db.table_names():
            make_table(db, name)
    for column in ("dropped", "masked"):
        if column not in db.table("runs").columns_dict:
            db.table("runs").add_column(column, int, not_null_default=0)


@migrations()
def m004_sellers(db: Database) -> None:
    """Decisions on links, proposals, ads, marks, the audit; tone and earlier names of posts."""
    names = ("link_decisions", "proposals", "ad_texts", "ad_bands", "ad_posts", "marks", "audit")
    for name in names:
        if name not in db.table_names():
            make_table(db, name)
    for column in ("tone", "aliases"):
        if column not in db.table("analyses").columns_dict:
            db.table("analyses").add_column(column, str)


@migrations()
def m005_summaries(db: Database) -> None:
    """What pages are read from: listings, providers, prices a month and figures, counted."""
    names = (
        "listings_now",
        "providers_now",
        "asset_sellers",
        "month_prices",
        "day_counts",
        "totals",
    )
    for name in names:
        if name not in db.table_names():
            make_table(db, name)


@migrations()
def m006_annotations(db: Database) -> None:
    """What analysts write."""
    if "annotations" not in db.table_names():
        make_table(db, "annotations")


@migrations()
def m007_histories_and_words(db: Database) -> None:
    """Changed prices, ads posted again, early signs; a search index that knows Chinese.

    The summaries are filled anew by the next `analyse`.
    """
    for name in ("asset_types_now", "repricings", "reposted_ads", "mining_signs"):
        if name not in db.table_names():
            make_table(db, name)
    if "ended_at" not in db.table("listings_now").columns_dict:
        db.execute("drop table listings_now")
        make_table(db, "listings_now")
    for name in INDEXES.keys() & set(db.table_names()):
        for index in INDEXES[name]:
            db.table(name).create_index(index, if_not_exists=True)
    for name in ("post_versions_fts", "listings_fts"):
        db.execute(f"drop table if exists {name}")
    db.execute(WORDS)


@migrations()
def m008_month_counts(db: Database) -> None:
    """Offers and requests of a month, counted."""
    if "month_counts" not in db.table_names():
        make_table(db, "month_counts")
    db.table("asset_sellers").create_index(("asset_type", "active", "offers"), if_not_exists=True)


@migrations()
def m009_exports(db: Database) -> None:
    """What left, and what each export has told already."""
    for name in ("exports", "exported"):
        if name not in db.table_names():
            make_table(db, name)


@migrations()
def m010_alerts(db: Database) -> None:
    """What alert rules matched and whether it was told."""
    for name in ("alert_rules", "alerts"):
        if name not in db.table_names():
            make_table(db, name)


@migrations()
def m011_early_sales(db: Database) -> None:
    """What access was offered after signs of mining."""
    if "early_sales" not in db.table_names():
        make_table(db, "early_sales")


@migrations()
def m012_indexes(db: Database) -> None:
    """An index that the page of proposals reads by."""
    db.table("proposals").create_index(("state", "score"), if_not_exists=True)


@migrations()
def m013_walks(db: Database) -> None:
    """Complete readings, by which merged databases tell what is gone."""
    if "walks" not in db.table_names():
        make_table(db, "walks")


def view_files(folder: Path = DATA / "views") -> dict[str, Path]:
    """View definitions by view name, in the order in which they must be made."""
    return {path.stem.split("-", 1)[-1]: path for path in sorted(folder.glob("*.sql"))}


def make_views(db: Database, folder: Path = DATA / "views") -> None:
    """Make the views anew where a file changed: `10-prices.sql` makes the view `prices`."""
    wanted = {
        name: f"create view [{name}] as {path.read_text('utf-8')}"
        for name, path in view_files(folder).items()
    }
    made = dict(db.execute("select name, sql from sqlite_master where type = 'view'").fetchall())
    if {name: sql.lower().strip() for name, sql in made.items()} == {
        name: sql.lower().strip() for name, sql in wanted.items()
    }:
        return
    for name in made:
        db.execute(f"drop view [{name}]")
    for sql in wanted.values():
        db.execute(sql)


def is_outdated(db: Database) -> bool:
    """Whether a database holds rows and is of an older schema than this release's."""
    if not migrations.pending(db) or "sources" not in db.table_names():
        return False
    return bool(db.execute("select 1 from sources limit 1").fetchall())


def migrate(db: Database) -> None:
    """Bring a database to the newest schema and its views to the files' definitions."""
    migrations.apply(db)
    with db.atomic():
        make_views(db)


def texts_of(record: type) -> tuple[str, dict[str, str]]:
    """A record's own text and the text under each field, each on one line."""
    tree = ast.parse(inspect.getsource(sys.modules[record.__module__]))
    body = next(
        node.body
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == record.__name__
    )
    texts: dict[str, str] = {}
    for item, after in itertools.pairwise(body):
        if isinstance(item, ast.AnnAssign) and isinstance(after, ast.Expr):
            value = after.value
            if isinstance(item.target, ast.Name) and isinstance(value, ast.Constant):
                texts[item.target.id] = " ".join(str(value.value).split())
    return " ".join((record.__doc__ or "").split()), texts

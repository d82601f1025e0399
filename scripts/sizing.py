"""Writes docs/sizing.md: what so many sources or posts need, from measured unit costs.

`--measure` takes the unit costs anew on this machine (a few minutes) and keeps them in
scripts/unit_costs.json; without it the page is computed from that file.
"""

import argparse
import json
import math
import sys
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from os import environ, getloadavg
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.home import Home  # noqa: E402
from crawler.store.database import Store  # noqa: E402
from scripts.bench_crawl import ours, timed  # noqa: E402
from scripts.bench_site import served  # noqa: E402

COSTS = ROOT / "scripts/unit_costs.json"
PAGE = ROOT / "docs/sizing.md"
FEWER, MORE = 10, 80
"""Threads of the two boards that are measured, ten posts each."""
POSTS_A_PAGE = 10
PAGES_A_DAY = 400
"""Pages of a source that are read a day: lists and changed threads."""
NEW_POSTS = 2
"""Of the posts on such a page, how many were not known."""
BUSY = 0.5
"""Share of its time that a core may be busy."""
CORE_HOUR_EUR, GB_MONTH_EUR = 0.03, 0.05
PRICES_OF = "November 2026"
SOURCES = (10, 100, 1000)
POSTS = 100_000_000


@dataclass(frozen=True, slots=True)
class Costs:
    """What one page and one post cost, measured."""

    crawl_ms: float
    """Processor time of a page: fetch, evidence, guard, parsing, rows."""
    warc_bytes: float
    """Evidence of a page of 40 kB."""
    analyse_ms: float
    """Processor time of a post's analysis, workers and writing."""
    sqlite_bytes: float
    """Of the packed database a post, all findings, indexes and the search index."""
    parquet_bytes: float
    """Of the lake a post."""
    taken: str
    """When."""
    load: float
    """Load average of the machine meanwhile."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a home of some size took."""

    pages: int
    posts: int
    crawl_s: float
    warc: int
    analyse_s: float
    sqlite: int
    parquet: int


def measured() -> Costs:
    """Unit costs: the differences of a small and a larger board, so that starts do not count."""
    few, many = totals_of(FEWER), totals_of(MORE)
    pages, posts = many.pages - few.pages, many.posts - few.posts
    return Costs(
        crawl_ms=round(1000 * (many.crawl_s - few.crawl_s) / pages, 2),
        warc_bytes=round((many.warc - few.warc) / pages),
        analyse_ms=round(1000 * (many.analyse_s - few.analyse_s) / posts, 2),
        sqlite_bytes=round((many.sqlite - few.sqlite) / posts),
        parquet_bytes=round((many.parquet - few.parquet) / posts),
        taken=f"{datetime.now(UTC):%Y-%m-%d}",
        load=round(getloadavg()[1], 1),
    )


def totals_of(threads: int) -> Totals:
    """Crawl and analyse a board, and write its lake."""
    with tempfile.TemporaryDirectory(prefix="rr-") as name, served(threads) as (root, targets):
        folder = Path(name)
        crawl = ours(root, targets, folder)
        home = Home(folder / "home")
        known = dict(environ) | {"RACKRENT_HOME": str(home.root)}
        analysis = timed(["-m", "crawler", "analyse"], known, 0)
        timed(["-m", "crawler", "lake", "--to", str(folder / "lake")], known, 0)
        with closing(Store(home.database)) as store:
            (posts,) = store.rows("select count(*) from posts")[0]
            store.conn.execute("vacuum")
            store.conn.execute("pragma wal_checkpoint(truncate)")
        return Totals(
            len(targets), posts, crawl.cpu_s, size_of(home.evidence), analysis.cpu_s,
            home.database.stat().st_size, size_of(folder / "lake"),
        )  # fmt: skip


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def load_costs() -> Costs:
    """The unit costs that were measured last."""
    return Costs(**json.loads(COSTS.read_text("utf-8")))


def by_sources(costs: Costs, sources: int) -> str:
    """A line of the table: what so many sources need."""
    pages = sources * PAGES_A_DAY
    posts = pages * NEW_POSTS
    hours = (pages * costs.crawl_ms + posts * costs.analyse_ms) / 3.6e6
    warc, sqlite, parquet = (
        365 * count * size / 1e9
        for count, size in (
            (pages, costs.warc_bytes), (posts, costs.sqlite_bytes), (posts, costs.parquet_bytes)
        )
    )  # fmt: skip
    euros = 30 * hours * CORE_HOUR_EUR + (warc + sqlite + parquet) * GB_MONTH_EUR
    cells = (
        f"{sources:,}", f"{pages:,}", f"{365 * posts:,}", f"{hours:.1f}",
        str(math.ceil(hours / 24 / BUSY)), f"{warc:,.0f}", f"{sqlite:,.1f}", f"{parquet:,.1f}",
        f"{euros:,.0f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def by_posts(costs: Costs) -> str:
    """What a hundred million posts need."""
    pages = POSTS / POSTS_A_PAGE
    hours = POSTS * costs.analyse_ms / 3.6e6
    return f"""\
| what | how much |
|---|---|
| pages, if each brought {POSTS_A_PAGE} posts | {pages:,.0f} |
| processor time to crawl them | {pages * costs.crawl_ms / 3.6e6:,.0f} core hours |
| processor time to analyse all posts once | {hours:,.0f} core hours, \
{hours * CORE_HOUR_EUR:,.0f} euros; {hours / 32:,.0f} hours on 32 cores |
| evidence (WARC) | {pages * costs.warc_bytes / 1e9:,.0f} GB |
| database (SQLite) | {POSTS * costs.sqlite_bytes / 1e9:,.0f} GB |
| lake (Parquet) | {POSTS * costs.parquet_bytes / 1e9:,.0f} GB |
"""


def page_of(costs: Costs) -> str:
    """The page."""
    lines = "\n".join(by_sources(costs, sources) for sources in SOURCES)
    return f"""\
# Sizing

This page is on paper: a calculation from unit costs, not a measurement of such a home. \
`scripts/sizing.py` writes it; `scripts/sizing.py --measure` takes the unit costs anew on your \
machine, and the assumptions stand at the top of that file: put your own in.

## Unit costs
Measured on {costs.taken} on one machine (load average {costs.load:.0f}) with an invented \
board (pages of 40 kB, {POSTS_A_PAGE} posts each), as the difference of a board of \
{MORE} threads and one of {FEWER}. Processor time depends on the \
machine, and is higher where others use it too. Invented pages compress better \
than real ones, so real evidence takes more room: look at your own.

| what | cost |
|---|---|
| a page crawled | {costs.crawl_ms:.1f} ms of processor time |
| evidence of a page | {costs.warc_bytes / 1000:.1f} kB |
| a post analysed | {costs.analyse_ms:.1f} ms of processor time |
| a post in SQLite, with findings and indexes | {costs.sqlite_bytes / 1000:.1f} kB |
| a post in Parquet | {costs.parquet_bytes / 1000:.1f} kB |

## Assumptions
- {PAGES_A_DAY} pages a source and day, {NEW_POSTS} new posts on each; a page is read again when \
its board says that it changed, and its evidence is kept each time.
- A core is busy at most {BUSY:.0%} of the time. The pace of sites is no part of this: it sets how \
long a crawl takes, not what it costs.
- {CORE_HOUR_EUR} euros a core hour and {GB_MONTH_EUR} euros a GB and month ({PRICES_OF}, an \
assumption; no quotation of anybody). Nothing is deleted for a year, and no backup is counted.
- Pages that need a browser are not counted: they cost many times as much.

## Sources
Processor time is per day; sizes are those after a year; euros are per month at the end of it.

| sources | pages a day | posts a year | core hours a day | cores | WARC, GB | SQLite, GB \
| Parquet, GB | euros a month |
|---|---|---|---|---|---|---|---|---|
{lines}

## A hundred million posts
{by_posts(costs)}
One SQLite file of that size is not what we recommend: see [Many machines](scaling.md).
"""


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help="take the unit costs anew")
    if parser.parse_args().measure:
        COSTS.write_text(json.dumps(asdict(measured()), indent=1) + "\n", "utf-8")
    PAGE.write_text(page_of(load_costs()), "utf-8")
    print(PAGE.read_text("utf-8"))


if __name__ == "__main__":
    main()

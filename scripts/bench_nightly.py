"""`make bench-nightly`: what a nightly run costs with 1k, 10k and 100k stored threads.

Each night brings the same 100 changes: new threads, answers, sales. Homes are made once in
`data/local/bench` (one block of threads is crawled, the rest written after it) and copied for each
run. A run is the command `rackrent crawl SOURCE` with the analysis that follows.
"""

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.home import DATA, Home  # noqa: E402
from crawler.soundness import boot_id, last_check, open_sound, record_of  # noqa: E402
from nlp.version import VERSION  # noqa: E402
from scripts.bench_nightly_board import BLOCK, Market, night_of  # noqa: E402
from scripts.bench_nightly_figures import CHANGES, Cost, measures_of, print_table  # noqa: E402
from scripts.bench_nightly_fill import grow  # noqa: E402
from scripts.bench_nightly_site import host_of, root_of, served  # noqa: E402
from scripts.measure import save_measures  # noqa: E402
from tests.live.crawls import SOURCE  # noqa: E402
from tests.live.skins import mybb  # noqa: E402

SOURCE_ID = "nightly"
UNBOUNDED = "page_budget: 10000000\nlimits: {board_pages: 1000000}\n"
SIZES = (1000, 10_000, 100_000)
PORT = 48731
SKIPPED = ("fts", "sqlite_", "_sqlite")
"""Parts of names of tables whose rows are not counted."""


def main() -> None:
    """Make what is not there, run all nights, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="stored threads")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--no-analyse", action="store_true", help="the crawl alone")
    parser.add_argument("--fresh", action="store_true", help="make the homes anew")
    parser.add_argument("--folder", type=Path, default=DATA / "local" / "bench")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--json", type=Path, help="keep the figures here")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    homes = {size: home_of(size, options) for size in sizes}
    start = start_up(options)
    costs: dict[int, list[Cost]] = {size: [] for size in sizes}
    for _ in range(options.rounds):
        for size in sizes:
            costs[size].append(night(homes[size], size, options))
            print(f"{size:,}: {costs[size][-1]}", flush=True)
    print_table(start, costs)
    if options.json:
        save_measures(options.json, measures_of(costs, analysed=not options.no_analyse))


def home_of(size: int, options: Any) -> Home:
    """A home that holds so many threads, made where it is not there."""
    home = Home(options.folder / f"nightly-{size}")
    mark, said = home.root / "made.json", {"nlp": VERSION, "port": options.port, "block": BLOCK}
    if not options.fresh and mark.exists() and json.loads(mark.read_text("utf-8")) == said:
        return home
    if size % BLOCK:
        sys.exit(f"--sizes: {size} is no multiple of {BLOCK}")
    shutil.rmtree(home.root, ignore_errors=True)
    print(f"{home.root}: making {size:,} threads", flush=True)
    begun = time.perf_counter()
    if size == BLOCK:
        first_crawl(home, Market(size), options.port)
    else:
        home.make()
        shutil.copy(home_of(BLOCK, options).database, home.database)
        grow(home.database, Market(size))
        open_sound(home).close()
    mark.write_text(json.dumps(said), "utf-8")
    megabytes = home.database.stat().st_size / 1e6
    print(f"  {time.perf_counter() - begun:.0f} s, {megabytes:,.0f} MB", flush=True)
    return home


def first_crawl(home: Home, market: Market, port: int, *extra: str) -> None:
    """Crawl and analyse a board for the first time."""
    write_source(home, port)
    with served(market, port):
        command(home, *extra)
    with closing(sqlite3.connect(home.database)) as conn:
        conn.execute("pragma wal_checkpoint(truncate)")


def write_source(home: Home, port: int) -> None:
    """The source's file."""
    home.make()
    root = root_of(port)
    text = SOURCE.format(
        source_id=SOURCE_ID, engine=mybb.NAME, root=root, start=mybb.START, host=host_of(root)
    )
    (home.sources / f"{SOURCE_ID}.yml").write_text(text + UNBOUNDED, "utf-8")


def command(home: Home, *extra: str) -> tuple[Cost, dict[str, Any]]:
    """Run `rackrent crawl`; its cost without requests and rows, and the run's row."""
    line = [sys.executable, "-m", "crawler", "crawl", SOURCE_ID, "--json", *extra]
    environment = os.environ | {"RACKRENT_HOME": str(home.root)}
    start = time.perf_counter()
    with subprocess.Popen(line, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as child:
        assert child.stdout
        printed = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.perf_counter() - start
    (run,) = json.loads(printed or b"[{}]")
    if run.get("status") != "ok":
        sys.exit(f"exit {child.returncode}: {run}")
    return cost_of(used, wall_s), run


def cost_of(used: resource.struct_rusage, wall_s: float) -> Cost:
    """What a process and its children took."""
    return Cost(
        board_pages=0,
        thread_pages=0,
        other=0,
        cpu_s=used.ru_utime + used.ru_stime,
        wall_s=wall_s,
        rss_mb=used.ru_maxrss / 1024,
        rows=0,
        written_mb=used.ru_oublock * 512 / 1e6,
    )


def night(home: Home, size: int, options: Any) -> Cost:
    """One nightly run on a copy of a home."""
    market = Market(size, night_of(size, CHANGES))
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        copy = Home(Path(folder))
        write_source(copy, options.port)
        shutil.copy(home.database, copy.database)
        check_yesterday(copy, home)
        extra = ["--no-analyse"] if options.no_analyse else []
        with served(market, options.port) as tell:
            cost, run = command(copy, *extra)
            asked = tell()
        expected = new_posts(market)
        if run["posts_new"] != expected:
            sys.exit(f"{run['posts_new']} new posts where {expected} were made: {run}")
        return replace(
            cost,
            board_pages=asked.get("board", 0),
            thread_pages=asked.get("thread", 0),
            other=sum(asked.values()) - asked.get("board", 0) - asked.get("thread", 0),
            rows=rows_changed(home.database, copy.database),
        )


def check_yesterday(home: Home, made: Home) -> None:
    """Note that the last check of the database was a day ago and took what it took."""
    last = last_check(made.database)
    if last is None:
        sys.exit(f"{record_of(made.database)}: is missing; make the homes anew with --fresh")
    at = datetime.now(UTC) - timedelta(hours=24)
    said = replace(last, at=f"{at:%Y-%m-%dT%H:%M:%SZ}", boot=boot_id())
    record_of(home.database).write_text(json.dumps(asdict(said)), "utf-8")
    print(f"  the whole check of the database took {last.seconds} s", flush=True)


def new_posts(market: Market) -> int:
    """Posts that were written since the last night."""
    night = market.night
    new = range(market.threads + 1, market.threads + night.new + 1)
    threads = [market.thread(number) for number in new]
    opened = sum(len(thread.posts) for thread in threads if thread)
    return opened + len(night.answered) + len(night.sold)


def rows_changed(old: Path, new: Path) -> int:
    """Rows of all tables that one database has and the other has not."""
    with closing(sqlite3.connect(new)) as conn:
        conn.execute("attach ? as old", (str(old),))
        names = conn.execute("select name from old.sqlite_master where type = 'table'").fetchall()
        tables = [name for (name,) in names if not any(part in name for part in SKIPPED)]
        return sum(differing(conn, table) for table in tables)


def differing(conn: sqlite3.Connection, table: str) -> int:
    """Rows added, changed and deleted in a table."""
    key = conn.execute(f"select name from pragma_table_info('{table}') where pk = 1").fetchone()[0]
    columns = [row[1] for row in conn.execute(f"pragma main.table_info([{table}])")]
    differs = " or ".join(f"n.[{name}] is not o.[{name}]" for name in columns)
    (changed,) = conn.execute(
        f"select count(*) from main.[{table}] n left join old.[{table}] o on o.[{key}] = n.[{key}] "
        f"where {differs}"
    ).fetchone()
    (deleted,) = conn.execute(
        f"select count(*) from old.[{table}] "
        f"where [{key}] not in (select [{key}] from main.[{table}])"
    ).fetchone()
    return int(changed + deleted)


def start_up(options: Any) -> Cost:
    """What a first run costs on a board with one thread a section: all else is start-up."""
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        home = Home(Path(folder))
        write_source(home, options.port)
        extra = ["--no-analyse"] if options.no_analyse else []
        with served(Market(4), options.port):
            return command(home, *extra)[0]


if __name__ == "__main__":
    main()

"""Measures how much memory `rackrent analyse` takes: its own process and each of its workers.

A database is filled in bulk with posts of one forum, then the real command reads it in a process
of its own, whose memory and that of its children is looked at several times a second. Peaks are
printed by size: what matters is whether they grow with the number of posts. `make soak` measures
a crawl of 20,000 pages in the same way.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.home import Home  # noqa: E402
from crawler.ids import id_of, sha256_of  # noqa: E402
from crawler.records import AccountRow, PostRow, PostVersionRow  # noqa: E402
from crawler.store.database import Store  # noqa: E402
from scripts.bench_nlp import documents  # noqa: E402
from scripts.measure import Measure, line_of, save_measures  # noqa: E402
from tests.pages import post  # noqa: E402
from tests.shards import shard_at  # noqa: E402

BAR_MB = 600.0
LOOK_S = 0.25
CHUNK = 10_000
POSTS_A_SELLER = 20
LINES = (
    "Fresh RDP {country}, {n} GB RAM, {price}$ each, write in PM or tg @kiln_sales_{seller}",
    "VPS {country} from {price}$ a month, no logs, lot {n}, jabber kiln{seller}@jab.example",
    "up, lot {n} still here, {price}$",
    "куплю дедик {country}, до {price}$, лот {n}",
)
COUNTRIES = ("US", "DE", "NL", "RU", "FR", "BR", "IN", "GB")


@dataclass(frozen=True, slots=True)
class Mix:
    """What the texts are like."""

    long: float
    """Share of labelled posts; the others are single lines."""
    distinct: float
    """Share of texts that stand once; the others repeat one of them word by word."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory that was seen, megabytes."""

    posts: int
    parent_mb: float
    worker_mb: float
    """Of the largest child."""
    seconds: float


def texts_of(posts: int, mix: Mix) -> Iterator[str]:
    """So many texts, the same each time."""
    dice, labelled = random.Random(7), [each.text for each in documents()]
    most = max(1, int(posts * mix.distinct))
    for number in range(posts):
        n = number if number < most else dice.randrange(most)
        own = random.Random(n)
        if own.random() < mix.long:
            yield f"{own.choice(labelled)}\nlot {n}"
        else:
            yield own.choice(LINES).format(
                n=n, country=own.choice(COUNTRIES), price=own.randint(3, 90),
                seller=n // POSTS_A_SELLER,
            )  # fmt: skip


def fill(folder: Path, posts: int, mix: Mix) -> Home:
    """A home with so many posts that nobody has analysed."""
    board = shard_at(folder)
    board.thread_page(board.begin(), [post(1, "the first post")])
    store = board.store
    account, first, version = (
        store.rows(f"select * from {table}")[0] for table in ("accounts", "posts", "post_versions")
    )
    rows: list[list[Any]] = [[], [], []]
    for number, text in enumerate(texts_of(posts, mix), start=2):
        seller = f"seller{number // POSTS_A_SELLER}"
        account_id = id_of("account", "board", seller)
        post_id, digest = id_of("post", "board", str(number)), sha256_of(text.encode())
        version_id = id_of("version", post_id, digest)
        if number % POSTS_A_SELLER == 0 or number == 2:
            rows[0].append(AccountRow(**dict(account) | {"id": account_id, "name": seller}))
        rows[1].append(PostRow(**dict(first) | {
            "id": post_id, "native_id": str(number), "account_id": account_id,
            "version_id": version_id, "position": number,
        }))  # fmt: skip
        rows[2].append(PostVersionRow(**dict(version) | {
            "id": version_id, "post_id": post_id, "text": text, "sha256": digest,
        }))  # fmt: skip
        if len(rows[1]) == CHUNK:
            write(store, rows)
    write(store, rows)
    store.close()
    return Home(folder)


def write(store: Store, rows: list[list[Any]]) -> None:
    """Add rows of the three tables, without the store's looks at each value."""
    with store.transaction():
        for table, records in zip(("accounts", "posts", "post_versions"), rows, strict=True):
            if records:
                values = [astuple(record) for record in records]
                marks = ", ".join("?" * len(values[0]))
                store.conn.executemany(f"insert into {table} values ({marks})", values)
                records.clear()


def analysed(home: Home, posts: int) -> Peak:
    """Run the command; the most memory that it and its largest child held."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler", "analyse"],
        cwd=ROOT, env=os.environ | {"RACKRENT_HOME": str(home.root)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    parent, worker, watched = 0.0, 0.0, psutil.Process(process.pid)
    while process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            parent = max(parent, watched.memory_info().rss / 1e6)
            for child in watched.children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    worker = max(worker, child.memory_info().rss / 1e6)
        time.sleep(LOOK_S)
    if process.returncode:
        sys.exit(f"rackrent analyse ended with {process.returncode}")
    with closing(Store(home.database)) as store:
        (read,) = store.rows("select count(*) from analyses")[0]
    if read < posts:
        sys.exit(f"only {read} of {posts} posts were read")
    return Peak(posts, parent, worker, time.monotonic() - began)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--long", type=float, default=0.02, help="share of labelled posts")
    parser.add_argument("--distinct", type=float, default=0.5, help="share of texts that differ")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    mix, measures = Mix(asked.long, asked.distinct), []
    for posts in asked.posts:
        with tempfile.TemporaryDirectory(prefix="rr-") as name:
            peak = analysed(fill(Path(name), posts, mix), posts)
        note = (
            f"{peak.seconds:.0f} s; {mix.long:.0%} labelled posts, the others single lines; "
            f"{mix.distinct:.0%} of the texts differ"
        )
        for who, value in (("the command", peak.parent_mb), ("its largest worker", peak.worker_mb)):
            name = f"Peak memory of analyse, {posts:,} posts: {who}"
            measures.append(Measure(name, value, "MB", BAR_MB, "lower", (value,), note))
            print(line_of(measures[-1]), flush=True)
    if asked.json:
        save_measures(asked.json, measures)


if __name__ == "__main__":
    main()

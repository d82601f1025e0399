"""`make bench-crawl`: the whole crawl path against bare Scrapy and against the naive project.

A board of pages of 40 kB is served from memory. Each figure is the slope between a small and a
large board, so that starting up does not count; medians of `--rounds`. `--json FILE` keeps them.
"""

import argparse
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.home import Home  # noqa: E402
from scripts.bench_site import served  # noqa: E402
from scripts.measure import median_of, report  # noqa: E402
from tests.live.crawls import SOURCE  # noqa: E402
from tests.live.skins import mybb  # noqa: E402

UNBOUNDED = "page_budget: 1000000\nlimits: {board_pages: 1000000}\n"
FEWER, MORE = 100, 1500


@dataclass(frozen=True, slots=True)
class Cost:
    """What a crawl took."""

    pages: int
    cpu_s: float
    wall_s: float


@dataclass(frozen=True, slots=True)
class Slope:
    """What a page takes once a crawl runs."""

    cpu_ms: float
    wall_ms: float


def ours(root: str, targets: list[str], folder: Path) -> Cost:
    """Rackrent crawls the board into a fresh home, evidence and all."""
    home = Home(folder / "home")
    home.make()
    host = root.partition("://")[2]
    source = SOURCE.format(
        source_id="bench", engine=mybb.NAME, root=root, start=mybb.START, host=host
    )
    (home.sources / "bench.yml").write_text(source + UNBOUNDED, "utf-8")
    command = ["-m", "scrapy", "crawl", "forum", "-a", "source=bench"]
    cost = timed(command, os.environ | {"RACKRENT_HOME": str(home.root)}, len(targets))
    with closing(sqlite3.connect(home.database)) as conn:
        pages, posts, status = conn.execute("select pages, posts_seen, status from runs").fetchone()
    if pages < len(targets) or not posts:
        sys.exit(f"only {pages} of {len(targets)} pages came, {posts} posts; {status}")
    return cost


def rival(kind: str, root: str, targets: list[str], folder: Path) -> Cost:
    """Bare Scrapy or the naive project fetches the same pages."""
    listed = folder / "targets"
    listed.write_text("\n".join(targets), "utf-8")
    command = ["-m", "scripts.bench_rivals", kind, root, str(listed), str(folder / "naive.db")]
    return timed(command, dict(os.environ), len(targets))


def timed(command: list[str], environment: dict[str, str], pages: int) -> Cost:
    """Processor and wall time of a Python command and its children."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(done.stderr.decode()[-2000:])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(pages, cpu, wall)


def slope(kind: str, sites: list[tuple[str, list[str]]]) -> Slope:
    """What a page takes: the difference of a large and a small board."""
    costs = []
    for root, targets in sites:
        with tempfile.TemporaryDirectory(prefix="rr-") as name:
            folder = Path(name)
            costs.append(
                ours(root, targets, folder)
                if kind == "ours"
                else rival(kind, root, targets, folder)
            )
    few, many = costs
    pages = many.pages - few.pages
    return Slope(1000 * (many.cpu_s - few.cpu_s) / pages, 1000 * (many.wall_s - few.wall_s) / pages)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    found: dict[str, list[Slope]] = {"bare": [], "ours": [], "naive": []}
    with served(FEWER) as small, served(MORE) as large:
        for _ in range(asked.rounds):
            for kind, slopes in found.items():
                slopes.append(slope(kind, [small, large]))
    for kind, slopes in found.items():
        cpu, wall = (
            statistics.median(getattr(s, name) for s in slopes) for name in ("cpu_ms", "wall_ms")
        )
        print(f"{kind:6} {cpu:6.2f} ms of processor a page, {1000 / wall:6.0f} pages/s")
    by_cpu = [a.cpu_ms / b.cpu_ms for a, b in zip(found["ours"], found["bare"], strict=True)]
    by_wall = [b.wall_ms / a.wall_ms for a, b in zip(found["ours"], found["naive"], strict=True)]
    measures = (
        median_of("crawl / bare Scrapy, processor a page", by_cpu, 1.6, "lower"),
        median_of("crawl / naive project, pages a second", by_wall, 3.5, "higher"),
    )
    report(measures, asked.json)


if __name__ == "__main__":
    main()

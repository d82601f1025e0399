"""`make bench-browser`: pages that need scripts, against raw Playwright and scrapy-playwright.

Three contestants fetch the same pages of a board that its scripts build, one page at a time (the
crawl has one window a source), with the same Chromium, the same kinds of requests blocked and the
same wait for the same selector; each gives the final document. Seconds are those of the pages after
the first few, so starting up does not count. The rounds are interleaved; a figure is the median of
the rounds' ratios. `--json FILE` keeps them. `--crawl` also takes whole crawls of such a board.
"""

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.browser import PAGES_A_PROCESS  # noqa: E402
from crawler.chromium import find_chromium  # noqa: E402
from scripts.bench_browser_crawl import crawled_s  # noqa: E402
from scripts.bench_browser_site import served_board  # noqa: E402
from scripts.measure import Measure, median_of, report  # noqa: E402

FEWER = 10
"""Pages that are not counted."""
BARS = {"raw": 0.8, "scrapy": 2.5}
NAMES = {
    "raw": "raw Playwright, one reused page",
    "ours": "the crawl's browser, everything on",
    "scrapy": "scrapy-playwright",
}
NOTE = "one page at a time, same Chromium, blocking and wait; pages after the first few"


def page_ms(kind: str, root: str, targets: Sequence[str]) -> float:
    """Milliseconds that a contestant takes for each page after the first few."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as listed:
        listed.write("\n".join(targets))
        listed.flush()
        command = ["-m", "scripts.bench_browser_runs", kind, root, listed.name, str(FEWER)]
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
    if done.returncode:
        sys.exit(f"{kind}: {done.stderr[-2000:]}")
    return 1000 * float(done.stdout) / (len(targets) - FEWER)


def taken(kinds: Sequence[str], pages: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds a page by contestant and round."""
    found: dict[str, list[float]] = {kind: [] for kind in kinds}
    with served_board(pages + FEWER) as (root, all_targets):
        targets = [target for target in all_targets if "showthread" in target][: pages + FEWER]
        for number in range(rounds):
            for kind, values in found.items():
                # the slow one needs fewer pages for a steady figure
                share = len(targets) // 3 if kind == "scrapy" else len(targets)
                values.append(page_ms(kind, root, targets[: max(share, FEWER + 5)]))
            row = ", ".join(f"{kind} {values[-1]:.0f}" for kind, values in found.items())
            print(f"round {number + 1}: {row} ms a page", flush=True)
    return found


def measures(found: dict[str, list[float]]) -> list[Measure]:
    """How our pages a second compare to the others'."""
    return [
        median_of(
            f"JS source: pages/s ÷ {NAMES[kind].partition(',')[0]}",
            [theirs / own for theirs, own in zip(found[kind], found["ours"], strict=True)],
            BARS[kind],
            "higher",
            note=NOTE,
        )
        for kind in BARS
        if kind in found
    ]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    # as many as a process of ours lasts: each round pays for one replacement
    parser.add_argument("--pages", type=int, default=PAGES_A_PROCESS)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--crawl", action="store_true")
    asked = parser.parse_args()
    if find_chromium() is None:
        sys.exit("no Chromium: set RACKRENT_CHROMIUM")
    kinds = ["raw", "ours"]
    if importlib.util.find_spec("scrapy_playwright"):
        kinds.append("scrapy")
    else:
        print("scrapy-playwright is not installed: pip install 'rackrent[bench]' to measure it")
    found = taken(kinds, asked.pages, asked.rounds)
    for kind, values in found.items():
        print(f"{NAMES[kind]:36} {median(values):6.1f} ms a page, {1000 / median(values):5.1f}/s")
    if asked.crawl:
        each = [crawled_s(asked.pages) for _ in range(asked.rounds)]
        print(f"{'a whole crawl, evidence and all':36} {1000 * median(each):6.1f} ms a page")
    judged = measures(found)
    report(judged, asked.json)


if __name__ == "__main__":
    main()

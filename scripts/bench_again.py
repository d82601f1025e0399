"""`analyse` once more when nothing changed, against the first analysis.

Processor time of this process and its workers, on a fresh home each round.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.analyse import analyse  # noqa: E402
from crawler.home import Home  # noqa: E402
from scripts.bench_posts import filled  # noqa: E402
from scripts.measure import median_of, report  # noqa: E402

BAR = 0.02
POSTS = 2_000


def seconds_of(home: Home) -> float:
    """Processor time of an analysis, its workers' too."""
    before = processor_s()
    analyse(home)
    return processor_s() - before


def processor_s() -> float:
    """Processor time of this process and of those that it waited for, seconds."""
    used = [getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    rounds = []
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory(prefix="rr-") as name:
            home = filled(Path(name), asked.posts)
            first, again = seconds_of(home), seconds_of(home)
        print(f"{asked.posts:,} posts: first {first:.2f} s, again {again:.3f} s", flush=True)
        rounds.append(again / first)
    measure = median_of(
        "analysis again / first, nothing changed",
        rounds,
        BAR,
        "lower",
        note=f"{asked.posts:,} posts; processor time with the workers'",
    )
    report([measure], asked.json)


if __name__ == "__main__":
    main()

"""Measures how long a merge of a shard with many posts takes, the first time and again."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.home import Home  # noqa: E402
from crawler.merging.run import merge  # noqa: E402
from tests.pages import Board, post  # noqa: E402
from tests.shards import shard_at  # noqa: E402

PAGE = 10
"""Posts a page."""
TEXT = "Fresh RDP {n}, USA and DE, 5$ each, win2016/8gb, write in PM or tg: @kiln_host_{n}. " * 4


def filled(folder: Path, posts: int) -> None:
    """A shard with so many posts."""
    board: Board = shard_at(folder)
    run_id = board.begin()
    for start in range(0, posts, PAGE):
        page = [post(n, TEXT.format(n=n), author=f"seller{n % 997}") for n in
                range(start, start + PAGE)]  # fmt: skip
        board.thread_page(run_id, page)
    board.store.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rr-") as name:
        shard = Path(name) / "shard"
        filled(shard, options.posts)
        home = Home(Path(name) / "home")
        for what in ("first merge", "again"):
            began, cpu = time.monotonic(), time.process_time()
            (done,) = merge(home, [shard])
            took, cpu = time.monotonic() - began, time.process_time() - cpu
            written = sum(done.written.values())
            print(
                f"{what}: {options.posts} posts in {took:.1f} s ({cpu:.1f} s of processor time), "
                f"{written} rows written"
            )


if __name__ == "__main__":
    main()

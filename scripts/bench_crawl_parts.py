"""Where the processor time of a crawled page goes: `python scripts/bench_crawl_parts.py`.

The parts of the crawl path that are not Scrapy's, each by itself on the same pages of 40 kB, in
this process: the best of some rounds, milliseconds of processor time a page. What a page of
`make bench-crawl` takes beyond their sum goes to Scrapy, Twisted and the two processes' hand-over.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from selectolax.lexbor import LexborHTMLParser  # noqa: E402

from crawler.archive import Archive, Response, Run  # noqa: E402
from crawler.decode import decode  # noqa: E402
from crawler.home import DATA  # noqa: E402
from crawler.intake import Guard, load_guard  # noqa: E402
from scripts.bench_site import board_of, pages_of  # noqa: E402
from scripts.bench_store import keep, opened, read_pages  # noqa: E402
from spiders.asked import Asked, packed, reading_packed, reading_unpacked, unpacked  # noqa: E402
from spiders.intake import guarded  # noqa: E402
from spiders.reading import read_asked  # noqa: E402
from spiders.small import is_small  # noqa: E402
from tests.pages import HOST, START  # noqa: E402

HTML = "text/html; charset=UTF-8"
Part = tuple[str, Callable[[], object]]


def asked_pages(threads: int) -> list[Asked]:
    """Thread pages as the parser gets them."""
    return [
        Asked("mybb", HOST + target, answer.partition(b"\r\n\r\n")[2], HTML, START)
        for target, answer in pages_of(board_of(threads), HOST).items()
        if "showthread" in target
    ]


def parts(pages: list[Asked], guard: Guard) -> Iterator[Part]:
    """What is done with each page, in the order of a crawl."""
    readings = [read_asked(page) for page in pages]
    texts = [page.body.decode() for page in pages]
    decode.cache_clear()
    yield "charset and text", lambda: [decode(page.body, HTML) for page in pages]
    yield (
        "guard over the bytes, text included",
        lambda: [guard.inspect(page.body, HTML) for page in pages],
    )
    yield "evidence: hash, record, gzip, file", lambda: archived(pages)
    yield "where to parse", lambda: [is_small(page.body) for page in pages]
    yield (
        "hand-over to the parser's process and back",
        lambda: [
            (unpacked(packed(page)), reading_unpacked(reading_packed(reading)))
            for page, reading in zip(pages, readings, strict=True)
        ],
    )
    yield (
        "reading by the engine, text and tree included",
        lambda: [read_asked(page) for page in pages],
    )
    yield "of it the tree (Lexbor)", lambda: [LexborHTMLParser(text) for text in texts]
    yield (
        "guard over the texts",
        lambda: [guarded(reading, guard, dropped=False) for reading in readings],
    )


def archived(pages: list[Asked]) -> None:
    """Write pages to a WARC file."""
    with tempfile.TemporaryDirectory(prefix="rr-") as name:
        archive = Archive(Path(name), Run("run", "board", "2026-01-01T00:00:00Z", full=True))
        for page in pages:
            archive.keep(Response(page.url, START, 200, (("Content-Type", HTML),), page.body))
        archive.close()


def store_s(threads: int) -> float:
    """Seconds of processor time that the rows of a thread page take."""
    with tempfile.TemporaryDirectory(prefix="rr-") as name:
        store, run_id = opened(Path(name) / "market.db")
        pages = read_pages(threads, run_id)
        with closing(store):
            start = time.process_time()
            for page in pages:
                keep(store, page)
            return (time.process_time() - start) / len(pages)


def best_s(work: Callable[[], object], rounds: int) -> float:
    """The shortest processor time of some rounds, seconds."""
    taken = []
    for _ in range(rounds):
        decode.cache_clear()
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    """Print the parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    pages = asked_pages(asked.threads)
    for name, work in parts(pages, load_guard(DATA / "intake" / "terms.yml")):
        print(f"{1000 * best_s(work, asked.rounds) / len(pages):7.2f} ms  {name}")
    rows = min(store_s(asked.threads) for _ in range(asked.rounds))
    print(f"{1000 * rows:7.2f} ms  rows, links and done mark in the database")


if __name__ == "__main__":
    main()

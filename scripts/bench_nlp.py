"""Speed of the language stage against known measures: `make bench-nlp` prints the ratios.

Medians of five rounds of process time, on the labelled posts (tests/nlp/gold and, where it is
there, the annotators' dev set). ioc-finder is compared where it is installed (group `bench`).
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import spacy  # noqa: E402

from crawler.analyse_worker import analyser, read_documents  # noqa: E402
from nlp.findings import Document  # noqa: E402
from scripts.figures import GOLD  # noqa: E402
from tests.nlp.test_pipeline import HOSTILE  # noqa: E402

ROUNDS = 5
LONG = 20_000
"""Characters of a hostile input: what the language stage reads of a text."""
TITLE = 1_000
"""Characters of its title that are read."""
COPIES = 6
"""How often the posts are taken for the comparison of one process with two."""
INSTALL = "pip install 'ioc-finder>=9', or the group `bench`: pip install -e '.[bench]'"
"""How to get what is compared with; it is part of no installation."""
DENSE = (
    "hosts 198.51.100.7, 203.0.113.9 and mail.kiln.example; drop http://pier.example/a.exe, "
    "contact seller@quay.example or t.me/quay_sales, btc 1BoatSLRHtKNngkdXEeobR76b53LETtpyT, "
    "AS64500, sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n"
) * 8


def documents() -> list[Document]:
    """The labelled posts."""
    rows = [
        json.loads(line)
        for path in GOLD.values()
        if path.exists()
        for line in path.read_text("utf-8").splitlines()
    ]
    return [Document(text=row["text"], title=row["title"] or "", kind=row["kind"]) for row in rows]


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Median time of the work, after one round that does not count."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = clock()
        work()
        times.append(clock() - start)
    return statistics.median(times)


def against_tokens(posts: Sequence[Document]) -> str:
    """Words a second of everything, against mere tokenization."""
    blank = spacy.blank("xx")
    words = sum(len(f"{post.title} {post.text}".split()) for post in posts)
    tokens = seconds(lambda: [blank(f"{post.title}\n{post.text}") for post in posts])
    whole = seconds(lambda: read_documents(posts))
    rate = f"{words / whole:,.0f} words/s, {1000 * whole / len(posts):.2f} ms a post"
    return f"everything / spacy.blank('xx') tokenization: {tokens / whole:.3f}   ({rate})"


def against_ioc_finder() -> str:
    """Speed on a text dense with indicators, against ioc-finder with all its types."""
    if find_spec("ioc_finder") is None:
        return f"everything / ioc-finder: not installed ({INSTALL})"
    from ioc_finder import find_iocs

    theirs = seconds(lambda: find_iocs(DENSE))
    ours = seconds(lambda: read_documents([Document(text=DENSE)]))
    return f"everything / ioc-finder: {theirs / ours:.2f}"


def two_processes(posts: Sequence[Document]) -> str:
    """Throughput of two worker processes against one, wall time."""
    many = [list(posts[start : start + 40]) for start in range(0, len(posts), 40)] * COPIES
    one = seconds(lambda: [read_documents(batch) for batch in many], time.perf_counter)
    with ProcessPoolExecutor(2) as pool:
        two = seconds(lambda: list(pool.map(read_documents, many)), time.perf_counter)
    return f"two processes / one: {one / two:.2f}"


def slowest() -> str:
    """The hostile input of 20,000 characters that takes longest."""
    found: dict[str, float] = {}
    for name, text in HOSTILE.items():
        document = Document(text=text[:LONG], title=text[:TITLE])
        found[name] = seconds(partial(read_documents, [document]))
    slow = max(found, key=lambda name: found[name])
    return f"slowest hostile input: {found[slow]:.3f} s ({slow})"


def main() -> None:
    """Print the ratios."""
    analyser()
    posts = documents()
    for line in (against_tokens(posts), against_ioc_finder(), two_processes(posts), slowest()):
        print(line, flush=True)


if __name__ == "__main__":
    main()

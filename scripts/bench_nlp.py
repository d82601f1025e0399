"""Speed of the language stage against known measures: `make bench-nlp` prints the ratios.

Medians of processor time, five rounds (fifteen against tokenization), on the labelled posts
(tests/nlp/gold and, where it is there, the annotators' dev set). ioc-finder is compared where it is
installed (group `bench`).
"""

import argparse
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
from nlp.price_units import is_once, periods_in, unit_after  # noqa: E402
from scripts.figures import GOLD  # noqa: E402
from scripts.measure import Measure, line_of, median_of, save_measures  # noqa: E402
from tests.nlp.test_pipeline import HOSTILE  # noqa: E402

ROUNDS = 5
SHORT = 3
"""How many short rounds are taken for one of the others."""
LONG = 20_000
"""Characters of a hostile input: what the language stage reads of a text."""
TITLE = 1_000
"""Characters of its title that are read."""
TEXTS = 40
"""How often a dense text is read in a round: processor time is not told in single milliseconds."""
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


Clock = Callable[[], float]
Work = Callable[[], object]


def rounds_of(works: Sequence[Work], clock: Clock, rounds: int) -> list[list[float]]:
    """Seconds of each work in each round, in turns, after a round that does not count."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(rounds + 1):
        for work, taken in zip(works, times, strict=True):
            start = clock()
            work()
            if number:
                taken.append(clock() - start)
    return times


def ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """Ratios, round by round."""
    return [a / b for a, b in zip(above, below, strict=True)]


def read_anew(posts: Sequence[Document]) -> None:
    """Read posts as if for the first time: the next posts have other words at their prices."""
    for remembered in (unit_after, periods_in, is_once):
        remembered.cache_clear()
    read_documents(posts)


def against_tokens(posts: Sequence[Document], rounds: int) -> Measure:
    """Words a second of everything, against mere tokenization."""
    blank = spacy.blank("xx")
    words = sum(len(f"{post.title} {post.text}".split()) for post in posts)
    tokens, whole = rounds_of(
        (
            lambda: [blank(f"{post.title}\n{post.text}") for post in posts],
            lambda: read_anew(posts),
        ),
        time.process_time,
        # a round is short, and a shared machine swings from one to the next
        SHORT * rounds,
    )
    best = statistics.median(whole)
    note = (
        f"{len(posts)} labelled posts, one process, processor time; "
        f"{words / best:,.0f} words/s, {1000 * best / len(posts):.2f} ms a post"
    )
    name = "language stage / blank spaCy tokenizer, words/s"
    return median_of(name, ratios(tokens, whole), 0.2, "higher", note=note)


def against_ioc_finder(rounds: int) -> Measure | None:
    """Speed on a text dense with indicators, against ioc-finder with all its types."""
    if find_spec("ioc_finder") is None:
        print(f"language stage / ioc-finder: not installed ({INSTALL})")
        return None
    from ioc_finder import find_iocs

    dense = [Document(text=DENSE)] * TEXTS
    theirs, ours = rounds_of(
        (lambda: [find_iocs(DENSE) for _ in dense], lambda: read_documents(dense)),
        time.process_time,
        rounds,
    )
    note = f"a text of {len(DENSE)} characters full of indicators, all of its types"
    return median_of(
        "language stage / ioc-finder 9, texts/s", ratios(theirs, ours), 1.5, "higher", note=note
    )


def two_processes(posts: Sequence[Document], rounds: int) -> Measure:
    """Throughput of two worker processes against one, wall time."""
    many = [list(posts[start : start + 40]) for start in range(0, len(posts), 40)] * COPIES
    with ProcessPoolExecutor(2) as pool:
        one, two = rounds_of(
            (
                lambda: [read_documents(batch) for batch in many],
                lambda: list(pool.map(read_documents, many)),
            ),
            time.perf_counter,
            rounds,
        )
    note = f"{len(posts) * COPIES} posts in batches of 40, by the clock"
    return median_of(
        "language stage, two processes / one", ratios(one, two), 1.6, "higher", note=note
    )


def slowest(rounds: int) -> Measure:
    """The hostile input of 20,000 characters that takes longest."""
    found: dict[str, list[float]] = {}
    for name, text in HOSTILE.items():
        document = Document(text=text[:LONG], title=text[:TITLE])
        work = partial(read_documents, [document])
        (found[name],) = rounds_of((work,), time.process_time, rounds)
    slow = max(found, key=lambda name: statistics.median(found[name]))
    taken = found[slow]
    note = f"{len(found)} hostile texts of 20,000 characters; the slowest is {slow!r}"
    return Measure(
        "slowest hostile text", statistics.median(taken), "s", 0.5, "lower", tuple(taken), note
    )


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    analyser()
    posts = documents()
    works: tuple[Callable[[], Measure | None], ...] = (
        lambda: against_tokens(posts, asked.rounds),
        lambda: against_ioc_finder(asked.rounds),
        lambda: two_processes(posts, asked.rounds),
        lambda: slowest(asked.rounds),
    )
    measures = []
    for work in works:
        if measure := work():
            print(f"{line_of(measure)}   {measure.note}", flush=True)
            measures.append(measure)
    if asked.json:
        save_measures(asked.json, measures)


if __name__ == "__main__":
    main()

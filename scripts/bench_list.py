"""What `make bench` runs: one script a line of work, and what its measures mean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bench:
    """A benchmark: a script that writes its measures with `--json FILE`."""

    name: str
    """What `--only` takes; the script is `scripts/bench_<name>.py`."""
    about: str
    """What is measured against what, and how, for `docs/performance.md`."""
    quick: tuple[str, ...] = ("--rounds", "1")
    """Options of a short run."""


BENCHES = (
    Bench(
        "crawl",
        "The whole crawl path (fetch, evidence, guard, parsing, rows, queue) on pages of 40 kB that"
        " a process of its own serves from memory: processor time a page against bare Scrapy that"
        " fetches the same pages and reads nothing, pages a second against a naive project. Each"
        " figure is the slope between a small and a large board, so that starting up does not"
        " count.",
    ),
    Bench(
        "store",
        "Rows a second of what a crawl asks of the store for each page (a signed-in crawl: its"
        " secrets are looked for in every text), against `executemany` of the very rows that ended"
        " up in the tables: same schema, same indexes, as many transactions. Processor time, in"
        " turns.",
        quick=("--rounds", "3", "--threads", "100"),
    ),
    Bench(
        "queue",
        "The crawl's queue in the database against Scrapy's queue in memory: the same crawl with"
        " the one and with the other.",
    ),
    Bench(
        "nlp",
        "The language stage on the labelled posts: words a second against mere tokenization by"
        " spaCy, against ioc-finder on a text dense with indicators where that is installed, two"
        " processes against one, and the slowest hostile text of 20,000 characters.",
    ),
    Bench(
        "again",
        "`rackrent analyse` once more when nothing changed, against the first analysis of the same"
        " posts: processor time with that of the workers.",
        quick=("--rounds", "1", "--posts", "500"),
    ),
    Bench(
        "size",
        "Bytes of the packed database against the bytes of the posts' texts and titles; with all"
        " findings, summaries, the search index and the indexes.",
        quick=(),
    ),
    Bench(
        "nightly",
        "A nightly run on a site of which little changed, on a small and on a large home: requests,"
        " processor time and memory.",
        quick=("--sizes", "1000,10000"),
    ),
    Bench(
        "browser",
        "Pages a second through the browser, against Playwright driven by hand.",
    ),
    Bench(
        "frontier",
        "A shared queue on PostgreSQL: two workers against one on a slow site, and a worker that is"
        " killed.",
        quick=("--rounds", "1", "--threads", "40", "--kills", "1"),
    ),
    Bench(
        "dask",
        "The language stage on a Dask cluster of this machine: two workers against one.",
        quick=("--repeats", "1", "--texts", "1000"),
    ),
    Bench(
        "memory",
        "Memory of the long commands on a small and on a large database.",
        quick=("--posts", "1000", "10000"),
    ),
)

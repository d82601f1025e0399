"""Measures the language stage on a Dask cluster: two workers against one, on this machine."""

import argparse
import statistics
import sys
import time
from pathlib import Path

from distributed import Client, LocalCluster

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.analyse import BATCH  # noqa: E402
from crawler.cluster import cluster_at  # noqa: E402
from crawler.cluster_worker import question_of, read_plain  # noqa: E402
from nlp.findings import Document  # noqa: E402
from scripts.bench_nlp import documents  # noqa: E402


def seconds(workers: int, batches: list[list[Document]]) -> float:
    """How long a cluster of so many workers reads batches, its words loaded before."""
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as local,
        cluster_at(str(local.scheduler_address)) as cluster,
    ):
        warm_up(local, batches[0])
        began = time.monotonic()
        list(cluster.read(batches))
        return time.monotonic() - began


def warm_up(local: LocalCluster, batch: list[Document]) -> None:
    """Have every worker load its words."""
    with Client(local, set_as_default=False) as client:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        question = question_of(batch)
        waiting = [
            client.submit(read_plain, question, workers=[name], pure=False) for name in workers
        ]
        client.gather(waiting)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=8_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    posts = documents()
    texts = (posts * (options.texts // len(posts) + 1))[: options.texts]
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    ratios = []
    for _ in range(options.repeats):
        one, two = seconds(1, batches), seconds(2, batches)
        ratios.append(one / two)
        print(f"1 worker {len(texts) / one:.0f} texts/s, 2 workers {len(texts) / two:.0f}")
    print(f"2 workers / 1, median of {options.repeats}: {statistics.median(ratios):.2f} (bar 1.6)")


if __name__ == "__main__":
    main()

"""Measures the language stage on a Dask cluster: two workers against one, on this machine.

The clusters are started in turns, and their words loaded before a round. The scheduler shares the
process that asks. Only the time counts in which all workers are at work.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
# as docs/scaling.md has it: workers look at their threads a hundred times a second otherwise
os.environ["DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED"] = "False"

from distributed import Client, LocalCluster  # noqa: E402

from crawler.analyse import BATCH  # noqa: E402
from crawler.cluster import AHEAD, Cluster, cluster_at  # noqa: E402
from crawler.cluster_worker import read_plain  # noqa: E402
from crawler.wire import documents_packed  # noqa: E402
from nlp.findings import Document  # noqa: E402
from scripts.bench_nlp import documents  # noqa: E402
from scripts.measure import median_of, report  # noqa: E402

BAR = 1.6
Batches = list[list[Document]]


@contextmanager
def cluster_of(workers: int, batch: list[Document]) -> Iterator[Cluster]:
    """A cluster of so many workers that have loaded their words."""
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as local,
        cluster_at(str(local.scheduler_address)) as cluster,
    ):
        warm_up(local, batch)
        yield cluster


def warm_up(local: LocalCluster, batch: list[Document]) -> None:
    """Have every worker load its words."""
    with Client(local, set_as_default=False) as client:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        question = documents_packed(batch).decode()
        waiting = [
            client.submit(read_plain, question, workers=[name], pure=False) for name in workers
        ]
        client.gather(waiting)


def speed(cluster: Cluster, batches: Batches, workers: int) -> float:
    """Texts a second between the first answers and the last ones, as long as all are at work."""
    edge = AHEAD * workers
    texts, began, ended = 0, 0.0, 0.0
    for number, found in enumerate(cluster.read(batches), start=1):
        if number == edge:
            began = time.monotonic()
        elif edge < number <= len(batches) - workers:
            texts, ended = texts + len(found), time.monotonic()
    return texts / (ended - began)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=2_400, help="a worker and round")
    parser.add_argument("--rounds", "--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    posts = documents()
    ratios = []
    for _ in range(asked.rounds):
        speeds = {}
        for workers in (1, 2):
            # one at a time: a second scheduler and its workers cost a tenth of a core while idle
            with cluster_of(workers, posts[:BATCH]) as cluster:
                speeds[workers] = speed(cluster, batches_of(posts, workers * asked.texts), workers)
        ratios.append(speeds[2] / speeds[1])
        print(*(f"{n} workers: {speeds[n]:.0f} texts/s" for n in speeds), sep=", ", flush=True)
    note = f"batches of {BATCH}; client, scheduler and workers share this machine; steady state"
    measure = median_of("2 Dask workers / 1, texts/s", ratios, BAR, "higher", note=note)
    report([measure], asked.json)


def batches_of(posts: list[Document], texts: int) -> Batches:
    """The labelled posts, again and again."""
    many = (posts * (texts // len(posts) + 1))[:texts]
    return [many[start : start + BATCH] for start in range(0, len(many), BATCH)]


if __name__ == "__main__":
    main()

"""`make chaos`: seeded runs of every stage with `kill -9` at random moments.

After the last stage nobody disturbs, the database must equal that of an undisturbed run, the
evidence must verify, and nothing may be doubled. Prints runs, kills and differences.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.clock import now  # noqa: E402
from crawler.home import Home  # noqa: E402
from crawler.verify import verify_evidence  # noqa: E402
from scripts.chaos_same import Dump, differences, doubled, dump  # noqa: E402
from scripts.chaos_site import served, turn_to, write_source  # noqa: E402
from scripts.chaos_stages import STAGES, run, warm_up  # noqa: E402

LONG_AGO = timedelta(days=30)
"""How old the board is, so that it shows dates and not "2 hours ago"."""
DAYS = (1, 3)
"""How the board stands at first, and later: posts edited and deleted, threads new and gone."""
WEIGHTS = {"crawl": 5, "analyse": 2, "link": 1, "analyse all": 1, "export": 1, "backup": 1}
"""How often each stage is hit, compared with the others."""


@dataclass
class Chaos:
    """The figures of all runs."""

    calm: Dump
    took: dict[tuple[int, str], float]
    """How long each stage takes undisturbed, by day and stage, seconds."""
    runs: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def figures(self) -> str:
        """Runs, kills and differences so far, on one line."""
        by_stage = ", ".join(f"{stage} {count}" for stage, count in self.kills.most_common())
        kills = f"{self.kills.total()} kills ({by_stage})"
        return f"{self.runs} runs · {kills} · {len(self.faults)} differences"

    def run(self, home: Home, host: str, seed: int, kills: int) -> None:
        """One seeded run with so many kills planned; what is wrong afterwards is noted."""
        dice = random.Random(seed)
        weights = [WEIGHTS[stage] for _, stage in self.took]
        plan = Counter(dice.choices([*self.took], weights, k=kills))
        for day in DAYS:
            turn_to(host, day)
            for stage in STAGES:
                for _ in range(plan[day, stage]):
                    moment = dice.uniform(0, self.took[day, stage])
                    self.kills[stage] += run(home, stage, moment).killed
                run(home, stage)
        self.runs += 1
        self.faults += [f"run {seed}: {line}" for line in wrong_in(home, self.calm)]


def wrong_in(home: Home, calm: Dump) -> Iterator[str]:
    """What is not as after an undisturbed run."""
    yield from differences(calm, dump(home.database))
    yield from doubled(home.database)
    for done in verify_evidence(home):
        yield from (f"evidence: {fault}" for fault in done.faults)


def calm_run(home: Home, host: str) -> dict[tuple[int, str], float]:
    """Run every stage undisturbed; how long each took, seconds."""
    took = {}
    for day in DAYS:
        turn_to(host, day)
        for stage in STAGES:
            took[day, stage] = run(home, stage).seconds
    return took


def chaos(folder: Path, runs: int, kills: int, first_seed: int = 1) -> Chaos:
    """So many runs of so many planned kills each in homes under a folder."""
    warm_up()
    with served(now() - LONG_AGO) as host:
        calm = Home(folder / "calm")
        write_source(calm, host)
        took = calm_run(calm, host)
        work = Chaos(dump(calm.database), took)
        for seed in range(first_seed, first_seed + runs):
            home = Home(folder / f"run-{seed}")
            write_source(home, host)
            before = len(work.faults)
            work.run(home, host, seed, kills)
            if len(work.faults) == before:
                shutil.rmtree(home.root)
            print("\n".join([*work.faults[before:], work.figures]), flush=True)
    return work


def main() -> None:
    """Run, print the figures; exit code 1 when something differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--kills", type=int, default=4, help="planned in each run")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="rackrent-chaos-"))
    work = chaos(folder, asked.runs, asked.kills, asked.seed)
    if work.faults:
        sys.exit(f"homes of runs that differ lie in {folder}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()

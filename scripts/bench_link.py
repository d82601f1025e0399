"""How well sellers are linked, rebrands proposed and reposts grouped: `make bench-link`.

The world (scripts/link_world.py) is invented and knows the truth; its texts go through the
language stage as stored posts do.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.store.database import Store  # noqa: E402
from scripts.link_others import add_others  # noqa: E402
from scripts.link_rebrands import new_world  # noqa: E402
from scripts.link_rows import read, settled, write  # noqa: E402
from scripts.link_scores import (  # noqa: E402
    ad_scores,
    b_cubed,
    by_names,
    compared,
    pairs_within,
    providers_of,
    rebrand_scores,
    shown,
    truth_of,
)
from scripts.link_world import World  # noqa: E402

Line = tuple[str, float, float]


@dataclass(frozen=True)
class Measured:
    """A world, read and linked."""

    world: World
    store: Store

    def links(self) -> Line:
        """Precision and recall over pairs of accounts."""
        found = pairs_within(providers_of(self.world, self.store))
        score = compared(found, pairs_within(truth_of(self.world)))
        return "links, pairs of accounts", score.precision, score.recall

    def traced(self) -> float:
        """Recall over pairs of accounts that give a contact or claim to be known by."""
        mute = {r.new for r in self.world.rebrands if r.kept in ("text", "prices", "nothing")}
        mute |= {a.number for a in self.world.accounts if a.way == "nothing"}
        true = {k: seller for k, seller in truth_of(self.world).items() if k not in mute}
        return compared(
            pairs_within(providers_of(self.world, self.store)), pairs_within(true)
        ).recall

    def cubed(self) -> Line:
        """B-cubed precision and recall."""
        found = providers_of(self.world, self.store)
        return ("links, B-cubed", *b_cubed(found, truth_of(self.world)))

    def names(self, least: float) -> Line:
        """The same for a program that looks at names only."""
        score = compared(by_names(self.world, least), pairs_within(truth_of(self.world)))
        what = "equal names" if least == 1 else f"names alike by {least} (difflib)"
        return f"baseline, {what}", score.precision, score.recall

    def ads(self) -> Line:
        """Precision and recall over pairs of ads in the same words."""
        score = ad_scores(self.world, self.store)
        return "reposts, pairs of posts", score.precision, score.recall


def measured(seed: int, sellers: int, folder: Path, say: Callable[[str], None]) -> Measured:
    """A world of so many sellers in a database, read and linked."""
    world = add_others(new_world(seed, sellers))
    store = Store(folder / "market.db")
    write(world, store)
    began = time.process_time()
    read(world, store)
    took = time.process_time() - began
    steps = settled(store)
    say(f"seed {seed}: {sellers} sellers, {len(world.accounts)} accounts, {len(world.posts)} posts")
    parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in steps.items())
    say(f"processor time: reading {took:.0f} s, {parts}\n")
    return Measured(world, store)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sellers", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measured(asked.seed, asked.sellers, Path(folder), print)
        with closing(found.store):
            print(shown([found.links(), found.cubed(), *map(found.names, (1, 0.9, 0.8))]))
            print(
                f"recall of links where an account left a trace of its owner: {found.traced():.4f}"
            )
            print(shown([found.ads()]))
            kept, score = rebrand_scores(found.world, found.store)
            for what, (hits, number) in sorted(kept.items()):
                print(f"rebrands that kept {what:12s} {hits} of {number} linked or proposed")
            print(f"open proposals: {score.found}, right: {score.precision:.2f}")


if __name__ == "__main__":
    main()

"""How well groups, proposals and ads agree with the world's truth."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

import numpy as np

from crawler.store.database import Store
from scripts.link_rows import account_id, version_id
from scripts.link_world import World

Pair = tuple[int, int]


@dataclass(frozen=True)
class Score:
    """Precision and recall."""

    right: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is true that was found; 1 when nothing is true."""
        return self.right / self.true if self.true else 1.0


def pairs_within(labels: Mapping[int, object]) -> set[Pair]:
    """Pairs of keys with the same label."""
    groups: dict[object, list[int]] = defaultdict(list)
    for key, label in labels.items():
        groups[label].append(key)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def compared(found: set[Pair], true: set[Pair]) -> Score:
    """A score over pairs."""
    return Score(len(found & true), len(found), len(true))


def truth_of(world: World) -> dict[int, int]:
    """The seller of each account that writes."""
    return {post.account: world.accounts[post.account].seller for post in world.posts}


def providers_of(world: World, store: Store) -> dict[int, str]:
    """The provider of each account that writes; its own where it has none."""
    rows = store.rows("select member_id, provider_id from provider_members where kind = 'account'")
    known = {row["member_id"]: row["provider_id"] for row in rows}
    ids = {number: account_id(world.accounts[number]) for number in truth_of(world)}
    return {number: known.get(row_id, f"none {number}") for number, row_id in ids.items()}


def b_cubed(found: Mapping[int, object], true: Mapping[int, object]) -> tuple[float, float]:
    """Precision and recall averaged over accounts (Bagga and Baldwin 1998)."""
    both = Counter((found[key], true[key]) for key in true)
    sizes, real = Counter(found[key] for key in true), Counter(true.values())
    precision = sum(both[found[k], true[k]] / sizes[found[k]] for k in true) / len(true)
    recall = sum(both[found[k], true[k]] / real[true[k]] for k in true) / len(true)
    return precision, recall


def alike_names(names: Sequence[str], least: float) -> set[Pair]:
    """Pairs of names with a difflib ratio of at least `least`."""
    letters = sorted({c for name in names for c in name})
    counts = np.array([[name.count(c) for c in letters] for name in names], dtype=np.int8)
    sizes = counts.sum(axis=1, dtype=np.int32)
    pairs: set[Pair] = set()
    for one, name in enumerate(names):
        common = np.minimum(counts[one], counts[one + 1 :]).sum(axis=1, dtype=np.int32)
        # no ratio is higher than that of the letters in common
        near = np.flatnonzero(2 * common >= least * (sizes[one] + sizes[one + 1 :]))
        for other in (int(place) + one + 1 for place in near):
            if SequenceMatcher(None, name, names[other], autojunk=False).ratio() >= least:
                pairs.add((one, other))
    return pairs


def by_names(world: World, least: float) -> set[Pair]:
    """Accounts that a program would join which looks at names only."""
    numbers = sorted(truth_of(world))
    names = [world.accounts[number].name.lower() for number in numbers]
    return {(numbers[a], numbers[b]) for a, b in alike_names(names, least)}


def ad_scores(world: World, store: Store) -> Score:
    """Pairs of posts that state the same ad of the same seller; copies by others do not count."""
    rows = store.rows("select post_version_id, ad_id from ad_posts")
    ads = {row["post_version_id"]: row["ad_id"] for row in rows}
    stated = {n: post.ad for n, post in enumerate(world.posts) if post.ad is not None}
    found = {n: ads.get(version_id(n), f"none {n}") for n in stated}
    return compared(pairs_within(found), pairs_within(stated))


def rebrand_scores(world: World, store: Store) -> tuple[dict[str, tuple[int, int]], Score]:
    """By what was kept: rebrands found (proposed or linked) of how many; open proposals' score."""
    truth = {account_id(world.accounts[n]): seller for n, seller in truth_of(world).items()}
    rows = store.rows("select account_a, account_b, state, kind from proposals")
    told = {x for row in rows if truth[row["account_a"]] == truth[row["account_b"]]
            for x in (row["account_a"], row["account_b"])}  # fmt: skip
    grouped = Counter(providers_of(world, store).values())
    provider = providers_of(world, store)
    kept: dict[str, tuple[int, int]] = {}
    for rebrand in world.rebrands:
        found = account_id(world.accounts[rebrand.new]) in told
        found = found or grouped[provider[rebrand.new]] > 1
        hits, number = kept.get(rebrand.kept, (0, 0))
        kept[rebrand.kept] = (hits + found, number + 1)
    shown = [row for row in rows if row["state"] == "open" and row["kind"] != "impostor"]
    right = sum(truth[row["account_a"]] == truth[row["account_b"]] for row in shown)
    return kept, Score(right, len(shown), len(world.rebrands))


def shown(rows: Iterable[tuple[str, float, float]]) -> str:
    """Lines of name, precision and recall."""
    return "\n".join(f"{name:44s} precision {p:.4f}   recall {r:.4f}" for name, p, r in rows)

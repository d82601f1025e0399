"""Which accounts belong together, by their links and against what analysts split."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from crawler.decisions import Decisions
from crawler.links import Link
from crawler.sellers import Seller, age_of


def groups_of(
    sellers: Mapping[str, Seller], links: Iterable[Link], decisions: Decisions
) -> tuple[list[list[Seller]], list[Link]]:
    """Sellers that belong together, each group oldest first, and the links that join them.

    Strong links come first; one that would join two accounts which an analyst split is left out.
    """
    groups = {seller_id: {seller_id} for seller_id in sellers}
    apart: dict[str, set[str]] = defaultdict(set)
    for one, other in decisions.split:
        apart[one].add(other)
        apart[other].add(one)
    kept: list[Link] = []
    for link in sorted(links, key=lambda x: (-x.score, x.decided_at, x.account_a, x.account_b)):
        ours, theirs = groups[link.account_a], groups[link.account_b]
        if ours is not theirs:
            if any(apart[each] & theirs for each in ours if each in apart):
                continue
            if len(ours) < len(theirs):
                ours, theirs = theirs, ours
            ours |= theirs
            groups |= dict.fromkeys(theirs, ours)
        kept.append(link)
    distinct = {id(group): group for group in groups.values()}
    return [sorted((sellers[x] for x in g), key=age_of) for g in distinct.values()], kept

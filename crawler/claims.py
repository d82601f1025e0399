"""Sellers who say that they were somebody else, or that a thread is theirs; who is to be believed.

A name alone is no proof: homonyms and impostors. It counts where it means one seller only, and
where that one says the same, or falls silent when the other appears.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from crawler.clock import moment_of
from crawler.sellers import Seller, age_of, is_one_letter_apart, name_key
from crawler.store.database import Store

GRACE = timedelta(days=3)
"""How long after a new name's first offer the old one may still speak and count as silent."""
OFTEN = 2
"""Texts in which a brand must stand to be a name of its account."""
_SAID = """
select p.account_id, n.aliases, min(v.seen_at) as seen_at, count(*) as texts from analyses n
join post_versions v on v.id = n.post_version_id join posts p on p.id = v.post_id
where n.aliases is not null and p.account_id is not null
    and coalesce(v.fields, '') not like '%"forwarded%'
group by p.account_id, n.aliases order by p.account_id, n.aliases
"""
_THREADS = """
select t.url, p.account_id from threads t join posts p on p.thread_id = t.id
join sources s on s.id = t.source_id and s.kind <> 'channel'
where p.position = 1 and p.account_id is not null
"""

Owners = Mapping[str, object]
"""What stands for the provider of each account, by account id."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One account says that it is another one."""

    speaker: Seller
    other: Seller
    name: str
    """As said: a name, or a thread's address."""
    seen_at: str
    proof: str
    """Why it is believed, in words; empty where it is not."""


@dataclass
class Names:
    """Which accounts a name or a thread's address may mean."""

    named: dict[str, list[Seller]] = field(default_factory=lambda: defaultdict(list))
    branded: dict[str, list[Seller]] = field(default_factory=lambda: defaultdict(list))
    threads: dict[str, Seller] = field(default_factory=dict)

    def meant(self, name: str, speaker: Seller) -> list[Seller]:
        """Accounts that a speaker can mean: those with the very name first."""
        if "/" in name:
            return [self.threads[name]] if name in self.threads else []
        key = name_key(name)
        found = [s for s in self.named.get(key) or self.branded.get(key, []) if s is not speaker]
        return [s for s in found if s.name.lower() == name.lower()] or found


def claims_of(
    store: Store,
    sellers: Mapping[str, Seller],
    owners: Owners,
    brands: Mapping[str, Counter[str]],
) -> list[Claim]:
    """All claims that mean one seller only, in the order of the speakers' ids.

    `owners` says which accounts are known to be one provider already.
    """
    said = [
        (sellers[row["account_id"]], name, row["seen_at"])
        for row in store.rows(_SAID)
        if row["account_id"] in sellers and _is_steady(sellers[row["account_id"]], row["texts"])
        for name in row["aliases"].split("\t")
    ]
    if not said:
        return []
    names = _names_of(store, sellers, brands, any("/" in name for _, name, _ in said))
    pointed = [
        (speaker, other, name, seen_at)
        for speaker, name, seen_at in said
        for other in _one_of(names.meant(name, speaker), owners)
        if other is not speaker
    ]
    back = {(owners[speaker.id], owners[other.id]) for speaker, other, _, _ in pointed}
    return [
        Claim(speaker, other, name, seen_at, _proof(names, speaker, other, owners, back))
        for speaker, other, name, seen_at in pointed
    ]


def _is_steady(speaker: Seller, texts: int) -> bool:
    """Whether a claim is the speaker's: a channel passes on what others say of themselves."""
    return not speaker.broadcast or texts * 2 > speaker.texts


def _names_of(
    store: Store,
    sellers: Mapping[str, Seller],
    brands: Mapping[str, Counter[str]],
    threads: bool,
) -> Names:
    names = Names()
    for seller in sellers.values():
        names.named[name_key(seller.name)].append(seller)
        for brand, texts in brands.get(seller.id, {}).items():
            if texts >= OFTEN:
                names.branded[name_key(brand)].append(seller)
    for row in store.rows(_THREADS) if threads else ():
        if row["account_id"] in sellers:
            names.threads[row["url"].partition("://")[2].removeprefix("www.")] = sellers[
                row["account_id"]
            ]
    return names


def _one_of(found: Iterable[Seller], owners: Owners) -> Iterator[Seller]:
    """The oldest of these accounts, where all are one provider."""
    oldest = sorted(found, key=age_of)
    if len({owners[seller.id] for seller in oldest}) == 1:
        yield oldest[0]


def _proof(
    names: Names,
    speaker: Seller,
    other: Seller,
    owners: Owners,
    back: set[tuple[object, object]],
) -> str:
    """Why a claim is believed: both say so, or one is silent since the other appeared."""
    mine, theirs = owners[speaker.id], owners[other.id]
    if mine == theirs or (theirs, mine) in back:
        return "both say so" if mine != theirs else "they share other evidence"
    namesake = name_key(speaker.name) == name_key(other.name)
    if namesake or is_one_letter_apart(speaker.name, other.name):
        return ""
    for old, new in ((other, speaker), (speaker, other)):
        alike = [s for s in names.named[name_key(old.name)] if owners[s.id] == owners[old.id]]
        silent = max(s.spoke for s in alike)
        if old.opened < new.opened and moment_of(silent) <= moment_of(new.opened) + GRACE:
            return f"{old.name} offered nothing new after {new.name} appeared"
    return ""

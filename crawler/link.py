"""Accounts that are one provider, with reasons: exact evidence, never similar names.

A shared contact, a name that a seller says he used before, and what analysts decided.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.decisions import load_decisions
from crawler.ids import id_of
from crawler.own_contacts import Mention, load_mentions
from crawler.records import ProviderLinkRow, ProviderMemberRow, ProviderRow
from crawler.store.database import Store
from crawler.store.providers import keep_providers

STRENGTH = {
    "tox": 0.98,
    "session": 0.98,
    "pgp": 0.98,
    "btc": 0.95,
    "xmr": 0.95,
    "eth": 0.95,
    "trx": 0.95,
    "ltc": 0.95,
    "telegram": 0.95,
    "xmpp": 0.95,
    "email": 0.95,
    "signal": 0.95,
    "whatsapp": 0.95,
    "matrix": 0.95,
    "icq": 0.9,
    "wickr": 0.9,
    "discord": 0.9,
    "site": 0.8,
}
"""How strongly a shared contact of a kind says that two accounts are one provider."""
HUB = 6
"""Accounts from which on a shared contact is an escrow agent's or a bot's, and no evidence."""
ALIAS = 0.7
"""How strongly a name that a seller says he used before speaks."""
RULE = "rule"
"""Who decided, where no analyst did."""


@dataclass(frozen=True, slots=True)
class Seller:
    """An account that offers something."""

    id: str
    name: str
    first_seen: str
    first_offer: str
    last_offer: str


def link_providers(store: Store) -> int:
    """Bring providers, members and links up to date; how many providers there are.

    The same evidence gives the same rows. Call it inside a transaction.
    """
    sellers = load_sellers(store)
    mentions = load_mentions(store, sellers)
    decisions = load_decisions(store)
    links = [
        *decided_links(sellers, store),
        *contact_links(sellers, mentions),
        *alias_links(store, sellers),
    ]
    groups, links = groups_of(sellers, links, decisions.split)
    names = brand_names(store)
    providers = [provider_row(group, names) for group in groups]
    owner = {
        seller.id: provider.id
        for provider, group in zip(providers, groups, strict=True)
        for seller in group
    }
    keep_providers(
        store,
        providers,
        member_rows(owner, mentions),
        [link_row(owner[link.account_a], link) for link in links],
    )
    return len(providers)


def load_sellers(store: Store) -> dict[str, Seller]:
    """Accounts with at least one offer, by id."""
    rows = store.rows(
        """
        select a.id, a.name, a.first_seen, min(l.first_seen), max(l.last_seen)
        from accounts a join posts p on p.account_id = a.id
        join post_versions v on v.post_id = p.id
        join listings l on l.post_version_id = v.id
        where l.intent = 'offer' group by a.id order by a.id
        """
    )
    return {row["id"]: Seller(*row) for row in rows}


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts, the older one first, and why they are one provider."""

    account_a: str
    account_b: str
    kind: str
    """Kind of the shared contact, alias, or analyst."""
    value: str
    score: float
    reason: str
    decided_by: str
    decided_at: str


def contact_links(sellers: Mapping[str, Seller], mentions: Iterable[Mention]) -> Iterable[Link]:
    """Pairs of accounts that share a contact; hubs are left out."""
    shared: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        shared[mention.contact_id].append(mention)
    for group in shared.values():
        if mention_strength(group[0]) and 2 <= len(group) < HUB:
            group.sort(key=lambda mention: age_of(sellers[mention.account_id]))
            for older, newer in pairwise(group):
                yield Link(
                    older.account_id,
                    newer.account_id,
                    newer.kind,
                    newer.value,
                    STRENGTH[newer.kind],
                    f"both offer under the same {newer.kind} {newer.value}",
                    RULE,
                    newer.seen_at,
                )


def alias_links(store: Store, sellers: Mapping[str, Seller]) -> Iterable[Link]:
    """Accounts that say they were another one, which has offered nothing since they appeared.

    Somebody who takes the name of a seller that goes on selling is an impostor.
    """
    named: dict[str, list[Seller]] = defaultdict(list)
    for seller in sellers.values():
        named[name_key(seller.name)].append(seller)
    for row in store.rows(
        """
        select p.account_id, n.aliases, min(v.seen_at) as seen_at from analyses n
        join post_versions v on v.id = n.post_version_id join posts p on p.id = v.post_id
        where n.aliases is not null and p.account_id is not null
        group by p.account_id, n.aliases order by p.account_id, n.aliases
        """
    ):
        newer = sellers.get(row["account_id"])
        for alias in row["aliases"].split("\t") if newer is not None else ():
            for older in named.get(name_key(alias), []):
                if newer and older.id != newer.id and older.last_offer <= newer.first_offer:
                    reason = f"says that he was {alias}, who has offered nothing since"
                    yield Link(
                        older.id, newer.id, "alias", alias, ALIAS, reason, RULE, row["seen_at"]
                    )


def decided_links(sellers: Mapping[str, Seller], store: Store) -> Iterable[Link]:
    """Pairs that an analyst merged."""
    for row in store.rows("select * from link_decisions where action = 'merge' order by id"):
        pair = [sellers[x] for x in (row["account_a"], row["account_b"]) if x in sellers]
        if len(pair) == 2:
            older, newer = sorted(pair, key=age_of)
            reason = row["note"] or "an analyst says so"
            yield Link(
                older.id, newer.id, "analyst", newer.name, 1.0, reason, row["decided_by"],
                row["decided_at"],
            )  # fmt: skip


def name_key(name: str) -> str:
    """A name without case, blanks and marks."""
    return "".join(filter(str.isalnum, name.lower()))


def mention_strength(mention: Mention) -> float:
    """How strong the contact is as evidence; 0 for kinds that are none."""
    return STRENGTH.get(mention.kind, 0.0)


def age_of(seller: Seller) -> tuple[str, str]:
    """Sorts the oldest account first, ids break ties."""
    return seller.first_seen, seller.id


def groups_of(
    sellers: Mapping[str, Seller], links: Iterable[Link], split: Iterable[tuple[str, str]]
) -> tuple[list[list[Seller]], list[Link]]:
    """Sellers that belong together, each group oldest first, and the links that join them.

    Strong links come first; one that would join two accounts which an analyst split is left out.
    """
    groups = {seller_id: {seller_id} for seller_id in sellers}
    apart: dict[str, set[str]] = defaultdict(set)
    for one, other in split:
        apart[one].add(other)
        apart[other].add(one)
    kept: list[Link] = []
    for link in sorted(links, key=lambda x: (-x.score, x.decided_at, x.account_a, x.account_b)):
        ours, theirs = groups[link.account_a], groups[link.account_b]
        if ours is not theirs:
            if any(apart[each] & theirs for each in ours if each in apart):
                continue
            ours |= theirs
            for each in theirs:
                groups[each] = ours
        kept.append(link)
    distinct = {id(group): group for group in groups.values()}
    return [sorted((sellers[x] for x in g), key=age_of) for g in distinct.values()], kept


def brand_names(store: Store) -> dict[str, Counter[str]]:
    """How often each account traded under which brand."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for row in store.rows(
        """
        select p.account_id, n.provider_name, count(*) from analyses n
        join post_versions v on v.id = n.post_version_id join posts p on p.id = v.post_id
        where n.provider_name is not null and p.account_id is not null
        group by p.account_id, n.provider_name
        """
    ):
        names[row[0]][row[1]] += row[2]
    return names


def provider_row(group: Sequence[Seller], names: Mapping[str, Counter[str]]) -> ProviderRow:
    """A provider: the brand most used by its accounts, else its oldest account's name."""
    brands: Counter[str] = Counter()
    for seller in group:
        brands.update(names.get(seller.id, {}))
    best = min(brands, key=lambda name: (-brands[name], name)) if brands else group[0].name
    return ProviderRow(
        id=id_of("provider", group[0].id),
        name=best,
        first_seen=min(seller.first_offer for seller in group),
        last_seen=max(seller.last_offer for seller in group),
    )


def member_rows(owner: Mapping[str, str], mentions: Iterable[Mention]) -> list[ProviderMemberRow]:
    """Accounts and contacts of all providers."""
    members = {(provider, "account", account) for account, provider in owner.items()}
    members |= {(owner[m.account_id], "contact", m.contact_id) for m in mentions}
    return [
        ProviderMemberRow(id_of("member", *member), *member) for member in sorted(members)
    ]  # fmt: skip


def link_row(provider_id: str, link: Link) -> ProviderLinkRow:
    """A link of a provider."""
    return ProviderLinkRow(
        id=id_of("link", link.account_a, link.account_b, link.kind, link.value),
        provider_id=provider_id,
        account_a=link.account_a,
        account_b=link.account_b,
        kind=link.kind,
        value=link.value,
        score=link.score,
        reason=link.reason,
        decided_by=link.decided_by,
        decided_at=link.decided_at,
    )

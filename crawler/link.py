"""Accounts that are one provider, with reasons: exact shared contacts, never similar names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.ids import id_of
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


@dataclass(frozen=True, slots=True)
class Mention:
    """An account's own contact: it stands in one of its offers, or in its signature."""

    contact_id: str
    kind: str
    value: str
    account_id: str
    seen_at: str


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
    links = list(links_between(sellers, mentions))
    groups = groups_of(sellers, links)
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


def load_mentions(store: Store, sellers: Mapping[str, Seller]) -> list[Mention]:
    """The sellers' own contacts, first mentions first."""
    rows = store.rows(
        """
        select c.id, c.kind, c.value, m.account_id, min(v.seen_at) as seen_at
        from contact_mentions m join contacts c on c.id = m.contact_id
        join post_versions v on v.id = m.post_version_id
        join analyses n on n.post_version_id = v.id
        where m.account_id is not null and (n.intent = 'offer' or m.part = 'signature')
        group by c.id, m.account_id order by c.id, seen_at, m.account_id
        """
    )
    return [mention for row in rows if (mention := Mention(*row)).account_id in sellers]


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts and the contact that they share."""

    account_a: str
    account_b: str
    mention: Mention


def links_between(sellers: Mapping[str, Seller], mentions: Iterable[Mention]) -> Iterable[Link]:
    """Pairs of accounts that share a contact, older account first; hubs are left out."""
    shared: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        shared[mention.contact_id].append(mention)
    for group in shared.values():
        if mention_strength(group[0]) and 2 <= len(group) < HUB:
            group.sort(key=lambda mention: age_of(sellers[mention.account_id]))
            for older, newer in pairwise(group):
                yield Link(older.account_id, newer.account_id, newer)


def mention_strength(mention: Mention) -> float:
    """How strong the contact is as evidence; 0 for kinds that are none."""
    return STRENGTH.get(mention.kind, 0.0)


def age_of(seller: Seller) -> tuple[str, str]:
    """Sorts the oldest account first, ids break ties."""
    return seller.first_seen, seller.id


def groups_of(sellers: Mapping[str, Seller], links: Iterable[Link]) -> list[list[Seller]]:
    """Sellers that belong together, each group oldest first."""
    leader = {seller_id: seller_id for seller_id in sellers}

    def find(seller_id: str) -> str:
        while leader[seller_id] != seller_id:
            leader[seller_id] = leader[leader[seller_id]]
            seller_id = leader[seller_id]
        return seller_id

    for link in links:
        leader[find(link.account_b)] = find(link.account_a)
    groups: dict[str, list[Seller]] = defaultdict(list)
    for seller in sellers.values():
        groups[find(seller.id)].append(seller)
    return [sorted(group, key=age_of) for group in groups.values()]


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
    """A link with its reason."""
    mention = link.mention
    return ProviderLinkRow(
        id=id_of("link", link.account_a, link.account_b, mention.contact_id),
        provider_id=provider_id,
        account_a=link.account_a,
        account_b=link.account_b,
        kind=mention.kind,
        value=mention.value,
        score=STRENGTH[mention.kind],
        reason=f"both offer under the same {mention.kind} {mention.value}",
        decided_by="rule",
        decided_at=mention.seen_at,
    )

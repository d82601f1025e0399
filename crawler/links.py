"""Reasons to take two accounts for one provider: shared contacts, proven claims, decisions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from crawler.claims import Claim
from crawler.decisions import pair_of
from crawler.own_contacts import Contacts, Mention, by_contact
from crawler.places import is_agent_name, is_shared_host
from crawler.sellers import Seller, age_of, is_one_letter_apart, name_key
from crawler.store.database import Store

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
SEVERAL = 0.9
"""The same for two contacts that are shared, of which neither is both accounts' own."""
HUB = 6
"""Names from which on a shared contact is an escrow agent's or a bot's, and no evidence."""
ALIAS, THREAD = 0.7, 0.8
"""How strongly a claim speaks that is proven: of a name, of a thread."""
RULE = "rule"
"""Who decided, where no analyst did."""

Pair = tuple[str, str]
Values = Mapping[str, Mapping[str, set[str]]]


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts, the older one first, and why they are one provider."""

    account_a: str
    account_b: str
    kind: str
    """Kind of the shared contact, contacts, alias, thread or analyst."""
    value: str
    score: float
    reason: str
    decided_by: str
    decided_at: str


def evidence_of(
    sellers: Mapping[str, Seller], contacts: Contacts, hosts: Collection[str]
) -> list[list[Mention]]:
    """Mentions of each contact that can be evidence, oldest accounts first.

    Left out are those of agents and staff, platforms, the sources' own `hosts`, and hubs.
    """
    kept = []
    for group in by_contact(contacts.mentions).values():
        names = {name_key(sellers[mention.account_id].name) for mention in group}
        one = group[0]
        nobody = (
            one.kind not in STRENGTH
            or len(names) >= HUB
            or one.contact_id in contacts.agents
            or is_agent_name(one.value)
            or (one.kind == "site" and (one.value in hosts or is_shared_host(one.value)))
        )
        if len(group) > 1 and not nobody:
            kept.append(sorted(group, key=lambda m: age_of(sellers[m.account_id])))
    return kept


def contact_links(
    evidence: Iterable[list[Mention]],
    contacts: Contacts,
    sellers: Mapping[str, Seller],
    split: Collection[Pair],
) -> Iterator[Link]:
    """Each account and the newest older one that has the same contact as its own."""
    values = values_of(mention for mention in contacts.mentions if mention.own)
    for group in evidence:
        own: list[Mention] = []
        for newer in group:
            if newer.own and not any(is_copied(sellers, values, old, newer) for old in own):
                for older in reversed(own):
                    if pair_of(older.account_id, newer.account_id) not in split:
                        yield _shared(older, newer)
                        break
                own.append(newer)


def is_copied(
    sellers: Mapping[str, Seller], values: Values, older: Mention, newer: Mention
) -> bool:
    """Whether names one letter apart and different contacts of a kind speak of a copied ad.

    Impostors put their own handle into a seller's ad and forget the rest.
    """
    one, other = older.account_id, newer.account_id
    return is_one_letter_apart(sellers[one].name, sellers[other].name) and any(
        not mine & theirs
        for kind, mine in values.get(one, {}).items()
        if (theirs := values.get(other, {}).get(kind))
    )


def values_of(mentions: Iterable[Mention]) -> Values:
    """Ids of the contacts of each account, by kind."""
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mention in mentions:
        values[mention.account_id][mention.kind].add(mention.contact_id)
    return values


def several_links(evidence: Iterable[list[Mention]]) -> Iterator[Link]:
    """Pairs that share two contacts, though neither shows them alone."""
    shared: dict[Pair, list[tuple[Mention, Mention]]] = defaultdict(list)
    for group in evidence:
        told = [mention for mention in group if mention.own or not mention.place]
        for older, newer in combinations(told, 2):
            shared[older.account_id, newer.account_id].append((older, newer))
    for (older_id, newer_id), pairs in shared.items():
        if len(pairs) > 1 and not any(a.own and b.own for a, b in pairs):
            values = ", ".join(sorted(f"{b.kind} {b.value}" for _, b in pairs))
            seen_at = max(b.seen_at for _, b in pairs)
            reason = f"offers of both give {len(pairs)} contacts: {values}"
            yield Link(
                older_id, newer_id, "contacts", values, SEVERAL, reason, RULE, seen_at
            )  # fmt: skip


def claim_links(claims: Iterable[Claim]) -> Iterator[Link]:
    """Pairs of which one says that it is the other, with proof."""
    for claim in claims:
        if claim.proof:
            older, newer = sorted((claim.speaker, claim.other), key=age_of)
            kind = "thread" if "/" in claim.name else "alias"
            said = "gives as his own the thread" if kind == "thread" else "names himself"
            reason = f"{claim.speaker.name} {said} {claim.name}: {claim.proof}"
            score = THREAD if kind == "thread" else ALIAS
            yield Link(
                older.id, newer.id, kind, claim.name, score, reason, RULE, claim.seen_at
            )  # fmt: skip


def decided_links(sellers: Mapping[str, Seller], store: Store) -> Iterator[Link]:
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


def _shared(older: Mention, newer: Mention) -> Link:
    """Two accounts with the same contact as their own."""
    return Link(
        older.account_id,
        newer.account_id,
        newer.kind,
        newer.value,
        STRENGTH[newer.kind],
        f"both offer under the same {newer.kind} {newer.value}",
        RULE,
        newer.seen_at,
    )

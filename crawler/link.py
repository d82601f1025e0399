"""Accounts that are one provider, with reasons: exact evidence, never similar names.

A shared contact, a name that a seller says he used before, and what analysts decided.
"""

from collections.abc import Iterable, Mapping, Sequence

from crawler.claims import claims_of
from crawler.groups import groups_of
from crawler.ids import id_of
from crawler.known import Known, load_known
from crawler.links import (
    Link,
    claim_links,
    contact_links,
    decided_links,
    several_links,
)
from crawler.own_contacts import Mention
from crawler.records import ProviderLinkRow, ProviderMemberRow, ProviderRow
from crawler.sellers import Seller, best_brand
from crawler.store.database import Store
from crawler.store.providers import keep_providers


def link_providers(store: Store, known: Known | None = None) -> int:
    """Bring providers, members and links up to date; how many providers there are.

    The same evidence gives the same rows. `known` is what `load_known` says now, where that was
    read already. Call it inside a transaction.
    """
    known = known or load_known(store)
    sellers, brands, contacts = known.sellers, known.brands, known.contacts
    evidence, decisions = known.evidence, known.decisions
    links = [
        *decided_links(sellers, store),
        *contact_links(evidence, contacts, sellers, decisions.split),
        *several_links(evidence),
    ]
    linked = owners_in(groups_of(sellers, links, decisions)[0])
    links += claim_links(claims_of(store, sellers, linked, brands))
    groups, links = groups_of(sellers, links, decisions)
    owner = {account: id_of("provider", first) for account, first in owners_in(groups).items()}
    own = [m for m in contacts.mentions if m.own and m.contact_id not in contacts.agents]
    keep_providers(
        store,
        [provider_row(group, best_brand(group, brands)) for group in groups],
        member_rows(owner, own),
        [link_row(owner[link.account_a], link) for link in links],
    )
    return len(groups)


def owners_in(groups: Iterable[Sequence[Seller]]) -> dict[str, str]:
    """The oldest account of its group, by account."""
    return {seller.id: group[0].id for group in groups for seller in group}


def provider_row(group: Sequence[Seller], name: str) -> ProviderRow:
    """A provider under a name."""
    return ProviderRow(
        id=id_of("provider", group[0].id),
        name=name,
        first_seen=min(seller.first_offer for seller in group),
        last_seen=max(seller.last_offer for seller in group),
    )


def member_rows(owner: Mapping[str, str], own: Iterable[Mention]) -> list[ProviderMemberRow]:
    """Accounts and contacts of all providers."""
    members = {(provider, "account", account) for account, provider in owner.items()}
    members |= {(owner[m.account_id], "contact", m.contact_id) for m in own}
    return [ProviderMemberRow(id_of("member", *member), *member) for member in sorted(members)]


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

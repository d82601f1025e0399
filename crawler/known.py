"""What linking and proposing both start from, read once: accounts, brands, contacts, decisions."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.decisions import Decisions, load_decisions
from crawler.links import evidence_of
from crawler.own_contacts import Contacts, Mention, load_contacts
from crawler.sellers import Seller, brand_names, load_sellers
from crawler.store.database import Store


@dataclass(frozen=True)
class Known:
    """All of it follows from texts and decisions; none of it from who was linked before."""

    sellers: Mapping[str, Seller]
    """Accounts that offer something, by id."""
    brands: Mapping[str, Counter[str]]
    """How often each account traded under which brand."""
    contacts: Contacts
    """The sellers' contacts."""
    evidence: list[list[Mention]]
    """Mentions of each contact that can be evidence."""
    decisions: Decisions
    """What analysts decided."""


def load_known(store: Store) -> Known:
    """All of it, as the tables say now."""
    sellers = load_sellers(store)
    contacts = load_contacts(store, sellers)
    evidence = evidence_of(sellers, contacts, source_hosts(store))
    return Known(sellers, brand_names(store), contacts, evidence, load_decisions(store))


def source_hosts(store: Store) -> frozenset[str]:
    """Hosts of the monitored sites, which are nobody's own."""
    hosts = (urlsplit(row["url"]).hostname or "" for row in store.rows("select url from sources"))
    return frozenset(host.removeprefix("www.") for host in hosts)

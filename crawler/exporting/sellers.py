"""Who sells, as far as it may leave: names, accounts and contacts known from open enough places."""

from dataclasses import dataclass
from typing import Any

from crawler.exporting.labels import Labels, best, highest, level
from crawler.exporting.offers import Contact
from crawler.store.database import Store

_ACCOUNTS = """
select a.id, a.name, a.source_id, a.native_id, a.joined_at, a.first_seen, a.last_seen
from provider_members m join accounts a on a.id = m.member_id
where m.kind = 'account' and m.provider_id = ? order by a.first_seen, a.id
"""
_CONTACTS = """
select c.id, c.kind, c.value, p.source_id, p.id as post_id, p.account_id,
    v.seen_at as first_seen, p.last_seen
from provider_members m join contacts c on c.id = m.member_id
join contact_mentions x on x.contact_id = c.id
join post_versions v on v.id = x.post_version_id join posts p on p.id = v.post_id
where m.kind = 'contact' and m.provider_id = ? order by c.kind, c.value
"""
_BRANDS = """
select distinct n.provider_name as name, l.source_id, l.post_id, l.id, l.account_id
from listings_now l join analyses n on n.post_version_id = l.version_id
where l.provider_id = ? and n.provider_name is not null
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """An account or contact with where and when it was seen."""

    id: str
    """Its id in Rackrent's database."""
    kind: str
    """Kind of contact; account for names on a source."""
    value: str
    """The contact or name."""
    source_id: str
    """The source; of contacts the first one."""
    first_seen: str
    """UTC."""
    last_seen: str
    """UTC."""
    times: int
    """Texts that state it; 1 for accounts."""
    tlp: str
    """Its label: of contacts the most open place that states it."""
    reliability: str
    """The best source that states it, A to F."""


@dataclass(frozen=True, slots=True)
class Seller:
    """A provider, as far as it may leave."""

    id: str
    name: str
    accounts: tuple[Seen, ...]
    contacts: tuple[Seen, ...]
    tlp: str
    """The most closed of what it is made of."""
    reliability: str
    """The best of its sources, A to F."""
    first_seen: str
    """UTC."""
    last_seen: str
    """UTC."""


class Sellers:
    """Sellers by provider, each asked for once."""

    def __init__(self, store: Store, labels: Labels, *, mask_victims: bool) -> None:
        """Ask a database."""
        self._store, self._labels, self._mask = store, labels, mask_victims
        self._known: dict[str, Seller | None] = {}

    def find(self, provider_id: str | None) -> Seller | None:
        """The seller; None where nothing of it may leave."""
        if provider_id is None:
            return None
        if provider_id not in self._known:
            self._known[provider_id] = self._load(provider_id)
        return self._known[provider_id]

    def _load(self, provider: str) -> Seller | None:
        accounts = tuple(self._accounts(provider))
        if not accounts:
            return None
        contacts = tuple(self._contacts(provider))
        parts = (*accounts, *contacts)
        return Seller(
            id=provider,
            name=self._name(provider, accounts),
            accounts=accounts,
            contacts=contacts,
            tlp=highest(part.tlp for part in parts),
            reliability=best(part.reliability for part in accounts),
            first_seen=min(part.first_seen for part in accounts),
            last_seen=max(part.last_seen for part in accounts),
        )

    def _accounts(self, provider: str) -> list[Seen]:
        found = []
        for row in self._store.rows(_ACCOUNTS, (provider,)):
            source, label = row["source_id"], self._labels.sources[row["source_id"]]
            tlp = self._labels.label(source, provider, row["id"])
            if self._labels.lets_out(source, tlp):
                times = (row["first_seen"], row["last_seen"], 1)
                found.append(
                    Seen(row["id"], "account", row["name"], source, *times, tlp, label.reliability)
                )
        return found

    def _contacts(self, provider: str) -> list[Seen]:
        places: dict[str, list[tuple[Any, str]]] = {}
        for row in self._store.rows(_CONTACTS, (provider,)):
            ids = (provider, row["post_id"], row["account_id"])
            tlp = self._labels.label(row["source_id"], *ids)
            if self._labels.lets_out(row["source_id"], tlp):
                places.setdefault(row["id"], []).append((row, tlp))
        hidden = self._victims_sites(provider)
        return [seen for rows in places.values() if (seen := self._seen(rows)).kind not in hidden]

    def _seen(self, rows: list[tuple[Any, str]]) -> Seen:
        first = rows[0][0]
        return Seen(
            id=first["id"],
            kind=first["kind"],
            value=first["value"],
            source_id=first["source_id"],
            first_seen=min(row["first_seen"] for row, _ in rows),
            last_seen=max(row["last_seen"] for row, _ in rows),
            times=len(rows),
            tlp=min((tlp for _, tlp in rows), key=level),
            reliability=best(self._labels.sources[row["source_id"]].reliability for row, _ in rows),
        )

    def _victims_sites(self, provider: str) -> tuple[str, ...]:
        """Kinds of contact that may be a victim's; none where victims are shown."""
        if not self._mask:
            return ()
        sold = self._store.rows(
            "select 1 from listings_now where provider_id = ? and asset_type = 'access.corporate' "
            "limit 1",
            (provider,),
        )
        return OF_VICTIMS if sold else ()

    def _name(self, provider: str, accounts: tuple[Seen, ...]) -> str:
        """The provider's name, if it is known from what may leave, else its oldest account's."""
        named = {account.value for account in accounts}
        for row in self._store.rows(_BRANDS, (provider,)):
            ids = (provider, row["account_id"], row["post_id"], row["id"])
            if self._labels.lets_out(row["source_id"], self._labels.label(row["source_id"], *ids)):
                named.add(row["name"])
        (row,) = self._store.rows("select name from providers where id = ?", (provider,))
        return str(row["name"]) if row["name"] in named else accounts[0].value


OF_VICTIMS = ("site", "email")
"""Kinds of contact in sales of access that may be the victim's."""


def contacts_of(seller: Seller | None) -> tuple[Contact, ...]:
    """A seller's contacts, sorted."""
    return tuple(Contact(seen.kind, seen.value) for seen in seller.contacts) if seller else ()

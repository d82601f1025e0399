"""Offers that may leave, out of the database, newest first."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from crawler.desk.victims import VICTIM_TYPES, mask
from crawler.exporting.asked import Asked
from crawler.exporting.labels import Labels
from crawler.exporting.offers import Contact, Fact, Offer, Price
from crawler.exporting.sellers import OF_VICTIMS, Sellers, contacts_of
from crawler.ids import id_of
from crawler.store.database import Store
from crawler.store.queue import marks

BATCH = 400
"""Listings whose prices, texts and contacts are asked for together."""
_TEXTS = """
select v.id, v.text, v.sha256, v.seen_at, p.url, g.url as page_url, g.sha256 as page_sha256,
    g.warc_file, g.warc_offset, g.fetched_at
from post_versions v join posts p on p.id = v.post_id left join pages g on g.id = v.page_id
where v.id in ({marks})
"""
_PRICES = "select * from prices where listing_id in ({marks}) order by listing_id, position"
_FACTS = """
select distinct listing_id, key, value from attributes
where listing_id in ({marks}) and key <> 'country' order by listing_id, key, value
"""
_CONTACTS = """
select distinct x.post_version_id, c.kind, c.value from contact_mentions x
join contacts c on c.id = x.contact_id where x.post_version_id in ({marks}) order by 2, 3
"""


class Selection:
    """Offers that an export may tell."""

    def __init__(self, store: Store, asked: Asked, labels: Labels, *, mask_victims: bool) -> None:
        """Ask a database."""
        self._store, self._asked, self.labels = store, asked, labels
        self._mask = mask_victims
        self.sellers = Sellers(store, labels, mask_victims=mask_victims)

    def offers(self) -> Iterator[Offer]:
        """Every offer that matches and may leave, newest first."""
        sql, params = self._asked.query()
        rows = iter(self._store.conn.execute(sql, params))
        while batch := list(islice(rows, BATCH)):
            yield from self._told([(row, tlp) for row in batch if (tlp := self._label(row))])

    def _label(self, row: Any) -> str | None:
        """The label of a row that may leave; None for the others."""
        ids = (row["provider_id"], row["account_id"], row["post_id"], row["id"])
        tlp = self.labels.label(row["source_id"], *ids)
        return tlp if self.labels.lets_out(row["source_id"], tlp) else None

    def _told(self, batch: Sequence[tuple[Any, str]]) -> Iterator[Offer]:
        listings = [row["id"] for row, _ in batch]
        versions = list(dict.fromkeys(row["version_id"] for row, _ in batch))
        around = Around(
            {row["id"]: row for row in self._ask(_TEXTS, versions)},
            grouped(self._ask(_PRICES, listings), "listing_id"),
            grouped(self._ask(_FACTS, listings), "listing_id"),
            grouped(self._ask(_CONTACTS, versions), "post_version_id"),
        )
        for row, tlp in batch:
            yield self._offer(row, tlp, around)

    def _ask(self, sql: str, ids: list[str]) -> list[Any]:
        return list(self._store.rows(sql.format(marks=marks(len(ids))), tuple(ids)))

    def _offer(self, row: Any, tlp: str, around: "Around") -> Offer:
        text = around.texts[row["version_id"]]
        seller = self.sellers.find(row["provider_id"])
        masked = self._mask and row["asset_type"] in VICTIM_TYPES
        contacts = {Contact(each["kind"], each["value"]) for each in around.contacts_of(row)}
        contacts |= set(contacts_of(seller))
        if masked:
            contacts = {each for each in contacts if each.kind not in OF_VICTIMS}
        shown = mask if masked else str
        return Offer(
            id=id_of("offer", row["post_id"], row["asset_type"], row["intent"]),
            provider_id=seller.id if seller else None,
            provider=seller.name if seller else None,
            tlp=tlp,
            reliability=self.labels.sources[row["source_id"]].reliability,
            title=shown(row["title"]) if row["title"] else None,
            snippet=shown(row["snippet"]),
            text=shown(text["text"]),
            countries=tuple((row["countries"] or "").split()),
            prices=tuple(price_of(each) for each in around.prices.get(row["id"], ())),
            attributes=tuple(
                Fact(each["key"], each["value"]) for each in around.facts.get(row["id"], ())
            ),
            contacts=tuple(sorted(contacts, key=lambda each: (each.kind, each.value))),
            changed_at=self._changed(row, text["seen_at"]),
            listing_id=row["id"],
            version_id=row["version_id"],
            **{name: row[name] for name in SAME},
            **evidence_of(text),
        )

    def _changed(self, row: Any, seen_at: str) -> str:
        """When something of an offer was last found new or different, UTC."""
        ids = (row["provider_id"], row["account_id"], row["post_id"], row["id"])
        given = [self.labels.raised_at[each] for each in ids if each in self.labels.raised_at]
        return str(max(seen_at, row["first_seen"], row["ended_at"] or "", *given))


SAME = (
    "asset_type", "intent", "state", "confidence", "account", "source_id", "language", "usd_month",
    "usd_month_high", "usd_low", "usd_high", "posted_at", "first_seen", "last_seen", "ended_at",
    "post_id",
)  # fmt: skip
"""Columns of `listings_now` that leave as they are."""


class Around:
    """What stands around a batch of listings."""

    def __init__(
        self,
        texts: dict[str, Any],
        prices: dict[str, list[Any]],
        facts: dict[str, list[Any]],
        contacts: dict[str, list[Any]],
    ) -> None:
        """Keep rows by listing and by text."""
        self.texts, self.prices, self.facts, self._contacts = texts, prices, facts, contacts

    def contacts_of(self, row: Any) -> list[Any]:
        """Contacts that the listing's text states."""
        return self._contacts.get(row["version_id"], [])


def grouped(rows: list[Any], column: str) -> dict[str, list[Any]]:
    """Rows by a column, in their order."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def price_of(row: Any) -> Price:
    """A price's row as it leaves."""
    return Price(**{name: row[name] for name in Price.__slots__})


def evidence_of(text: Any) -> dict[str, Any]:
    """Where a text is proved: its hash, its page's, and the record in the evidence."""
    kept = bool(text["warc_file"])
    return {
        "post_url": text["url"],
        "text_sha256": text["sha256"],
        "page_url": text["page_url"],
        "page_sha256": text["page_sha256"],
        "warc_file": text["warc_file"] if kept else None,
        "warc_offset": text["warc_offset"] if kept else None,
        "fetched_at": text["fetched_at"],
    }

"""The log of exports: what left, when and under which label, and what each one told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from crawler.clock import stamp
from crawler.decisions import audit
from crawler.exporting.asked import LAST, Asked
from crawler.exporting.offers import Offer, digest_of
from crawler.ids import id_of
from crawler.records import ExportedRow, ExportRow
from crawler.store.database import Store


@dataclass(frozen=True, slots=True)
class Before:
    """What stands already when an export begins."""

    export_id: str
    """Id of the new export."""
    at: datetime
    """When it begins, aware UTC."""
    since: str | None
    """From when on things are new to it, UTC; None: everything is."""
    known: Mapping[str, str]
    """Hashes of what earlier exports of this scope told, by offer; empty unless `since last`."""


@dataclass(slots=True)
class Told:
    """What an export tells, noted as it passes."""

    asked: Asked
    before: Before
    hashes: dict[str, str] = field(default_factory=dict)
    """Hashes of the offers that were told, by offer."""

    def passing(self, offers: Iterator[Offer]) -> Iterator[Offer]:
        """Those offers that are new or changed, each once and noted."""
        met: set[str] = set()
        for offer in offers:
            if offer.id in met:
                continue
            met.add(offer.id)
            digest = digest_of(offer)
            if self.is_new(offer, digest):
                self.hashes[offer.id] = digest
                yield offer

    def is_new(self, offer: Offer, digest: str) -> bool:
        """Whether an offer is new or changed since then."""
        if self.asked.since == LAST:
            return self.before.known.get(offer.id) != digest
        return self.before.since is None or offer.changed_at >= self.before.since


def begin(store: Store, asked: Asked, at: datetime) -> Before:
    """What an export of this scope follows on."""
    (count,) = store.rows("select count(*) as n from exports")
    export_id = id_of("export", asked.scope, stamp(at), str(count["n"]))
    if asked.since != LAST:
        return Before(export_id, at, asked.since, {})
    newest = store.rows("select max(until) as until from exports where scope = ?", (asked.scope,))
    known = store.rows("select offer, sha256 from exported where scope = ?", (asked.scope,))
    return Before(export_id, at, newest[0]["until"], {row["offer"]: row["sha256"] for row in known})


def keep(store: Store, told: Told, file: Path, sha256: str, by: str) -> ExportRow:
    """Write an export's rows and its line in the audit, in one transaction."""
    asked, before = told.asked, told.before
    row = ExportRow(
        id=before.export_id,
        at=stamp(before.at),
        by=by,
        format=asked.format,
        filters=asked.told,
        since=before.since,
        until=stamp(before.at),
        tlp=asked.tlp or "source",
        rows=len(told.hashes),
        file=str(file),
        sha256=sha256,
        scope=asked.scope,
    )
    with store.transaction():
        store.upsert("exports", [row])
        store.upsert(
            "exported",
            [
                ExportedRow(id_of("exported", asked.scope, offer), asked.scope, offer, one, row.id)
                for offer, one in told.hashes.items()
            ],
        )
        told_of = f"{row.rows} rows as {row.format}, tlp {row.tlp}, to {row.file}"
        audit(store, by, "export", [row.id], f"{told_of}; {row.filters}".rstrip("; "), before.at)
    return row

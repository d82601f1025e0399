"""Rows of what left: exports, and what each of them has told already."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One export: what left, to where, under which label."""

    id: str
    """Stable id of scope and moment."""
    at: str
    """When, UTC."""
    by: str
    """Who: the account on this machine, or the name that was given."""
    format: str
    """stix, misp, csv, ndjson or parquet."""
    filters: str
    """JSON object of the filters, as typed; empty for everything."""
    since: str | None
    """Only what was new or changed from then on, UTC; empty for everything."""
    until: str
    """What was known until then, UTC."""
    tlp: str
    """Highest label that was let out; source: each source's own."""
    rows: int
    """Offers and requests that left."""
    file: str
    """Where it was written."""
    sha256: str
    """Hash of the file; of a folder's files, each hash and name on a line."""
    scope: str
    """Stable id of format, filters and label: exports that continue each other share it."""


@dataclass(frozen=True, slots=True)
class ExportedRow:
    """What an offer looked like when it was last exported: what the next one compares with."""

    id: str
    """Stable id of scope and offer."""
    scope: str
    """Format, filters and label; see `exports`."""
    offer: str
    """The offer: stable id of post, asset type and intent."""
    sha256: str
    """Hash of what left, without the moment of its last sight."""
    export_id: str
    """The export that told it."""

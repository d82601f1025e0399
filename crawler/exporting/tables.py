"""Offers as CSV, for people, and as NDJSON, for programs."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import BinaryIO

from crawler.boundaries.inert import defang, safe_csv
from crawler.exporting.offers import Offer, plain
from crawler.importing.guarding import dumped

COLUMNS = (
    "id", "asset_type", "intent", "state", "confidence", "provider", "account", "source_id", "tlp",
    "reliability", "title", "snippet", "language", "countries", "prices", "per", "usd_month",
    "usd_month_high", "usd_low", "usd_high", "attributes", "contacts", "posted_at", "first_seen",
    "last_seen", "ended_at", "post_url", "page_sha256", "warc_file", "warc_offset", "provider_id",
    "listing_id",
)  # fmt: skip
"""Columns of the CSV; whole texts are left to the other formats."""
_HOST = re.compile(r"(?<![\w.\[\]-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?![\w.-])", re.I)
WORDS = frozenset({"provider", "account", "title", "snippet", "prices", "contacts", "post_url"})
"""Columns with words and addresses of the underground."""
BOM = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


def write_ndjson(out: BinaryIO, offers: Iterable[Offer]) -> None:
    """Write one JSON object a line, UTF-8, texts and addresses as they were read."""
    for offer in offers:
        out.write(dumped(plain(offer)) + b"\n")


def write_csv(out: BinaryIO, offers: Iterable[Offer]) -> None:
    """Write CSV with a header: addresses defanged, and no cell that a spreadsheet runs."""
    out.write(line_of(COLUMNS, BOM))
    for offer in offers:
        out.write(line_of(cells_of(offer)))


def line_of(cells: Iterable[str], start: str = "") -> bytes:
    """One line of CSV (RFC 4180)."""
    text = StringIO(newline="")
    csv.writer(text).writerow(cells)
    return (start + text.getvalue()).encode("utf-8", "replace")


def cells_of(offer: Offer) -> Iterator[str]:
    """An offer's cells in the order of the columns."""
    lists = {
        "countries": " ".join(offer.countries),
        "prices": " · ".join(price.raw for price in offer.prices),
        "per": ", ".join(dict.fromkeys(price.per for price in offer.prices if price.per)),
        "attributes": " · ".join(f"{fact.key}={fact.value}" for fact in offer.attributes),
        "contacts": " · ".join(f"{each.kind} {each.value}" for each in offer.contacts),
    }
    for column in COLUMNS:
        value = lists[column] if column in lists else getattr(offer, column)
        text = "" if value is None else str(value)
        yield safe_csv(bare(defang(text)) if column in WORDS else text)


def bare(text: str) -> str:
    """The text with bare host names broken too: spreadsheets make links of them."""
    return _HOST.sub(lambda match: match[0].replace(".", "[.]"), text)

"""Offers as Parquet: typed columns, one file, or a folder parted by month and source."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from crawler.clock import moment_of
from crawler.exporting.offers import Contact, Fact, Offer, Price, plain
from crawler.schema import texts_of

BATCH = 2_000
"""Rows a group."""
PARTED_BATCH = 50_000
"""Rows that are spread over the folders of a parted export at a time."""
TIME = pa.timestamp("us", tz="UTC")
MONEY = pa.float64()
_NUMBERS = {
    "confidence": pa.float64(), "warc_offset": pa.int64(), "quantity": pa.int64(),
    **dict.fromkeys(("usd_month", "usd_month_high", "usd_low", "usd_high"), MONEY),
    **dict.fromkeys(("amount_min", "amount_max", "usd_min", "usd_max"), MONEY),
}  # fmt: skip
TIMES = ("posted_at", "first_seen", "last_seen", "ended_at", "changed_at", "fetched_at")
PARTS = ("month", "source")
"""Folders of a parted export: `month=2026-03/source=demo_mybb`."""


def struct_of(record: type) -> pa.DataType:
    """The type of a record inside of a list."""
    return pa.struct([(field.name, type_of(field.name)) for field in fields(record)])


def type_of(name: str) -> pa.DataType:
    """The type of a column of single values."""
    if name in TIMES:
        return TIME
    if name == "rate_day":
        return pa.date32()
    return _NUMBERS.get(name, pa.string())


_LISTS = {
    "countries": pa.list_(pa.string()),
    "prices": pa.list_(struct_of(Price)),
    "attributes": pa.list_(struct_of(Fact)),
    "contacts": pa.list_(struct_of(Contact)),
}


def schema(*, parted: bool = False) -> pa.Schema:
    """Columns with their types and texts; a parted export has month and source besides."""
    _, texts = texts_of(Offer)
    columns = [
        pa.field(
            field.name,
            _LISTS.get(field.name) or type_of(field.name),
            metadata={"description": texts[field.name]},
        )
        for field in fields(Offer)
    ]
    return pa.schema(
        [*columns, *([pa.field(name, pa.string()) for name in PARTS] if parted else [])]
    )


def write_file(path: Path, offers: Iterable[Offer]) -> None:
    """Write one file."""
    with pq.ParquetWriter(path, schema(), compression="zstd") as writer:
        for batch in batches(offers, schema(), lambda offer: {}):
            writer.write_batch(batch)


def write_folder(folder: Path, offers: Iterable[Offer], name: str) -> list[Path]:
    """Write files by month and source, beside those of earlier exports; the files, sorted.

    `name` tells the files of one export from those of others.
    """
    columns = schema(parted=True)
    parts = ds.partitioning(pa.schema([columns.field(part) for part in PARTS]), flavor="hive")
    written: list[Path] = []
    # one call a batch: pyarrow reads a stream in threads, where the database cannot be asked
    for number, batch in enumerate(batches(offers, columns, parts_of, PARTED_BATCH)):
        ds.write_dataset(
            pa.Table.from_batches([batch]),
            folder,
            format="parquet",
            partitioning=parts,
            basename_template=f"{name}-{number}-{{i}}.parquet",
            existing_data_behavior="overwrite_or_ignore",
            file_options=ds.ParquetFileFormat().make_write_options(compression="zstd"),
            file_visitor=lambda file: written.append(Path(file.path)),
        )
    return sorted(written)


def parts_of(offer: Offer) -> dict[str, str]:
    """The folders that an offer belongs to: month of the post, else of its first sight."""
    return {"month": (offer.posted_at or offer.first_seen)[:7], "source": offer.source_id}


def batches(
    offers: Iterable[Offer],
    columns: pa.Schema,
    more: Callable[[Offer], dict[str, str]],
    size: int = BATCH,
) -> Iterator[pa.RecordBatch]:
    """Offers in batches of rows."""
    rest = iter(offers)
    while rows := [row_of(offer) | more(offer) for offer in islice(rest, size)]:
        yield pa.RecordBatch.from_pylist(rows, schema=columns)


def row_of(offer: Offer) -> dict[str, Any]:
    """An offer with times as times."""
    row: dict[str, Any] = plain(offer)
    for name in TIMES:
        row[name] = time_of(row[name])
    for price in row["prices"]:
        price["rate_day"] = date.fromisoformat(price["rate_day"]) if price["rate_day"] else None
    return row


def time_of(text: str | None) -> datetime | None:
    """A time of a row as a moment, aware UTC."""
    return moment_of(text).astimezone(UTC) if text else None

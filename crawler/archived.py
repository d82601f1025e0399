"""The evidence, read back: responses of WARC files in the order in which they were written."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord

from crawler.archive import GZIP, PageRef, Run
from crawler.clock import moment_of

CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Archived:
    """A response read back from the evidence."""

    run: Run
    """The run that fetched it."""
    ref: PageRef
    """Where it lies."""
    url: str
    """The URL that was asked for."""
    fetched_at: datetime
    """When, aware UTC."""
    status: int
    """HTTP status."""
    content_type: str | None
    """The Content-Type header."""
    body: bytes | None
    """Body with its content encoding undone; None for a revisit whose payload lies elsewhere."""
    kind: str
    """What the walk expected."""
    context: Mapping[str, Any]
    """What the walk knew when it asked."""


class TornArchiveError(ValueError):
    """A WARC file ends in the middle of a record, as after `kill -9`; what came before is whole."""


def responses_in(path: Path, evidence: Path | None = None) -> Iterator[Archived]:
    """Responses of one WARC file, in the order in which they were written.

    `evidence` is the folder that `warc_file` is relative to; by default the file's grandparent.

    Raises:
        TornArchiveError: after the last whole record, when the file is cut off or damaged.
    """
    name = path.resolve().relative_to((evidence or path.parents[1]).resolve()).as_posix()
    whole = sound_length(path)
    run: Run | None = None
    with path.open("rb") as stream:
        records = ArchiveIterator(LimitReader(stream, whole))
        for record in records:
            body = record.content_stream().read()
            if record.rec_type == "warcinfo":
                run = run_of(body)
            elif run is None:
                raise TornArchiveError(f"{path}: starts with no warcinfo record of Rackrent's")
            else:
                yield archived_of(record, body, run, name, records.get_record_offset())
    if whole < path.stat().st_size:
        raise TornArchiveError(f"{path}: cut off or damaged after byte {whole}")


def body_at(path: Path, offset: int) -> bytes:
    """The body of the record at a place, its content encoding undone."""
    with path.open("rb") as stream:
        stream.seek(offset)
        body: bytes = next(iter(ArchiveIterator(stream))).content_stream().read()
        return body


def sound_length(path: Path) -> int:
    """Bytes up to the end of the last whole gzip member: records beyond it were never finished."""
    sound = 0
    with path.open("rb") as stream:
        member = zlib.decompressobj(GZIP)
        read = 0
        while chunk := stream.read(CHUNK):
            read += len(chunk)
            while chunk:
                try:
                    member.decompress(chunk)
                except zlib.error:
                    return sound
                chunk = member.unused_data
                if member.eof:
                    sound = read - len(chunk)
                    member = zlib.decompressobj(GZIP)
    return sound


def run_of(body: bytes) -> Run:
    """The run that a warcinfo record names."""
    info = dict(line.split(": ", 1) for line in body.decode("utf-8").splitlines() if ": " in line)
    return Run(info["run"], info["source"], info["started"], info["full"] == "1")


def archived_of(record: ArcWarcRecord, body: bytes, run: Run, name: str, offset: int) -> Archived:
    """A response or revisit record as `Archived`."""
    headers = record.rec_headers
    digest = headers.get_header("WARC-Payload-Digest", "").removeprefix("sha256:")
    http = record.http_headers
    return Archived(
        run=run,
        ref=PageRef(name, offset, digest),
        url=headers.get_header("WARC-Target-URI"),
        fetched_at=moment_of(headers.get_header("WARC-Date")),
        status=int(http.get_statuscode()) if http else 200,
        content_type=http.get_header("Content-Type") if http else None,
        body=None if record.rec_type == "revisit" else body,
        kind=headers.get_header("Rackrent-Kind", "other"),
        context=json.loads(headers.get_header("Rackrent-Context", "{}")),
    )

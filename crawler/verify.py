"""Whether the evidence is what was written: every digest computed again, every row looked up."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord

from crawler.archived import sound_length
from crawler.home import Home
from crawler.store.database import Store

PAYLOADS = ("response", "resource")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the evidence that is not as it was written."""

    kind: str
    """payload_changed, record_changed, row_differs, record_missing, file_missing, torn,
    original_missing, unreadable."""
    file: str
    """File under the evidence folder."""
    offset: int | None
    """Where the record begins, bytes; None for a whole file."""
    detail: str
    """What was found, and what stands in its place."""


@dataclass
class Verified:
    """What a verification looked at."""

    files: int = 0
    """WARC files."""
    records: int = 0
    """Records whose digests were computed again."""
    bytes: int = 0
    """Bytes of the files."""
    unindexed: int = 0
    """Records that no row of `pages` points to: those of a crawl that was killed."""
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Verification:
    """One verification at work."""

    home: Home
    store: Store | None
    done: Verified = field(default_factory=Verified)
    payloads: set[str] = field(default_factory=set)
    """Hashes of all payloads that are whole."""
    revisits: list[tuple[str, int, str]] = field(default_factory=list)
    """File, offset and payload hash of records that repeat another one's payload."""

    def file(self, path: Path) -> None:
        """Verify one file."""
        name = path.relative_to(self.home.evidence).as_posix()
        rows = self.rows_of(name)
        whole = sound_length(path)
        self.done.files += 1
        self.done.bytes += path.stat().st_size
        if whole < path.stat().st_size:
            self.fault("torn", name, whole, f"cut off: {path.stat().st_size - whole} bytes more")
        with path.open("rb") as stream:
            records = ArchiveIterator(LimitReader(stream, whole), no_record_parse=True)
            try:
                for record in records:
                    block = record.content_stream().read()
                    self.record(name, records.get_record_offset(), record, block, rows)
            except (ValueError, OSError, EOFError) as error:
                self.fault("unreadable", name, None, str(error))
        for offset in rows:
            self.fault("record_missing", name, offset, f"pages say {rows[offset]}, nothing is here")

    def record(
        self, name: str, offset: int, record: ArcWarcRecord, block: bytes, rows: dict[int, str]
    ) -> None:
        """Verify one record: its block, its payload, the row that points to it."""
        self.done.records += 1
        headers = record.rec_headers
        stated = headers.get_header("WARC-Block-Digest") or ""
        if stated and stated != block_digest(stated, block):
            self.fault("record_changed", name, offset, f"block is not {stated}")
        if record.rec_type == "warcinfo":
            return
        digest = (headers.get_header("WARC-Payload-Digest") or "").removeprefix("sha256:")
        if record.rec_type in PAYLOADS:
            found = hashlib.sha256(payload_of(record, block)).hexdigest()
            if found != digest:
                self.fault("payload_changed", name, offset, f"{found}, its header says {digest}")
            self.payloads.add(found)
        else:
            self.revisits.append((name, offset, digest))
        row = rows.pop(offset, None)
        if row is None:
            self.done.unindexed += 1
        elif row != digest:
            self.fault("row_differs", name, offset, f"pages.sha256 {row}, record {digest}")

    def rows_of(self, name: str) -> dict[int, str]:
        """Payload hashes that the database has of a file, by offset."""
        if self.store is None:
            return {}
        rows = self.store.rows(
            "select warc_offset, sha256 from pages where run_id = ? and warc_file = ?",
            (Path(name).name.removesuffix(".warc.gz"), name),
        )
        return {row["warc_offset"]: row["sha256"] for row in rows}

    def missing_files(self) -> None:
        """Find rows whose file is not there at all."""
        rows = (
            self.store.rows("select distinct warc_file from pages where warc_file <> ''")
            if self.store
            else []
        )
        for row in rows:
            if not (self.home.evidence / row["warc_file"]).exists():
                self.fault("file_missing", row["warc_file"], None, "pages point to it")

    def originals(self) -> None:
        """Find records that repeat a payload that is nowhere."""
        for name, offset, digest in self.revisits:
            if digest not in self.payloads:
                self.fault("original_missing", name, offset, f"no payload {digest}")

    def fault(self, kind: str, name: str, offset: int | None, detail: str) -> None:
        """Note what is wrong."""
        self.done.faults.append(Fault(kind, name, offset, detail))


def verify_evidence(home: Home) -> Iterator[Verified]:
    """What was verified so far, after each file; the last one is the whole.

    Records are compared with the database where there is one.
    """
    store = Store(home.database) if home.database.exists() else None
    work = Verification(home, store)
    try:
        for path in sorted(home.evidence.rglob("*.warc.gz")):
            work.file(path)
            yield work.done
        work.missing_files()
        work.originals()
        yield work.done
    finally:
        if store:
            store.close()


def payload_of(record: ArcWarcRecord, block: bytes) -> bytes:
    """A block without its HTTP head."""
    if record.rec_type == "response":
        return block.partition(b"\r\n\r\n")[2]
    return block


def block_digest(stated: str, block: bytes) -> str:
    """The digest of a block in the way in which another one is written (`sha1:` and base 32)."""
    name = stated.partition(":")[0]
    digest = hashlib.new(name, block).digest()
    return f"{name}:{base64.b32encode(digest).decode()}"

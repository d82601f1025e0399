"""The evidence: every response, byte for byte, in WARC files (ISO 28500), one a run.

A payload that did not change since its last fetch is a `revisit` record. Cookies and
credentials are never written.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.boundaries.secrets import hide, hide_header
from crawler.clock import stamp
from crawler.ids import sha256_of
from crawler.storage import StorageError, told, write_whole

SECRET_HEADERS = frozenset(
    {
        "set-cookie", "set-cookie2", "cookie", "authorization", "proxy-authorization",
        "authentication-info", "proxy-authentication-info", "x-csrf-token", "x-xsrf-token",
        "x-auth-token", "x-access-token", "x-api-key", "x-session-id", "x-session-token",
    }
)  # fmt: skip
FRAMING_HEADERS = frozenset({"transfer-encoding", "content-length"})
"""Payloads are kept unframed, so these would lie."""
SOFTWARE = "Rackrent (reads only)"
WEB = ("http://", "https://")
"""URLs that a server answers; pages of an imported file (`import://…`) are `resource` records."""
GZIP = zlib.MAX_WBITS + 16
LEVEL = 6
"""Of zlib: 9 takes longer and saves less than a hundredth on pages of forums."""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back for one URL."""

    url: str
    """The URL that was asked for."""
    fetched_at: datetime
    """When, aware UTC."""
    status: int
    """HTTP status."""
    headers: tuple[tuple[str, str], ...]
    """Response headers, in order."""
    payload: bytes
    """Body as served, still compressed where the server compressed it."""
    kind: str = "other"
    """What the walk expected: a page kind, or `other`."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """What the walk knew when it asked."""
    rendered: bool = False
    """Whether the payload is a browser's document, not a server's bytes."""
    masked: int = 0
    """How many secrets of third persons were masked in the payload."""


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where a response lies in the evidence."""

    warc_file: str
    """Path under the evidence folder."""
    warc_offset: int
    """Start of its record, bytes."""
    sha256: str
    """Hash of its payload."""


@dataclass(frozen=True, slots=True)
class Original:
    """The record that holds the payload that a revisit repeats."""

    url: str
    fetched_at: str


@dataclass(frozen=True, slots=True)
class Run:
    """Which run wrote a WARC file."""

    id: str
    source_id: str
    started_at: str
    full: bool


class Archive:
    """Writes one run's WARC file; each record is appended whole."""

    def __init__(self, evidence: Path, run: Run) -> None:
        """Open the run's file and write its warcinfo record.

        Raises:
            StorageError: the file system refused it.
        """
        self.name = f"{run.source_id}/{run.id}.warc.gz"
        self.path = evidence / self.name
        self.fault: str | None = None
        """Why a record could not be written; None while all could."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._out = self.path.open("ab", buffering=0)
            self.path.chmod(0o600)
        except OSError as error:
            raise StorageError(told(self.path, error)) from error
        self._append(self._info(run))

    def keep(self, response: Response, original: Original | None = None) -> PageRef:
        """Write a response, or a revisit of `original`, and say where it lies.

        Raises:
            StorageError: the file system refused it; the file is as it was before.
        """
        digest = sha256_of(response.payload)
        extra = {
            "WARC-Date": stamp(response.fetched_at),
            "WARC-Payload-Digest": f"sha256:{digest}",
            "Rackrent-Kind": response.kind,
            "Rackrent-Context": hide(json.dumps(dict(response.context), sort_keys=True)),
            "Rackrent-Rendered": "1" if response.rendered else "0",
            "Rackrent-Masked": str(response.masked),
        }
        if original:
            record = self._revisit(response, digest, original, extra)
        else:
            record = WARCWriter(BytesIO()).create_warc_record(
                response.url,
                "response" if response.url.startswith(WEB) else "resource",
                payload=BytesIO(response.payload),
                length=len(response.payload),
                http_headers=http_headers_of(response),
                warc_content_type="" if response.url.startswith(WEB) else "application/json",
                warc_headers_dict=extra,
            )
        return PageRef(self.name, self._append(record), digest)

    def close(self) -> None:
        """Close the file."""
        self._out.close()

    def _append(self, record: ArcWarcRecord) -> int:
        buffer = BytesIO()
        WARCWriter(buffer, gzip=False).write_record(record)
        member = gzip_member(buffer.getbuffer())
        offset = self._out.seek(0, 2)
        try:
            write_whole(self._out.fileno(), member, offset)
        except OSError as error:
            self.fault = told(self.path, error)
            raise StorageError(self.fault) from error
        return offset

    def _info(self, run: Run) -> ArcWarcRecord:
        info = {
            "software": SOFTWARE,
            "format": "WARC File Format 1.0",
            "source": run.source_id,
            "run": run.id,
            "started": run.started_at,
            "full": "1" if run.full else "0",
        }
        return WARCWriter(BytesIO()).create_warcinfo_record(self.name, info)

    def _revisit(
        self, response: Response, digest: str, original: Original, extra: dict[str, str]
    ) -> ArcWarcRecord:
        headers = {key: value for key, value in extra.items() if key != "WARC-Payload-Digest"}
        return WARCWriter(BytesIO()).create_revisit_record(
            response.url,
            f"sha256:{digest}",
            original.url,
            original.fetched_at,
            http_headers=http_headers_of(response),
            warc_headers_dict=headers,
        )


def gzip_member(record: memoryview) -> bytes:
    """A record as a gzip member of its own, as WARC readers expect it."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    return packer.compress(record) + packer.flush()


def http_headers_of(response: Response) -> StatusAndHeaders | None:
    """Status line and headers for the record, without secrets and framing; None off the web."""
    if not response.url.startswith(WEB):
        return None
    kept = [
        (name, hide_header(value))
        for name, value in response.headers
        if name.lower() not in SECRET_HEADERS | FRAMING_HEADERS
    ]
    kept.append(("Content-Length", str(len(response.payload))))
    return StatusAndHeaders(str(response.status), kept, protocol="HTTP/1.1")

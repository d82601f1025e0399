"""Content encodings undone, bounded and checked: gzip, deflate, br and zstd (RFC 9110, 8.4).

Data comes out in pieces and stops at a limit, so a bomb costs no more than a large page. What is
cut off or damaged is told, never taken for a whole page.
"""

import sys
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]
from w3lib.encoding import resolve_encoding

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LIMIT = 16 * 1024 * 1024
"""Most bytes of a page, before and after its encoding is undone."""
MOST_LAYERS = 2
"""Encodings inside each other."""
PIECE = 1 << 16
MOST_MEMBERS = 10_000
MOST_FRAMES = 100
"""Parts of gzip and zstd data; each costs time, however little comes out of it."""
ZSTD_WINDOW_LOG = 23
"""Largest window of zstd on the web: 8 MiB (RFC 9659)."""
FAULTS = (zlib.error, brotli.error, zstd.ZstdError)


@dataclass(frozen=True, slots=True)
class Undone:
    """A body with its encodings undone."""

    body: bytes
    """All of it, or what could be read before a fault."""
    fault: str | None = None
    """Why it is not whole; None when it is."""


class CutOffError(ValueError):
    """The data ends before its encoding does."""


def undo(payload: bytes, header: str | None, limit: int = LIMIT) -> Undone:
    """A payload as its Content-Encoding header says it was meant; never raises."""
    layers = layers_of(header)
    if not layers or not payload:
        return Undone(payload)
    if len(layers) > MOST_LAYERS:
        return Undone(b"", f"{len(layers)} content encodings inside each other")
    for name in reversed(layers):
        reader = READERS.get(name)
        if reader is None:
            return Undone(b"", f"content encoding '{name[:40]}' is unknown")
        parts: list[bytes] = []
        fault = read_into(parts, reader(payload), limit)
        payload = b"".join(parts)
        if fault:
            whole = name == layers[0]
            return Undone(payload if whole else b"", f"{name}: {fault}")
    return Undone(payload)


def layers_of(header: str | None) -> list[str]:
    """Names of the encodings in the order in which they were applied.

    Charsets, which some servers write there, and `identity` are none.
    """
    names = (part.strip().lower() for part in (header or "").split(","))
    kept = (name for name in names if name not in ("", "identity", "none", "chunked"))
    return [name for name in kept if name in READERS or resolve_encoding(name) is None]


def read_into(parts: list[bytes], pieces: Iterator[bytes], limit: int) -> str | None:
    """Collect pieces; why they do not come to their end, None when they do."""
    size = 0
    try:
        for piece in pieces:
            parts.append(piece)
            size += len(piece)
            if size > limit:
                parts.clear()
                return f"more than {limit} bytes come out of it"
    except CutOffError:
        return "cut off"
    except (*FAULTS, EOFError, ValueError) as error:
        return f"damaged: {error}"[:200]
    return None


def gzip_pieces(data: bytes) -> Iterator[bytes]:
    """All members of a gzip file (RFC 1952); what follows them is ignored, as browsers do."""
    place = 0
    for _ in range(MOST_MEMBERS):
        place = yield from zlib_pieces(zlib.decompressobj(zlib.MAX_WBITS + 16), data, place)
        if data[place : place + 2] != b"\x1f\x8b":
            return
    raise ValueError(f"more than {MOST_MEMBERS} members")


def deflate_pieces(data: bytes) -> Iterator[bytes]:
    """A zlib stream, or the raw one that some servers send (RFC 9110, 8.4.1.2)."""
    try:
        zlib.decompressobj().decompress(data[:PIECE], 1)
        raw = False
    except zlib.error:
        raw = True
    stream = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
    yield from zlib_pieces(stream, data, 0)


def zlib_pieces(stream: "zlib._Decompress", data: bytes, place: int) -> Generator[bytes, None, int]:
    """Pieces of the stream that begins at a place; gives the place behind it.

    Raises:
        CutOffError: it does not come to its end.
    """
    while not stream.eof:
        given = stream.unconsumed_tail
        if not given:
            given, place = data[place : place + PIECE], place + PIECE
        piece = stream.decompress(given, PIECE)
        if piece:
            yield piece
        elif not given and not stream.eof:
            raise CutOffError
    return min(place, len(data)) - len(stream.unused_data)


def brotli_pieces(data: bytes) -> Iterator[bytes]:
    """Pieces of a brotli stream (RFC 7932)."""
    stream = brotli.Decompressor()
    piece = stream.process(data, output_buffer_limit=PIECE)
    while True:
        if piece:
            yield piece
        if stream.is_finished():
            return
        if not piece and stream.can_accept_more_data():
            raise CutOffError
        piece = stream.process(b"", output_buffer_limit=PIECE)


def zstd_pieces(data: bytes) -> Iterator[bytes]:
    """Pieces of all zstd frames (RFC 8878)."""
    window = {int(zstd.DecompressionParameter.window_log_max): ZSTD_WINDOW_LOG}
    for _ in range(MOST_FRAMES):
        if not data:
            return
        stream = zstd.ZstdDecompressor(options=window)
        given = data
        while not stream.eof:
            piece = stream.decompress(given, PIECE)
            given = b""
            if piece:
                yield piece
            elif stream.needs_input and not stream.eof:
                raise CutOffError
        data = stream.unused_data
    raise ValueError(f"more than {MOST_FRAMES} frames")


READERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": gzip_pieces,
    "x-gzip": gzip_pieces,
    "deflate": deflate_pieces,
    "br": brotli_pieces,
    "zstd": zstd_pieces,
}
"""How each encoding is read."""

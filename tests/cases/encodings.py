"""Encodings: compressed bodies that burst, break off or lie."""

import gzip
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
from backports import zstd

from tests.cases import Case
from tests.cases.fetching import Good, Hostile
from tests.cases.server import page

BURST = "stops at 16 MiB, asks three times, an issue; memory stays small"
CUT = "asks three times, keeps as evidence what came of it, reads nothing of it, an issue"
READ = "reads the page whole"
ZEROS = b"\0" * (64 << 20)


def raw_deflate(data: bytes) -> bytes:
    """Deflate without its zlib frame, as some servers send it."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return stream.compress(data) + stream.flush()


def brotli_fast(data: bytes) -> bytes:
    """Brotli at its fastest."""
    return bytes(brotli.compress(data, quality=1))


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, 6),
    "deflate": zlib.compress,
    "br": brotli_fast,
    "zstd": zstd.compress,
}


def served(name: str, make: Callable[[bytes], bytes]) -> Callable[[Good], bytes]:
    """The good page, packed in some way, under a Content-Encoding."""
    return lambda good: page(make(good.body), content_encoding=name)


def bomb(name: str) -> Hostile:
    """A few bytes from which 64 MiB come."""
    case = Case(f"{name}-bomb", f"64 MiB of zeros as {name}", BURST)
    data = PACKERS[name](ZEROS)
    return Hostile(
        case, lambda good: page(data, content_encoding=name), "fetch_failed", "more than"
    )


def cut(name: str) -> Hostile:
    """A page that ends in its middle, its stated length right."""
    case = Case(f"{name}-cut", f"a {name} body that ends in its middle", CUT)
    short = served(name, lambda body: PACKERS[name](body)[: -len(PACKERS[name](body)) // 2])
    return Hostile(case, short, "fetch_failed", "cut off")


def damaged(body: bytes) -> bytes:
    """Gzip whose checksum is wrong."""
    data = bytearray(gzip.compress(body))
    data[-6] ^= 1
    return bytes(data)


def refused(
    name: str, does: str, encoding: str, make: Callable[[bytes], bytes], detail: str
) -> Hostile:
    """A case whose page is not read."""
    return Hostile(Case(name, does, CUT), served(encoding, make), "fetch_failed", detail)


def read(name: str, does: str, encoding: str, make: Callable[[bytes], bytes]) -> Hostile:
    """A case whose page is good, if odd."""
    return Hostile(Case(name, does, READ), served(encoding, make), None, "", 1)


def in_two_members(body: bytes) -> bytes:
    """Gzip in two members."""
    return gzip.compress(body[:100]) + gzip.compress(body[100:])


PAGES = (
    *(bomb(name) for name in PACKERS),
    *(cut(name) for name in PACKERS),
    refused("bomb-in-bomb", "gzip in gzip, 64 MiB of zeros inside", "gzip, gzip",
            lambda body: gzip.compress(gzip.compress(ZEROS)), "more than"),
    refused("three-layers", "gzip in gzip in gzip", "gzip, gzip, gzip",
            lambda body: gzip.compress(gzip.compress(gzip.compress(body))), "inside each other"),
    refused("many-members", "50,000 empty gzip members", "gzip",
            lambda body: gzip.compress(b"") * 50_000, "members"),
    refused("gzip-damaged", "gzip with a bit turned over", "gzip", damaged, "damaged"),
    refused("plain-as-gzip", "a plain page that says it is gzip", "gzip", lambda body: body,
            "damaged"),
    refused("plain-as-brotli", "a plain page that says it is br", "br", lambda body: body,
            "damaged"),
    refused("unknown-encoding", "an encoding that nobody knows", "snake", lambda body: body,
            "unknown"),
    read("two-members", "gzip in two members", "gzip", in_two_members),
    read("raw-deflate", "deflate without its frame", "deflate", raw_deflate),
    read("deflate", "deflate with its frame", "deflate", zlib.compress),
    read("zstd", "zstd", "zstd", zstd.compress),
    read("two-layers", "br in gzip", "br, gzip", lambda body: gzip.compress(brotli_fast(body))),
    read("padded-gzip", "gzip with zeros behind it", "gzip",
            lambda body: gzip.compress(body) + b"\0" * 9),
    read("charset-as-encoding", "a charset where the encoding belongs", "utf-8", lambda body: body),
)  # fmt: skip
"""The threads of the board, in their order."""

CASES = tuple(each.case for each in PAGES)

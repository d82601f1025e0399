"""Stable ids: hashes of what a row is, so that a second run writes the same rows."""

import hashlib
from functools import lru_cache

REMEMBERED = 4096
"""Ids that are kept: an account's is asked for with each of its posts."""


@lru_cache(REMEMBERED)
def id_of(*parts: str) -> str:
    """24 hex digits that stand for `parts`, the same on every machine.

    The parts are length-prefixed, so ("ab", "c") and ("a", "bc") differ.
    """
    raws = [part.encode("utf-8", "surrogatepass") for part in parts]
    return hashlib.sha256(b"".join([b"%d:%b" % (len(raw), raw) for raw in raws])).hexdigest()[:24]


def sha256_of(data: bytes) -> str:
    """SHA-256 as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()

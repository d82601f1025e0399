"""Stable ids: hashes of what a row is, so that a second run writes the same rows."""

import hashlib


def id_of(*parts: str) -> str:
    """24 hex digits that stand for `parts`, the same on every machine.

    The parts are length-prefixed, so ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(raw) + raw)
    return digest.hexdigest()[:24]


def sha256_of(data: bytes) -> str:
    """SHA-256 as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()

"""Made-up identifiers with true checksums, built from fixed bytes."""

import hashlib

from nlp.checksums import keccak256

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
"""Example of BIP 173."""
TAPROOT = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"
"""Example of BIP 350."""
ETHEREUM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
"""Example of EIP-55."""


def _base58(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 58)
        digits = _BASE58[rest] + digits
    return digits


def base58check(version: int) -> str:
    """A Base58Check address of a version byte."""
    payload = bytes([version]) + bytes(range(1, 21))
    data = payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + _base58(int.from_bytes(data, "big"))


def monero() -> str:
    """A Monero main-net address: 95 characters in blocks of eleven."""
    payload = bytes([18]) + bytes(range(64))
    data = payload + keccak256(payload)[:4]
    blocks = [data[i : i + 8] for i in range(0, len(data), 8)]
    written = [_base58(int.from_bytes(block, "big")) for block in blocks]
    return "".join(
        b.rjust(11 if len(a) == 8 else 7, "1") for a, b in zip(blocks, written, strict=True)
    )


def tox() -> str:
    """A Tox ID: 36 bytes and the XOR of their pairs."""
    data = bytes(range(36))
    even = odd = 0
    for i in range(0, 36, 2):
        even, odd = even ^ data[i], odd ^ data[i + 1]
    return (data + bytes([even, odd])).hex().upper()


def onion() -> str:
    """The label of a version 3 onion name."""
    key = bytes(range(32))
    check = hashlib.sha3_256(b".onion checksum" + key + b"\x03").digest()[:2]
    number = int.from_bytes(key + check + b"\x03", "big")
    return "".join(_BASE32[number >> 5 * i & 31] for i in range(55, -1, -1))


def broken(written: str) -> str:
    """The identifier with one character changed, its form kept."""
    at = len(written) // 2
    old = written[at]
    new = next(c for c in "234567" if c != old)
    return written[:at] + new + written[at + 1 :]

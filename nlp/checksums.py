"""Whether an identifier's own checksum holds."""

import hashlib

from Crypto.Hash import keccak

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE58_VALUE = {c: i for i, c in enumerate(_BASE58)}
_BECH32_VALUE = {c: i for i, c in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_BASE32_VALUE = {c: i for i, c in enumerate("abcdefghijklmnopqrstuvwxyz234567")}
_BECH32, _BECH32M = 1, 0x2BC830A3
_XMR_SIZES = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}
_XMR_PREFIXES = {18, 19, 42}
_BASE58_VERSIONS = {"btc": {0x00, 0x05}, "ltc": {0x30, 0x32}, "trx": {0x41}}
_SEGWIT_PREFIXES = {"btc": "bc", "ltc": "ltc"}


def keccak256(data: bytes) -> bytes:
    """The Keccak-256 digest as Ethereum and Monero use it (the padding before FIPS 202)."""
    return keccak.new(digest_bits=256, data=data).digest()


def is_tox(tox_id: str) -> bool:
    """Whether 76 hex digits end in the XOR of their byte pairs (Tox ID format)."""
    try:
        data = bytes.fromhex(tox_id)
    except ValueError:
        return False
    if len(data) != 38:
        return False
    even = odd = 0
    for i in range(0, 36, 2):
        even ^= data[i]
        odd ^= data[i + 1]
    return (even, odd) == (data[36], data[37])


def base58_payload(address: str) -> bytes | None:
    """The 21 bytes of a Base58Check address, or None when its checksum fails."""
    if not 25 <= len(address) <= 36:
        return None
    number = 0
    for c in address:
        if c not in _BASE58_VALUE:
            return None
        number = number * 58 + _BASE58_VALUE[c]
    if number.bit_length() > 200:
        return None
    data = number.to_bytes(25, "big")
    zeros = len(address) - len(address.lstrip("1"))
    if zeros != len(data) - len(data.lstrip(b"\0")):
        return None
    digest = hashlib.sha256(hashlib.sha256(data[:21]).digest()).digest()
    return data[:21] if digest[:4] == data[21:] else None


def is_base58(address: str, coin: str) -> bool:
    """Whether a btc, ltc or trx address holds its Base58Check sum and its coin's version."""
    payload = base58_payload(address)
    return payload is not None and payload[0] in _BASE58_VERSIONS[coin]


def is_segwit(address: str, coin: str) -> bool:
    """Whether a btc or ltc address holds its bech32 or bech32m checksum (BIP 173, BIP 350)."""
    if address not in (address.lower(), address.upper()):
        return False
    prefix, _, rest = address.lower().rpartition("1")
    if prefix != _SEGWIT_PREFIXES[coin] or not 14 <= len(rest) <= 71:
        return False
    if any(c not in _BECH32_VALUE for c in rest):
        return False
    values = [_BECH32_VALUE[c] for c in rest]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    wanted = _BECH32 if values[0] == 0 else _BECH32M
    return values[0] <= 16 and _polymod(expanded + values) == wanted


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> i & 1 else 0
    return check


def is_eth(address: str) -> bool | None:
    """Whether a mixed-case 0x address holds its EIP-55 case sum; None for one case only."""
    digits = address[2:]
    if digits in (digits.lower(), digits.upper()):
        return None
    digest = keccak256(digits.lower().encode()).hex()
    return all(
        c.isdigit() or c.isupper() == (int(d, 16) >= 8)
        for c, d in zip(digits, digest, strict=False)
    )


def is_xmr(address: str) -> bool:
    """Whether a Monero main-net address (95 or 106 characters) holds its Keccak checksum."""
    data = bytearray()
    for at in range(0, len(address), 11):
        block = address[at : at + 11]
        size = _XMR_SIZES.get(len(block))
        number = 0
        for c in block:
            if c not in _BASE58_VALUE:
                return False
            number = number * 58 + _BASE58_VALUE[c]
        if size is None or number.bit_length() > 8 * size:
            return False
        data += number.to_bytes(size, "big")
    if len(data) not in (69, 77) or data[0] not in _XMR_PREFIXES:
        return False
    return keccak256(bytes(data[:-4]))[:4] == data[-4:]


def is_onion(label: str) -> bool:
    """Whether the 56 characters before `.onion` hold their checksum (Tor rend-spec v3)."""
    if len(label) != 56 or any(c not in _BASE32_VALUE for c in label):
        return False
    number = 0
    for c in label:
        number = number << 5 | _BASE32_VALUE[c]
    data = number.to_bytes(35, "big")
    key, check, version = data[:32], data[32:34], data[34:]
    return (
        version == b"\x03"
        and hashlib.sha3_256(b".onion checksum" + key + version).digest()[:2] == check
    )

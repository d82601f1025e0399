"""Checksums against published vectors and broken copies."""

import pytest

from nlp import checksums
from tests.nlp import ids


def test_keccak_is_the_one_before_fips_202() -> None:
    empty = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert checksums.keccak256(b"").hex() == empty


@pytest.mark.parametrize(
    "address",
    [
        ids.ETHEREUM,
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    ],
)
def test_eip_55_vectors_hold(address: str) -> None:
    assert checksums.is_eth(address) is True
    assert checksums.is_eth("0x" + address[2:].swapcase()) is False


@pytest.mark.parametrize(
    ("address", "holds"),
    [
        (ids.SEGWIT, True),
        (ids.SEGWIT.upper(), True),
        (ids.SEGWIT[:10] + ids.SEGWIT[10:].upper(), False),
        (ids.TAPROOT, True),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", False),
        ("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", False),
        ("bc1", False),
        ("bc1b", False),
    ],
)
def test_bip_173_and_350_vectors(address: str, holds: bool) -> None:
    assert checksums.is_segwit(address, "btc") is holds


def test_base58_needs_version_and_sum() -> None:
    address = ids.base58check(0x41)
    assert checksums.is_base58(address, "trx")
    assert not checksums.is_base58(address, "btc")
    assert not checksums.is_base58(ids.broken(address), "trx")
    assert checksums.base58_payload("0OIl" * 8) is None


def test_monero_needs_its_sum() -> None:
    assert checksums.is_xmr(ids.monero())
    assert not checksums.is_xmr(ids.broken(ids.monero()))
    assert not checksums.is_xmr("4" + "z" * 94)


def test_tox_and_onion_need_their_sums() -> None:
    assert checksums.is_tox(ids.tox())
    assert not checksums.is_tox("zz" * 38)
    assert checksums.is_onion(ids.onion())
    assert not checksums.is_onion(ids.broken(ids.onion()))
    assert not checksums.is_onion("a" * 55)

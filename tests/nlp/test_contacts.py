"""Contacts: kinds and values in many written forms, checksums, masking."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.contacts import contacts_in, masked
from nlp.normalise import normalise
from tests.nlp import ids
from tests.nlp.contact_cases import CASES


def found(text: str) -> list[str]:
    return [f"{c.kind}:{c.value}" for c in contacts_in(normalise(text))]


@pytest.mark.parametrize(("text", "said"), CASES)
def test_a_text_says_its_contacts(text: str, said: str) -> None:
    assert found(text) == said.split()


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("btc", ids.base58check(0x00)),
        ("btc", ids.base58check(0x05)),
        ("ltc", ids.base58check(0x30)),
        ("trx", ids.base58check(0x41)),
        ("xmr", ids.monero()),
        ("btc", ids.SEGWIT),
        ("btc", ids.TAPROOT),
        ("eth", ids.ETHEREUM),
    ],
)
def test_a_wallet_needs_its_checksum(kind: str, address: str) -> None:
    (contact,) = contacts_in(normalise(f"pay to {address} please"))
    assert (contact.kind, contact.value, contact.valid) == (kind, address, True)
    assert contacts_in(normalise(f"pay to {ids.broken(address)} please")) == []


def test_a_tox_id_needs_its_checksum() -> None:
    tox = ids.tox()
    assert found(f"tox:{tox.lower()}") == [f"tox:{tox}"]
    assert found(f"tox {ids.broken(tox)}") == []


def test_an_onion_needs_its_checksum() -> None:
    onion = ids.onion()
    assert found(f"http://{onion}.onion/shop") == [f"site:{onion}.onion"]
    assert found(f"http://{ids.broken(onion)}.onion/shop") == []


def test_a_lower_case_ethereum_address_has_no_checksum() -> None:
    (contact,) = contacts_in(normalise(f"usdt erc20 {ids.ETHEREUM.lower()}"))
    assert (contact.kind, contact.valid) == ("eth", None)


def test_forty_hex_digits_are_a_fingerprint_only_beside_its_word() -> None:
    digits = "0123456789ABCDEF0123456789ABCDEF01234567"
    assert found(f"PGP: {digits}") == [f"pgp:{digits}"]
    assert found(f"commit {digits.lower()}") == []


def test_masking_keeps_length_and_blanks_what_is_no_price() -> None:
    text = normalise("tg @rack_50 1.2.3.4:8080 12.05.2024 v2.0.1\nprice 50$ @rack_50 icq 612345678")
    hidden = masked(text, contacts_in(text))
    assert len(hidden) == len(text.clean)
    assert hidden.split() == ["tg", "price", "50$", "icq"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.from_regex(r"(?:[tg@:./ a-z\[\]()0-9]|t\.me/){0,80}"))
def test_any_text_gives_true_quotes_twice_the_same(raw: str) -> None:
    text = normalise(raw)
    contacts = contacts_in(text)
    assert contacts == contacts_in(normalise(raw))
    for contact in contacts:
        assert raw[contact.span.start : contact.span.end] == contact.span.quote != ""
    assert len(masked(text, contacts)) == len(text.clean)

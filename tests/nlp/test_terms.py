"""Payment, guarantees and content: said, denied, allowed, forbidden."""

import pytest

from tests.nlp.analysing import facts, findings, only_listing

OFFER = "Selling hacked RDP, USA, admin, 6$ each.\n"
CASES = [
    ("We accept BTC, XMR and USDT (TRC20)", {("payment", "BTC"), ("payment", "XMR"),
     ("payment", "USDT")}),
    ("Оплата: биткоин, монеро, на карту", {("payment", "BTC"), ("payment", "XMR"),
     ("payment", "card")}),
    ("Price in bulk 0.01 BTC", set()),
    ("Replacement within 24 hours, free test", {("guarantee", "replacement"),
     ("guarantee", "test")}),
    ("No refunds, no replacement. Escrow welcome", {("guarantee", "escrow")}),
    ("Работаем через гаранта, депозит на форуме. Без возврата", {("guarantee", "escrow"),
     ("guarantee", "deposit")}),
    ("Forbidden: CP, terrorism, spam", {("forbidden", "child_abuse"),
     ("forbidden", "terrorism"), ("forbidden", "spam")}),
    ("Allowed: phishing, botnet panels, scanning. Not allowed: child porn", {
        ("allowed", "phishing"), ("allowed", "c2"), ("allowed", "scanning"),
        ("forbidden", "child_abuse")}),
    ("Разрешено: спам, брут, скан. Запрещено: ЦП, наркотики", {("allowed", "spam"),
     ("allowed", "scanning"), ("forbidden", "child_abuse"), ("forbidden", "drugs")}),
    ("禁止:儿童色情,毒品", {("forbidden", "child_abuse"), ("forbidden", "drugs")}),
]  # fmt: skip
KEYS = {"payment", "guarantee", "allowed", "forbidden"}


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_terms(text: str, expected: set[tuple[str, str]]) -> None:
    found = facts(only_listing(findings(OFFER + text, "RDP USA")))
    assert {(key, value) for key, value in found if key in KEYS} == expected


def test_terms_belong_to_every_listing_of_a_post() -> None:
    found = findings("Hacked RDP - 5$\nHacked SSH roots - 9$\nWe accept XMR", "RDP and roots")
    assert [("payment", "XMR") in facts(listing) for listing in found.listings] == [True, True]

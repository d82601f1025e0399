"""Cleaned text and its way back to the raw characters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.lookalikes import one_script
from nlp.markup import struck_spans
from nlp.normalise import normalise


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("RDР and VNС", "RDP and VNC"),
        ("Aбузoустойчивый хoстинг", "Абузоустойчивый хостинг"),
        ("тариф VPNом, SSH-туннель", "тариф VPNом, SSH-туннель"),
        ("ТG: nick", "TG: nick"),
        ("R D P for sale", "RDP for sale"),
        ("v.p.s hosting", "vps hosting"),
        ("д е д и к", "дедик"),
        ("я и ты", "я и ты"),
        ("@ n i c k _ 1", "@nick_1"),
        ("1️⃣5️⃣$", "15$"),
        ("🇺🇸🇩🇪5$", "US DE 5$"),
        ("A​W\u2060S", "AWS"),
        ("５０元", "50元"),
        ("𝐕𝐏𝐒 𝟓$", "VPS 5$"),
        ("ᴛɢ 🅰🅱", "TG AB"),
        ("5&nbsp;&euro;", "5 €"),
        ("a\r\nb\u2028c", "a\nb\nc"),
        ("[b]15$[/b] [color=#fff]x[/color]", "15$ x"),
        ("[url=https://rack.test]shop[/url]", " https://rack.test shop"),
        ('[url="https://rack.test"]shop[/url]', " https://rack.test shop"),
        ("[img]https://rack.test/a.png[/img]ok", " ok"),
        ("[list][*]one[*]two[/list]", "\none\ntwo"),
        ("[tr][td]a[/td][td]b[/td][/tr]", "| a| b"),
        ("**bold**", "bold"),
        ("[SELL] boxes [DE]", "[SELL] boxes [DE]"),
        ("½ price, 10² and №5", "½ price, 10² and №5"),
    ],
)
def test_a_text_is_cleaned(raw: str, clean: str) -> None:
    assert normalise(raw).clean == clean


@pytest.mark.parametrize(
    ("raw", "part", "quote"),
    [
        ("[b]15$[/b]/mo", "15$", "15$"),
        ("price 1️⃣9️⃣ now", "19", "1️⃣9️⃣"),
        ("t\u200b.m\u200be/x", "t.me/x", "t\u200b.m\u200be/x"),
        ("the R D P box", "RDP", "R D P"),
        ("５０元", "50", "５０"),
        ("5&euro; only", "5€", "5&euro;"),
        ("🇩🇪 node", "DE", "🇩🇪"),
    ],
)
def test_a_span_leads_back_to_its_raw_characters(raw: str, part: str, quote: str) -> None:
    text = normalise(raw)
    at = text.clean.index(part)
    start, end = text.raw_span(at, at + len(part))
    assert raw[start:end] == quote
    assert text.clean_span(start, end) == (at, at + len(part))


def test_words_of_two_scripts_are_left_when_both_are_meant() -> None:
    assert one_script("VPNом") == "VPNом"
    assert one_script("Сервер") == "Сервер"


def test_struck_text_is_found_in_every_markup() -> None:
    raw = "[s]10$[/s] ~~12$~~ <del>14$</del> 8$"
    assert [raw[start:end] for start, end in struck_spans(raw)] == [
        "[s]10$[/s]",
        "~~12$~~",
        "<del>14$</",
    ]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet="[]=/burltd*. @🇩🇪1️⃣\u200bаaРP&;#x", max_size=200))
def test_every_clean_character_has_a_place_in_raw(raw: str) -> None:
    text = normalise(raw)
    assert text.raw == raw
    assert len(text.offsets) == len(text.clean) + 1
    assert list(text.offsets) == sorted(text.offsets)
    assert all(0 <= offset <= len(raw) for offset in text.offsets)
    assert normalise(raw) == text

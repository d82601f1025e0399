"""Text made harmless: hidden characters, addresses, formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.boundaries.inert import defang, is_hidden, safe_csv, visible
from tests.hostile import FORMULAS, PAYLOADS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("RDP 5$\n\tnext", "RDP 5$\n\tnext"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("a\x00b\x1b[31m\r", "a\\u0000b\\u001b[31m\\u000d"),
        ("\U000e0041\ue000\uffff", "\\U000e0041\\ue000\\uffff"),
        ("\u3164\u2800\U000e0101", "\\u3164\\u2800\\U000e0101"),
        ("می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩\u200d💻"),
        ("a\u200cb \u200d", "a\\u200cb \\u200d"),
        ("ёжик 挖矿 ❤\ufe0f", "ёжик 挖矿 ❤\ufe0f"),
    ],
)
def test_hidden_characters_are_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_hidden_is_left_but_joiners(text: str) -> None:
    left = {c for c in visible(text) if is_hidden(c)}
    assert left <= {"\u200c", "\u200d"}
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://evil.example/a.b?c=1", "hxxp://evil[.]example/a[.]b?c=1"),
        ("see HTTPS://Evil.Example.", "see HxxPS://Evil[.]Example[.]"),
        ("javascript:alert(1)", "javascript[:]alert(1)"),
        ("\x01JavaScript:alert(1)", "\\u0001JavaScript[:]alert(1)"),
        ("data:text/html,x", "data[:]text/html,x"),
        ("tg://resolve?domain=x", "tg[:]//resolve?domain=x"),
        ("mail me@evil.example", "mail me[@]evil[.]example"),
        ("почта@пример.рф", "почта[@]пример[.]рф"),
        ("www.evil.com or t.me/x", "www[.]evil[.]com or t[.]me/x"),
        ("abcdefghijklmnop.onion", "abcdefghijklmnop[.]onion"),
        ("hxxp://evil[.]example", "hxxp://evil[.]example"),
        ("Ubuntu 20.04, hosting.bph.vps, 5.50$ @x", "Ubuntu 20.04, hosting.bph.vps, 5.50$ @x"),
        ("tg: @seller, tox: ABC, note: x", "tg: @seller, tox: ABC, note: x"),
    ],
)  # fmt: skip
def test_addresses_are_defanged_and_words_are_left(text: str, shown: str) -> None:
    assert defang(text) == shown


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_defanging_twice_changes_nothing_more(payload: str) -> None:
    assert defang(defang(payload)) == defang(payload)


@pytest.mark.parametrize("text", ["a" * 200_000, "a." * 100_000, "@a." * 70_000, "h" * 200_000])
def test_long_values_take_no_long_time(text: str) -> None:
    assert len(defang(text)) >= len(text)
    assert safe_csv(f"={text}\n=").startswith("'=")


@pytest.mark.parametrize("number", ["5", "-5", "+5", "-1.234,56", "12%", "2026", ""])
def test_numbers_stay_numbers(number: str) -> None:
    assert safe_csv(number) == number


@pytest.mark.parametrize("cell", [*FORMULAS, "-", "=", "@", "\n=1", "a;\t=1", "x;\xa0+1"])
def test_formulas_become_text(cell: str) -> None:
    safe = safe_csv(cell)
    assert safe.replace("'", "") == cell.replace("'", "")
    assert safe != cell


@pytest.mark.parametrize("cell", ["RDP 5$", "a=b", "x - y", "mail@host", "1;2", "two\nlines"])
def test_other_cells_are_left(cell: str) -> None:
    assert safe_csv(cell) == cell

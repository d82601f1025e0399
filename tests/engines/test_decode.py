import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.decode import decode

RUSSIAN = "<p>Продам дедики оптом, абузоустойчивые серверы в наличии</p>"
GERMAN = "<p>Günstige Server für Ärger, größte Auswahl</p>"


@pytest.mark.parametrize(
    ("body", "header", "text", "charset", "lie"),
    [
        (RUSSIAN.encode(), "text/html; charset=utf-8", RUSSIAN, "utf-8", None),
        (RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", RUSSIAN, "cp1251", None),
        (RUSSIAN.encode("cp1251"), None, RUSSIAN, "cp1251", None),
        (RUSSIAN.encode("koi8-r"), "text/html; charset=koi8-r", RUSSIAN, "koi8-r", None),
        (GERMAN.encode("latin-1"), None, GERMAN, "cp1252", None),
        (b"\xef\xbb\xbf" + RUSSIAN.encode(), "text/html; charset=koi8-r", RUSSIAN, "utf-8", None),
        (RUSSIAN.encode("cp1251"), "text/html; charset=utf-8", RUSSIAN, "cp1251", "utf-8"),
        (RUSSIAN.encode(), "text/html; charset=windows-1251", RUSSIAN, "utf-8", "cp1251"),
        (RUSSIAN.encode(), "text/html; charset=iso-8859-1", RUSSIAN, "utf-8", "cp1252"),
        (GERMAN.encode("latin-1"), "text/html; charset=utf-8", GERMAN, "cp1252", "utf-8"),
        (RUSSIAN.encode(), "text/html; charset=no-such", RUSSIAN, "utf-8", None),
    ],
)
def test_charsets(
    body: bytes, header: str | None, text: str, charset: str, lie: str | None
) -> None:
    found = decode(body, header)
    assert (found.text, found.charset, found.lie) == (text, charset, lie)


def test_meta_charset_counts_without_a_header() -> None:
    html = f'<meta charset="windows-1251">{RUSSIAN}'
    assert decode(html.encode("cp1251"), None).text == html


def test_nul_and_lone_surrogates_go() -> None:
    body = b"a\x00b\xed\xa0\x80c\r\nd"
    text = decode(body, "text/html; charset=utf-8").text
    assert text.startswith("ab")
    assert text.endswith("c\nd")
    text.encode("utf-8")


@given(
    st.binary(max_size=400), st.sampled_from([None, "text/html; charset=utf-16", "x; charset=\x00"])
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_survived(body: bytes, header: str | None) -> None:
    assert "\x00" not in decode(body, header).text

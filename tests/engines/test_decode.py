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


LONG = RUSSIAN * 4


@pytest.mark.parametrize(
    ("body", "header", "charset", "lie"),
    [
        (LONG.encode("koi8-r"), "text/html; charset=windows-1251", "koi8-r", "cp1251"),
        (LONG.encode("koi8-r"), None, "koi8-r", None),
        (LONG.encode("cp866"), "text/html; charset=utf-8", "cp866", "utf-8"),
        (LONG.encode("utf-16-le"), "text/html; charset=utf-8", "utf-16-le", "utf-8"),
        (LONG.encode("utf-16-be"), None, "utf-16-be", None),
        (LONG.encode(), "text/html; charset=utf-16", "utf-8", "utf-16"),
        (LONG.encode("cp1251"), "text/html; charset=utf-7", "cp1251", None),
        (LONG.encode(), "text/html; charset=rot13", "utf-8", None),
        (LONG.encode().decode("cp1252", "ignore").encode(), "text/html", "utf-8", None),
    ],
)
def test_what_lies_about_itself_is_read_by_what_it_is(
    body: bytes, header: str | None, charset: str, lie: str | None
) -> None:
    found = decode(body, header)
    assert (found.charset, found.lie) == (charset, lie)
    assert "дедики" in found.text


def test_doubts_are_told() -> None:
    assert decode(LONG.encode(), "x; charset=utf-7").doubt == "unknown charset 'utf-7'"
    twice = LONG.encode().decode("latin-1").encode()
    found = decode(twice, "text/html; charset=utf-8")
    assert (found.text, found.doubt) == (LONG, "encoded as UTF-8 twice")
    both = f'<meta charset="koi8-r">{LONG}'.encode("cp1251")
    found = decode(both, "text/html; charset=windows-1251")
    assert (found.text[23:], found.doubt) == (LONG, "header says cp1251, page says koi8-r")
    mixed = '<meta charset="windows-1252">coût, près de là'.encode("cp1252")
    assert decode(mixed, "text/html; charset=iso-8859-2").doubt == (
        "header says iso8859-2, page says cp1252"
    )
    assert decode(f"<meta charset=cp1252>{RUSSIAN}".encode(), "x; charset=utf-8").doubt is None


def test_bytes_that_hide_markup_stay_what_they_are() -> None:
    assert "<script" not in decode(b"+ADw-script+AD4-", "text/html; charset=utf-7").text


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

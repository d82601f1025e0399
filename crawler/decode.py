"""Text of a page's bytes: what a server says about its charset is often wrong."""

import codecs
import re
from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

from crawler.boundaries.text import clean_text

MOJIBAKE = re.compile("[ÐÑ][\u0080-\u00bf–-™]|Ã[\u0080-\u00bf]|â€|[РС][\u0080-\u00bf°-џ‚-™]")
"""UTF-8 read as latin-1, windows-1252 or windows-1251."""
CYRILLIC_RUN = re.compile("[а-яё]{3,}")
TOO_MANY = 0.002
"""Share of replacement characters that shows that a charset is wrong."""
SAMPLE = 1 << 18
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text."""

    text: str
    """Without NUL, other control characters and lone surrogates."""
    charset: str
    """The charset that it was read with."""
    lie: str | None = None
    """The charset that was declared, when it was wrong."""


def decode(body: bytes, content_type: str | None) -> Decoded:
    """The text of a page; never raises.

    A byte order mark outranks the HTTP header, which outranks `<meta>` (WHATWG encoding
    standard). A declared charset under which the text is plainly broken is overridden.
    """
    for mark, charset in BOMS:
        if body.startswith(mark):
            return Decoded(clean_text(body[len(mark) :].decode(charset, "replace")), charset)
    declared = declared_charset(body, content_type)
    if declared is None:
        charset = guess(body)
        return Decoded(clean_text(read(body, charset)), charset)
    text = read(body, declared)
    if not is_broken(text, declared):
        return Decoded(clean_text(text), declared)
    charset = guess(body)
    other = read(body, charset)
    if charset == declared or (damage(text) and damage(other) >= damage(text)):
        return Decoded(clean_text(text), declared)
    return Decoded(clean_text(other), charset, declared)


def declared_charset(body: bytes, content_type: str | None) -> str | None:
    """Python's name of the charset that the header or the page's `<meta>` names."""
    named = http_content_type_encoding((content_type or "")[:500])
    named = named or html_body_declared_encoding(body[:4096])
    if not named:
        return None
    charset = resolve_encoding(named) or named
    try:
        "".encode(charset)
        return codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None


def guess(body: bytes) -> str:
    """The likeliest charset of undeclared bytes: UTF-8, else a one-byte one."""
    sample = body[:SAMPLE]
    if damage(sample.decode("utf-8", "replace")) < TOO_MANY:
        return "utf-8"
    cyrillic = sum(len(run) for run in CYRILLIC_RUN.findall(sample.decode("cp1251", "replace")))
    high = len(sample) - len(sample.decode("ascii", "ignore"))
    return "cp1251" if cyrillic > high * 0.3 else "cp1252"


def read(body: bytes, charset: str) -> str:
    """Bytes as text; what cannot be read becomes U+FFFD."""
    try:
        return body.decode(charset, "replace")
    except (LookupError, ValueError):
        return body.decode("latin-1")


def is_broken(text: str, charset: str) -> bool:
    """Whether a text was read with the wrong charset."""
    if damage(text) >= TOO_MANY:
        return True
    if charset.startswith("utf"):
        return False
    high = beyond_ascii(text)
    return high > 0 and len(MOJIBAKE.findall(text[:SAMPLE])) * 2 > high * 0.5


def damage(text: str) -> float:
    """Share of replacement characters: in the text, or a hundredth of that beyond ASCII."""
    lost = text.count("\ufffd")
    if lost < 3:
        return 0.0
    return max(lost / max(len(text), 1), lost / max(beyond_ascii(text), 1) * 0.01)


def beyond_ascii(text: str) -> int:
    """How many of the first characters are not ASCII."""
    sample = text[:SAMPLE]
    return len(sample) - len(sample.encode("ascii", "ignore"))

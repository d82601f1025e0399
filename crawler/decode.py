"""Text of a page's bytes: what a server says about its charset is often wrong."""

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from w3lib.encoding import html_body_declared_encoding, resolve_encoding

from crawler.boundaries.text import clean_text
from crawler.charsets import (
    KNOWN,
    MOJIBAKE,
    SAMPLE,
    TOO_MANY,
    better_cyrillic,
    beyond_ascii,
    damage,
    guess,
    unfolded,
    wide,
)

HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I | re.A)
META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
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
    doubt: str | None = None
    """What else is wrong with its charset, in words."""


@lru_cache(maxsize=2)
def decode(body: bytes, content_type: str | None) -> Decoded:
    """The text of a page; never raises. The last pages' are kept: guard and parser ask for it.

    A byte order mark outranks the HTTP header, which outranks `<meta>` (WHATWG encoding
    standard). A declared charset under which the text is plainly broken is overridden.
    """
    for mark, charset in BOMS:
        if body.startswith(mark):
            return Decoded(clean_text(body[len(mark) :].decode(charset, "replace")), charset)
    stated = stated_charsets(body, content_type)
    declared = next((name for name in map(known_charset, stated) if name), None)
    doubt = doubt_of(body, stated)
    if broad := wide(body):
        lie = None if (declared or "utf-16").startswith("utf-16") else declared
        return Decoded(clean_text(read(body, broad)), broad, lie, doubt)
    if declared is None:
        charset = guess(body)
        return straight(read(body, charset), charset, None, doubt)
    text = read(body, declared)
    # what says so in ASCII is no UTF-16
    if is_broken(text, declared) or declared.startswith("utf-16"):
        charset = guess(body)
    else:
        charset = better_cyrillic(body, declared) or declared
    other = text if charset == declared else read(body, charset)
    if charset != declared and damage(text) and damage(other) >= damage(text):
        return Decoded(clean_text(text), declared, doubt=doubt)
    return straight(other, charset, declared if charset != declared else None, doubt)


def straight(text: str, charset: str, lie: str | None, doubt: str | None) -> Decoded:
    """A decoded page; what was encoded twice is read right."""
    if charset == "utf-8" and (better := unfolded(text)):
        text, doubt = better, "encoded as UTF-8 twice"
    return Decoded(clean_text(text), charset, lie, doubt)


def stated_charsets(body: bytes, content_type: str | None) -> list[str]:
    """Names that the header and the page's `<meta>` state, in this order."""
    header = HEADER.search((content_type or "")[:500])
    named = (header and header[1], html_body_declared_encoding(body[:4096]) or unread_meta(body))
    return [name for name in named if name]


def unread_meta(body: bytes) -> str | None:
    """The name in a `<meta charset>` that names no codec."""
    match = META.search(body[:4096])
    return match[1].decode("ascii") if match else None


def known_charset(name: str) -> str | None:
    """Python's name of a charset of the web; None for any other."""
    try:
        found = codecs.lookup(resolve_encoding(name) or name).name
    except (LookupError, ValueError):
        return None
    return found if KNOWN.fullmatch(found) else None


def doubt_of(body: bytes, stated: list[str]) -> str | None:
    """What is wrong with the stated charsets: an unknown one, or two that read differently."""
    known = [known_charset(name) for name in stated]
    if None in known:
        return f"unknown charset {stated[known.index(None)][:40]!r}"
    if len(set(known)) < 2 or body.isascii():
        return None
    texts = [read(body, str(name)) for name in known]
    if any(is_broken(text, str(name)) for text, name in zip(texts, known, strict=True)):
        # only one of them can be right, and shows it
        return None
    return f"header says {known[0]}, page says {known[1]}" if texts[0] != texts[1] else None


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

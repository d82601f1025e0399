"""Text as it may enter: without characters that no text needs."""

import re
from collections.abc import Iterable
from functools import lru_cache

CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOW = bytes(range(0x20)).translate(None, b"\t\n\x0c\r")
"""Control characters as bytes; in UTF-8 these bytes mean nothing else."""
HIGH = ("\ufffe", "\uffff")


@lru_cache(maxsize=1)
def small(text: str) -> str:
    """A text in small letters; the last one is kept, for several looks at one page ask for it."""
    return text.lower()


def clean_text(text: str) -> str:
    """Text without NUL, control characters and lone surrogates; CRLF becomes LF."""
    if text.isprintable():
        # most values: a line without any sign that has no picture
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", text) if may_have_control(text) else text


def may_have_control(text: str) -> bool:
    """Whether a look for control characters and surrogates pays: most texts have none.

    Bytes are looked through many times faster than characters.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return True
    return len(data.translate(None, LOW)) < len(data) or any(sign in text for sign in HIGH)


def spliced(text: str, spans: Iterable[tuple[int, int]], new: str) -> str:
    """The text with something else in the places of these spans, which are in order."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]]) if parts else text

"""Text as it may enter: without characters that no text needs."""

import re
from collections.abc import Iterable

CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Text without NUL, control characters and lone surrogates; CRLF becomes LF."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def spliced(text: str, spans: Iterable[tuple[int, int]], new: str) -> str:
    """The text with something else in the places of these spans, which are in order."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]]) if parts else text

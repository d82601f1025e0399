"""Text as it may enter: without characters that no text needs."""

import re

CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Text without NUL, control characters and lone surrogates; CRLF becomes LF."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))

"""Texts without what a source's file says is never kept in rows."""

import re
from collections.abc import Iterable

from crawler.intake import masked

GUARDED = frozenset({"card", "id", "password", "key"})
"""Kinds that the intake guard masks everywhere; a purge masks what it did not know formerly."""
FORMS: dict[str, re.Pattern[str]] = {
    "email": re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[a-zA-Z]{2,24}\b"),
    "phone": re.compile(r"(?<![\w+])\+[1-9](?:[ ().-]{0,2}[0-9]){7,14}(?!\w)"),
    "ip": re.compile(
        r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.])"
    ),
}
"""What is redacted: e-mail addresses, telephone numbers with their country, IPv4 addresses."""


def redacted(text: str, kinds: Iterable[str]) -> str:
    """A text with these kinds of data replaced by `[kind redacted]`."""
    wanted = set(kinds)
    if wanted & GUARDED:
        text, _ = masked(text)
    for kind in FORMS:
        if kind in wanted:
            text = FORMS[kind].sub(f"[{kind} redacted]", text)
    return text

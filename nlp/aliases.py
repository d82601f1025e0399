"""Names that a seller says he used before: `formerly X`, `ex-X`, «бывший X»."""

import re
from collections.abc import Iterator

from nlp.post import Page
from nlp.sought import Sought

_SAID = Sought(
    r"(?<![\w-])(?:formerly|former(?:ly)? known as|previously(?: known as)?|a\.?k\.?a\.?"
    r"|also known as"
    r"|old (?:nick(?:name)?|name|account)|former nick(?:name)?|rebrand(?:ed|ing) (?:from|of)|ex[- ]"
    r"|бывш(?:ий|ая|ее)|ранее(?: известн\w+ как)?|раньше (?:был\w* )?|экс[- ]|прежний ник"
    r"|старый ник|он же|antes(?: conocid\w como)?|ehemals|früher(?: bekannt als)?|原名|以前叫)"
    r"[\s:=«»\"“”'@(-]{0,3}(?:as |как |называл\w+ )?[«\"“'@]?"
)
_NAME = re.compile(r"[^\W_][\w'’.&-]{3,31}")
_MOST = 5
"""Names of one post that are believed."""


def aliases_in(page: Page) -> Iterator[str]:
    """Each name as written, in text order; words without a capital, digit or mark are no names."""
    clean = page.text.clean
    for m in _SAID.finditer(page.text.clean.lower()):
        name = _NAME.match(clean, m.end())
        if name is not None and _is_name(name[0].rstrip(".-'’&")):
            yield name[0].rstrip(".-'’&")


def aliases_of(pages: tuple[Page, ...]) -> tuple[str, ...]:
    """The names said in title and text, each once."""
    found = dict.fromkeys(alias for page in pages for alias in aliases_in(page))
    return tuple(found)[:_MOST]


def _is_name(word: str) -> bool:
    written = word.lower() != word or any(c.isdecimal() or c in "_." for c in word)
    return len(word) >= 4 and written

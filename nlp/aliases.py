"""Names that a seller says he used before, `formerly X`, and threads that he says are his."""

import re
from collections.abc import Iterator

from nlp.contact_hosts import plain_host
from nlp.folded import lower
from nlp.post import Page
from nlp.sought import Sought

_SAID = Sought(
    r"(?<![\w-])(?:former(?:ly)?(?: known as)|formerly|previously(?: known as)?"
    r"|(?:aka|a\.ka|ak\.a|a\.k\.a)\.?"
    r"|also known as|known (?:here |there |elsewhere )?as|moved from"
    r"|earlier(?: known as)?|new (?:nick(?:name)?|name|account|alias)(?: is)?"
    r"|old (?:nick(?:name)?|name|account)|former nick(?:name)?|rebrand(?:ed|ing) (?:from|of)|ex[- ]"
    r"|бывш(?:ий|ая|ее)|ранее(?: известн\w+ как)?|раньше (?:был\w* )?|экс[- ]|прежний ник"
    r"|старый ник|новый ник|он же|она же|antes(?: conocid\w como)?|ehemals"
    r"|früher(?: bekannt als)?|原名|以前叫)"
    r"[\s:=«»\"“”'@(-]{0,3}(?:as |как |называл\w+ )?[«\"“'@]?"
)
_NAME = re.compile(r"[^\W_][\w'’.&-]{3,31}")
_MORE = re.compile(r"(?: [^\W\d_][\w&-]{1,20}){1,2}(?=\s*(?:[,.;!)\n]|$))")
_END = re.compile(r"[»\"”')]?\s*(?:[,.;!)\n|]|$)|\s(?:on|at|from|на|с)\s")
_QUOTED = re.compile(r"[^«»\"“”'\n]{4,40}(?=[»\"”'])")
_THREAD = Sought(
    r"(?<![\w-])(?:(?:our|my|official|main|sales) (?:\w+ ){0,2}(?:thread|topic)"
    r"|(?:наш\w|мо[йя]|официальн\w+|основн\w+) (?:\w+ )?(?:тем[аы]|топик|ветка))"
    r"[^\n]{0,40}?(?=h(?:tt|xx)ps?\s?(?::|\[:\])//)"
)
_URL = re.compile(r"h(?:tt|xx)ps?\s?(?::|\[:\])//([^\s/<>\"']{4,80})(/[^\s<>\"'\])]{1,200})", re.I)
_QUOTES = "«\"“'"
_MOST = 5
"""Names of one post that are believed."""


def aliases_in(page: Page) -> Iterator[str]:
    """Each name as written, in text order.

    Words without a capital, digit or mark are names only where nothing follows them. A thread
    is named by its address without the scheme.
    """
    clean = page.text.clean
    low = lower(clean)
    for m in _SAID.finditer(low):
        name = _name_at(clean, m.end(), quoted=low[m.end() - 1] in _QUOTES)
        if name is not None and (_is_name(name) or _ends_clause(clean, m.end(), name)):
            yield name
    for m in _THREAD.finditer(low):
        url = _URL.match(clean, m.end())
        if url is not None:
            yield plain_host(url[1]) + url[2].rstrip(".,;:!?")


def aliases_of(pages: tuple[Page, ...]) -> tuple[str, ...]:
    """The names said in title and text, each once."""
    found = dict.fromkeys(alias for page in pages for alias in aliases_in(page))
    return tuple(found)[:_MOST]


def _name_at(clean: str, at: int, *, quoted: bool) -> str | None:
    """A name in quotation marks, or one word with capitalised ones that end its clause."""
    whole = _QUOTED.match(clean, at) if quoted else None
    if whole is not None:
        return whole[0].strip()
    name = _NAME.match(clean, at)
    if name is None:
        return None
    more = _MORE.match(clean, name.end())
    if more is not None and all(word[0].isupper() for word in more[0].split()):
        return name[0] + more[0]
    return name[0].rstrip(".-'’&")


def _ends_clause(clean: str, at: int, name: str) -> bool:
    """Whether nothing but a name stands there: `ex-darkside`, `formerly darkside on …`."""
    return len(name) >= 4 and _END.match(clean, clean.find(name, at) + len(name)) is not None


def _is_name(word: str) -> bool:
    written = word.lower() != word or any(c.isdecimal() or c in "_." for c in word)
    return len(word) >= 4 and written

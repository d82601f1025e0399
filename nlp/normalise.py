"""Text made plain for the finders: no markup, no disguises; every character knows its origin."""

import html
import re

from nlp.harden import harden
from nlp.lookalikes import compatible_edits, script_edits, spread_edits
from nlp.markup import bbcode_edits
from nlp.text import Edit, Text, edited

__all__ = ["Text", "normalise"]

_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u2069\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LINE_ENDS = frozenset("\x0b\x0c\x85\u2028\u2029")
_KEYCAP = re.compile(r"([0-9#*])\ufe0f?\u20e3")
_FLAG = re.compile(r"[\U0001f1e6-\U0001f1ff]{2}")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
_POINTER = re.compile(r"[\U0001f449\u27a1\u25b6\u279c\u2794\u27a4]\ufe0f?")
"""Emoji that point from goods to their price: 1 GB 👉 2,50 €."""
_STARS = re.compile(r"\*\*")


def normalise(raw: str) -> Text:
    """The text without markup, invisible characters, odd spaces and disguised letters.

    Bounded by `harden`. BBCode goes, but targets of `[url=…]` stay as text; table rows and cells
    keep lines and bars; keycap emoji become digits and flags become ISO 3166 codes (their raw
    characters are still the flag).
    """
    text = harden(raw)
    text = edited(text, _control_edits(text.clean))
    if "&" in text.clean:
        text = edited(text, _entity_edits(text.clean))
    if not text.clean.isascii():
        text = edited(text, _emoji_edits(text.clean))
        text = edited(text, [(m.start(), m.end(), "") for m in _INVISIBLE.finditer(text.clean)])
        text = edited(text, compatible_edits(text.clean))
        text = edited(text, script_edits(text.clean))
    if "[" in text.clean:
        text = edited(text, bbcode_edits(text.clean))
    if "**" in text.clean:
        text = edited(text, [(m.start(), m.end(), "") for m in _STARS.finditer(text.clean)])
    return edited(text, spread_edits(text.clean))


def _control_edits(clean: str) -> list[Edit]:
    """Edits that turn control characters and lone surrogates into blanks or line ends."""
    edits: list[Edit] = []
    for m in _CONTROL.finditer(clean):
        if m[0] == "\r":
            follows = clean[m.end() : m.end() + 1] == "\n"
            edits.append((m.start(), m.end(), "" if follows else "\n"))
        else:
            edits.append((m.start(), m.end(), "\n" if m[0] in _LINE_ENDS else " "))
    return edits


def _entity_edits(clean: str) -> list[Edit]:
    """Edits that decode HTML character references which arrived as text."""
    found = ((m.start(), m.end(), m[0], html.unescape(m[0])) for m in _ENTITY.finditer(clean))
    return [(start, end, new) for start, end, old, new in found if new != old]


def _emoji_edits(clean: str) -> list[Edit]:
    """Edits that turn keycaps into digits, flags into codes and pointing hands into arrows."""
    edits: list[Edit] = []
    if "\u20e3" in clean:
        edits += [(m.start(), m.end(), m[1]) for m in _KEYCAP.finditer(clean)]
    edits += [(m.start(), m.end(), "→") for m in _POINTER.finditer(clean)]
    for m in _FLAG.finditer(clean):
        code = "".join(chr(ord("A") + ord(c) - 0x1F1E6) for c in m[0])
        before, after = clean[m.start() - 1 : m.start()], clean[m.end() : m.end() + 1]
        if before.isalnum():
            edits.append((m.start(), m.start(), " "))
        wide = after.isalnum() or "\U0001f1e6" <= after <= "\U0001f1ff"
        edits.append((m.start(), m.end(), code + " " if wide else code))
    return sorted(edits)

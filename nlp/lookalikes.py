"""Words disguised by letters of another script, and letters spread by spaces, put right."""

import re
import unicodedata

from nlp.text import Edit

_LATIN_OF = dict(
    zip(
        "АВЕКМНОРСТУХаеорсухіјѕІЈЅҮԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρυ",
        "ABEKMHOPCTYXaeopcyxijsIJSYdqwhABEZHIKMNOPTYXoavpu",
        strict=True,
    )
)
_CYRILLIC_OF = dict(zip("ABEKMHOPCTYXaeopcyxkmnti", "АВЕКМНОРСТУХаеорсухкмпти", strict=True))
_CYRILLIC_TWINS = frozenset("АВЕКМНОРСТУХаеорсухіјѕІЈЅҮԁԛԝһкмтпиЗзьЬгѓ")
_LATIN_TWINS = frozenset(_CYRILLIC_OF)
_MIXED_WORD = re.compile(r"[^\W\d_]{0,40}(?:[A-Za-z][Ѐ-ԯͰ-Ͽ]|[Ѐ-ԯͰ-Ͽ][A-Za-z])[^\W\d_]{0,40}")
_MEETING = re.compile(r"[Ѐ-ԯͰ-Ͽ](?:(?<=[A-Za-z].)|[A-Za-z])")
"""Where letters of two scripts stand side by side."""
_SMALL = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPQRSTUVWYZ", strict=True))
_KEPT = frozenset("²³¹½¼¾ªº…№™©®⁰⁴⁵⁶⁷⁸⁹´¨¯¸")
_COMPATIBLE_CHAR = (
    r"[\u00a0-\u00bf\u0132-\u017f\u01c4-\u01f3\u0250-\u02ff\u1d00-\u1d7f\u2000-\u2bff"
    r"\u3000-\u33ff\ua700-\ua7ff\uf900-\ufaff\ufb00-\ufdff\ufe30-\ufffd\U0001d400-\U0001d7ff"
    r"\U0001f100-\U0001f1e5\U0001fbf0-\U0001fbf9]"
)
_COMPATIBLE = re.compile(_COMPATIBLE_CHAR)
_MARKED = re.compile(_COMPATIBLE_CHAR + r"|\w[\u0300-\u036f]{1,4}")
_MARK = re.compile(r"[\u0300-\u036f]")
"""Without such marks in a text `re` skips to its compatibility characters by itself."""
_SPREAD = re.compile(
    r"(?<![\w.@/\\'’*])(?:[A-Za-z](?:([ .*·])[A-Za-z])(?:\1[A-Za-z]){1,30}"
    r"|[Ѐ-ԯ](?:([ .*·])[Ѐ-ԯ])(?:\2[Ѐ-ԯ]){2,30})(?![\w'’@]|\.\w)"
)
_SINGLE = re.compile(r"[ .*·][A-Za-zЀ-ԯ][ .*·][A-Za-zЀ-ԯ](?!\w)")
"""Two single letters side by side: every spread word holds them, few other texts do."""
_SPREAD_HANDLE = re.compile(r"@ ?((?:[A-Za-z0-9_] ){4,31}[A-Za-z0-9_])(?!\w)")


def _plain(char: str) -> str:
    """The ordinary form of a compatibility character or of a letter with marks."""
    if len(char) > 1:
        return unicodedata.normalize("NFKC", char.replace("\u0336", "").replace("\u0335", ""))
    if char in _KEPT:
        return char
    if char in _SMALL:
        return _SMALL[char]
    code = ord(char)
    for first in (0x1F150, 0x1F170):
        if first <= code < first + 26:
            return chr(ord("A") + code - first)
    return unicodedata.normalize("NFKC", char)


def compatible_edits(clean: str) -> list[Edit]:
    """Edits that turn compatibility characters into ordinary ones (NFKC, small capitals)."""
    pattern = _MARKED if _MARK.search(clean) else _COMPATIBLE
    found = ((m.start(), m.end(), m[0], _plain(m[0])) for m in pattern.finditer(clean))
    return [(start, end, new) for start, end, old, new in found if new != old]


def script_edits(clean: str) -> list[Edit]:
    """Edits that write each word of mixed Latin and Cyrillic (or Greek) letters in one script."""
    edits: list[Edit] = []
    if _MEETING.search(clean) is None:
        return edits
    for m in _MIXED_WORD.finditer(clean):
        new = one_script(m[0])
        if new != m[0]:
            edits.append((m.start(), m.end(), new))
    return edits


def one_script(word: str) -> str:
    """The word with look-alikes of the other script replaced; unchanged when it truly mixes both.

    Letters that only one script has decide; without any, the more frequent script.
    """
    latin = [c for c in word if c.isascii()]
    other = [c for c in word if not c.isascii()]
    only_latin = sum(c not in _LATIN_TWINS for c in latin)
    only_other = sum(c not in _CYRILLIC_TWINS and c not in _LATIN_OF for c in other)
    if only_other and not only_latin:
        return "".join(_CYRILLIC_OF.get(c, c) for c in word)
    if only_other or not all(c in _LATIN_OF for c in other):
        return word
    if only_latin or len(latin) >= len(other):
        return "".join(_LATIN_OF.get(c, c) for c in word)
    return "".join(_CYRILLIC_OF.get(c, c) for c in word)


def spread_edits(clean: str) -> list[Edit]:
    """Edits that close up words spread by single spaces, dots or stars: `R D P`, `@ n i c k s`."""
    edits: list[Edit] = []
    for m in _SPREAD_HANDLE.finditer(clean):
        edits.append((m.start() + 1, m.start(1), ""))
        edits += [(i, i + 1, "") for i in range(m.start(1) + 1, m.end(), 2)]
    taken = {start for start, _, _ in edits}
    for m in _SPREAD.finditer(clean) if _SINGLE.search(clean) else ():
        gaps = range(m.start() + 1, m.end(), 2)
        same_case = m[0] in (m[0].upper(), m[0].lower())
        if same_case and not taken.intersection(gaps):
            edits += [(i, i + 1, "") for i in gaps]
    return sorted(edits)

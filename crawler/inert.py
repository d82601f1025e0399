"""Text of the underground made harmless for people's screens and spreadsheets."""

import re
from unicodedata import category

HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})
"""Unicode categories of characters that are invisible or turn the direction of text."""
_JOINERS = "\u200c\u200d"
_URL = re.compile(r"\b(h)tt(ps?://)([^\s<>\"]*)", re.I)
_SCHEME = re.compile(r"\b(javascript|data|vbscript|file|ftp|tg|tox|bitcoin|monero)(?=:)", re.I)
_EMAIL = re.compile(r"([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,5}[a-z]{2,24})\b", re.I)
_ONION = re.compile(r"\b([a-z2-7]{16}|[a-z2-7]{56})\.(onion)\b", re.I)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?")


def is_hidden(character: str) -> bool:
    """Whether a character is invisible or turns the direction of text."""
    return character not in "\n\t" and category(character) in HIDDEN


def visible(text: str) -> str:
    """The text with hidden characters written out, such as `\\u202e`."""
    if text.isascii() and text.isprintable():
        return text
    # joiners hold emoji and Persian words together
    return "".join(
        f"\\u{ord(c):04x}" if is_hidden(c) and not _joins(text, i) else c
        for i, c in enumerate(text)
    )


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands between two visible signs that are not ASCII."""
    if text[at] not in _JOINERS or not 0 < at < len(text) - 1:
        return False
    before, after = text[at - 1], text[at + 1]
    return not (before.isascii() or after.isascii() or is_hidden(before) or is_hidden(after))


def defang(text: str) -> str:
    """Text for people: hidden characters shown, and no address that a program makes a link of."""
    text = visible(text)
    text = _URL.sub(lambda m: f"{m[1]}xx{m[2]}{m[3].replace('.', '[.]')}", text)
    text = _SCHEME.sub(r"\1[:]", text).replace("[:]:", "[:]")
    text = _EMAIL.sub(lambda m: f"{m[1]}[@]{m[2].replace('.', '[.]')}", text)
    return _ONION.sub(r"\1[.]\2", text)


def safe_csv(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay (OWASP: CSV injection)."""
    if not cell.lstrip(" \n").startswith(_FORMULA) or _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"

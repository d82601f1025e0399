"""Text of the underground made harmless for people's screens and spreadsheets."""

import re
from unicodedata import category

HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})
"""Unicode categories of characters that are invisible or turn the direction of text."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Letters and signs that look like nothing."""
_JOINERS = "\u200c\u200d"
_URL = re.compile(r"(h)tt(ps?://)([^\s<>\"]*)", re.I)
_SCHEME = re.compile(
    r"(?:javascript|vbscript|data(?=:[a-z]+/)|\b(?:blob|file|ftp|mailto|tel|sms|magnet|irc|ssh|smb"
    r"|skype|xmpp|tg|tox|signal|sgnl|session|whatsapp|bitcoin|monero|intent|view-source"
    r"|[a-z][a-z0-9+-]{1,14}(?=://)))"
    r"(?=:\S)",
    re.I,
)
_AT = re.compile(r"(?<=[\w.+-])@((?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24})\b")
_HOST = re.compile(
    r"(?<![\w.@-])((?:[\w-]{1,63}\.){1,5})(?=(?:com|net|org|info|biz|io|me|cc|to|ru|su|ua|by|kz|рф|xyz"
    r"|top|site|online|shop|store|club|pro|pw|ws|tk|co|uk|de|nl|fr|es|it|pl|ch|eu|us|br|cn|tv|la|sh"
    r"|gg|is|ly|host|hosting|cloud|network|vip|link|live|life|world|app|dev|tech|space|website|today"
    r"|market|zone|email|chat|onion|i2p|example|test|invalid)\b(?![\w-]))",
    re.I,
)
"""Hosts without a scheme, under the top-level domains that mail and chat programs make links of."""
_FORMULA = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
"""What a formula begins with, in ASCII and full width."""
_UNSAFE = re.compile(
    rf"\A(?=[\t\r\n]|[\s\x00-\x1f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*{_FORMULA})"
    rf"|(?<=[;\t\r\n])(?=[ \xa0\"]{{0,20}}{_FORMULA})"
)
"""Before a formula at the start of a cell, or where a program that parts cells at semicolons, tabs
or lines would begin one."""
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?")


def is_hidden(character: str) -> bool:
    """Whether a character is invisible or turns the direction of text."""
    if character in "\n\t":
        return False
    return category(character) in HIDDEN or character in _BLANK or character >= "\U000e0100"


def visible(text: str) -> str:
    """The text with hidden characters written out, such as `\\u202e`."""
    if text.isascii() and text.isprintable():
        return text
    # joiners hold emoji and Persian words together
    return "".join(
        _written(c) if is_hidden(c) and not _joins(text, i) else c for i, c in enumerate(text)
    )


def _written(character: str) -> str:
    """A character by its number, as Python and JSON write it."""
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands between two visible signs that are not ASCII."""
    if text[at] not in _JOINERS or not 0 < at < len(text) - 1:
        return False
    before, after = text[at - 1], text[at + 1]
    return not (before.isascii() or after.isascii() or is_hidden(before) or is_hidden(after))


def defang(text: str) -> str:
    """Text for people: hidden characters shown, and no address that a program makes a link of."""
    text = visible(text)
    text = _URL.sub(lambda m: f"{m[1]}xx{m[2]}{_dots(m[3])}", text)
    text = _SCHEME.sub(lambda m: m[0] if m[0].lower().startswith("hxx") else f"{m[0]}[:]", text)
    text = text.replace("[:]:", "[:]")
    text = _AT.sub(lambda m: f"[@]{_dots(m[1])}", text)
    return _HOST.sub(lambda m: _dots(m[1]), text)


def _dots(host: str) -> str:
    return host.replace(".", "[.]")


def safe_csv(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay (OWASP: CSV injection)."""
    return cell if _NUMBER.fullmatch(cell) else _UNSAFE.sub("'", cell)

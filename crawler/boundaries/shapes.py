"""The shape of a text: what it could hold, told much faster than by patterns.

Every digit becomes `0`, every capital letter of ASCII `A`. A pattern that needs thirteen digits in
a row cannot fit a text whose shape has no thirteen zeros in a row, and few texts have.
"""

from string import ascii_uppercase, digits

SHAPE = bytes.maketrans(
    (digits + ascii_uppercase).encode(), b"0" * len(digits) + b"A" * len(ascii_uppercase)
)
GAPS = (b" ", b"-", b"&nbsp;", *(gap.encode() for gap in "\u00a0\u2009\u202f"))
CARDS = (b"0" * 13, *(b"0000%b0000" % gap for gap in GAPS))
"""One of these is in the shape of every text with a card's number."""
ADDRESSES = (b".0.0", b".00.0", b".000.0")
"""One of these is in the shape of every text with an IPv4 address."""


def shape_of(text: str) -> bytes:
    """The shape of a text."""
    return text.encode("utf-8", "replace").translate(SHAPE)


def has_any(shape: bytes, parts: tuple[bytes, ...]) -> bool:
    """Whether a shape has one of these parts."""
    return any(part in shape for part in parts)

"""Which charset bytes are written in, told by what they decode to."""

import re
from collections.abc import Iterator

KNOWN = re.compile(
    r"utf-8|utf-16(-le|-be)?|cp(866|874|949|932|125[0-8])|iso8859-(1|2|3|4|5|6|7|8|10|13|14|15|16)|"
    r"koi8-[ru]|mac-(roman|cyrillic)|gbk|gb2312|gb18030|big5(hkscs)?|euc_(jp|kr)|iso2022_jp|"
    r"shift_jis|ascii"
)
"""Python's names of the encodings of the web (WHATWG): others, such as UTF-7, hide markup."""
CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5")
SAMPLE = 1 << 18
WIDE = {
    "utf-16-le": re.compile(rb"(?:\s\x00)*[<{\[]\x00[^\x00]"),
    "utf-16-be": re.compile(rb"(?:\x00\s)*\x00[<{\[]\x00[^\x00]"),
}
"""How markup and data begin in UTF-16."""
OFTEN = re.compile("[оеаинтсрвл]")
LETTERS = re.compile("[А-Яа-яЁё]")
HAN = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")
MOJIBAKE = re.compile("[ÐÑ][\u0080-\u00bf–-™]|Ã[\u0080-\u00bf]|â€|[РС][\u0080-\u00bf°-џ‚-™]")
"""UTF-8 read as latin-1, windows-1252 or windows-1251."""
TWICE = re.compile("(?:[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]{1,3})+")
"""UTF-8 read as windows-1252 and written as UTF-8 again."""
MANY = 20
"""Signs of a wrong charset that no author writes by chance."""


def wide(body: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by its first sign; None for anything else."""
    for charset, form in WIDE.items():
        if form.match(body[:200]):
            return charset
    return None


def guess(body: bytes) -> str:
    """The likeliest charset of undeclared bytes: UTF-8, else what reads as words."""
    sample = body[:SAMPLE]
    if damage(sample.decode("utf-8", "replace")) < TOO_MANY:
        return "utf-8"
    high = len(sample) - len(sample.decode("ascii", "ignore"))
    score, charset = max((often_in(sample, each), each) for each in CYRILLIC)
    if score > high * 0.3:
        return charset
    if high > 20:
        text = sample.decode("gb18030", "replace")
        if damage(text) < TOO_MANY and len(HAN.findall(text)) * 2 > high * 0.9:
            return "gb18030"
    return "cp1252"


def often_in(sample: bytes, charset: str) -> int:
    """How many of the commonest Russian letters a charset makes of bytes."""
    return len(OFTEN.findall(sample.decode(charset, "replace")))


def better_cyrillic(body: bytes, declared: str) -> str | None:
    """The Cyrillic charset in which bytes read as words, where the declared one gives none."""
    if declared not in CYRILLIC:
        return None
    sample = body[:SAMPLE]
    mine = often_in(sample, declared)
    score, charset = max((often_in(sample, each), each) for each in CYRILLIC)
    return charset if score > MANY and score > mine * 4 else None


TOO_MANY = 0.002
"""Share of replacement characters that shows that a charset is wrong."""


def damage(text: str) -> float:
    """Share of replacement characters: in the text, or a hundredth of that beyond ASCII."""
    lost = text.count("\ufffd")
    if lost < 3:
        return 0.0
    return max(lost / max(len(text), 1), lost / max(beyond_ascii(text), 1) * 0.01)


def beyond_ascii(text: str) -> int:
    """How many of the first characters are not ASCII."""
    sample = text[:SAMPLE]
    return len(sample) - len(sample.encode("ascii", "ignore"))


def unfolded(text: str) -> str | None:
    """A text that was encoded as UTF-8 twice, read right; None where it was not."""
    sample = text[:SAMPLE]
    # runs begin with U+00C2 to U+00F4, whose first byte is this, and are four characters at most
    if sample.isascii() or sample.encode("utf-8", "replace").count(b"\xc3") < MANY // 2:
        return None
    signs = sum(map(len, TWICE.findall(sample)))
    if signs < 2 * MANY or signs < beyond_ascii(text) * 0.7:
        return None
    return TWICE.sub(lambda match: once(match[0]), text)


def once(run: str) -> str:
    """A run of doubly encoded characters as it was meant; itself where it cannot be."""
    try:
        return bytes(low_bytes(run)).decode("utf-8")
    except ValueError:
        return run


def low_bytes(run: str) -> Iterator[int]:
    """The bytes that windows-1252 (with the gaps of latin-1) made these characters from.

    Raises:
        ValueError: one is made from none.
    """
    for sign in run:
        yield ord(sign) if ord(sign) < 256 else sign.encode("cp1252")[0]

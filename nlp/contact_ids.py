"""Identifiers with a fixed form: Tox, Session, PGP fingerprints, wallets, ICQ, Discord, Matrix."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nlp import checksums
from nlp.contact_cues import Cues
from nlp.sought import exact


class Hit(NamedTuple):
    """A contact in clean coordinates."""

    kind: str
    value: str
    start: int
    end: int
    rule: str
    confidence: float
    valid: bool | None = None


_HEX = re.compile(r"(?<![0-9A-Za-z])(?:0x)?[0-9A-Fa-f]{40,76}(?![0-9A-Za-z])")
_LONG = re.compile(r"[0-9A-Za-z]{26}")
"""What every unspaced id holds."""
_SPACED_HEX = re.compile(
    r"[0-9A-Fa-f](?<![0-9A-Za-z].)[0-9A-Fa-f]{3}(?:\s{1,2}[0-9A-Fa-f]{4}){9}(?![0-9A-Za-z])",
)
_SPACED = 49
"""Characters of a fingerprint in ten groups."""
_BASE58 = re.compile(r"(?<![0-9A-Za-z])[1-9A-HJ-NP-Za-km-z]{26,106}(?![0-9A-Za-z])")
_SEGWIT = exact(r"(?<![0-9A-Za-z])(?:bc1|ltc1|BC1|LTC1)[0-9A-Za-z]{14,71}(?![0-9A-Za-z])")
_DISCORD_TAG = re.compile(r"(?<![\w#&@/.])@?([\w.]{2,32})#(\d{4})(?!\w)")
_DISCORD_INVITE = re.compile(
    r"(?<![\w.])(?:https?://)?(?:www\.)?discord(?:\.gg|(?:app)?\.com/invite)/([A-Za-z0-9-]{2,32})",
    re.IGNORECASE,
)
_MATRIX = re.compile(
    r"@(?<![\w@]@)[a-zA-Z0-9._=-]{1,64}:[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){1,4}(?![\w@])"
)
_ICQ_DIGITS = re.compile(r"\d(?:[ .-]?\d){4,9}(?!\w)")
_PHONE = re.compile(r"\+?\(?\d(?:[ ().-]{0,2}\d){7,14}(?!\w)")
_WA_LINK = re.compile(r"(?:wa\.me/|whatsapp\.com/send\?phone=)\+?(\d{8,15})", re.IGNORECASE)
_NUMBERED = frozenset(
    re.findall(
        r"\S+",
        "order ticket id lot product post bug case issue item заказ тикет лот заявка номер dispute",
    )
)


def ids_in(clean: str, cues: Cues) -> Iterator[Hit]:
    """Identifiers whose form or cue decides their kind; failed checksums are left out."""
    if _LONG.search(clean):
        yield from _long_hex(clean, cues)
        yield from _spaced_hex(clean)
        yield from _base58(clean)
    else:
        yield from _spaced_hex(clean)
    yield from _segwit(clean)
    if "#" in clean:
        yield from _discord_tags(clean, cues)
    if "discord" in clean.lower():
        for m in _DISCORD_INVITE.finditer(clean):
            value = f"discord.gg/{m[1].lower()}"
            yield Hit("discord", value, m.start(), m.end(), "discord.invite", 0.9)
    if "@" in clean:
        for m in _MATRIX.finditer(clean):
            yield Hit("matrix", m[0].lower(), m.start(), m.end(), "matrix.id", 0.95)
    for m in _WA_LINK.finditer(clean) if "/" in clean else ():
        yield Hit("whatsapp", m[1], m.start(), m.end(), "whatsapp.link", 0.95)
    yield from _numbers(clean, cues)


def _long_hex(clean: str, cues: Cues) -> Iterator[Hit]:
    for m in _HEX.finditer(clean):
        value = m[0]
        if value[:2] in ("0x", "0X"):
            if len(value) == 42 and (valid := checksums.is_eth(value)) is not False:
                yield Hit("eth", value, m.start(), m.end(), "eth.address", 0.95, valid)
        elif len(value) == 76 and checksums.is_tox(value):
            yield Hit("tox", value.upper(), m.start(), m.end(), "tox.id", 1.0, True)
        elif len(value) == 66 and value.startswith("05"):
            yield Hit("session", value.lower(), m.start(), m.end(), "session.id", 0.95)
        elif len(value) == 40 and _is_pgp(m.start(), m.end(), cues):
            yield Hit("pgp", value.upper(), m.start(), m.end(), "pgp.fingerprint", 0.9)


def _spaced_hex(clean: str) -> Iterator[Hit]:
    for m in _SPACED_HEX.finditer(clean) if len(clean) >= _SPACED else ():
        value = "".join(m[0].split()).upper()
        yield Hit("pgp", value, m.start(), m.end(), "pgp.spaced", 0.95)


def _is_pgp(start: int, end: int, cues: Cues) -> bool:
    before, after = cues.before(start, reach=60), cues.after(end)
    return (before is not None and before[0] == "pgp") or (after is not None and after[0] == "pgp")


def _base58(clean: str) -> Iterator[Hit]:
    for m in _BASE58.finditer(clean):
        kind = _base58_kind(m[0])
        if kind is not None:
            yield Hit(kind, m[0], m.start(), m.end(), f"{kind}.address", 1.0, True)


def _segwit(clean: str) -> Iterator[Hit]:
    for m in _SEGWIT.finditer(clean):
        kind = "btc" if m[0][:2].lower() == "bc" else "ltc"
        if checksums.is_segwit(m[0], kind):
            yield Hit(kind, m[0].lower(), m.start(), m.end(), f"{kind}.segwit", 1.0, True)


def _base58_kind(address: str) -> str | None:
    """The coin whose checksum the address holds, or None."""
    if len(address) in (95, 106) and address[0] in "48":
        return "xmr" if checksums.is_xmr(address) else None
    if len(address) > 35:
        return None
    coins = {"1": ("btc",), "3": ("btc", "ltc"), "L": ("ltc",), "M": ("ltc",), "T": ("trx",)}
    for coin in coins.get(address[0], ()):
        if checksums.is_base58(address, coin):
            return coin
    return None


def _discord_tags(clean: str, cues: Cues) -> Iterator[Hit]:
    for m in _DISCORD_TAG.finditer(clean):
        if m[1].lower() not in _NUMBERED and not m[1].isdigit():
            cue = cues.before(m.start())
            sure = 0.95 if cue is not None and cue[0] == "discord" else 0.7
            value = f"{m[1]}#{m[2]}".lower()
            yield Hit("discord", value, m.start(), m.end(), "discord.tag", sure)


def _numbers(clean: str, cues: Cues) -> Iterator[Hit]:
    """ICQ numbers and phones of WhatsApp and Signal, right after their cue."""
    for _, end, kind in cues.all():
        if kind == "icq":
            m = _after_cue(_ICQ_DIGITS, clean, end)
            if m is not None and (cut := _icq_end(m[0])):
                value = "".join(filter(str.isdecimal, m[0][:cut]))
                yield Hit("icq", value, m.start(), m.start() + cut, "icq.cue", 0.95)
        elif kind in ("whatsapp", "signal"):
            m = _after_cue(_PHONE, clean, end)
            if m is not None:
                value = "".join(filter(str.isdecimal, m[0]))
                start = m.start() + (m[0][0] == "(" and ")" not in m[0])
                yield Hit(kind, value, start, m.end(), f"{kind}.phone", 0.9)


def _after_cue(pattern: re.Pattern[str], clean: str, end: int) -> re.Match[str] | None:
    """The pattern's match when only a few words and separators stand between it and the cue."""
    at = end
    stop = min(len(clean), end + 24)
    while at < stop and clean[at] != "\n" and not (clean[at].isdecimal() or clean[at] == "+"):
        at += 1
    return pattern.match(clean, at) if at < stop and clean[at] != "\n" else None


def _icq_end(written: str) -> int | None:
    """How many characters of the match are the number: 5 to 9 digits, None when it cannot be."""
    first = re.split(r"[ .-]", written, maxsplit=1)[0]
    if len(first) >= 6:
        return len(first) if len(first) <= 9 else None
    seen = 0
    for i, c in enumerate(written):
        seen += c.isdecimal()
        if seen == 9:
            return i + 1
    return len(written) if 6 <= seen <= 9 else None

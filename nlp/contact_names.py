"""Nicknames after a cue and handles behind an @: Telegram first of all."""

import re
from collections.abc import Iterator

from nlp.contact_cues import Cues
from nlp.contact_ids import Hit
from nlp.sought import exact

_DOT = r"\s?(?:\.|\[\s?(?:\.|dot)\s?\]|\(\s?(?:\.|dot)\s?\)|\{\.\}|\s(?:dot|точка)\s)\s?"
_LINK = re.compile(
    rf"(?<![\w.-])(?:(?:https?|hxxps?)\s?:\s?//\s?)?(?:www\.)?"
    rf"(?:t{_DOT}me|telegram{_DOT}(?:me|dog)|tlgrm\.(?:ru|me))\s?/\s?"
    r"(?:(?P<join>joinchat/|\+)(?P<code>[A-Za-z0-9_-]{6,40})"
    r"|(?:s/|@)?(?P<name>[A-Za-z][A-Za-z0-9_]{3,31}))(?![A-Za-z0-9_])(?:[/?][\w/?=&%-]{0,80})?",
    re.IGNORECASE,
)
_RESOLVE = re.compile(
    r"tg://(?:resolve\?domain=(?P<name>[A-Za-z][A-Za-z0-9_]{3,31})"
    r"|join\?invite=(?P<code>[A-Za-z0-9_-]{6,40}))",
    re.IGNORECASE,
)
_SUBDOMAIN = exact(r"(?<![\w.])(?:https?://)?([A-Za-z][A-Za-z0-9_]{4,31})\.t\.me(?![\w.])")
_NOT_NAMES = frozenset(
    re.findall(
        r"\S+",
        "share addstickers proxy socks setlanguage addtheme login confirmphone contact joinchat "
        "addemoji invoice boost giftcode",
    )
)
_HANDLE = re.compile(r"@(?<![\w@/.]@) ?([A-Za-z][A-Za-z0-9_]{3,31})(?![\w@:]|[.-]\w)")
_NOT_HANDLES = frozenset(
    re.findall(
        r"\S+",
        "admin admins everyone here channel mods moderator moderators staff support_team all home "
        "gmail yahoo example media import font",
    )
)
_NAMED = frozenset({"telegram", "discord", "wickr", "signal"})
_NICK = re.compile(
    r"(?P<gap>[ \t]{0,3}(?:\([^()\n]{1,24}\)|\b(?:me|only|only:|id|nick|username|user|us|at|is"
    r"|handle|ник"
    r"|только|ко мне|solo|nur|账号|号)\b)?[ \t]{0,3}(?P<mark>[:=>»→➜➡⇒👉|–—-]{0,3}"
    r"|[:=]\s?[-–—>]{1,2})[ \t]{0,3}\n?[(\[]?)"
    r"(?P<at>@ ?)?(?P<nick>[A-Za-z0-9][A-Za-z0-9_.]{2,31}[A-Za-z0-9_])(?![\w@]|[:.]\w)",
    re.IGNORECASE,
)
_END_OF_CONTACT = re.compile(
    r"[ \t]{0,3}(?:$|\n|[|/,;.)<&+•·\]]|//|\b(?:or|and|или|либо|o|ou|oder)\b)",
)
_COMMON = frozenset(
    re.findall(
        r"\S+",
        "telegram indonesia poland premium channel group account accounts support contact whatsapp "
        "session signal discord jabber username online service services verified business please "
        "india china russia ukraine france germany spain italy brazil mexico canada kenya vietnam "
        "turkey europe world any other number numbers messages spam bot bots only here profile "
        "below above there number members invite install installs instead message encrypted chat "
        "virtual random fresh month week price user admin nick from with your this that when",
    )
)


def names_in(clean: str, cues: Cues) -> Iterator[Hit]:
    """Telegram links, nicknames after their cue, and bare handles, surest first."""
    yield from _links(clean, cues.low)
    yield from _cued(clean, cues)
    if "@" in clean:
        yield from _handles(clean, cues)


def _links(clean: str, low: str) -> Iterator[Hit]:
    patterns = (_LINK, _RESOLVE) if "tg://" in low else (_LINK,)
    for pattern in patterns if "/" in clean else ():
        for m in pattern.finditer(clean):
            name = m["name"] or f"+{m['code']}"
            if name.lower() not in _NOT_NAMES:
                yield Hit("telegram", name.lower(), m.start(), m.end(), "telegram.link", 1.0)
    for m in _SUBDOMAIN.finditer(clean):
        yield Hit("telegram", m[1].lower(), m.start(), m.end(), "telegram.subdomain", 0.95)


def _cued(clean: str, cues: Cues) -> Iterator[Hit]:
    found = cues.all()
    for i, (start, end, kind) in enumerate(found):
        if kind not in _NAMED:
            continue
        m = _NICK.match(clean, end)
        if m is None or not _is_nick(kind, m, clean):
            continue
        sure = 0.95 if m["at"] or m["mark"] else 0.8
        span = (m.start("at") if m["at"] else m.start("nick"), m.end("nick"))
        value = m["nick"].lower()
        for also in [*reversed(list(_shared_kinds(found, i, start, clean))), kind]:
            yield Hit(also, value, *span, f"{also}.cue", sure)


def _shared_kinds(
    found: list[tuple[int, int, str]], i: int, start: int, clean: str
) -> Iterator[str]:
    """Kinds of cues chained before the one at `start`: `tg / wickr: nick`."""
    while i > 0:
        first, end, kind = found[i - 1]
        if clean[end:start].strip(" /&,|+") or kind not in _NAMED or "\n" in clean[end:start]:
            return
        yield kind
        i, start = i - 1, first


def _is_nick(kind: str, m: re.Match[str], clean: str) -> bool:
    nick = m["nick"]
    if nick.lower() in _COMMON or nick.isdecimal():
        return False
    if kind == "telegram" and (len(nick) < 5 or "." in nick or nick[0].isdecimal()):
        return False
    if m["at"]:
        return True
    marked = any(c.isdecimal() or c in "_." for c in nick)
    if marked and not re.fullmatch(r"\d+[a-z]{1,3}|\d[\d.]*", nick.lower()):
        return bool(m["mark"] or m["gap"]) and not _is_amount_next(clean, m.end())
    strong = ":" in m["mark"] or "=" in m["mark"] or ">" in m["mark"]
    if not strong and not (m["mark"] or kind in ("wickr", "discord")):
        return False
    return len(nick) >= 4 and _END_OF_CONTACT.match(clean, m.end()) is not None


_AMOUNT_NEXT = re.compile(r"[ \t]{0,3}[-–—=:]?[ \t]{0,2}[$€£₽]\s?\d|[ \t]{0,3}[-–—=:][ \t]{0,2}\d")


def _is_amount_next(clean: str, at: int) -> bool:
    return _AMOUNT_NEXT.match(clean, at) is not None


def _handles(clean: str, cues: Cues) -> Iterator[Hit]:
    for m in _HANDLE.finditer(clean):
        name = m[1].lower()
        if name in _NOT_HANDLES or len(name) < 4:
            continue
        cue = cues.before(m.start(), reach=20)
        kind = cue[0] if cue is not None and cue[0] in _NAMED else "telegram"
        if cue is not None and cue[0] == "other" and cue[1] <= 6:
            continue
        yield Hit(kind, name, m.start(), m.end(), f"{kind}.handle", 0.85)

"""E-mail, XMPP and sites: everything with a host name, plain or defanged."""

import re
from collections.abc import Iterator

from nlp.checksums import is_onion
from nlp.contact_cues import Cues
from nlp.contact_ids import Hit

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOT = (
    r"(?:\.|\s?\[\s?(?:\.|dot|d0t|точка|punkt|punto|ponto)\s?\]\s?"
    r"|\s?\(\s?(?:\.|dot|d0t|точка|punkt|punto|ponto)\s?\)\s?|\s?\{\s?(?:\.|dot|точка)\s?\}\s?"
    r"|\s?<\s?(?:\.|dot)\s?>\s?|\s(?:dot|точка)\s)"
)
_HOST = rf"{_LABEL}(?:{_DOT}{_LABEL}){{1,5}}"
_AT = (
    r"(?:\s?@\s?|\s?[\[({<]\s?(?:@|at|a|собака|сабака|ät|aet|arroba|ат)\s?[\])}>]\s?"
    r"|\s(?:собака|arroba)\s"
    r"|#(?=[\w.-]{3,80}\s?\(\s?(?:把\s?)?#\s?(?:[换改]成?|替换成?|=|->|→|is|to)\s?@\s?\)))"
)
_TLDS = frozenset(
    re.findall(
        r"\S+",
        "com net org info biz io me cc to is ru su ua by kz рф xyz top site online shop "
        "store club pro pw ws tk ml ga cf gq im in co uk de nl fr es it pl cz ch at se no fi "
        "eu us ca au br mx cn hk jp sg link live life world host hosting cloud network vip "
        "fun icu bz la sh tv st sx lol rip li lt lv ee md ge am ag sc cx gg rs ro bg hu gr "
        "tr ir il onion i2p example test invalid app tech space website today tools services "
        "market zone ltd one bet cash money guru ninja rocks wtf dev digital center email "
        "chat systems solutions ltd group red blue black name mobi asia tel ai ph id my vn "
        "th nz za pe cl ar ve ec cr pa hn gt do pt be lu ie dk exchange express trade work "
        "works run pics video stream land city ink fyi how bond sbs cfd cyou click rest "
        "monster quest hair skin beauty mom autos homes boats yachts ,",
    )
)
_TLD_PATTERN = "|".join(sorted(_TLDS, key=len, reverse=True))
_ADDRESS = re.compile(
    rf"(?<![\w.@+/-])(?P<local>[A-Za-z0-9](?:[A-Za-z0-9._%+-]{{0,62}}[A-Za-z0-9_])?)"
    rf"(?P<at>{_AT}|\sat\s(?=\S{{1,63}}\s(?:dot"
    rf"|точка)\s))(?P<host>{_HOST}(?:\s\.\s(?:{_TLD_PATTERN})(?!\w))?"
    rf"|{_LABEL}\s\.\s(?:{_TLD_PATTERN}))(?![\w@])",
    re.IGNORECASE,
)
_URL = re.compile(
    rf"(?<![\w.])h(?:tt|xx|\*\*)ps?\s?(?::"
    rf"|\[:\])\s?//\s?(?P<host>{_LABEL}(?:{_DOT}{_LABEL}){{1,5}})"
    r"(?::\d{1,5})?(?P<path>[/?#][^\s<>\"'\]\[()|]{0,300})?",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![\w.@/-])(?P<host>{_LABEL}(?:(?:{_DOT}|\s\.\s){_LABEL}){{1,4}})"
    r"(?::\d{1,5})?(?P<path>/[^\s<>\"'\]\[()|]{0,200})?(?![\w@])",
    re.IGNORECASE,
)
_AT_SIGN = re.compile(
    r"[@#\[({<aс](?:(?<=[@#])|(?<=[\[({<])\s?[@aäса]"
    r"|(?<=\s.)(?:(?<=a)(?:t|rroba)|(?<=с)обака)\s)"
)
"""What every written `@` begins with in small letters, but for white space before it."""
_DOTTED = re.compile(
    r"[.\[({<dт](?:(?<=\.)[^\W_]|(?<=[\[({<])\s?[.dтp]"
    r"|(?<=\s.)(?:(?<=\.)|(?<=d)ot|(?<=т)очка)\s)"
)
"""What every written dot begins with in small letters, but for white space before it."""
_DEFANGED_DOT = re.compile(_DOT + r"|\s\.\s", re.IGNORECASE)
_CLEARNET = frozenset(
    re.findall(
        r"\S+",
        "google.com gmail.com youtube.com youtu.be github.com gitlab.com wikipedia.org "
        "virustotal.com pastebin.com imgur.com prnt.sc ibb.co postimg.cc twitter.com x.com "
        "facebook.com instagram.com linkedin.com amazon.com cloudflare.com blockchain.com "
        "etherscan.io tronscan.org telegram.org zoominfo.com dnb.com spamhaus.org "
        "microsoft.com apple.com paypal.com binance.com mail.ru yandex.ru vk.com "
        "whatsapp.com discord.com discord.gg t.me telegram.me wa.me ebay.com speedtest.net "
        "whoer.net ipqualityscore.com maxmind.com shodan.io censys.io archive.org reddit.com "
        "medium.com steamcommunity.com netflix.com office.com outlook.com live.com "
        "hetzner.com ovh.com digitalocean.com azure.com godaddy.com namecheap.com "
        "hostinger.com localbitcoins.com bestchange.ru gyazo.com lightshot.com mega.nz "
        "drive.google.com blockchair.com similarweb.com ahrefs.com coinbase.com stripe.com "
        "wikipedia.com xe.com krebsonsecurity.com bleepingcomputer.com web.archive.org "
        "node.js asp.net ,",
    )
)
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".svg", ".pdf", ".mp4", ".txt", ".zip")
_NEWS = re.compile(
    r"(?<![^\W_])(?:source|sources|blog|article|report|story|news|read more|full text|via"
    r"|found it|details|proof"
    r"|screen(?:shot)?s?|источник|статья|новость|пруф|скрин\w{0,4}|подробн\w{0,4}|quelle|fuente"
    r"|fonte"
    r"|见|来源|المصدر|victim|company|target|domain of|original|оригинал"
    r"|блог\w{0,2})(?![^\W_])[^\n|;]{0,24}$",
    re.IGNORECASE,
)
_IN_URL = re.compile(r"://\S{0,40}$")
_XMPP_HOST = re.compile(
    r"jab|xmpp|zhab|(?:^|[.-])im(?:[.-]|$)|thesecure|sj\.ms|\.im$|otr|omemo|exploit\.|conversations"
    r"|prosody|xabber|404\.city|chatserv|(?:^|[.-])chat[.-]",
    re.IGNORECASE,
)
_MAIL_HOST = re.compile(
    r"mail|proton|tuta|gmail|yahoo|outlook|hotmail|yandex|cock\.li|post|letters|inbox|riseup",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?:\s?\([^()\n]{0,16}\))?[^(\n]{0,24}$")
_ONLY = re.compile(r"^[\W_]{0,12}$")


def plain_host(written: str) -> str:
    """The host name without defanging, lower case and without `www.`."""
    host = _DEFANGED_DOT.sub(".", written).lower()
    return host.removeprefix("www.")


def hosts_in(clean: str, cues: Cues) -> Iterator[Hit]:
    """Addresses first, then URLs, then bare host names in contact position."""
    yield from _addresses(clean, cues)
    for m in _URL.finditer(clean) if "//" in clean else ():
        hit = _site(m, clean, cues, is_url=True)
        if hit is not None:
            yield hit
    for m in _bare_in(clean, cues.low):
        if _is_bare_site(m, clean, cues):
            hit = _site(m, clean, cues, is_url=False)
            if hit is not None:
                yield hit


def _bare_in(clean: str, low: str) -> Iterator[re.Match[str]]:
    """Bare host names in order, tried only where the label before a dot begins."""
    at = 0
    for dot in _DOTTED.finditer(low):
        start = _begin_before(clean, dot.start(), "_-")
        if start >= at and (m := _BARE.match(clean, start)):
            yield m
            at = m.end()


def _written_in(clean: str, low: str) -> Iterator[re.Match[str]]:
    """Addresses in order, tried only where the name before an `@` may begin."""
    at = 0
    for sign in _AT_SIGN.finditer(low):
        start = _begin_before(clean, sign.start(), "_.%+-")
        parts = (i + 1 for i in range(start, sign.start()) if clean[i] == "%")
        for place in (start, *parts):
            if place >= at and (m := _ADDRESS.match(clean, place)):
                yield m
                at = m.end()


def _begin_before(clean: str, end: int, marks: str) -> int:
    """Where the letters, digits and marks begin that end at a place or a blank before it."""
    start = end - clean[end - 1 : end].isspace() if end else 0
    while start and (clean[start - 1].isalnum() or clean[start - 1] in marks):
        start -= 1
    return start


def _addresses(clean: str, cues: Cues) -> Iterator[Hit]:
    for m in _written_in(clean, cues.low):
        host = plain_host(m["host"])
        if host.rpartition(".")[2].isdecimal() or len(host.rpartition(".")[2]) < 2:
            continue
        if _IN_URL.search(clean[max(0, m.start() - 48) : m.start()]):
            continue
        value = f"{m['local'].lower()}@{host}"
        kind, sure = _address_kind(m, host, cues)
        yield Hit(kind, value, m.start("local"), m.end("host"), f"{kind}.address", sure)


def _address_kind(m: re.Match[str], host: str, cues: Cues) -> tuple[str, float]:
    """xmpp or email: by the cue behind it, the one before it, then its host."""
    after = cues.after(m.end())
    if after is not None and after[0] in ("xmpp", "email"):
        return after[0], 0.95
    before = cues.before(m.start())
    if before is not None and before[0] in ("xmpp", "email"):
        both = before[0] == "email" and "xmpp" in cues.chained(m.start())
        return ("xmpp", 0.8) if both else (before[0], 0.95)
    if before is None and (above := cues.header(m.start())) in ("xmpp", "email"):
        return above, 0.85
    if _XMPP_HOST.search(host):
        return "xmpp", 0.8
    return "email", 0.9 if _MAIL_HOST.search(host) else 0.7


def _site(m: re.Match[str], clean: str, cues: Cues, *, is_url: bool) -> Hit | None:
    host = plain_host(m["host"])
    path = (m["path"] or "").rstrip(".,;:!?/")
    if not _is_site_host(host) or path.lower().endswith(_IMAGES):
        return None
    cue = cues.before(m.start(), reach=24)
    deep = path.count("/") >= 2
    if is_url and (cue is None or cue[0] != "site"):
        lead = clean[max(0, m.start() - 60) : m.start()]
        if deep or _NEWS.search(lead):
            return None
    label = host.split(".")[-2] if host.endswith(".onion") else ""
    valid = is_onion(label) if len(label) == 56 else None
    if valid is False or (label and len(label) not in (16, 56)):
        return None
    end = m.end("path") if m["path"] else m.end("host")
    end -= len(clean[m.start() : end]) - len(clean[m.start() : end].rstrip(".,;:!?"))
    rule = "site.url" if is_url else "site.bare"
    return Hit("site", host, m.start(), end, rule, 0.9 if is_url else 0.75, valid)


def _is_site_host(host: str) -> bool:
    labels = host.split(".")
    known = labels[-1] in _TLDS or labels[-1].startswith("xn--")
    if not known or (len(labels[-2]) < 2 and labels[-1] not in ("me",)):
        return False
    return host not in _CLEARNET and ".".join(labels[-2:]) not in _CLEARNET


def _is_bare_site(m: re.Match[str], clean: str, cues: Cues) -> bool:
    """Whether a bare host stands where a contact would: after a cue, alone in its line."""
    host = plain_host(m["host"])
    if host.rpartition(".")[2] not in _TLDS:
        return False
    if host.endswith((".onion", ".i2p")):
        return True
    cue = cues.before(m.start(), reach=24)
    lead = clean[max(0, m.start() - 60) : m.start()].rpartition("\n")[2]
    if cue is not None and cue[0] == "site" and _GAP.match(clean[m.start() - cue[1] : m.start()]):
        return _BESIDE_CUE.search(lead) is not None or _NEWS.search(lead) is None
    line_start = clean.rfind("\n", 0, m.start()) + 1
    line_end = clean.find("\n", m.end())
    line_end = len(clean) if line_end < 0 else line_end
    before, after = clean[line_start : m.start()], clean[m.end() : line_end]
    if _ONLY.match(before) and _ONLY.match(after):
        return True
    if _LABELLED.match(before) and _NEWS.search(lead) is None:
        return True
    last = not clean[m.end() :].strip(" .!\n") and re.search(r"[.!?)|]\s{0,2}$", before)
    return bool(last and _NEWS.search(lead) is None) or _beside_contact(before, after)


_LABELLED = re.compile(r"^\W{0,6}[^\W\d_]{2,14}\s?:\s{0,2}$")
"""A line that is a label and an address: `rest: host.example`."""
_BESIDE_CUE = re.compile(
    r"(?:auto-?shop|shop|store|site|website|panel|магазин\w?|сайт\w?|автошоп|шоп)[\s:=-]{1,3}$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:@[A-Za-z]\w{3,31}|t\.me/\w{4,32}|\b(?:tg|telegram|jabber|icq)\b[^|]{0,60})"
    r"\s?(?:[|/•·,;]|[^\w\s.@:'\"()-]{1,4})\s?$",
    re.IGNORECASE,
)
_BESIDE_NEXT = re.compile(
    r"^\s?[|•·]\s?(?:@[A-Za-z]\w{3,31}|t\.me/|(?:tg|telegram|jabber|icq)\b)",
    re.IGNORECASE,
)


def _beside_contact(before: str, after: str) -> bool:
    """Whether the other cell of the line is a contact: `@nick | host.example`."""
    return _BESIDE.search(before[-80:]) is not None or _BESIDE_NEXT.match(after) is not None

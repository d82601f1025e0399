"""Facts of an offer: where and what the goods are, how many, and the terms of the sale."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from nlp.findings import Attribute
from nlp.folded import folded
from nlp.lexicon import Lexicon
from nlp.post import Page
from nlp.sought import Sought
from nlp.spec_company import hosts_in, revenue_in
from nlp.spec_countries import CountryCodes, countries_in
from nlp.spec_numbers import SIZE, Place, numbers_in
from nlp.spec_stock import stock_in
from nlp.taken import Taken
from nlp.terms import terms_in

_WINDOWS = Sought(
    r"\b(?:win(?:dows)?|винда|вин|винды)[ -]*(server[ -]*|srv[ -]*|сервер[ -]*)?"
    r"((?:(?:20(?:03|08|12|16|19|22|25)|xp|vista|[78]\.1|7|8|10|11)(?:\s?r2)?"
    r"(?:\s?[/,&-]\s?(?:and\s|or\s)?|\s(?:(?:and|or|и|или|y|e|o|ou|und|oder|n|та|і)\s(?=\d)|"
    r"(?=20(?:08|12|16|19|22|25)(?!\d))))?){1,4})"
    r"(?!\d|\s?(?:gb|гб|\$|€|or \d|или \d|cores|ядер|vcpu))",
)
_SERVER = Sought(r"\b(?:server|сервак|сервер)\s?(20(?:08|12|16|19|22|25))\b")
_VERSION = folded(r"(?<!r)(?:20\d\d|\d+(?:\.1)?|xp|vista)")
_LINUX = Sought(
    r"\b(?:linux|линукс\w{0,2}|линь|линух|debian|ubuntu|centos|alma(?:linux)?|rocky|fedora|дебиан"
    r"|убунту)\b",
)
_RIGHTS = (
    ("domain-admin", r"domain[ -]?admins?|\bDA\b(?!\s?\d)|домен\w{0,4}[ -]?админ\w{0,3}"
    r"|доменадмин\w{0,2}"
     r"|dom[äa]nen-?admin|admin(?:istrador)? de dom[íi]nio|域管|域控权限|دومين [اأ]دمن"),
    ("root", r"(?<![\w'])roots?\b(?!\s+canal)|\bрут(?:ы|а|ов|ом|у)?\b|روت|root权限"),
    ("admin", r"local[ -]?admins?|\badmin(?:istrator)?s?\b(?!\s(?:d[oe]l?|des|of|from)\s)"
     r"|\bлокал\w{0,4} админ\w{0,3}"
     r"|\bадмин(?:ск\w{2,3}|ы|ом|ов)?\b|\badm\b|\bSYSTEM\b|管理员|[أا]دمن|с админкой"),
    ("user", r"domain[ -]?users?|plain user|\busers?\b(?!\s?(?:name|agent|panel))|\bюзер\w{0,3}\b"
     r"|\bпользовател\w{1,3}\b|普通用户|usu[aá]rio\b|benutzer\b|user rights"
     r"|مستخدم دومين|مستخدم عادي"),
)  # fmt: skip
_RIGHTS_RE = [(name, Sought(pattern)) for name, pattern in _RIGHTS]
_SIZED = (SIZE, "ram_gb", "cpu_cores", "disk_gb", "bandwidth_mbps")
_COMPUTERS = (
    "hosting.bph.", "hosting.spoof_iphm", "hosting.mobile_satellite", "access.rdp",
    "access.ssh_root", "access.hidden_desktop", "abuse.cryptomining",
)  # fmt: skip


_WITH_RIGHTS = (
    "access.rdp", "access.ssh_root", "access.corporate", "access.cloud_account",
    "access.hosting_panel",
)  # fmt: skip
_UNLIKE = {
    "access.corporate": ("root", "linux"),
    "access.cloud_account": ("user", "admin", "domain-admin"),
    "access.hosting_panel": ("user", "domain-admin"),
    "access.ssh_root": ("user", "admin", "domain-admin"),
}
"""Values that are said of something else beside these goods."""


class Fact(NamedTuple):
    """An attribute and where it stands in clean text."""

    page: Page
    start: int
    end: int
    attribute: Attribute


class Specs:
    """Reads the facts of a post."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Prepare the codes of the countries."""
        self._codes = CountryCodes(lexicon.countries)

    def facts(self, pages: Iterable[Page], asset_types: Sequence[str]) -> list[Fact]:
        """Facts that may be said of these types of goods, in order of title and text.

        Which of them a fact belongs to is told elsewhere.
        """
        found: list[Fact] = []
        for page in pages:
            if not page.masked.strip():
                continue
            places = list(self._places(page, asset_types))
            sized = [p for p in places if p.key == "hosts"]
            found += [
                _fact(page, p)
                for p in sorted(places, key=lambda p: (p.start, p.key))
                if p.key != "quantity" or not any(_overlap(p, host) for host in sized)
            ]
        return found

    def _places(self, page: Page, asset_types: Sequence[str]) -> Iterator[Place]:
        """The facts of a page, but for those that none of the types takes."""
        yield from countries_in(page, self._codes)
        taken = _taken_by(tuple(asset_types))
        if "os" in taken:
            yield from _systems(page.low)
        if "privilege" in taken:
            yield from _rights(page.low)
        if not taken.isdisjoint(_SIZED):
            yield from numbers_in(page)
        stock = list(stock_in(page))
        if page.numbered and "revenue_usd" in taken:
            yield from revenue_in(page)
        if stock or "hosts" in taken:
            # hosts are no stock, whoever has them
            yield from hosts_in(page)
        yield from stock
        yield from terms_in(page)


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def as_said_of(fact: Attribute, asset_type: str) -> Attribute:
    """The fact with its key for these goods: a bare size is web space or else memory."""
    if fact.key != SIZE:
        return fact
    key = "disk_gb" if asset_type == "hosting.bph.shared" else "ram_gb"
    return fact._replace(key=key, rule=f"spec.{key}")


def fits(fact: Attribute, asset_type: str) -> bool:
    """Whether a fact says something about an asset type."""
    return fact.value not in _UNLIKE.get(asset_type, ()) and _belongs(fact.key, asset_type)


@cache
def _belongs(key: str, asset_type: str) -> bool:
    if key == "country":
        return True
    if key in _SIZED:
        if asset_type == "access.cloud_account":
            return key in ("cpu_cores", "ram_gb")
        if asset_type == "hosting.bph.domain":
            return False
        return asset_type.startswith(_COMPUTERS)
    if key == "os":
        return asset_type.startswith((*_COMPUTERS, "access.corporate", "access.bot_rental"))
    if key == "privilege":
        return asset_type in _WITH_RIGHTS
    if key in ("revenue_usd", "hosts"):
        return asset_type == "access.corporate" or (key, asset_type) == (
            "hosts",
            "access.bot_rental",
        )
    return True


@lru_cache(maxsize=1_000)
def _taken_by(asset_types: tuple[str, ...]) -> frozenset[str]:
    """The kinds of facts that may be said of one of the types, of those that not all take."""
    keys = ("os", "privilege", "revenue_usd", "hosts", *_SIZED)
    return frozenset(key for key in keys if any(_belongs(key, each) for each in asset_types))


def _fact(page: Page, place: Place) -> Fact:
    span = page.span(place.start, place.end)
    attribute = Attribute(place.key, place.value, span, f"spec.{place.key}")
    return Fact(page, place.start, place.end, attribute)


def _systems(text: str) -> Iterator[Place]:
    for m in _WINDOWS.finditer(text):
        for v in _VERSION.finditer(m[2]):
            version = v[0].lower()
            server = len(version) == 4
            value = f"windows-server-{version}" if server else f"windows-{version}"
            yield Place("os", value, m.start(), m.start(2) + v.end())
    for m in _SERVER.finditer(text):
        yield Place("os", f"windows-server-{m[1]}", m.start(), m.end())
    for m in _LINUX.finditer(text):
        yield Place("os", "linux", m.start(), m.end())


def _rights(text: str) -> Iterator[Place]:
    taken = Taken()
    for name, pattern in _RIGHTS_RE:
        for m in pattern.finditer(text):
            if not _denied(text, m.start(), m.end()) and taken.take(m.start(), m.end()):
                yield Place("privilege", name, m.start(), m.end())


_DENIED = re.compile(
    r"(?:\bno|\bnot|\bone|\bsingle|\bper|\bany|\bevery|люб(?:ой|ые)|кажд(?:ый|ые)"
    r"|cualquier|qualquer|jeder|\b1|без|\bнет|to|from|ask|write|cms|wp|wordpress|->)\s*$"
)
_PERSON = re.compile(r"\s*(?:yet|нет|panel|пока|can\b|may\b|может|могут|смож|kann|puede|pode\b)")


def _denied(text: str, start: int, end: int) -> bool:
    """Whether rights are said to be missing, or the word is a person."""
    before, after = text[max(start - 24, 0) : start].lower(), text[end : end + 12].lower()
    return _DENIED.search(before) is not None or _PERSON.match(after) is not None

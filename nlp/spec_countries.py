"""Countries of an offer: names, adjectives, cities, codes in capitals and flags."""

import re
from collections.abc import Iterator, Mapping

from nlp.lexicon import Country
from nlp.post import Page
from nlp.sought import Sought
from nlp.spec_numbers import Place

_CODE = re.compile(
    r"[A-Z](?:(?<![\w.@/#'’-].)[A-Z]{1,2}(?![\w@'’])(?!\.\w)|(?<=/.)[A-Z]{1,2}(?![\w@]))"
)
_SLANG = re.compile(r"(?<![\w-])([а-я]{2,3})(?=\s?[/,]\s?[а-я]{2,6}\b)|(?<=/)([а-я]{2,3})(?![\w-])")
_SLANG_CODES = {
    "де": "DE", "фр": "FR", "ит": "IT", "ру": "RU", "ус": "US", "уса": "US", "юк": "GB", "ук": "GB",
    "ес": "ES", "нл": "NL", "пл": "PL", "ка": "CA", "ау": "AU", "бр": "BR", "укр": "UA",
    "исп": "ES",
}  # fmt: skip
_PLAIN = frozenset(
    {"IN", "IS", "NO", "IT", "AT", "BE", "ID", "AR", "PA", "CA", "SA", "PE", "AL", "GB"}
)
"""Codes that are also words or abbreviations: they count in lists and before a price only."""
_LOW = (
    r"(?:usa?|uk|ca|de|fr|nl|au|br|mx|ru|ua|pl|ro|md|bg|tr|sg|hk|jp|vn|th|cz|lv|lt|ee|fi|se|dk"
    r"|ch|eu|nz|za"
    r"|cn|kr|my|ph|cl|kz|hu|gr|pt)"
)
_LOW_LIST = re.compile(
    rf"(?<![\w.@/-]){_LOW}(?:\s?[,/|+&]\s?(?:{_LOW}|it|es|id|in|at|be|no|ar|co))+(?![\w.@])"
)
_JOINED = re.compile(r"[,/|+&](?:(?<=[a-z]{2}.)|(?<=[a-z]{2}\s.))\s?[a-z]{2,3}(?![a-z])")
"""Where two short words are joined as in a list of codes."""
_LOW_ROW = re.compile(rf"\n\W{{0,4}}({_LOW})(?=[ \t:=-][^\n]{{0,24}}\d)")
"""A row behind a line end: `re` skips to one by itself."""
_LISTED = re.compile(r"^\s*(?:[,(/|+;:•]|-\s|—|–|and\b|\$|€|\d|$|\n|or\b|и\b)")
_ABROAD = re.compile(
    r"\b(?:except|excluding|exclude|(?:no|not|without|без|sin|sem|ohne)(?![^\S\n](?:passports?"
    r"|паспорт\w*|kyc"
    r"|id|logs?|логов|doc\w*|dni|cpf|abuse|абуз\w*|limits?|лимит\w*|name|ausweis|registr\w*|vat"
    r"|captcha|contrato|pasaporte))|never|refuse|don't|forbidden|prohibited|ban"
    r"|кроме|не"
    r"|нет|запрещ\w+|against|работаем по|работаю по|außer|kein\w*(?!\s(?:logs?|kyc|abuse"
    r"|limits?|ausweis\w*|fragen|sperr\w*))|excepto|exceto)\b[^.;|\n]{0,45}$"
    r"|[❌🚫⛔][^\n]{0,40}$|除[^\n]{0,6}$|禁止[^\n]{0,10}$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^\s*(?:(?:и|and|y|und|e)\s[^\W\d]{2,12}\s)?(?:не работ|не берем|нет\b|excluded"
    r"|not included|not for sale|❌|is forbidden|除外"
    r"|не продаю|не катит"
    r"|time\b|timezone|speaking|language|support\b|police)",
    re.IGNORECASE,
)
_BANNED = re.compile(
    r"^[^.;|]{0,30}(?:не работ|не обслуж|запрещ|not allowed|forbidden|prohibited|is not|are not"
    r"|не продаю|免谈|不接|不做|勿扰|除外)",
    re.IGNORECASE,
)
_GEORGIA = Sought(r"(?<![^\W_])(?:georgia|грузи[яюие]|грузі[яюї])(?![^\W_])")
"""The country, unless the States are named in its line."""
_SPEAK = re.compile(
    r"\b(?:speaks?|speaking|языки?|support speaks|sprechen|hablamos|falamos|по мск|мск)\b",
    re.IGNORECASE,
)


_WORD = re.compile(r"\w")
_SHOUTED = re.compile(
    r"(?s).*?(?<![^\W\d_])(?:[A-ZÁÉÍÓÚÃÕÇÑ]{4,}[^\S\n]DE[^\S\n][A-ZÁÉÍÓÚÃÕÇÑ]{3,}"
    r"|[A-Z]{2,}[^\S\n]DE[^\S\n][A-Z]*[ÁÉÍÓÚÃÕÇÑ][A-ZÁÉÍÓÚÃÕÇÑ]*)(?![^\W\d_]).*"
)
"""`de` in a Romance line that is all in capitals: DISPARO DE SMS."""

_WHY_US = re.compile(
    r"\b(?:WHY|Why|CONTACT|Contact|ABOUT|About|TRUST|CHOOSE|Choose|JOIN|Join|FOLLOW|PM|DM|ASK)\s$"
)
"""Before the pronoun in headings; small letters are left out: `bases about US firms`."""
_ANSWERED = re.compile(
    r"(?i)(?<!country)(?<!countries)(?<!geo)(?<!location)(?<!loc)(?<!region)(?<!страна)(?<!гео)"
    r"(?<!país)(?<!pais)(?<!land)(?<!standort)(?<!国家)(?<!الدولة)\s?:\s?$"
)
"""Before the answer of a form: `Finalize early: NO`."""


class CountryCodes:
    """Codes that stand for a country."""

    def __init__(self, countries: Mapping[str, Country]) -> None:
        """Read the codes of the country file."""
        self.by_code = {code: iso for iso, c in countries.items() for code in c.codes}
        self.known = frozenset(countries)


def countries_in(page: Page, codes: CountryCodes) -> Iterator[Place]:
    """Countries in text order; not those that are excluded or only a language or time zone."""
    for hit in page.hits:
        if hit.kind == "country" and _meant(page.masked, hit.start, hit.end):
            yield Place("country", hit.name, hit.start, hit.end)
    for m in _CODE.finditer(page.masked):
        start, end = m.span()
        iso = codes.by_code.get(m[0])
        flag = _is_flag(page, start)
        if iso is None and flag and m[0] in codes.known:
            iso = m[0]
        if iso is None or not (flag or m[0] not in _PLAIN or _is_listed(page.masked, start, end)):
            continue
        if _is_measure(page, m):
            continue
        if _meant(page.masked, start, end):
            yield Place("country", iso, start, end)
    yield from _georgia(page)
    yield from _low_codes(page, codes)
    yield from _slang(page)


def _slang(page: Page) -> Iterator[Place]:
    """Russian short forms in lists: `юса/де`."""
    for m in _SLANG.finditer(page.masked) if not page.masked.isascii() else ():
        slang = _SLANG_CODES.get(m[0])
        if slang and _meant(page.masked, *m.span()):
            yield Place("country", slang, *m.span())


def _georgia(page: Page) -> Iterator[Place]:
    """Georgia where its line does not name the States."""
    for m in _GEORGIA.finditer(page.low):
        line = page.line(page.line_of(m.start()))
        if not re.search(r"\bUSA?\b|Atlanta|states?\b", line) and _meant(page.masked, *m.span()):
            yield Place("country", "GE", *m.span())


def _is_measure(page: Page, m: re.Match[str]) -> bool:
    """Whether a code is a word, a unit or a site's rank: `WHY US`, `2$/GB`, `DA 30 PA 20`."""
    start = m.start()
    before = page.masked[max(start - 24, 0) : start]
    if m[0] == "US":
        return page.masked[m.end() : m.end() + 1] == "$" or _WHY_US.search(before) is not None
    if m[0] == "NO":
        return _ANSWERED.search(before) is not None
    if m[0] == "DE":
        return bool(_SHOUTED.fullmatch(page.masked[max(start - 24, 0) : m.end() + 24]))
    if m[0] == "GB":
        before = page.masked[max(start - 6, 0) : start]
        return bool(re.search(r"/\s?$", before) and not re.search(r"\b[A-Z]{2}\s?/\s?$", before))
    return m[0] == "PA" and bool(re.search(r"\bDA\b", page.line(page.line_of(start))))


def _low_codes(page: Page, codes: CountryCodes) -> Iterator[Place]:
    """Codes in small letters, in a list of several or at the start of a row with a price."""
    joined = _JOINED.search(page.masked) is not None
    for m in _LOW_LIST.finditer(page.masked) if joined else ():
        for code in re.finditer(r"[a-z]+", m[0]):
            iso = codes.by_code.get(code[0].upper())
            start, end = m.start() + code.start(), m.start() + code.end()
            if iso and _meant(page.masked, start, end):
                yield Place("country", iso, start, end)
    for m in _LOW_ROW.finditer(f"\n{page.masked}") if page.numbered else ():
        iso = codes.by_code.get(m[1].upper())
        start, end = m.start(1) - 1, m.end(1) - 1
        if iso and _meant(page.masked, start, end):
            yield Place("country", iso, start, end)


def _is_flag(page: Page, start: int) -> bool:
    """Whether a code was a flag in the raw text."""
    at = page.text.offsets[start]
    return "\U0001f1e6" <= page.text.raw[at : at + 1] <= "\U0001f1ff"


def _is_listed(text: str, start: int, end: int) -> bool:
    """Whether a code stands in a list or row, not in a sentence."""
    before = text[text.rfind("\n", 0, start) + 1 : start][-40:].rstrip()
    opens = not _WORD.search(before) or before[-1] in ",/|:+(;•-—"
    if opens and text[start:end] == "CA" and not before:
        # a row of Canada; the other codes are also words that open a row
        return re.match(r"[^\n]{0,60}\d", text[end:]) is not None
    return opens and bool(_LISTED.match(text[end : end + 6]) or text[end : end + 1] in ")")


def _meant(text: str, start: int, end: int) -> bool:
    """Whether a country is offered, not excluded."""
    if not text[start:end].strip():
        return False
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 70) : start]
    if _ABROAD.search(before) or _AFTER.match(text[end : end + 24]):
        return False
    after = text[end : end + 48].split("\n", 1)[0]
    return not (_SPEAK.search(before[-40:]) or _BANNED.search(after))

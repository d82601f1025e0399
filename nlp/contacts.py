"""Contacts in a text, and the text with everything that only looks like a price blanked."""

import re
from collections.abc import Iterator, Sequence

from nlp.contact_cues import Cues
from nlp.contact_hosts import hosts_in
from nlp.contact_ids import Hit, ids_in
from nlp.contact_names import names_in
from nlp.findings import Contact, Part, Span
from nlp.taken import Taken
from nlp.text import Text, has_long_word

_NOT_MONEY = [
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("://", r"h(?:tt|xx)ps?://\S{1,300}"),
        ("@", r"@(?<!\w@)[A-Za-z]\w{3,31}"),
        ("@", r"(?<!\w)[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9][\w-]{0,62}(?:\.[\w-]{1,63}){1,4}"),
        ("+", r"(?<![\w+])\+\d{1,3}[ -]?\(?\d{2,4}\)?(?:[ -]?\d{2,4}){2,4}(?!\w)"),
    )
]
"""URLs, handles, addresses and phones; each in one line, with a sign that it always holds."""
_SEPARATOR = re.compile(r"(?<=\d)[-/.:](?=\d)")
_NUMBERS = [
    (signs, re.compile(pattern))
    for signs, pattern in (
        (":", r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])"),
        ("-/.", r"(?<!\d)(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?!\d)"),
        (
            "/.",
            r"(?<![\d.,])(?:0?[1-9]|[12]\d|3[01])[./](?:0?[1-9]|1[0-2])[./](?:19|20)?\d\d(?!\d)",
        ),
        (".", r"(?<!\w)v(?:er(?:sion)?)?\.?\s?\d{1,3}(?:\.\d{1,4}){1,3}"),
        (".", r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2}|:\d{1,5})?(?![\w.]\d)"),
        (".", r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){2,4}(?![\w.]*\d)"),
    )
]
"""Times, dates, versions and IP addresses, with the signs of which one stands between digits."""
_MARK = re.compile(r"[^\n]")
_LONG = 32
"""Characters of the shortest hash."""
_HASH = re.compile(r"(?<![0-9A-Za-z])(?:0x)?[0-9A-Fa-f]{32,128}(?![0-9A-Za-z])")


def contacts_in(text: Text, part: Part = "text") -> list[Contact]:
    """Contacts in text order, each kind and value once; ids with a failed checksum are left out."""
    hits = _claimed(_hits(text.clean))
    contacts: list[Contact] = []
    seen: set[tuple[str, str]] = set()
    for hit in sorted(hits, key=lambda h: (h.start, h.end)):
        if (hit.kind, hit.value) not in seen:
            seen.add((hit.kind, hit.value))
            contacts.append(_contact(hit, text, part))
    return contacts


def masked(text: Text, contacts: Sequence[Contact]) -> str:
    """`text.clean` with contacts, URLs, hosts, hashes, dates and versions blanked, same length.

    `contacts` are those of this text; handles, addresses and ids are blanked wherever they repeat.
    """
    clean = text.clean
    spans = [text.clean_span(c.span.start, c.span.end) for c in contacts]
    spans += _not_money(clean)
    if signs := set(_SEPARATOR.findall(clean)):
        fitting = [pattern for wanted, pattern in _NUMBERS if not signs.isdisjoint(wanted)]
        spans += [m.span() for pattern in fitting for m in pattern.finditer(clean)]
    if has_long_word(clean, _LONG):
        spans += [m.span() for m in _HASH.finditer(clean)]
    if not spans:
        return clean
    parts, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            parts += [clean[at : max(start, at)], _MARK.sub(" ", clean[max(start, at) : end])]
            at = end
    return "".join([*parts, clean[at:]])


def _not_money(clean: str) -> Iterator[tuple[int, int]]:
    """Start and end of what only looks like money, looked for in the lines with its sign."""
    for sign, pattern in _NOT_MONEY:
        at = clean.find(sign)
        while at >= 0:
            start, end = clean.rfind("\n", 0, at) + 1, clean.find("\n", at)
            end = len(clean) if end < 0 else end
            yield from (m.span() for m in pattern.finditer(clean, start, end))
            at = clean.find(sign, end)


def _hits(clean: str) -> Iterator[Hit]:
    cues = Cues(clean)
    yield from ids_in(clean, cues)
    links: list[Hit] = []
    for hit in names_in(clean, cues):
        if hit.rule in ("telegram.link", "telegram.subdomain"):
            yield hit
        else:
            links.append(hit)
    yield from hosts_in(clean, cues)
    yield from links


def _claimed(hits: Iterator[Hit]) -> list[Hit]:
    """Hits that no earlier one overlaps; two kinds may share one nickname's span."""
    kept: list[Hit] = []
    taken, by_span = Taken(), dict[tuple[int, int], Hit]()
    for hit in hits:
        same = by_span.get((hit.start, hit.end))
        if same is not None:
            if same.rule.endswith(".cue") and hit.rule.endswith(".cue"):
                kept.append(hit)
        elif taken.take(hit.start, hit.end):
            by_span[hit.start, hit.end] = hit
            kept.append(hit)
    return kept


def _contact(hit: Hit, text: Text, part: Part) -> Contact:
    start, end = text.raw_span(hit.start, hit.end)
    span = Span(part, start, end, text.raw[start:end])
    return Contact(hit.kind, hit.value, hit.valid, span, hit.rule, hit.confidence)

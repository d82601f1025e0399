"""Which pages are small enough to be parsed at once, in the crawl's own process.

Parsers and engines are quadratic and worse in nesting, attributes and reopened elements. A small
page has few of all, told by rules that err on the safe side: whatever is unusual is not small.
"""

import re

SMALL = 256 << 10
"""Bytes."""
FEW_TAGS = 800
"""Brackets of tags, those that are written as entities too."""
SHORT_TAG = 8 << 10
"""Bytes between two brackets: the attributes of one tag."""
SHALLOW = 60
"""Elements inside each other."""
BRACKETS = (b"<", b"&lt", b"&#", b"\\u003c", b"\\u003C")
OPENED = re.compile(rb"<|\\u003[cC]")
CLOSED = re.compile(rb">|\\u003[eE]")
ATTRIBUTES = rb"(?:[^<>\"'=]++|=\s*+\"[^\"<]*+\"|=\s*+'[^'<]*+'|=)*+"
TOKEN = re.compile(
    rb"<(?:(/?)([a-zA-Z][a-zA-Z0-9:-]*+)(?=[\s/>])" + ATTRIBUTES + rb">"
    rb"|!--(?!-?>)[^-]*+(?:-(?!-!?>)[^-]*+)*+--!?>|!doctype[^<>\"']*+(?:\"[^<>\"]*+\"[^<>\"']*+)*+>)",
    re.I,
)
"""A tag whose quotes stand after equal signs, a whole comment, or the first line."""
RAW = re.compile(
    rb"<(script|style|title|textarea)(?=[\s/>])" + ATTRIBUTES + rb">"
    rb"(?P<text>[^<]*+(?:<(?!/\1[\s/>])[^<]*+)*+)</\1\s*+>",
    re.I,
)
FOREIGN = re.compile(rb"<(?:svg|math|select|template|noembed|noframes|plaintext|xmp|iframe)", re.I)
"""Elements in which, or as which, texts are told from markup by other rules."""
VOID = frozenset(
    b"area base br col embed hr img input link meta source track wbr param frame".split()
)
LOOSE = frozenset(b"p li td th tr dt dd tbody thead tfoot option optgroup colgroup caption".split())
"""Elements that need no end tag."""
BLOCKS = frozenset(
    b"html body head div table ul ol dl form section article aside nav header footer main "
    b"blockquote fieldset center details figure select".split()
)
"""Elements whose end tag ends loose ones in them."""


def is_small(body: bytes) -> bool:
    """Whether a page can be parsed at once: it costs little, whatever it holds."""
    if len(body) > SMALL or sum(body.count(each) for each in BRACKETS) > FEW_TAGS:
        return False
    if body[:100].lstrip()[:1] in (b"{", b"["):
        return all(tag_length(part) <= SHORT_TAG for part in OPENED.split(body)[1:])
    if max(map(len, body.split(b"<"))) > SHORT_TAG:
        return False
    return is_shallow(body)


def tag_length(part: bytes) -> int:
    """Bytes of the tag that a part of JSON begins with: up to its bracket, however written."""
    closed = CLOSED.search(part)
    return closed.start() if closed else len(part)


def is_shallow(body: bytes) -> bool:
    """Whether no element of a page is deep inside others; false where that is hard to tell."""
    foreign = FOREIGN.search(body) is not None
    place, stack = 0, [b""]
    while (place := body.find(b"<", place)) >= 0:
        if raw := RAW.match(body, place):
            if foreign and b"<" in raw["text"]:
                return False
            place = raw.end()
            continue
        match = TOKEN.match(body, place)
        if match is None:
            return False
        place = match.end()
        if match[2]:
            step(stack, match, foreign=foreign)
            if len(stack) > SHALLOW:
                return False
    return True


def step(stack: list[bytes], tag: re.Match[bytes], *, foreign: bool) -> None:
    """Bring the open elements up to date; one is closed only where every parser closes it."""
    name = tag[2].lower()
    drawn = foreign and (b"svg" in stack or b"math" in stack)
    if not tag[1]:
        if drawn:
            single = tag[0].endswith(b"/>")
        else:
            single = name in VOID or (name in LOOSE and stack[-1] == name)
        if not single:
            stack.append(name)
        return
    top = len(stack) - 1
    if not drawn and (name in BLOCKS or name in LOOSE):
        while stack[top] in LOOSE and stack[top] != name:
            top -= 1
    if stack[top] == name:
        del stack[top:]

"""A look at a page before it is parsed: Lexbor is quadratic in attributes and in nesting."""

import re
from collections.abc import Iterator

LONGEST_PAGE = 8 << 20
"""Characters."""
LONGEST_TAG = 64_000
"""Characters of one start tag with its attributes."""
DEEPEST = 1000
"""Open elements inside each other, for a parser that nobody watches."""
DEEPEST_WATCHED = 20_000
"""Open elements inside each other, for a parser that is killed when it takes too long."""
MARKUP = re.compile("<([a-zA-Z!?/])")
"""Where a tag or a comment may begin; before any other sign a bracket is text (HTML 13.2.5.6)."""
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
RAW = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"}
)
"""Elements whose content is text (HTML 13.2.6; scripting is off, so `noscript` is not one)."""
FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "param",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "dt",
        "dd",
        "option",
        "optgroup",
        "tbody",
        "thead",
        "tfoot",
        "colgroup",
        "html",
        "head",
        "body",
    ]
)
"""Void elements, and those whose end tag HTML lets one omit: they do not nest by themselves."""
EMPTY_COMMENT = re.compile("<!---?>")
BOGUS = "!?/"
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
LONG_VALUE = 1000
"""Characters; at most 64 attributes with such values fit into a tag's limit of short ones."""


def lightened(text: str) -> tuple[str, str | None]:
    """The text with bare tags in place of those with too many attributes, and what was cut."""
    if max(map(len, text.split("<"))) <= LONGEST_TAG:
        return text, None
    parts, end, cut = [], 0, 0
    for name, closing, weight, start, stop in tags_in(text):
        if weight > LONGEST_TAG and name and not closing:
            parts += [text[end:start], f"<{name}>"]
            end, cut = stop, cut + 1
    return "".join((*parts, text[end:])), f"attributes of {cut} tags were cut" if cut else None


def danger_in(text: str, *, markup: bool = True, deepest: int = DEEPEST) -> str | None:
    """Why a page must not be parsed, in words; None for a page that may be.

    Of data (`markup` false) only the size counts: engines look at the markup in its texts.
    """
    if len(text) > LONGEST_PAGE:
        return f"page of {len(text)} characters, limit {LONGEST_PAGE}"
    if not markup:
        return None
    if len(text) <= LONGEST_TAG and text.count("<") <= deepest:
        return None
    open_tags: dict[str, int] = {}
    depth = 0
    for name, closing, length, _, _ in tags_in(text):
        if length > LONGEST_TAG:
            return f"a tag with {length} characters of attributes, limit {LONGEST_TAG}"
        if name not in FLAT:
            depth = count(open_tags, name, closing=closing, depth=depth)
            if depth > deepest:
                return f"nesting deeper than {deepest} elements"
    return None


def weight_of(tag: str) -> int:
    """Characters of a tag without its long quoted values: those are read in one go."""
    if len(tag) <= LONGEST_TAG:
        return len(tag)
    return len(tag) - sum(len(value) for value in QUOTED.findall(tag) if len(value) > LONG_VALUE)


def tags_in(text: str) -> Iterator[tuple[str, bool, int, int, int]]:
    """Tags in order: name, whether it closes, weight, start, end; comments are passed over."""
    place = 0
    while start := MARKUP.search(text, place):
        place = start.start()
        if start[1] == "!" and text.startswith("--", place + 2):
            place = end_of_comment(text, place)
            continue
        match = TAG.match(text, place)
        if match is None:
            if start[1] not in BOGUS:
                yield "", False, len(text) - place, place, len(text)
            # what begins with a sign is a comment up to its first bracket
            place = end_of(text, ">", place) if start[1] in BOGUS else place + 1
            continue
        name = match[2].lower()
        yield name, bool(match[1]), weight_of(match[0]), place, match.end()
        place = match.end()
        if name in RAW and not match[1]:
            place = end_of(text, f"</{name}", place)


def end_of_comment(text: str, start: int) -> int:
    """Where a comment ends: some are over before they begin."""
    match = EMPTY_COMMENT.match(text, start)
    return match.end() if match else end_of(text, "-->", start + 4)


def count(open_tags: dict[str, int], name: str, *, closing: bool, depth: int) -> int:
    """The depth after a tag; an end tag counts only for an element that is open."""
    opened = open_tags.get(name, 0)
    if not name or (closing and not opened):
        return depth
    step = -1 if closing else 1
    open_tags[name] = opened + step
    return depth + step


def end_of(text: str, mark: str, start: int) -> int:
    """Where a mark ends; the text's end when it never comes."""
    found = text.find(mark, start)
    if found < 0 and mark.startswith("</"):
        found = text.find(mark.upper(), start)
    return len(text) if found < 0 else found + len(mark)

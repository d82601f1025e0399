"""Quotations in posts: which nodes they are, and whom they quote."""

import re

from selectolax.lexbor import LexborNode

from spiders.nodes import SPACE, children_of, classes_of, line_of

QUOTE_CLASSES = frozenset(
    {"bbCodeQuote", "bbCodeBlock--quote", "blockquote", "quotecontent", "bbcode_quote"}
)
ATTRIBUTION = (
    re.compile(
        r"^(?:(?:on|le|el|il|am|в)\s+(?=[^,]{0,30}[0-9])[^,\n]{4,60}|just now|"
        r"[0-9]{1,3}\s+\w{1,12}\s+(?:ago|назад)),\s+(?P<name>[^,:]{1,80}?)\s+"
        r"(?:said|a dit|dijo|ha scritto|schrieb|sagte|сказал(?:\(а\))?)\s*:",
        re.I,
    ),
    re.compile(
        r"^(?P<name>[^\n]{1,80}?)(?:,\s+(?:on|le|el|il|am|em)\s|,\s(?=[0-9])|\s+\()"
        r"(?=[^\n]{0,30}[0-9])[^\n:]{4,40}(?::[0-9]{2})?[^\n:]{0,12}?\s*"
        r"(?:said|wrote|a dit|dijo|ha scritto|schrieb|sagte|сказал(?:\(а\))?|писал(?:\(а\))?)\s*:",
        re.I,
    ),
    re.compile(
        r"^(?:quote from|quote by|originally posted by|цитата(?: от)?|zitat von|citation de|"
        r"cita de|citazione di|citat från|cytat|citação de)\s*:?\s+(?P<name>.{1,80}?)"
        r"(?:\s+(?:on|от|am|le|en|il|em|w dniu|den)\s+(?=.*\d).*)?$",
        re.I | re.S,
    ),
    re.compile(
        r"^(?P<name>.{1,80}?)\s+(?:wrote|said|писал\(а\)|написал(?:\(а\)|а)?|сказал(?:\(а\)|а)?|"
        r"пишет|schrieb|hat geschrieben|a écrit|escribió|dijo|ha scritto|escreveu|napisał|skrev|"
        r"yazdı|sagte)\s*:",
        re.I | re.S,
    ),
)


def is_quote(tag: str, classes: frozenset[str]) -> bool:
    """Whether an element is a quotation; XenForo 1 wraps a `blockquote` in a `div` of its own."""
    if classes & QUOTE_CLASSES or (tag == "td" and classes & {"quote", "alt2"}):
        return True
    return tag == "blockquote" and not classes & {"quoteContainer", "messageText"}


def quoted_author(node: LexborNode) -> str | None:
    """Who is quoted: from a data attribute, else from the caption in or before the quotation."""
    for name in ("data-quote", "data-author", "data-ipsquote-username"):
        if value := (node.attributes.get(name) or "").strip():
            return value[:120]
    named = node.css_first(".bbcode_postedby strong")
    if named is not None and line_of(named):
        return line_of(named)[:120]
    caption = node.css_first("cite, .ipsQuote_citation, .bbcode_postedby") or header_before(node)
    return author_in(caption) if caption else None


def header_before(node: LexborNode) -> LexborNode | None:
    """The caption before a quotation, as SMF 2.0, Invision 3 and phpBB write it."""
    previous = node.prev
    while previous is not None and (previous.tag or "").startswith("-"):
        previous = previous.prev
    if previous is not None and classes_of(previous) & {"quoteheader", "citation", "quotetitle"}:
        return previous
    return None


def author_in(caption: LexborNode) -> str | None:
    """The name in a caption such as `Quote from: mole77 on …` or `mole77 Wrote:`."""
    own = [child for child in children_of(caption) if child.tag != "span"]
    text = SPACE.sub(" ", " ".join(child.text() for child in own)).strip() or line_of(caption)
    for pattern in ATTRIBUTION:
        if match := pattern.match(text[:200]):
            return match["name"].strip()
    return None

"""Forum markup (BBCode) in a text."""

import re

from nlp.text import Edit

_TAG = re.compile(
    r"\[(?P<close>/?)(?P<name>b|i|u|s|strike|del|size|colou?r|font|center|left|right|justify|align"
    r"|indent|h[1-6]|list|ul|ol|li|\*|quote|code|php|spoiler|hide|cut|highlight|background|bg|sub"
    r"|sup|url|email|mail|img|image|video|media|youtube|attach|table|thead|tbody|tr|td|th|hr|br"
    r"|user|mention|icode|plain|noparse|glow|shadow|float|anchor|member|abbr|tt|pre)"
    r"(?:=(?P<value>[^\]\n]{0,300})| [^\]\n]{0,200})?\]",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"\[(img|image)[^\]\n]{0,80}\][^\[\n]{0,300}\[/\1\]", re.IGNORECASE)
_BREAKS = frozenset({"tr", "li", "hr", "br", "*"})
_STRUCK = re.compile(
    r"\[(s|strike|del)\](?P<bb>.{1,200}?)\[/\1\]|~~(?P<md>[^~\n]{1,80})~~"
    r"|<(?:s|del|strike)>(?P<html>[^<]{1,200})</",
    re.IGNORECASE,
)


def bbcode_edits(clean: str) -> list[Edit]:
    """Edits that take BBCode away; images go whole, link targets stay, rows become lines."""
    edits: list[Edit] = []
    hidden = [(m.start(), m.end()) for m in _IMAGE.finditer(clean)] if "[i" in clean.lower() else []
    edits += [(start, end, " ") for start, end in hidden]
    images = iter([*hidden, (len(clean) + 1, len(clean) + 1)])
    image = next(images)
    for m in _TAG.finditer(clean):
        while m.start() >= image[1]:
            image = next(images)
        if not image[0] <= m.start() < image[1]:
            edits += _tag_edits(m, clean)
    return sorted(edits)


def _tag_edits(tag: re.Match[str], clean: str) -> list[Edit]:
    name, value = tag["name"].lower(), tag["value"]
    if name in ("url", "email") and value and not tag["close"]:
        start, end = tag.span("value")
        quoted = value[:1] in "\"'"
        return [
            (tag.start(), start + quoted, " "),
            (end - (quoted and value[-1:] == value[:1] and len(value) > 1), tag.end(), " "),
        ]
    if name in _BREAKS and not tag["close"]:
        new = "\n" if clean[tag.start() - 1 : tag.start()] not in ("\n", "") else ""
    elif name in ("td", "th"):
        new = "" if tag["close"] else "| "
    else:
        new = ""
    return [(tag.start(), tag.end(), new)]


def struck_spans(raw: str) -> list[tuple[int, int]]:
    """Raw start and end of text that is struck through, in order: old prices stand there."""
    if "[" not in raw and "~~" not in raw and "<" not in raw:
        return []
    return [m.span() for m in _STRUCK.finditer(raw)]

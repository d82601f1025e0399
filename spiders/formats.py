"""What a page's text is, told by its first signs: markup to look at, or data (JSON, a feed)."""

import re

PROLOG = re.compile(
    r"\s*<(?:\?[^>]{0,2000}\?>|!--.{0,20000}?-->"
    r"|!DOCTYPE[^>\[]{0,2000}(?:\[[^\]]{0,20000}\]\s*)?>)",
    re.S,
)
FEED = re.compile(r"\s*<(?:[A-Za-z][\w.-]{0,40}:)?(?:rss|feed|rdf)[\s>/]", re.I)
MOST_NOTES = 20
"""Comments and instructions before the first element that are passed over."""


def is_feed(text: str) -> bool:
    """Whether a text's first element is that of RSS, RDF or Atom."""
    text = text[:100_000].lstrip("\ufeff")
    place = 0
    for _ in range(MOST_NOTES):
        match = PROLOG.match(text, place)
        if not match:
            break
        place = match.end()
    return FEED.match(text, place) is not None


def may_be_json(text: str) -> bool:
    """Whether a text begins as a JSON object or list does."""
    return text[:1000].lstrip("\ufeff \t\r\n")[:1] in ("{", "[")

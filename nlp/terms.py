"""Terms of an offer: how one pays, what the seller promises, which content is welcome or not."""

import re
from collections.abc import Iterator

from nlp.hits import Hit
from nlp.post import Page
from nlp.spec_numbers import Place

TERM_KEYS = ("payment", "guarantee", "allowed", "forbidden")
"""Keys of the attributes that are read here."""
_END = re.compile(r"[.;!?](?=\s)|\s[-–—]\s|\||\n")
_NEAR = 60
"""Characters before a kind of content within which a cue speaks of it."""
_BETWEEN = re.compile(r"[^\w.;,!?\n]{0,3}(?:\w+[ -])?")
"""What may stand between a denial and what is denied: `no free replacement`."""
_PRICED = re.compile(r"[\d$€£]\s?$")


def terms_in(page: Page) -> Iterator[Place]:
    """Each term once; a price in a coin says nothing of payment, a denied promise is none."""
    seen: set[tuple[str, str]] = set()
    for place in (*_payments(page), *_guarantees(page), *_contents(page)):
        if (place.key, str(place.value)) not in seen:
            seen.add((place.key, str(place.value)))
            yield place


def _payments(page: Page) -> Iterator[Place]:
    """Coins and services in a line that speaks of paying."""
    paying = {page.line_of(hit.start) for hit in page.cues.get("pay", ())}
    for hit in page.cues.get("payment", ()):
        before = page.low[max(hit.start - 2, 0) : hit.start]
        if page.line_of(hit.start) in paying and not _PRICED.search(before):
            yield Place("payment", hit.name, hit.start, hit.end)


def _guarantees(page: Page) -> Iterator[Place]:
    denials = [hit.end for hit in page.cues.get("denied", ())]
    for hit in page.cues.get("guarantee", ()):
        denied = any(
            end <= hit.start <= end + 24 and _BETWEEN.fullmatch(page.low[end : hit.start])
            for end in denials
        )
        if not denied:
            yield Place("guarantee", hit.name, hit.start, hit.end)


def _contents(page: Page) -> Iterator[Place]:
    """Kinds of content with the last cue before them in their sentence."""
    content = page.cues.get("content", ())
    cues = sorted(page.cues.get("allowed", []) + page.cues.get("forbidden", [])) if content else []
    for hit in content:
        cue = _cue_before(page, hit, cues)
        if cue is not None:
            yield Place(cue.kind, hit.name, hit.start, hit.end)


def _cue_before(page: Page, hit: Hit, cues: list[Hit]) -> Hit | None:
    """The nearest cue before a word; the longer of two that overlap, as in `not allowed`."""
    near = [
        cue
        for cue in cues
        if cue.end <= hit.start <= cue.end + _NEAR
        and not _END.search(page.low[cue.end : hit.start])
    ]
    return max(near, key=lambda cue: (cue.end, -cue.start), default=None)

"""Which of the asset types that a post names it really offers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.assets import Mention
from nlp.hits import Hit
from nlp.organisations import as_corporate, describes_organisation
from nlp.post import Page, Post
from nlp.rows import is_item, opens_rows
from nlp.shadows import without_shadows


@dataclass(frozen=True, slots=True)
class Chosen:
    """An asset type that a post offers, with the words that name it."""

    asset_type: str
    mentions: tuple[Mention, ...]


def _off_score(post: Post) -> tuple[int, int]:
    """Different words for goods outside the taxonomy in title and text."""
    counts = []
    for page in post.pages:
        words = {
            page.text.clean[h.start : h.end].lower()
            for h in page.hits
            if h.kind == "offtopic" and not is_no_goods(page, h)
        }
        counts.append(len(words))
    return counts[0], counts[1]


_NEGATED = re.compile(r"(?:\b(?:без|no|without|sin|sem|ohne)|无需?)\s?$", re.IGNORECASE)


def is_no_goods(page: Page, hit: Hit) -> bool:
    """Whether a word is negated (без паспорта), a zone (.cc) or part of a name (SIM-карты)."""
    if page.text.clean[hit.start - 1 : hit.start] == ".":
        return True
    if _NEGATED.search(page.text.clean[max(hit.start - 9, 0) : hit.start]):
        return True
    return any(
        h.kind == "asset" and h.start < hit.end and hit.start <= h.end + 1 for h in page.hits
    )


def sells_other_goods(post: Post) -> bool:
    """Whether a post names goods outside the taxonomy in its title, or several in its text."""
    title, text = _off_score(post)
    return title > 0 or text >= 2


def choose(post: Post, mentions: Sequence[Mention]) -> list[Chosen]:
    """The asset types that a post really offers, in text order."""
    if not mentions:
        return []
    if describes_organisation(post, mentions):
        mentions = as_corporate(mentions)
    by_type: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_type.setdefault(mention.asset_type, []).append(mention)
    titled = {t for t, ms in by_type.items() if any(m.weight >= 5 and m.strong for m in ms)}
    title_off, _ = _off_score(post)
    strong = {t for t, ms in by_type.items() if any(m.strong for m in ms)}
    if title_off and not titled:
        return []
    if not titled:
        weakly = {t for t, ms in by_type.items() if any(m.weight >= 5 for m in ms)}
        titled = weakly & strong or weakly
    titled |= {t for t, ms in by_type.items() if _titled_and_priced(ms, bool(titled & strong))}
    taken = titled | {t for t in strong if _stands_out(by_type[t], bool(titled & strong))}
    taken |= {t for t, ms in by_type.items() if taken and any(map(is_item, ms))}
    if not taken:
        taken = _heaviest(by_type, strong)
    taken = without_shadows(taken, by_type, titled)
    if _PANEL in taken - titled and "promise" in post.kinds and taken & _BULLETPROOF:
        taken.discard(_PANEL)
    return [Chosen(t, tuple(ms)) for t, ms in by_type.items() if t in taken]


def _titled_and_priced(mentions: list[Mention], named: bool) -> bool:
    """Whether a type stands in the title and at a price; where others are `named` there, only by
    words that name it by themselves."""
    weights = {m.weight for m in mentions if m.strong or not named}
    return {5.0, 3.0} <= weights


_PANEL = "access.hosting_panel"
_BULLETPROOF = frozenset({"hosting.bph.shared", "hosting.bph.vps", "hosting.bph.dedicated"})
"""Hosting that has a panel of its own."""


def _stands_out(mentions: list[Mention], titled: bool) -> bool:
    """Whether a type that the title does not name has rows or headings of its own."""
    least = 3.0 if titled else 2.5
    return any(m.weight >= least or (m.weight >= 2 and opens_rows(m)) for m in mentions if m.strong)


def _heaviest(by_type: dict[str, list[Mention]], strong: set[str]) -> set[str]:
    """The type that is named most, strong words before weak ones."""
    pool = strong or set(by_type)
    best = max(pool, key=lambda t: (sum(m.weight for m in by_type[t]), t))
    return {best}

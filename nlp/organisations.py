"""When the goods are the network of a described company, whatever the door to it."""

import re
from collections.abc import Sequence

from nlp.assets import Mention
from nlp.post import Post

CORPORATE = "access.corporate"
_DOORS = frozenset({
    "access.rdp", "access.webshell", "access.ssh_root", "anon.vpn", "access.hosting_panel",
    "hosting.bph.domain", "access.iot_router", "access.hidden_desktop", "anon.ssh_tunnel",
})  # fmt: skip
"""Types that are only the way in when an organisation is described."""


def describes_organisation(post: Post, mentions: Sequence[Mention]) -> bool:
    """Whether the goods are the network of a described company or authority."""
    corporate = [m for m in mentions if m.asset_type == CORPORATE and m.strong]
    if not corporate and not any(m.asset_type in _DOORS for m in mentions):
        return False
    start = (post.title.text.clean + post.text.text.clean[:300]).lower()
    if any(words in start for words in _NOT_CORPORATE):
        return False
    words, facts = _words_of(post, "organisation"), _words_of(post, "victim")
    if words and _is_auctioned(post):
        return True
    if len(words | facts) < 2:
        return False
    if any(m.weight >= 2 for m in corporate):
        return True
    told = any(_REVENUE.search(page.text.clean) for page in post.pages)
    return told or (len(facts) >= 2 and len(words | facts) >= 3)


def _is_auctioned(post: Post) -> bool:
    """Whether prices are a start and a step or blitz: single servers are not sold so."""
    kinds = {price.kind for page in post.pages for price in page.prices}
    return "start" in kinds and bool(kinds & {"step", "blitz"})


_REVENUE = re.compile(
    r"\b(?:revenue|rev|доход|ревен\w{1,3}|выручка|оборот|zoominfo|umsatz|facturaci[oó]n|faturamento)"
    r"\W{0,8}(?:usd|eur|us)?\W{0,2}\d",
    re.IGNORECASE,
)
"""A company's revenue as an amount, in any currency."""
_NOT_CORPORATE = ("not corp", "no corp", "не корп")


def _words_of(post: Post, kind: str) -> set[str]:
    """Different words of a kind of cue in a post."""
    return {
        page.text.clean[h.start : h.end].lower()
        for page in post.pages
        for h in page.cues.get(kind, ())
    }


def as_corporate(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with every door turned into the access that it opens."""
    keys = [m for m in mentions if m.asset_type == "access.cloud_account" and m.strong]
    if any(m.weight >= 5 for m in keys):
        return keys
    doors = _DOORS | {CORPORATE}
    turned = [m._replace(asset_type=CORPORATE) for m in mentions if m.asset_type in doors]
    return turned or list(mentions)

"""Short later posts of a thread: bumps, bids, and notices that the goods are gone."""

import re

from nlp.findings import ListingState
from nlp.post import Page, Post

_SHORT = 220
"""Characters up to which a post can be a mere bump, bid or notice of sale."""
_BUMP = re.compile(
    r"^\W*(?:up+|bump+|ап+|апп+|вверх|актуально|up up|day|daily bump|gl|glws|free bump|sube|顶"
    r"|上)\W*$",
    re.IGNORECASE,
)
_BID = re.compile(
    r"^\W*(?:start|step|blitz|блиц|ставка)?\W*\$?\s?\d[\d ., ]*\s?[k$€]?\W*$", re.IGNORECASE
)


def state_of(post: Post) -> ListingState | None:
    """What a title tag or a later post says of the goods; None when nothing."""
    text = post.text.text.clean
    short = len(text) <= _SHORT
    for page, early in ((post.title, 40), (post.text, 60 if short else 0)):
        for hit in page.hits:
            if hit.start >= early or (page.part == "title" and post.is_reply):
                continue
            if hit.kind == "sold" and not _counted(page, hit.end):
                return "sold"
            if hit.kind == "closed":
                return "closed"
            if hit.kind == "active":
                return "active"
    return None


def _counted(page: Page, end: int) -> bool:
    """Whether a `sold` is only one of many: sold 3 of 10."""
    return bool(
        re.match(
            r"\s*(?:once|to one|in one|by state|separately|\d)", page.text.clean[end : end + 16]
        )
    )


def is_short_notice(post: Post) -> bool:
    """Whether the post is a mere bump, bid, or says that the goods are gone."""
    text = post.text.text.clean.strip()
    if len(text) > _SHORT:
        return False
    if _BUMP.match(text) or (post.is_reply and _BID.match(text)):
        return True
    if any(h.kind == "closed" for h in post.title.hits) and not post.prices:
        return True
    if post.document.kind == "market":
        return False
    early = [h for h in post.text.hits if h.start < 60 and not _counted(post.text, h.end)]
    gone = any(h.kind in ("sold", "closed") for h in early)
    return gone or (post.is_reply and any(h.kind == "bid" for h in early))

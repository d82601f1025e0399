"""Whether a text promises to ignore complaints, in whatever words."""

import re
from collections.abc import Sequence
from typing import Protocol

from nlp.hits import Hit

_NEAR = 40
"""Characters between a complaint and what becomes of it."""
_NEARBY = 70
"""Characters between `allowed` and the content that is."""
_STOP = re.compile(r"[.!\n。！]")
_NOT = re.compile(
    r".*(?:\b(?:not|never|zero|nicht|nie|не|não|nunca|no(?=\sign))\s|不|لا\s)(?=.{0,3}$)",
    re.IGNORECASE | re.DOTALL,
)
"""Before what is not done; `no` only before ignoring: in Portuguese `no lixo` is a place."""
_FINE = re.compile(
    r"^[^.!\n]{0,30}\b(?:ok|okay|allowed|welcome|friendly|fine|tolerated|можно|разрешен\w*|разрешён\w*"
    r"|permitid\w+|liberad\w+|erlaubt)\b|^[^.!\n]{0,12}(?:可以|允许|مسموح)",
    re.IGNORECASE,
)
"""What follows content that is welcome."""
_SHADY = frozenset({"phishing", "spam", "malware", "c2", "scanning", "carding", "spoofing"})
"""Kinds of content (data/terms.yml) that no lawful host welcomes."""


class Worded(Protocol):
    """What is needed of a page."""

    cues: dict[str, list[Hit]]

    @property
    def clean(self) -> str:
        """The clean text."""


def promises(page: Worded) -> bool:
    """Whether a complaint stands beside what a host does who ignores it, or crime is welcome."""
    griefs, ends = page.cues.get("grievance", ()), page.cues.get("dismissal", ())
    if griefs and ends and _any_near(page.clean, griefs, ends):
        return True
    welcome = page.cues.get("allowed", ())
    content = [h for h in page.cues.get("content", ()) if h.name in _SHADY]
    refused = [*page.cues.get("forbidden", ()), *page.cues.get("denied", ())] if content else []
    if any(_welcomes(page.clean, w, c, refused) for w in welcome for c in content):
        return True
    return any(_is_fine(page.clean, c) for c in content)


def _any_near(text: str, griefs: Sequence[Hit], ends: Sequence[Hit]) -> bool:
    return any(_dismissed(text, grief, end) for grief in griefs for end in ends)


def _dismissed(text: str, grief: Hit, end: Hit) -> bool:
    first, last = (grief, end) if grief.start <= end.start else (end, grief)
    gap = text[first.end : last.start]
    if last.start < first.end or len(gap) > _NEAR or _STOP.search(gap):
        return False
    return not _NOT.match(text[max(end.start - 8, 0) : end.start + 3])


def _welcomes(text: str, allowed: Hit, content: Hit, refused: Sequence[Hit]) -> bool:
    """Whether content follows `allowed` in its sentence, with no refusal before or between them."""
    if not allowed.end <= content.start <= allowed.end + _NEARBY:
        return False
    if _STOP.search(text[allowed.end : content.start]):
        return False
    if _NOT.match(text[max(allowed.start - 8, 0) : allowed.start + 3]):
        return False
    return not any(allowed.start - 8 <= h.start <= content.start for h in refused)


def _is_fine(text: str, content: Hit) -> bool:
    """Whether content is followed by words that welcome it: phishing ok, scans allowed."""
    found = _FINE.search(text[content.end : content.end + 50])
    return found is not None and not re.search(
        r"\b(?:not|no|never|не|nicht|não)\b", found[0].lower()
    )

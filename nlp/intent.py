"""What a post wants: to sell, to buy, or neither."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp import intent_marks as marks
from nlp.assets import Mention
from nlp.findings import Intent, Tone
from nlp.notices import is_short_notice
from nlp.post import Page, Post

_QUESTION = re.compile(r"[?？؟]")
_FRONT = 160
"""Characters of a text in which its purpose is usually said."""
_OTHERS = {
    "question": (1.6, 3.2), "review": (1.5, 5.0), "complaint": (1.6, 5.0), "news": (1.3, 4.0),
    "rules": (1.1, 5.0), "tutorial": (1.3, 5.0), "chat": (1.2, 3.0),
}  # fmt: skip
"""Weight of each kind of cue that speaks against an offer: in the text, in the title."""
_MOST = {"news": 3}
"""Cues of one kind that count; two of the kinds not named here."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a post wants, with the scores that decided."""

    intent: Intent
    offer: float
    wanted: float
    other: float


def intent_of(
    post: Post, mentions: Sequence[Mention], *, tags: dict[str, frozenset[str]]
) -> Judgement:
    """Weigh cues for offer, wanted and other; `tags` are title tags by kind."""
    tag = _tag(post, tags)
    bonus = 2.0 if _speaks_of_other(post) else 5.0
    offer = _offer(post, mentions) + (bonus if tag == "offer" else 0.0)
    wanted = _wanted(post) + (8.0 if tag == "wanted" else 0.0)
    other = _other(post, mentions)
    if is_short_notice(post):
        other += 6.0
    least = 2.2 if other >= 1.0 or not post.prices else 0.9
    if max(offer, wanted) <= other or max(offer, wanted) < least:
        return Judgement("other", offer, wanted, other)
    if wanted > offer and not _is_sought(post, mentions):
        return Judgement("other", offer, wanted, other)
    if not _has_goods(post, mentions):
        return Judgement("other", offer, wanted, other)
    return Judgement("wanted" if wanted > offer else "offer", offer, wanted, other)


def tone_of(post: Post) -> Tone | None:
    """Whether a post praises or accuses a seller, by the words in its text; None for news."""
    complaint, review = _cues(post.text, "complaint"), _cues(post.text, "review")
    reported = _cues(post.text, "news") + _cues(post.text, "rules") + _cues(post.text, "tutorial")
    if max(complaint, review) <= reported:
        return None
    return "complaint" if complaint >= review else "review"


def _tag(post: Post, tags: dict[str, frozenset[str]]) -> str | None:
    """`offer` or `wanted` when the title begins with such a tag."""
    m = marks.TAG.match(post.title.text.clean.lower())
    if m is None:
        return None
    word = (m[1] or m[2]).strip()
    for kind in ("offer", "wanted"):
        if word in tags[kind] and (m[1] or len(word) > 1):
            return kind
    return None


def _is_sought(post: Post, mentions: Sequence[Mention]) -> bool:
    """Whether what a buyer looks for is named without doubt, or is outside the taxonomy."""
    sure = any(m.strong for m in mentions) or {"promise", "hacked"} & post.kinds
    return bool(mentions and sure) or (
        not mentions and "offtopic" in post.kinds and "legal" not in post.kinds
    )


def _has_goods(post: Post, mentions: Sequence[Mention]) -> bool:
    """Whether a post names goods, a price or a way to its seller: "still here, new stock" does not.

    A thread's title counts as naming goods.
    """
    titled = bool(post.title.text.clean.strip()) and not post.is_reply
    stated = mentions or post.prices or post.text.contacts or "offtopic" in post.kinds
    return titled or bool(stated)


def _speaks_of_other(post: Post) -> bool:
    """Whether the title has a cue that speaks against an offer."""
    return any(_titled(post, kind) for kind in _OTHERS.keys() & post.kinds)


def _titled(post: Post, kind: str) -> int:
    """Cues of a kind in the title, or in the first line of a post without one."""
    if kind not in post.kinds:
        return 0
    if post.title.text.clean.strip():
        return 0 if post.is_reply else _cues(post.title, kind)
    lines = post.text.text.clean.split("\n", 3)[:3]
    first = next((line for line in lines if line.strip()), "")
    return (
        _cues(post.text, kind, post.text.text.clean.find(first) + len(first))
        if len(first) <= 140
        else 0
    )


def _cues(page: Page, kind: str, front: int | None = None) -> int:
    """How many different words of a kind stand in a page, or in its first characters."""
    hits = page.cues.get(kind)
    if hits is None:
        return 0
    if kind == "wanted":
        hits = [
            h
            for h in hits
            if not marks.DENIED.search(page.text.clean[max(h.start - 9, 0) : h.start])
        ]
    if kind == "complaint" and "grievance" in page.cues:
        told = {h.start for h in page.cues["grievance"]}
        hits = [h for h in hits if h.start not in told or not page.promises]
    end = len(page.text.clean) if front is None else front
    clean = page.text.clean
    return len({clean[h.start : h.end].lower() for h in hits if h.start < end})


def _offer(post: Post, mentions: Sequence[Mention]) -> float:
    score = 0.0
    reply = post.is_reply
    if not reply:
        score += min(_titled(post, "offer"), 1) * 2.5
        score += 1.0 if any(m.strong and _in_front(post, m) for m in mentions) else 0.0
        score += (1.0 if mentions else 0.5) * min(len(post.title.prices), 1)
        score += 2.5 if marks.FIRST_OFFER.match(post.title.text.clean.lower()) else 0.0
    score += (
        min(_cues(post.text, "offer", _FRONT), 2) * 1.4 + min(_cues(post.text, "offer"), 4) * 0.3
    )
    score += min(len(post.text.prices), 5) * (0.3 if reply else 0.6)
    score += min(len(post.text.priced_lines), 4) * 0.35
    score += min(_cues(post.text, "trade"), 5) * 0.25
    score += 1.0 if post.text.contacts else 0.0
    score += 0.8 if any(m.strong for m in mentions) else 0.0
    score += 0.8 * min(
        len([p for p in post.text.prices if p.kind in ("start", "step", "blitz")]), 3
    )
    if post.document.kind == "market":
        named = mentions or post.prices or "offtopic" in post.kinds
        score += 4.0 if named and not _speaks_of_other(post) else 1.0
    score += 0.7 if post.document.kind == "channel" else 0.0
    score += 1.0 if "organisation" in post.kinds and not reply and _described(post) else 0.0
    return score - (2.0 if reply else 0.0)


def _in_front(post: Post, mention: Mention) -> bool:
    """Whether a type is named in the title, or beside a price at the top of a post without one."""
    if mention.page.part == "title":
        return True
    untitled = not post.title.text.clean.strip()
    return untitled and mention.line <= 2 and bool(post.text.prices)


def _described(post: Post) -> bool:
    """Whether several words describe a company."""
    return sum(len(page.cues.get("organisation", ())) for page in post.pages) >= 4


def _wanted(post: Post) -> float:
    text = post.text
    score = 5.0 if _asks_to_buy(post) else 0.0
    score += min(_cues(text, "wanted", _FRONT), 2) * 2.2 + min(_cues(text, "wanted"), 3) * 0.6
    score += min(len(text.prices), 2) * 0.4
    if not _speaks_of_other(post) and marks.FIRST_WANTED.match(text.text.clean[:80].lower()):
        score += 3.0 + min(len(text.prices), 5) * 0.6
    return score


def _asks_to_buy(post: Post) -> bool:
    """Whether the title looks for goods."""
    first = marks.FIRST_WANTED.match(post.title.text.clean.lower()) and not post.is_reply
    if first:
        return True
    return _titled(post, "wanted") > 0 and (
        bool(marks.WHO.match(post.title.text.clean.lower()))
        or not marks.ASKING.match(post.title.text.clean.lower())
    )


def _asks_who_sells(post: Post) -> bool:
    """Whether the title's question is a request: who sells, does anybody have."""
    return bool(marks.WHO.match(post.title.text.clean.lower())) and _asks_to_buy(post)


def _is_told(post: Post) -> bool:
    """Whether a text reports what others do: words of news, and no seller who speaks to readers."""
    told = _cues(post.text, "news") + 2 * _titled(post, "news")
    return told >= 2 and not post.text.contacts and not marks.VOICE.search(post.text.low)


def _other(post: Post, mentions: Sequence[Mention]) -> float:
    score = 0.0
    for kind, (in_text, in_title) in _OTHERS.items():
        if kind not in post.kinds:
            continue
        score += min(_cues(post.text, kind), _MOST.get(kind, 2)) * in_text
        score += min(_titled(post, kind), 1) * in_title
    title = post.title.text.clean
    buys = _asks_who_sells(post)
    score += 3.0 if title.rstrip().endswith(("?", "？", "؟")) and not buys else 0.0
    front = title if title.strip() else post.text.text.clean[:90]
    asks = marks.ASKING.match(front.lower()) and not _titled(post, "offer") and not buys
    score += 2.5 if asks and not post.is_reply else 0.0
    score += 2.5 if _is_told(post) else 0.0
    ended = post.text.text.clean.rstrip().endswith(("?", "？", "؟"))
    score += 1.5 if ended and "question" in post.kinds and not post.text.contacts else 0.0
    score += 5.0 if "closed" in post.title.cues and not post.prices else 0.0
    score += min(len(_QUESTION.findall(post.text.text.clean)), 2) * 0.6
    score += min(_cues(post.text, "legal") + _cues(post.title, "legal"), 3) * 1.5
    if mentions and all(m.asset_type.startswith("hosting.") for m in mentions):
        score += 2.0 * max(_cues(post.text, "legal") - 1, 0)
    if not mentions and "offtopic" not in post.kinds:
        score += 3.5 if "legal" in post.kinds else 1.5
    score += 0.8 if post.is_reply else 0.0
    if post.document.kind == "market" and not _speaks_of_other(post):
        score -= 2.5
    return score

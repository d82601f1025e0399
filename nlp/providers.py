"""The brand under which a seller trades, as far as the text itself says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp import provider_marks as marks
from nlp.findings import Contact, ProviderName
from nlp.folded import lower
from nlp.lexicon import Lexicon
from nlp.post import Page, Post
from nlp.stems import stem

_LINES = 40
_FIRM = 5
"""Characters of the word for a firm, which describes an organisation only with what follows."""
_THRESHOLD = 2.9
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"[\s-]")
_INNER_CAPITAL = re.compile(r"[a-zа-я][A-ZА-Я]")
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(slots=True)
class _Candidate:
    name: str
    page: Page
    start: int
    score: float = 0.0
    rule: str = "provider.name"


_FIRMS = ((marks.CHINESE_SELF, 1), (marks.CHINESE, 1), (marks.SHOP, 0))
"""How firms are named in scripts without capitals; all but the first open a text."""


class Providers:
    """Looks for the brand of a post."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Gather the words that are no names by themselves."""
        self._common = {stem(w) for w in _vocabulary(lexicon)}

    def provider(self, post: Post, *, offered: bool) -> ProviderName | None:
        """The brand, with its evidence as confidence; None when nothing speaks for one.

        `offered` is False for reviews, complaints and wanted posts, where names are others'.
        """
        if not offered:
            return None
        candidates: dict[str, _Candidate] = {}
        for found in self._candidates(post):
            known = candidates.get(_key(found.name))
            if known is None:
                candidates[_key(found.name)] = found
            else:
                known.score += found.score if found.page is not known.page else found.score * 0.4
        handles = _handles(post) if candidates else []
        for key, candidate in candidates.items():
            candidate.score += _evidence(key, candidate, post, handles)
        best = max(
            candidates.values(), key=lambda c: (c.score, len(c.name), -c.start), default=None
        )
        if best is None or best.score < (_THRESHOLD if not post.is_reply else _THRESHOLD + 1):
            return None
        best = _with_trade(best, candidates)
        span = best.page.span(best.start, best.start + len(best.name))
        return ProviderName(best.name, span, best.rule, min(0.4 + best.score / 12, 0.95))

    def _candidates(self, post: Post) -> Iterator[_Candidate]:
        for page in post.pages:
            quoted = marks.QUOTED.may_match(page.masked)
            for number in range(min(len(page.line_starts), _LINES)):
                start, end = page.line_bounds(number)
                if quoted:
                    yield from self._quoted(page, start, end)
                yield from self._in_line(page, start, end, first=number <= 1)

    def _quoted(self, page: Page, start: int, end: int) -> Iterator[_Candidate]:
        line = page.masked[start:end]
        for m in marks.QUOTED.finditer(line):
            name = m[1] or m[2]
            if name[0].isupper() or "\u4e00" <= name[0] <= "\u9fff":
                opens = not _WORD.search(line, 0, m.start())
                named = (
                    page.part == "title" or opens or marks.SELF.search(line[: m.start() + 1][-24:])
                )
                at = start + m.start(1 if m[1] else 2)
                yield _Candidate(name, page, at, 3.0 if named else 0.8, "provider.quoted")

    def _in_line(self, page: Page, start: int, end: int, *, first: bool) -> Iterator[_Candidate]:
        line = page.masked[start:end]
        patterns = _FIRMS if first else _FIRMS[:1]
        for pattern, group in patterns if not line.isascii() else ():
            for m in pattern.finditer(line[:80]):
                at, end_at = start + m.start(group), start + m.end(group)
                victim = _covers(page, "victim", at, end_at)
                if victim or _covers(page, "organisation", at + _FIRM, end_at):
                    continue
                # 荷兰机房 is any data centre in the Netherlands
                if any(_covers(page, kind, at, end_at) for kind in ("asset", "country")):
                    continue
                yield _Candidate(m[group], page, start + m.start(group), 2.9, "provider.firm")
        for m in marks.NAME.finditer(line):
            name, offset = self._trimmed(m[0], m.start())
            if name is None:
                continue
            yield self._scored(name, offset, page, start, first)
            if (
                name != m[0]
                and m[0].split(" ")[0].lower() not in marks.LEADS
                and not _WORD.search(line, 0, m.start())
                and m[0].count(" ") <= 3
                and not _DIGIT.search(m[0])
            ):
                yield self._scored(m[0], m.start(), page, start, first)

    def _scored(self, name: str, offset: int, page: Page, start: int, first: bool) -> _Candidate:
        """A name with what its own place in the line says for it."""
        _, end = page.line_bounds(page.line_of(start))
        line = page.masked[start:end]
        before, after = line[max(offset - 24, 0) : offset], line[offset + len(name) :]
        score = 0.4 if _odd_case(name) else 0.0
        opens = all(m[0].lower() in marks.LEADS for m in _WORD.finditer(line, 0, offset))
        if opens and after.startswith(" here") and (" " in name or _odd_case(name)):
            score += 2.9
        if opens and marks.VERB.match(after[:24]):
            score += (2.9 if first else 2.2) if page.part == "text" else 1.0
        led = before[-1:].isspace() or before[-1:] in marks.OPENING
        if led and marks.INTRO.search(before):
            score += 2.9
        elif led and marks.SELF.search(before):
            score += 1.6 + (
                1.3 if marks.ENDS.match(after) and _is_signed(page, before, after) else 0.0
            )
        if opens and (page.part == "title" or first) and marks.ENDS.match(after):
            score += 1.3 + (1.6 if after.strip() and marks.TRADES.search(name) else 0.0)
        elif opens and marks.ENDS.match(after):
            score += 0.7
        elif page.part == "title":
            score += 0.6
        if first and page.part == "text" and _alone(line, name):
            score += 1.6
        return _Candidate(name, page, start + offset, score)

    def _trimmed(self, name: str, at: int) -> tuple[str | None, int]:
        """The name without common words before it; None when nothing of its own is left."""
        words = name.split(" ")
        while words and (self._is_common(words[0]) or words[0].lower() in marks.LEADS):
            at += len(words[0]) + 1
            words = words[1:]
        while words and words[-1] in ("&", "-"):
            words = words[:-1]
        own = [w for w in words if not self._is_common(w)]
        joined = " ".join(words)
        fits = own and len(joined) >= 4 and not all(marks.SPECIFICATION.match(w) for w in own)
        return (joined, at) if fits else (None, at)

    def _is_common(self, word: str) -> bool:
        return stem(word.strip("'’-&+")) in self._common or len(word) < 2


def _vocabulary(lexicon: Lexicon) -> Iterator[str]:
    for asset in lexicon.assets.values():
        for words in asset.words.values():
            for word in words:
                yield from _WORD.findall(word.term)
    for country in lexicon.countries.values():
        yield from country.codes
        for name in country.names:
            yield from _WORD.findall(name)
    for language in lexicon.languages.values():
        yield from language.stop_words
        yield from language.ordinary
        for cues in language.cues.values():
            for cue in cues:
                yield from _WORD.findall(cue)


def _covers(page: Page, kind: str, start: int, end: int) -> bool:
    """Whether a word of a kind stands somewhere in clean[start:end]."""
    return any(h.start < end and start < h.end for h in page.cues.get(kind, ()))


def _is_signed(page: Page, before: str, after: str) -> bool:
    """Whether a title ends in `by` and a name, or has a firm's name before its colon."""
    return page.part == "title" and bool(
        marks.SIGNED.search(before) or after.strip()[:1] in (":", "|")
    )


def _with_trade(best: _Candidate, candidates: dict[str, _Candidate]) -> _Candidate:
    """The longer name of the same firm where one stands in the post: Ostrich, OSTRICH VPN."""
    longer = [
        c
        for key, c in candidates.items()
        if key != _key(best.name)
        and key.startswith(_key(best.name))
        and marks.TRADES.sub("", c.name).lower() == best.name.lower()
    ]
    return max(longer, key=lambda c: c.score, default=best)


def _handles(post: Post) -> list[str]:
    """The names in a post's contacts, as keys."""
    contacts: tuple[Contact, ...] = (*post.title.contacts, *post.text.contacts)
    kinds = ("site", "email", "telegram", "xmpp", "discord")
    return [_key(c.value) for c in contacts if c.kind in kinds]


def _evidence(key: str, candidate: _Candidate, post: Post, handles: list[str]) -> float:
    """What the rest of the post says for a name: title and text, contacts, the account."""
    score = 0.0
    title, text = (_times(candidate.name, page.text.clean) for page in post.pages)
    if title and text:
        score += 2.0
    if text > 1:
        score += 0.5
    if any(_akin(key, candidate.name, handle) for handle in handles):
        score += 1.6
    if _akin(key, candidate.name, _key(post.document.author)):
        score += 1.8
    return score


def _times(name: str, text: str) -> int:
    """How often a name stands in a text as a name: whole and with a capital."""
    low, name = lower(text), lower(name)
    found, at = 0, low.find(name)
    while at >= 0:
        end = at + len(name)
        whole = not (_is_word(low[at - 1 : at]) or _is_word(low[end : end + 1]))
        found += whole and not text[at].islower()
        at = low.find(name, end if whole else at + 1)
    return found


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _akin(key: str, name: str, handle: str) -> bool:
    """Whether a handle holds the name or its first long word."""
    first = _key(_PARTS.split(name)[0])
    if any(len(part) >= 4 and part in handle for part in (key, first)):
        return True
    return len(handle) >= 5 and handle in key


def _alone(line: str, name: str) -> bool:
    """Whether a line holds a name and nothing else but marks."""
    return not _WORD.search(line.replace(name, "", 2))


def _odd_case(name: str) -> bool:
    return _INNER_CAPITAL.search(name) is not None or (name.isupper() and len(name) > 4)


def _key(text: str) -> str:
    return _NO_LETTERS.sub("", text.lower())

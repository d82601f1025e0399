"""The brand under which a seller trades, as far as the text itself says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.findings import Contact, ProviderName
from nlp.folded import lower
from nlp.lexicon import Lexicon
from nlp.post import Page, Post
from nlp.sought import exact
from nlp.words import stem

_NAME = re.compile(
    r"(?<![\w@/.&-])[A-ZА-ЯЁ][\w'’]*(?:[-&+][A-ZА-ЯЁ0-9]?[\w'’]*)*"
    r"(?:[ ](?:&[ ])?[A-ZА-ЯЁ0-9][\w'’]*(?:[-&+][A-ZА-ЯЁ0-9]?[\w'’]*)*){0,3}(?!@)"
)
_VERB = re.compile(
    r"^(?:[\"”»*]|\s[-–—|]\s|:\s|,\s|™|®)?\s?(?:is\b|are\b|has\b|have\b|gives?\b|sells?\b"
    r"|runs?\b|rents?\b|opens?\b|offers?\b|provides?\b|presents?\b"
    r"|supplies\b|prices\b|update\b|works\b|team\b|welcomes\b|hosts?\b|keeps\b|does\b|-?\s?это\b"
    r"|[-–—]\s?это\b|предлагает|предоставляет|рад\w?\b"
    r"|приветствует|на связи|снова с вами|продаёт|продает|сдаёт|сдает|запускает|открыл\w*|bietet"
    r"|verkauft|vermietet|ist\b|es un\w?\b|ofrece|vende|é um\w?\b|oferece"
    r"|提供|出售|是|为您|نقدم|تقدم|يقدم|makes\b|delivers\b|store\b|since\b|accepts\b)",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"(?:\bwe at|\bhere at|under the name|welcome to|\bwe are|\bthis is|thread of|team of|\bteam"
    r"|the brand|\bbrand|мы\s?[-–—]|команда|сервис|магазин|проект"
    r"|хостинг|компания|под именем|вас приветствует|на связи|это|wir sind|wir von|willkommen bei"
    r"|somos|bienvenidos a|bem-vindo à|aqui é a?|en|na|我们是|这里是"
    r"|نحن|shop of|from|by|от|von|de la|da)\s[«\"“*]?$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[-–—|:•]|$|\W+$)")
_LINES = 40
_QUOTED = exact(r"[«“\"]([^\W\d_][\w'’&+ -]{2,30})[»”\"]|[「『【]([^\W\d_][\w ]{1,15})[」』】]")
_CHINESE = re.compile(
    r"^[\W_]*([\u4e00-\u9fff]{2,4}(?:云|数据|科技|网络|机房|代理|主机|工作室|商城))(?![\u4e00-\u9fff])"
)
_SHOP = re.compile(r"(?<!\w)(?:متجر|شركة|فريق|خدمة)\s(?!ال(?:بيع|سعر))(?:[\u0621-\u064a]{3,14})")
_SPECIFICATION = re.compile(r"[A-Z]{1,3}\d|\d+[A-Za-z]{1,3}$")
_THRESHOLD = 2.9


@dataclass(slots=True)
class _Candidate:
    name: str
    page: Page
    start: int
    score: float = 0.0
    rule: str = "provider.name"


class Providers:
    """Looks for the brand of a post."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Gather the words that are no names by themselves."""
        self._common = {stem(w) for w in _vocabulary(lexicon)}

    def provider(self, post: Post, *, offered: bool) -> ProviderName | None:
        """The brand, with its evidence as confidence; None when nothing speaks for one.

        `offered` is False for reviews, complaints and wanted posts, where names are others'.
        """
        if not offered or post.is_reply:
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
        if best is None or best.score < _THRESHOLD:
            return None
        span = best.page.span(best.start, best.start + len(best.name))
        return ProviderName(best.name, span, best.rule, min(0.4 + best.score / 12, 0.95))

    def _candidates(self, post: Post) -> Iterator[_Candidate]:
        for page in post.pages:
            for number in range(min(len(page.line_starts), _LINES)):
                start, end = page.line_bounds(number)
                yield from self._in_line(page, start, end, first=number <= 1)

    def _in_line(self, page: Page, start: int, end: int, *, first: bool) -> Iterator[_Candidate]:
        line = page.masked[start:end]
        for m in _QUOTED.finditer(line):
            name = m[1] or m[2]
            if name[0].isupper() or "\u4e00" <= name[0] <= "\u9fff":
                opens = not re.search(r"\w", line[: m.start()])
                named = page.part == "title" or opens or _SELF.search(line[: m.start() + 1][-24:])
                at = start + m.start(1 if m[1] else 2)
                yield _Candidate(name, page, at, 3.0 if named else 0.8, "provider.quoted")
        for pattern, group in ((_CHINESE, 1), (_SHOP, 0)):
            for m in pattern.finditer(line[:80]) if first else ():
                at, end_at = start + m.start(group), start + m.end(group)
                if any(h.kind == "asset" and h.start < end_at and at < h.end for h in page.hits):
                    continue
                yield _Candidate(m[group], page, start + m.start(group), 2.9, "provider.firm")
        for m in _NAME.finditer(line):
            name, offset = self._trimmed(m[0], m.start())
            if name is None:
                continue
            yield self._scored(name, offset, page, start, first)
            if (
                name != m[0]
                and not re.search(r"\w", line[: m.start()])
                and m[0].count(" ") <= 3
                and not re.search(r"\d", m[0])
            ):
                yield self._scored(m[0], m.start(), page, start, first)

    def _scored(self, name: str, offset: int, page: Page, start: int, first: bool) -> _Candidate:
        """A name with what its own place in the line says for it."""
        _, end = page.line_bounds(page.line_of(start))
        line = page.masked[start:end]
        before, after = line[max(offset - 24, 0) : offset], line[offset + len(name) :]
        score = 0.4 if _odd_case(name) else 0.0
        opens = not re.search(r"\w", line[:offset])
        if opens and _VERB.match(after[:24]):
            score += (2.9 if first else 2.2) if page.part == "text" else 1.0
        if _SELF.search(before):
            score += 1.6
        if opens and (page.part == "title" or first) and _ENDS.match(after):
            score += 1.3
        elif opens and _ENDS.match(after):
            score += 0.7
        elif page.part == "title":
            score += 0.6
        if first and page.part == "text" and _alone(line, name):
            score += 1.6
        return _Candidate(name, page, start + offset, score)

    def _trimmed(self, name: str, at: int) -> tuple[str | None, int]:
        """The name without common words before it; None when nothing of its own is left."""
        words = name.split(" ")
        while words and self._is_common(words[0]):
            at += len(words[0]) + 1
            words = words[1:]
        while words and words[-1] in ("&", "-"):
            words = words[:-1]
        own = [w for w in words if not self._is_common(w)]
        joined = " ".join(words)
        fits = own and len(joined) >= 4 and not all(_SPECIFICATION.match(w) for w in own)
        return (joined, at) if fits else (None, at)

    def _is_common(self, word: str) -> bool:
        return stem(word.strip("'’-&+")) in self._common or len(word) < 2


def _vocabulary(lexicon: Lexicon) -> Iterator[str]:
    for asset in lexicon.assets.values():
        for words in asset.words.values():
            for word in words:
                yield from re.findall(r"\w+", word.term)
    for country in lexicon.countries.values():
        yield from country.codes
        for name in country.names:
            yield from re.findall(r"\w+", name)
    for language in lexicon.languages.values():
        yield from language.stop_words
        yield from language.ordinary
        for cues in language.cues.values():
            for cue in cues:
                yield from re.findall(r"\w+", cue)


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
    first = _key(re.split(r"[\s-]", name)[0])
    if any(len(part) >= 4 and part in handle for part in (key, first)):
        return True
    return len(handle) >= 5 and handle in key


def _alone(line: str, name: str) -> bool:
    """Whether a line holds a name and nothing else but marks."""
    return not re.search(r"\w", line.replace(name, "", 2))


def _odd_case(name: str) -> bool:
    return bool(re.search(r"[a-zа-я][A-ZА-Я]", name)) or (name.isupper() and len(name) > 4)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())

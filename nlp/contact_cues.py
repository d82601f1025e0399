"""Words that say which kind of contact follows."""

import re
from bisect import bisect_right
from functools import lru_cache

from nlp.folded import folded, lower
from nlp.sought import exact

_NUMBER_NEXT = r"(?=\s?:?\s?\+)"
_WORDS: dict[str, str] = {
    "telegram": r"telegramm?|telegran|tele ?gram|tele|tlgrm|tlg|tg|телеграмм?[аеу]?|телег[аеу]"
    r"|тлг|тг|тгшк[аеу]|telega|電報|电报|纸飞机|飞机|小飞机|تليجرام|تلجرام|تيليجرام|تلغرام|تيليغرام|تلقرام",
    "xmpp": r"jabb?er|jabba|jabb|jab|jid|xmpp|prosody|omemo|otr|жж?абб?ер[аеу]?|жж?аб[аеуы]?"
    r"|джабб?ер[аеу]?|жабк[аеу]|жабой"
    r"|жб|toxmpp|gajim|psi\+?|жаббир|جابر",
    "email": r"e-?mails?|mails?|protonmail|proton|tutanota|почт[аеуы]|мыл[оа]|мейл|имейл|ящик"
    r"|correo"
    r"|邮箱|邮件|البريد|إيميل|ايميل|courriel|postfach",
    "icq": r"icq|uin|ась?(?:к[аеиу]|кой|[яюеи])|айсикью?|ايسكيو|i\.c\.q",
    "discord": r"discord|disc|дискорд[аеу]?|дис",
    "wickr": r"wickr(?: ?me)?|викр",
    "signal": r"signal|сигнал[аеу]?",
    "session": r"session|сесси[яию]|сешн",
    "tox": r"qtox|tox|utox|токс[аеу]?|тох",
    "matrix": r"matrix|element|riot|матрикс|элемент",
    "whatsapp": rf"whats ?app|wa{_NUMBER_NEXT}|whatsap|wapp|ватс?апп?|вотс?апп?|вацап"
    r"|zap|zapzap|واتساب|واتس",
    "site": r"site|web ?site|web|our shop|shop|store|autoshop|auto-?shop|сайт|сайт-визитка"
    r"|магазин[еа]?"
    r"|автошоп|шоп|панель|register|registration|sign ?up|тикеты(?: на)?|заходите(?: на)?|visit"
    r"|mirrors?"
    r"|зеркал[оа]|onion|tor|портал|витрин[аые]|官网|网址|网站|الموقع|موقعنا|sitio|p[aá]gina|seite"
    r"|webseite"
    r"|tienda|loja|boutique|home ?page|url|order (?:at|here|on)|buy (?:at|here|on)|заказ(?:ать)? на"
    r"|panel|dashboard|billing|check ?out|see us at|links?|адрес|moved to|new domain|новый домен"
    r"|order page|purchase|купить|заказать"
    r"|переехали на|autobuy|автопродажа?",
    "other": r"twitter|instagram|insta|facebook|fb|github|youtube|tiktok|skype|скайп|threema|wire"
    r"|reddit|vk|вк|linkedin|viber|вайбер|wechat|weixin|微信|qq|snap|snapchat|briar|keybase",
    "pgp": r"pgp|gpg|fingerprint|fpr|отпечаток|openpgp|empreinte|huella",
}
_NOT_BEFORE = r"(?<![\w@.])"
CUE = folded(
    rf"{_NOT_BEFORE}(?:{'|'.join(_WORDS.values())})(?![^\W\d_]*[a-zа-яё0-9_@]|\.\w)",
)
_KINDS = {kind: folded(words.replace(_NUMBER_NEXT, "")) for kind, words in _WORDS.items()}
_CJK_CUE = exact(
    r"(?P<telegram>电报|電報|飞机|TG号?|tg)|(?P<email>邮箱|邮件)|(?P<site>官网|网址|网站)"
)
_JOINT = re.compile(r"\s?(?:[/&,|+]|or|or my|и|или|o|ou|oder)\s?", re.IGNORECASE)
_BETWEEN = re.compile(r"[ (\[{<-]*(?:(?:is|my|это|мой|für|only)\s){0,2}[ (]?", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def _kind(word: str) -> str:
    """The kind of contact that a cue word names."""
    return next(kind for kind, words in _KINDS.items() if words.fullmatch(word))


class Cues:
    """The cue words of a text, by place."""

    def __init__(self, clean: str) -> None:
        self.low = lower(clean)
        found = [(m.start(), m.end(), _kind(m[0])) for m in CUE.finditer(self.low)]
        if not clean.isascii():
            known = {start for start, _, _ in found}
            more = ((m.start(), m.end(), m.lastgroup or "") for m in _CJK_CUE.finditer(clean))
            found += [cue for cue in more if cue[0] not in known]
        self._all = sorted(found)
        self._starts = [start for start, _, _ in self._all]
        self._clean = clean

    def all(self) -> list[tuple[int, int, str]]:
        """Start, end and kind of each cue, in order."""
        return self._all

    def before(self, at: int, reach: int = 60) -> tuple[str, int] | None:
        """The nearest cue before a place in its line, and how many characters lie between."""
        i = bisect_right(self._starts, at) - 1
        while i >= 0:
            _, end, kind = self._all[i]
            if end <= at:
                near = at - end <= reach and "\n" not in self._clean[end:at]
                return (kind, at - end) if near else None
            i -= 1
        return None

    def header(self, at: int) -> str | None:
        """The kind of a cue that ends one of the three lines above, only contacts between."""
        end = self._clean.rfind("\n", 0, at)
        for _ in range(3):
            if end < 0:
                return None
            start = self._clean.rfind("\n", 0, end) + 1
            i = bisect_right(self._starts, end) - 1
            if i >= 0 and self._all[i][0] >= start:
                rest = self._clean[self._all[i][1] : end]
                return self._all[i][2] if not any(map(str.isalnum, rest)) else None
            if "@" not in self._clean[start:end] or end - start > 80:
                return None
            end = start - 1
        return None

    def chained(self, at: int) -> set[str]:
        """The kinds of the nearest cue before a place and of those joined to it: `jabber/mail:`."""
        i = bisect_right(self._starts, at) - 1
        while i >= 0 and self._all[i][1] > at:
            i -= 1
        kinds: set[str] = set()
        while i >= 0:
            start, _, kind = self._all[i]
            kinds.add(kind)
            i -= 1
            if i < 0 or not _JOINT.fullmatch(self._clean[self._all[i][1] : start]):
                break
        return kinds

    def after(self, at: int, reach: int = 14) -> tuple[str, int] | None:
        """The nearest cue after a place when only blanks and brackets lie between."""
        i = bisect_right(self._starts, at - 1)
        if i < len(self._all):
            start, _, kind = self._all[i]
            between = self._clean[at:start]
            if start - at <= reach and _BETWEEN.fullmatch(between):
                return kind, start - at
        return None

"""Whose contact it is, by the words beside it: the writer's, an agent's, somebody else's."""

import re
from typing import Literal

Whose = Literal["own", "agent", "other"]
"""The writer's own as far as the words say; an escrow agent's or board's; somebody else's."""
BEFORE, AFTER = 200, 48
"""Characters before and after a contact that are looked at."""
_AGENT = (
    r"escrow\w*|e?garants?\b|guarantors?|middle ?m[ae]n|гарант\w*|посредник\w*|moderators?"
    r"|moders?\b|admins?\b|administrat\w+|админ\w*|модер\w*|担保|وسيط|treuh[aä]nd\w*|intermediario"
    r"|(?:safe |secure )?deals?(?: only)? (?:via|through|by|over|with)|safe deal"
    r"|сделк\w*(?: только)?(?: через)?|verified by|checked by|approved by|проверен\w? у"
)
_OTHER = (
    r"partners?|партн[её]р\w*|resell\w*|реселлер\w*|suppl(?:ier|y|ied)\w*|поставщик\w*|friends?\b"
    r"|друзья|scam\w*|fakes?\b|fake \w+|фейк\w*|кидал\w*|скам\w*|rippers?|impostors?|beware"
    r"|avoid|vouch\w*|recommend\w*|рекоменд\w*|forward\w*|credits?\b|thanks to|спасибо"
    r"|copied from|(?:bought|buy|taken|comes?|got|ordered) from|do not trust"
    r"|don'?t trust|not (?:me|us|my|our)\b"
    r"|не (?:я|мы|наш\w*|мой)\b|advertised in|ads in|реклама"
)
_CUE = re.compile(rf"(?<![^\W_])(?:(?P<agent>{_AGENT})|(?P<other>{_OTHER}))")
_LATER = re.compile(
    rf"[\s)]{{0,2}}(?:is |[-–—(:=,]\s?)(?:my |our |the |наш\w* |мой )?"
    rf"(?:(?P<agent>{_AGENT})|(?P<other>{_OTHER}))"
)
_TO_ME = re.compile(
    r"(?:accept\w*|welcome|available|possible|ok\b|okay|yes|any\b|люб\w+|приветств\w*|возможен"
    r"|[,|/•;]).*?\b(?:my|me\b|contacts?|telegram|tg|jabber|xmpp|tox|write|pm|dm|message|order|buy"
    r"|support|мо[йяи]|мне|контакт\w*|связь|пиш\w*|тг|телег\w*|жаб\w*|заказ\w*)\b"
)
"""What turns a clause back to the writer: `escrow accepted, contact me @…`."""
_END = re.compile(r"[.!?;](?=\s)|\s[|•·]\s")
_HANDLE = re.compile(r"(?:https?://)?(?:t\.me/|@)\w{3,32}")
_LEAD = re.compile(r"(?:https?://)?(?:t\.me/|@)?$")
_DENIED = re.compile(r"(?<!\w)(?:not|не)\s{1,2}$")
_REACH = 44
"""Characters between a cue and its contact, handles counted as one."""
_LIST = 6
"""Lines over a contact that may belong to one list under a heading."""
_PASSED_ON = re.compile(r"\s*(?:forwarded (?:from|message)|fwd:|переслан\w+)")


def whose(before: str, after: str) -> Whose:
    """Whose contact stands between these characters of a text, in lower case."""
    *above, line = before.split("\n")
    if line.lstrip().startswith(">") or _DENIED.search(_LEAD.sub("", line)):
        return "other"
    said = _said(_LEAD.sub("", _clause(line))) or _later(after) or _heading(above, line)
    return said or "own"


def is_passed_on(head: str) -> bool:
    """Whether a text says at its beginning (in lower case) that it is a forwarded one."""
    return _PASSED_ON.match(head) is not None


def _clause(line: str) -> str:
    """The part of a line that speaks of what follows it."""
    ends = [m.end() for m in _END.finditer(line)]
    return line[ends[-1] :] if ends else line


def _said(clause: str) -> Whose | None:
    """What the last cue of a clause says, where nothing turns the clause back to the writer."""
    cues = list(_CUE.finditer(clause))
    if not cues:
        return None
    between = _HANDLE.sub("@", clause[cues[-1].end() :])
    if len(between) > _REACH or _TO_ME.search(between):
        return None
    return "agent" if cues[-1]["agent"] else "other"


def _later(after: str) -> Whose | None:
    """What the words right after a contact say: `@nick (escrow)`."""
    cue = _LATER.match(after.partition("\n")[0])
    return None if cue is None else "agent" if cue["agent"] else "other"


def _heading(above: list[str], line: str) -> Whose | None:
    """What the heading of a list says in which a line with a contact stands."""
    if _HANDLE.sub("", line).strip(" \t-–—•*·>@1234567890.)"):
        return None
    for upper in reversed(above[-_LIST:]):
        text = upper.strip()
        if text and not _HANDLE.search(text):
            cue = _CUE.match(text) or _CUE.match(text.partition(" ")[2])
            ends = text.endswith((":", "：", "-"))
            return None if cue is None or not ends else "agent" if cue["agent"] else "other"
    return None

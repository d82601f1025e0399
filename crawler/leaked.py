"""Credentials of third persons in texts and pages: passwords, keys and tokens by their forms."""

import re
from collections.abc import Callable

from crawler.boundaries.shapes import ADDRESSES, has_any
from crawler.boundaries.text import small, spliced

Hide = Callable[[str, int], str]
"""What stands for secrets of that name; it counts so many."""

_BETWEEN = r"(?:\s|&nbsp;|</?[a-z]{1,10}[^<>]{0,80}>){0,6}"
"""What may stand between a label and its value: blanks and tags."""
_LABELS = (
    ("pass", r"pass(?:word|wort|wd|phrase|e)?"),
    ("pwd", r"pwd"),
    ("парол", r"парол[ьяю]"),
    ("contrase", r"contrase(?:ñ|&ntilde;)a"),
    ("senha", r"senha"),
    ("hasło", r"hasło"),
    ("mot de passe", r"mot de passe"),
    ("kennwort", r"kennwort"),
    ("密码", r"密码"),
    ("密碼", r"密碼"),
)
_LABELLED = tuple(
    (
        word,
        re.compile(
            rf"{form}{_BETWEEN}[:=：]{_BETWEEN}"
            r"(?P<secret>[^\s<>\"'(){}\[\];,&@][^\s<>\"'(){}\[\];,&]{5,63}+(?!\())"
        ),
    )
    for word, form in _LABELS
)
_MAIL_LOGIN = re.compile(
    # the literal first: it is what the search goes by
    r"(?m)@(?<=[\w.+-]@)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}[ \t]{0,9}[:;|][ \t]{0,9}"
    r"(?P<secret>[^\s<:;|]{4,64})(?=[ \t]*(?:$|<|[:;|\r]))"
)
_LINE_BEGINS = re.compile(r"[ \t]*[\w.+-]{1,64}")
LIST_LINES = 3
"""Lines of `mail:password` that make a list of stolen accounts, not a contact."""
_HOST_LOGIN = re.compile(
    r"[0-9](?<![\w.].)[0-9]{0,2}\.(?:[0-9]{1,3}\.){2}[0-9]{1,3}(?::[0-9]{1,5})?[ \t]?[:;|@,\t ]"
    r"[ \t]?[\w.@$\\+-]{2,64}[:;|\t](?P<secret>[^\s<>:;|]{6,64})(?=\s|<|$|[;|])"
)
_URL_LOGIN = re.compile(r"://[^\s/:@\"'<>]{1,100}:(?P<secret>[^\s/@\"'<>]{4,200})(?=@)")
_TOKENS = (
    ("eyJ", re.compile(r"\beyJ[\w-]{10,2000}\.eyJ[\w-]{5,4000}\.[\w-]{10,1000}")),
    ("AKIA", re.compile(r"\bA[KS]IA[0-9A-Z]{16}\b")),
    ("AIza", re.compile(r"\bAIza[\w-]{35}\b")),
    ("gh", re.compile(r"gh[pousr]_[A-Za-z0-9]{36,255}")),
    ("github_pat_", re.compile(r"github_pat_\w{22,255}")),
    ("glpat-", re.compile(r"\bglpat-[\w-]{20,}")),
    ("xox", re.compile(r"\bxox[abeprs]-[\w-]{10,250}")),
    ("_live_", re.compile(r"\b[rs]k_live_\w{16,250}")),
    (":AA", re.compile(r"\b[0-9]{8,10}:AA[\w-]{33}\b")),
    ("xprv", re.compile(r"\bxprv[1-9A-HJ-NP-Za-km-z]{100,110}")),
    ("rivate", re.compile(r"(?i)(?<=private key)(?:[\"':= ]{1,4})(?:0x)?[0-9a-f]{64}\b")),
    ("earer ", re.compile(r"(?i)(?<=\bbearer )[\w.~+/=-]{16,4000}")),
    ("hooks.slack", re.compile(r"(?<=hooks\.slack\.com/services/)[\w/]{20,100}")),
    ("/api/webhooks/", re.compile(r"(?<=/api/webhooks/)[0-9]{10,25}/[\w-]{30,120}")),
)
"""Keys of well-known services, each with a string that stands in all of them."""
STRINGS = (*(word for word, _ in _LABELLED), *(mark.lower() for mark, _ in _TOKENS))
"""What stands, in small letters, before or in each of these secrets."""
_NO_SECRET = re.compile(r"https?:|//|t\.me|www\.|masked\]|^[a-zа-яё]{1,11}[.!?]?$|^\W+$")
"""What follows a label without being a password: links, a single word, punctuation."""
_MIXED = re.compile(r"(?i)(?=.*[0-9])(?=.*[a-zа-яё])")


def without_credentials(text: str, shape: bytes, held: frozenset[str], hide: Hide) -> str:
    """The text with passwords, keys and tokens of third persons replaced by what `hide` gives.

    `shape` is the text's, see `crawler.boundaries.shapes`, and `held` those of `STRINGS` that stand
    in its small letters.
    """
    text = _without_labelled(text, held, hide)
    if "://" in text and "@" in text:
        text = _replaced(_URL_LOGIN, text, hide, lambda secret: True)
    if "@" in text:
        text = _without_accounts(text, hide)
    if has_any(shape, ADDRESSES):
        text = _replaced(_HOST_LOGIN, text, hide, _is_mixed)
    for mark, form in _TOKENS:
        if mark.lower() in held and mark in text:
            text = form.sub(lambda _: hide("key", 1), text)
    return text


def _without_labelled(text: str, held: frozenset[str], hide: Hide) -> str:
    lower = _small_in_place(text)
    for word, form in _LABELLED:
        if word not in held:
            continue
        spans = [
            found.span("secret")
            for found in form.finditer(lower)
            if not _NO_SECRET.search(found["secret"])
        ]
        if spans:
            text = spliced(text, spans, hide("password", len(spans)))
            lower = _small_in_place(text)
    return text


def _small_in_place(text: str) -> str:
    """The text in small letters; itself where some become two, and places would shift."""
    lower = small(text)
    return lower if len(lower) == len(text) else text


def _without_accounts(text: str, hide: Hide) -> str:
    """The text without passwords behind mail addresses; without every one of a list's."""
    found = list(_MAIL_LOGIN.finditer(text))
    begins = {each.start() for each in found if _begins_line(text, each.start())}
    spans = [
        each.span("secret")
        for each in found
        if (len(each["secret"]) > 5 and _is_mixed(each["secret"]))
        or (len(begins) >= LIST_LINES and each.start() in begins)
    ]
    return spliced(text, spans, hide("password", len(spans)))


def _begins_line(text: str, at: int) -> bool:
    """Whether the mail address with this `@` begins a line or an element."""
    start = max(text.rfind("\n", 0, at), text.rfind(">", 0, at)) + 1
    return _LINE_BEGINS.fullmatch(text, start, at) is not None


def _replaced(
    form: re.Pattern[str], text: str, hide: Hide, is_secret: Callable[[str], bool]
) -> str:
    """The text with what `form` calls its secret replaced."""

    def new(found: re.Match[str]) -> str:
        if "masked]" in found["secret"] or not is_secret(found["secret"]):
            return found[0]
        start, end = (place - found.start() for place in found.span("secret"))
        return found[0][:start] + hide("password", 1) + found[0][end:]

    return form.sub(new, text)


def _is_mixed(secret: str) -> bool:
    """Whether a word has letters and digits, as passwords have and names of programs have not."""
    return _MIXED.search(secret) is not None

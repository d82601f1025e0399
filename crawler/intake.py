"""The intake guard: what must not be stored is dropped, secrets of third persons are masked.

It looks at every response before the evidence does, and at every text before it becomes a row.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from stdnum import luhn
from stdnum.br import cpf
from stdnum.cn import ric
from stdnum.es import dni, nie
from stdnum.in_ import aadhaar
from stdnum.it import codicefiscale as fiscal
from stdnum.pl import pesel
from stdnum.us import ssn

from crawler.decode import decode
from crawler.home import DATA, Home
from crawler.source import SourceError

MARKUP = re.compile(r"<[^<>]{0,5000}>|&(?:nbsp|#160);")
SPACES = re.compile(r"\s+")
LIST_LINES = 3
"""Lines of `mail:password` that make a list of stolen accounts, not a contact."""
CARD = re.compile(
    r"[0-9](?<![\w.+-].)(?:[0-9]{12,18}|[0-9]{3}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{3})?"
    r"|[47][0-9]{2}([ -])[0-9]{6}\2[0-9]{5})(?![\w-])"
)
BRANDS = (
    (re.compile(r"4"), (13, 16, 19)),
    (re.compile(r"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"6(?:011|5|4[4-9])"), (16, 19)),
    (re.compile(r"35(?:2[89]|[3-8])"), (16,)),
    (re.compile(r"62|81"), (16, 17, 18, 19)),
    (re.compile(r"220[0-4]"), (16,)),
)
"""First digits and lengths of payment cards, by scheme (ISO/IEC 7812 ranges)."""
ACCOUNT = re.compile(
    r"(?m)(?:^|(?<=>))"
    r"(?P<mail>[ \t]*[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}[ \t]*[:;|][ \t]*)"
    r"(?P<password>[^\s<:;|]{4,64})(?=[ \t]*(?:$|<|[:;|\r]))"
)
KEY = re.compile(
    r"-----BEGIN (?P<what>[A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?)-----"
    r"[^-]{1,12000}(?:-----END (?P=what)-----)?"
)
Check = Callable[[str], bool]
ID_FORMS: tuple[tuple[str, re.Pattern[str], Check], ...] = (
    ("", re.compile(r"[0-9](?<![\w-].)[0-9]{2}-[0-9]{2}-[0-9]{4}(?![\w-])"), ssn.is_valid),
    ("", re.compile(r"[0-9](?<![\w.].)\d\d\.\d{3}\.\d{3}-\d\d(?![\w-])"), cpf.is_valid),
    ("", re.compile(r"[A-Z](?<!\w.)[A-Z]{5}(?:\d\d[A-Z]){2}\d{3}[A-Z](?!\w)"), fiscal.is_valid),
    ("", re.compile(r"[1-9](?<![\w-].)[0-9]{16}[0-9X](?![\w-])"), ric.is_valid),
    ("dni", re.compile(r"(?i)(?<=dni[ :])\s{0,3}[0-9]{8}[A-Z](?!\w)"), dni.is_valid),
    ("nie", re.compile(r"(?i)(?<=nie[ :])\s{0,3}[XYZ][0-9]{7}[A-Z](?!\w)"), nie.is_valid),
    ("pesel", re.compile(r"(?i)(?<=pesel[ :])\s{0,3}[0-9]{11}(?!\w)"), pesel.is_valid),
    ("aadhaar", re.compile(r"(?i)(?<=aadhaar[ :])\s{0,3}(?:[0-9]{4} ?){3}"), aadhaar.is_valid),
    ("снилс", re.compile(r"(?i)(?<=снилс[ :])\s{0,3}[0-9]{3}-[0-9]{3}-[0-9]{3}[ -][0-9]{2}"), bool),
    ("паспорт", re.compile(r"(?i)(?<=паспорт[ :])\s{0,3}[0-9]{2} ?[0-9]{2} [0-9]{6}(?!\w)"), bool),
)  # fmt: skip
"""National ids: the label that must stand before them, their form, and the check digit."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the guard says of a response."""

    dropped: bool = False
    """Whether its content must be kept nowhere."""
    payload: bytes | None = None
    """The payload to keep instead, secrets masked; None where there are none."""
    masked: int = 0
    """How many secrets were masked in it."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The guard with its terms."""

    hints: tuple[str, ...]
    """Words of which one stands in every text that the terms fit."""
    always: re.Pattern[str]
    """Terms of which one is enough."""
    unless_forbidden: re.Pattern[str]
    """Terms that rules and news use too."""
    forbidding: re.Pattern[str]
    """What makes a mention a prohibition."""
    near: int
    """How near it must stand, characters."""

    def inspect(self, body: bytes, content_type: str | None) -> Verdict:
        """What is to become of a response's body, its content encoding undone; never raises."""
        if self.is_forbidden(decode(body, content_type).text):
            return Verdict(dropped=True)
        # secrets are ASCII in every charset that the web still uses
        text, count = masked(body.decode("latin-1"))
        return Verdict(payload=text.encode("latin-1"), masked=count) if count else Verdict()

    def is_forbidden(self, text: str) -> bool:
        """Whether a text, with or without markup, offers or links to what must not be stored."""
        lower = text.lower()
        if not any(hint in lower for hint in self.hints):
            return False
        spaced = SPACES.sub(" ", MARKUP.sub(" ", lower))
        # a tag may stand between words or in the middle of one
        return self._is_named(spaced) or ("<" in lower and self._is_named(MARKUP.sub("", lower)))

    def _is_named(self, bare: str) -> bool:
        if self.always.search(bare):
            return True
        for match in self.unless_forbidden.finditer(bare):
            around = bare[max(0, match.start() - self.near) : match.end() + self.near]
            if not self.forbidding.search(around):
                return True
        return False


def masked(text: str) -> tuple[str, int]:
    """A text with cards, national ids, passwords and private keys masked, and how many.

    Masking a masked text changes nothing.
    """
    count = 0

    def hide(name: str) -> Callable[[re.Match[str]], str]:
        def hidden(match: re.Match[str]) -> str:
            nonlocal count
            count += 1
            return f"[{name} masked]"

        return hidden

    text = KEY.sub(hide("private key"), text)
    text = CARD.sub(lambda match: hide("card")(match) if is_card(match[0]) else match[0], text)
    lower = text.lower()
    for label, form, is_valid in ID_FORMS:
        if label in lower:
            text = form.sub(proven(is_valid, hide("id")), text)
    if text.count("@") >= LIST_LINES and len(ACCOUNT.findall(text)) >= LIST_LINES:
        text = ACCOUNT.sub(lambda match: match["mail"] + hide("password")(match), text)
    return text, count


def proven(is_valid: Check, hide: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    """A replacement that hides what its check digit proves."""
    return lambda match: hide(match) if is_valid(match[0].strip()) else match[0]


def is_card(text: str) -> bool:
    """Whether digits are a payment card's number: scheme, length and check digit (ISO 7812)."""
    digits = re.sub(r"[ -]", "", text)
    if len(set(digits)) < 2 or not luhn.is_valid(digits):
        return False
    return any(form.match(digits) and len(digits) in lengths for form, lengths in BRANDS)


def guard_at(home: Home) -> Guard:
    """The guard with the operator's terms, or the shipped ones.

    Raises:
        SourceError: the file of terms cannot be used.
    """
    own = home.root / "intake.yml"
    return load_guard(own if own.exists() else DATA / "intake" / "terms.yml")


@lru_cache(maxsize=8)
def load_guard(path: Path) -> Guard:
    """The guard that a file describes.

    Raises:
        SourceError: the file cannot be read, or a term is no regular expression.
    """
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        forms = {
            name: re.compile("|".join(f"(?:{term})" for term in raw[name]))
            for name in ("always", "unless_forbidden", "forbidding")
        }
        return Guard(hints=tuple(map(str, raw["hints"])), **forms, near=int(raw["near"]))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise SourceError(f"{path}: cannot be used: {error}; see data/intake/terms.yml") from error
    except re.error as error:
        raise SourceError(f"{path}: '{error.pattern!r}' is no pattern: {error}") from error

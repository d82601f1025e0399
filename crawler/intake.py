"""The intake guard: what must not be stored is dropped, secrets of third persons are masked.

It looks at every response before the evidence does, and at every text before it becomes a row.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from crawler.boundaries.secrets import hide_in_body
from crawler.boundaries.shapes import CARDS, has_any, shape_of
from crawler.boundaries.strings import Strings
from crawler.boundaries.text import small
from crawler.decode import decode
from crawler.home import DATA, Home
from crawler.leaked import STRINGS, without_credentials
from crawler.personal import CARD, ID_FORMS, LABELLED_IDS, is_card, proven
from crawler.source import SourceError
from nlp.yamls import load_yaml

LEADS = Strings((*STRINGS, *(label for label, _, _ in LABELLED_IDS)))
"""What tells secrets of third persons that a text may hold."""
MARKUP = re.compile(r"<[^<>]{0,5000}>|&(?:nbsp|#160);")
SPACES = re.compile(r"\s+")
ONE_BYTE = frozenset({"cp1251", "cp1252", "iso8859-1", "koi8-r", "ascii"})
"""Charsets that give every byte back."""
ERRORS = "surrogateescape"
"""Keeps bytes that a charset does not know."""
KEY = re.compile(
    r"-----BEGIN (?P<what>[A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?)-----"
    r"[^-]{1,12000}(?:-----END (?P=what)-----)?"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the guard says of a response."""

    payload: bytes | None = None
    """The payload to keep instead, secrets masked; None where there are none."""
    masked: int = 0
    """How many secrets of third persons were masked in it."""
    own: bytes | None = None
    """The payload with secrets of third persons and without ours; None where there is none."""
    dropped: bool = False
    """Whether its content must be kept nowhere."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The guard with its terms."""

    hints: Strings
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
        read = decode(body, content_type)
        if self.is_forbidden(read.text):
            return Verdict(dropped=True)
        text, charset = as_text(body, read.charset)
        bare = hide_in_body(text)
        whole, count = masked(bare)
        if whole is text:
            return Verdict()
        own = bare.encode(charset, ERRORS) if bare is not text else None
        return Verdict(whole.encode(charset, ERRORS) if count else None, count, own)

    def is_forbidden(self, text: str) -> bool:
        """Whether a text, with or without markup, offers or links to what must not be stored."""
        lower = small(text)
        if not self.hints.held_by(lower):
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


def as_text(body: bytes, charset: str) -> tuple[str, str]:
    """A body as text that can be written back byte for byte, and the charset to do it with."""
    if charset.startswith("utf-8") or charset in ONE_BYTE:
        return body.decode(charset, ERRORS), charset
    try:
        text = body.decode(charset, ERRORS)
        if text.encode(charset, ERRORS) == body:
            return text, charset
    except (LookupError, ValueError):
        # cut in the middle of a character, or a charset that loses bytes
        return body.decode("latin-1"), "latin-1"
    return body.decode("latin-1"), "latin-1"


def masked(text: str) -> tuple[str, int]:
    """A text with cards, national ids, passwords and private keys masked, and how many.

    Masking a masked text changes nothing.
    """
    count = 0

    def hide(name: str, times: int = 1) -> str:
        nonlocal count
        count += times
        return f"[{name} masked]"

    text = KEY.sub(lambda _: hide("private key"), text)
    shape = shape_of(text)
    held = LEADS.held_by(small(text))
    text = without_credentials(text, shape, held, hide)
    if has_any(shape, CARDS):
        text = CARD.sub(lambda found: hide("card") if is_card(found[0]) else found[0], text)
    for part, form, is_valid in ID_FORMS:
        if part in shape:
            text = form.sub(proven(is_valid, hide), text)
    for label, form, is_valid in LABELLED_IDS:
        if label in held:
            text = form.sub(proven(is_valid, hide), text)
    return text, count


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
        raw = load_yaml(path)
        forms = {
            name: re.compile("|".join(f"(?:{term})" for term in raw[name]))
            for name in ("always", "unless_forbidden", "forbidding")
        }
        return Guard(hints=Strings(map(str, raw["hints"])), **forms, near=int(raw["near"]))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise SourceError(f"{path}: cannot be used: {error}; see data/intake/terms.yml") from error
    except re.error as error:
        raise SourceError(f"{path}: '{error.pattern!r}' is no pattern: {error}") from error

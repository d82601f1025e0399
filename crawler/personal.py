"""Numbers of persons in texts: payment cards and national ids, known by their check digits."""

import re
from collections.abc import Callable

from stdnum import luhn
from stdnum.br import cpf
from stdnum.cn import ric
from stdnum.es import dni, nie
from stdnum.in_ import aadhaar
from stdnum.it import codicefiscale as fiscal
from stdnum.pl import pesel
from stdnum.us import ssn

_GAP = r"([ \xa0\u2009\u202f-]|&nbsp;)"
CARD = re.compile(
    rf"[0-9](?<![\w.+-].)(?:[0-9]{{12,18}}|[0-9]{{3}}{_GAP}[0-9]{{4}}\1[0-9]{{4}}\1[0-9]{{4}}"
    rf"(?:\1[0-9]{{3}})?|[47][0-9]{{2}}{_GAP}[0-9]{{6}}\2[0-9]{{5}})(?![\w-])"
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
Check = Callable[[str], bool]
ID_FORMS: tuple[tuple[bytes, re.Pattern[str], Check], ...] = (
    (b"000-00-0000", re.compile(r"[0-9](?<![\w-].)[0-9]{2}-[0-9]{2}-[0-9]{4}(?![\w-])"),
     ssn.is_valid),
    (b"000.000.000-00", re.compile(r"[0-9](?<![\w.].)[0-9]{2}(?:\.[0-9]{3}){2}-[0-9]{2}(?![\w-])"),
     cpf.is_valid),
    (b"AAAAAA00A00A000A", re.compile(
        r"[A-Z](?<!\w.)[A-Z]{5}(?:[0-9]{2}[A-Z]){2}[0-9]{3}[A-Z](?!\w)"), fiscal.is_valid),
    (b"0" * 17, re.compile(r"[1-9](?<![\w-].)[0-9]{16}[0-9X](?![\w-])"), ric.is_valid),
)  # fmt: skip
"""National ids: what the shape of a text that holds one has, their form, and the check digit."""
LABELLED_IDS: tuple[tuple[str, re.Pattern[str], Check], ...] = (
    ("dni", re.compile(r"(?i)(?<=dni[ :])\s{0,3}[0-9]{8}[A-Z](?!\w)"), dni.is_valid),
    ("nie", re.compile(r"(?i)(?<=nie[ :])\s{0,3}[XYZ][0-9]{7}[A-Z](?!\w)"), nie.is_valid),
    ("pesel", re.compile(r"(?i)(?<=pesel[ :])\s{0,3}[0-9]{11}(?!\w)"), pesel.is_valid),
    ("aadhaar", re.compile(r"(?i)(?<=aadhaar[ :])\s{0,3}(?:[0-9]{4} ?){3}"), aadhaar.is_valid),
    ("снилс", re.compile(r"(?i)(?<=снилс[ :])\s{0,3}[0-9]{3}-[0-9]{3}-[0-9]{3}[ -][0-9]{2}"), bool),
    ("паспорт", re.compile(r"(?i)(?<=паспорт[ :])\s{0,3}[0-9]{2} ?[0-9]{2} [0-9]{6}(?!\w)"), bool),
)  # fmt: skip
"""National ids that are told by a label: the label, form and check digit."""


def proven(is_valid: Check, hide: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    """A replacement that hides what its check digit proves."""
    return lambda match: hide("id") if is_valid(match[0].strip()) else match[0]


def is_card(text: str) -> bool:
    """Whether digits are a payment card's number: scheme, length and check digit (ISO 7812)."""
    digits = re.sub(r"[^0-9]|&#?\w+;", "", text)
    if len(set(digits)) < 2 or not luhn.is_valid(digits):
        return False
    return any(form.match(digits) and len(digits) in lengths for form, lengths in BRANDS)

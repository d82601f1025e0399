"""Numbers as people write them: thousands marks, decimal marks, k, kk, тыс, млн."""

import re

NUMBER = (
    r"(?<!/)(?<![A-Za-z]-)\d{1,3}(?:[ '’]\d{3}){1,4}(?![\d])(?:[.,]\d{1,2}(?!\d))?"
    r"|\d{1,12}+(?:[.,]\d{1,9}+){0,4}+"
)
"""A written number; to be used after a place where no digit stands."""
MULTIPLE = (
    r"(?:kk|кк|тыс(?:яч[аиу]?|\.|(?!\w))|тыщ\w?|млн\.?|mln\.?|mio\.?|million\w{0,2}|milh\w{2,4}"
    r"|mil(?!\w)|косар\w{0,2}|лям\w{0,2}|grand(?!\w)|тис\.?(?!\w)|مليون|ملايين|[أا]لف|[آا]لاف"
    r"|tsd\.?|tausend|thousand|[kкmм](?![\w])|[kк](?=\s?[$€£₽₴]|usd|eur|руб|р\b)|[万千])"
)
"""A word or letter that multiplies the number before it."""
_FACTORS = {"k": 1e3, "к": 1e3, "kk": 1e6, "кк": 1e6, "m": 1e6, "м": 1e6, "万": 1e4, "千": 1e3}
_FACTOR_STEMS = (
    ("тыс", 1e3), ("тыщ", 1e3), ("млн", 1e6), ("mln", 1e6), ("mio", 1e6), ("million", 1e6),
    ("milh", 1e6), ("mil", 1e3), ("tsd", 1e3), ("tausend", 1e3), ("thousand", 1e3),
    ("косар", 1e3), ("лям", 1e6),
    ("grand", 1e3), ("тис", 1e3), ("مليون", 1e6), ("ملايين", 1e6), ("ألف", 1e3), ("الف", 1e3),
    ("آلاف", 1e3), ("الاف", 1e3),
)  # fmt: skip
_MARKS = re.compile(r"[ '’]")
_GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+$")
_WORD_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
    "twelve": 12, "twenty": 20, "fifty": 50, "hundred": 100, "sixty": 60, "один": 1, "одну": 1,
    "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "десять": 10, "двадцать": 20,
    "сто": 100, "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "três": 3, "cinco": 5, "seis": 6,
    "diez": 10, "dez": 10, "ein": 1, "eine": 1, "einen": 1,
    "zwei": 2, "drei": 3, "fünf": 5,
    "sechs": 6, "zehn": 10, "两": 2, "三": 3, "六": 6, "十": 10, "一": 1, "半": 0.5, "a": 1,
    "an": 1, "half": 0.5,
    "واحد": 1, "ثلاثة": 3, "ثلاث": 3, "ستة": 6, "ست": 6, "عشرة": 10, "عشر": 10,
    "сотка": 100, "сотку": 100, "сотня": 100, "сотню": 100, "тыща": 1000,
    "тыщу": 1000, "тысяча": 1000, "тысячу": 1000, "десяток": 10, "пяток": 5, "полсотни": 50,
    "dozen": 12, "docena": 12, "dúzia": 12, "dutzend": 12, "cien": 100, "cem": 100, "cento": 100,
    "hundert": 100, "thousand": 1000,
}  # fmt: skip


def factor(multiple: str | None) -> float:
    """What a multiplying word stands for; 1 for none."""
    word = (multiple or "").strip().lower().rstrip(".")
    if not word:
        return 1.0
    if word in _FACTORS:
        return _FACTORS[word]
    return next((value for stem, value in _FACTOR_STEMS if word.startswith(stem)), 1.0)


def read_number(written: str, *, grouped: bool = True) -> float | None:
    """The value of a written number, or None when its marks make no sense.

    A single mark before exactly three digits groups thousands unless the number starts with 0 or
    `grouped` is False (crypto amounts); otherwise the last mark is the decimal one.
    """
    plain = written if written.isalnum() else _MARKS.sub("", written)
    if len(plain) > 24 or not plain:
        return None
    if plain.isdecimal():
        return float(plain)
    last = max(plain.rfind("."), plain.rfind(","))
    mark, other = plain[last], "," if plain[last] == "." else "."
    if plain.count(mark) > 1:
        return _digits(plain) if _GROUPS.match(plain) and other not in plain else None
    if other in plain:
        whole, part = plain[:last], plain[last + 1 :]
        return _decimal(whole, part) if _GROUPS.match(whole) else None
    if grouped and _GROUPS.match(plain) and not plain.startswith("0"):
        return _digits(plain)
    return _decimal(plain[:last], plain[last + 1 :])


def count_of(written: str) -> float | None:
    """The value of a count in figures (`50`, `1,000`, `10k`) or in words (`ten`, `три`)."""
    word = written.strip().lower()
    if word in _WORD_NUMBERS:
        return _WORD_NUMBERS[word]
    m = re.fullmatch(
        r"([\d., '’]{1,15}?)\s?(kk|кк|k|к|тыс\w{0,4}\.?|m|м|млн|mln|mil|tsd\.?|tausend|万|千)?",
        word,
    )
    if m is None or not m[1][0].isdigit():
        return None
    value = read_number(m[1].rstrip("., "))
    return None if value is None else value * factor(m[2])


def _digits(written: str) -> float:
    return float("".join(filter(str.isdecimal, written)))


def _decimal(whole: str, part: str) -> float:
    return float(f"{''.join(filter(str.isdecimal, whole)) or '0'}.{part or '0'}")

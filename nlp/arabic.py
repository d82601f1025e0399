"""Arabic words in running text, where articles and prepositions are written together with them."""

import re

_LETTER = re.compile(r"[\u0621-\u064a]")
_FRONT = re.compile(r"(?:^|[^\u0621-\u064a])[وف]?(?:ال|لل|[بلك](?:ال)?)?$")
"""And, so, the, for, with."""
_END = re.compile(
    r"(?:ات|ية|يه|ين|ون|ان|اً|ا|ة|تي|ه|ها|هم|نا|كم|ك|ي)?[\u064b-\u0652]*(?![\u0621-\u064a])"
)
"""Endings of number, gender and owner."""


def is_word(text: str, start: int, end: int) -> bool:
    """Whether Arabic letters at text[start:end] are a word but for articles and endings.

    Always True for other letters: Chinese has no marks between words.
    """
    if not (_LETTER.match(text, start) and _LETTER.match(text, end - 1)):
        return True
    before = text[max(start - 5, 0) : start]
    return bool(_FRONT.search(before) and _END.match(text, end))

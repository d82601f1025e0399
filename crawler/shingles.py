"""Pairs of neighbouring words of a text, and the MinHash over them."""

import re
import zlib
from collections.abc import Iterable
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BANDS, ROWS = 16, 4
"""Parts of a signature and hashes in each: texts alike by 0.6 share a part nine times in ten."""
_WORD = re.compile(r"(?<![\w@./-])[^\W\d_]{2,}(?![\w@/]|[.:]\w|://)")
_TOKEN = re.compile(r"(?<![@\w])[\w.,]*\w")
_PRICE = re.compile(
    r"[$€£₽¥]\s?\d[\d.,]*k?|\d[\d.,]*k?\s?(?:[$€£₽¥]|usdt?\b|eur\b|руб\w*|р\b|rub\b|btc\b|xmr\b)"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NAME = " \u00a7\u00a7 "
"""What stands for the seller's name."""
_SEEDS = np.random.default_rng(20260301)
_TIMES = _SEEDS.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_PLUS = _SEEDS.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)

Signature = NDArray[np.uint32]


def pairs_of(text: str, names: Iterable[str] = ()) -> set[str]:
    """Pairs of neighbouring words (of Chinese characters) in lower case, without figures.

    The seller's names are left out, so that an ad under another name stays the same.
    """
    low = text.lower()
    for name in names:
        if len(name) > 2:
            low = low.replace(name.lower(), _NAME)
    if _CHINESE.search(low):
        low = _CHINESE.sub(lambda m: f" {m[0]}{m[0]} ", low)
    words = _WORD.findall(low)
    return {f"{a} {b}" for a, b in pairwise(words)}


def words_of(text: str) -> list[str]:
    """Words and figures of a text in lower case, without prices and contacts."""
    return _TOKEN.findall(_PRICE.sub(" ", text.lower()))


def signature_of(pairs: Iterable[str]) -> Signature:
    """64 hashes; the share in which two signatures agree estimates the share of common pairs."""
    hashes = np.array([zlib.crc32(pair.encode()) for pair in pairs], dtype=np.uint64)
    mixed = (hashes[:, None] * _TIMES + _PLUS) >> np.uint64(32)
    signature: Signature = mixed.min(axis=0).astype(np.uint32)
    return signature


def bands_of(signature: Signature) -> list[str]:
    """Hashes of a signature's parts, each with its number."""
    return [
        blake2b(b"%d/" % number + part.tobytes(), digest_size=8).hexdigest()
        for number, part in enumerate(signature.reshape(BANDS, ROWS))
    ]


def likeness(one: Signature, other: Signature) -> float:
    """Estimated share of common pairs, 0 to 1."""
    return float((one == other).mean())

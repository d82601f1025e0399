"""Texts that are one ad: the same but for figures, contacts and a few words.

MinHash over pairs of neighbouring words (Broder 1997), found by banding. Figures are left out, so
a repost at another price is the same ad.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from crawler.ids import id_of
from crawler.records import AdBandRow, AdPostRow, AdTextRow
from crawler.store.database import Store

ALIKE = 0.6
"""Share of common word pairs from which on two texts are one ad."""
BANDS, ROWS = 16, 4
"""Parts of a signature and hashes in each: texts alike by 0.6 share a part nine times in ten."""
SHORT = 8
"""Fewer word pairs than this are told apart by all their words."""
_WORD = re.compile(r"(?<![\w@./-])[^\W\d_]{2,}(?![\w@/]|\.\w)")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SEEDS = np.random.default_rng(20260301)
_TIMES = _SEEDS.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_PLUS = _SEEDS.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)

Signature = NDArray[np.uint32]


def group_ads(store: Store) -> int:
    """Give every text that offers something its ad; how many texts were new.

    Texts are taken in the order in which they were seen; a text keeps its ad for ever. Call it
    inside a transaction.
    """
    texts = store.rows(
        """
        select distinct v.id, coalesce(v.title, '') as title, v.text, v.seen_at
        from listings l join post_versions v on v.id = l.post_version_id
        left join ad_posts a on a.post_version_id = v.id
        where a.post_version_id is null and l.intent = 'offer' order by v.seen_at, v.id
        """
    )
    for row in texts:
        _place(store, row["id"], pairs_of(f"{row['title']}\n{row['text']}"))
    return len(texts)


def pairs_of(text: str) -> set[str]:
    """Pairs of neighbouring words (of Chinese characters) in lower case, without figures."""
    words = _WORD.findall(_CHINESE.sub(lambda m: f" {m[0]}{m[0]} ", text.lower()))
    return {f"{a} {b}" for a, b in pairwise(words)}


def signature_of(pairs: Iterable[str]) -> Signature:
    """64 hashes; the share in which two signatures agree estimates the share of common pairs."""
    hashes = np.array([zlib.crc32(pair.encode()) for pair in pairs], dtype=np.uint64)
    mixed = (hashes[:, None] * _TIMES + _PLUS) >> np.uint64(32)
    signature: Signature = mixed.min(axis=0).astype(np.uint32)
    return signature


def bands_of(signature: Signature) -> list[str]:
    """The parts of a signature, each with its number."""
    parts = signature.reshape(BANDS, ROWS)
    return [f"{number}:{part.tobytes().hex()}" for number, part in enumerate(parts)]


def likeness(one: Signature, other: Signature) -> float:
    """Estimated share of common pairs, 0 to 1."""
    return float((one == other).mean())


def _place(store: Store, version_id: str, pairs: set[str]) -> None:
    """Add a text to the ad that it is most like, or make it a new one."""
    if len(pairs) < SHORT:
        _place_short(store, version_id, pairs)
        return
    signature = signature_of(pairs)
    bands = bands_of(signature)
    best = max(_alike(store, signature, bands), default=None)
    if best is not None and best[0] >= ALIKE:
        store.upsert("ad_posts", [AdPostRow(version_id, best[1], round(best[0], 3))])
        return
    ad_id = id_of("ad", version_id)
    store.upsert("ad_texts", [AdTextRow(ad_id, version_id, signature.tobytes().hex())])
    store.upsert("ad_bands", [AdBandRow(id_of("band", ad_id, b), b, ad_id) for b in bands])
    store.upsert("ad_posts", [AdPostRow(version_id, ad_id, 1.0)])


def _place_short(store: Store, version_id: str, pairs: set[str]) -> None:
    """A short text's ad is that of the texts with exactly its pairs."""
    band = f"short:{id_of('pairs', *sorted(pairs))}"
    known = store.rows("select ad_id from ad_bands where band = ?", (band,)) if pairs else []
    ad_id = known[0]["ad_id"] if known else id_of("ad", version_id)
    if not known:
        store.upsert("ad_texts", [AdTextRow(ad_id, version_id, "")])
    if pairs and not known:
        store.upsert("ad_bands", [AdBandRow(id_of("band", ad_id, band), band, ad_id)])
    store.upsert("ad_posts", [AdPostRow(version_id, ad_id, 1.0)])


def _alike(store: Store, signature: Signature, bands: Sequence[str]) -> Iterator[tuple[float, str]]:
    """Ads that share a part, with their likeness."""
    marks = ", ".join("?" * len(bands))
    rows = store.rows(
        "select distinct t.id, t.signature from ad_bands b join ad_texts t on t.id = b.ad_id "
        f"where b.band in ({marks})",
        tuple(bands),
    )
    for row in rows:
        other = np.frombuffer(bytes.fromhex(row["signature"]), dtype=np.uint32)
        yield likeness(signature, other), row["id"]

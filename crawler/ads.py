"""Texts that are one ad: the same but for figures, contacts, the seller's name and a few words.

MinHash over pairs of neighbouring words (Broder 1997), found by banding. Figures are left out, so
a repost at another price is the same ad.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from sqlite3 import Row

import numpy as np

from crawler.ids import id_of
from crawler.records import AdBandRow, AdPostRow, AdTextRow
from crawler.shingles import Signature, bands_of, likeness, pairs_of, signature_of, words_of
from crawler.store.database import Store

ALIKE = 0.6
"""Share of common word pairs from which on two texts are one ad."""
SHORT = 8
"""Fewer word pairs than this are told apart by all their words."""
FLUSH = 2_000
"""Texts after which rows are written."""
_NEW = """
select distinct v.id, coalesce(p.posted_at, v.seen_at) as at
from listings l join post_versions v on v.id = l.post_version_id join posts p on p.id = v.post_id
where l.intent = 'offer' and not exists (select 1 from ad_posts x where x.post_version_id = v.id)
order by at, v.id
"""
_TEXTS = """
select v.id, coalesce(v.title, '') as title, v.text, coalesce(a.name, '') as author,
    coalesce(n.provider_name, '') as brand, group_concat(distinct l.asset_type) as goods
from json_each(?) j join post_versions v on v.id = j.value
join listings l on l.post_version_id = v.id and l.intent = 'offer'
join posts p on p.id = v.post_id left join accounts a on a.id = p.account_id
left join analyses n on n.post_version_id = v.id
group by v.id order by coalesce(p.posted_at, v.seen_at), v.id
"""


@dataclass
class Batch:
    """Ads that were found and are not written yet."""

    texts: list[AdTextRow] = field(default_factory=list)
    bands: list[AdBandRow] = field(default_factory=list)
    posts: list[AdPostRow] = field(default_factory=list)
    signatures: dict[str, Signature] = field(default_factory=dict)
    goods: dict[str, frozenset[str]] = field(default_factory=dict)
    by_band: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def write(self, store: Store) -> None:
        """Write everything and forget it."""
        store.upsert("ad_texts", self.texts)
        store.upsert("ad_bands", self.bands)
        store.upsert("ad_posts", self.posts)
        for part in (self.texts, self.bands, self.posts, self.signatures, self.goods, self.by_band):
            part.clear()

    def found(
        self, ad_id: str, version_id: str, bands: Sequence[str], signature: Signature
    ) -> None:
        """Add an ad that was not known."""
        self.texts.append(AdTextRow(ad_id, version_id, signature.tobytes().hex()))
        self.bands += [
            AdBandRow(f"{ad_id}{place:02}", band, ad_id) for place, band in enumerate(bands)
        ]
        self.signatures[ad_id] = signature
        for band in bands:
            self.by_band[band].append(ad_id)


def group_ads(store: Store) -> int:
    """Give every text that offers something its ad; how many texts were new.

    Texts are taken in the order in which they were posted; a text keeps its ad for ever. Call it
    inside a transaction.
    """
    wanted = [row[0] for row in store.conn.execute(_NEW)]
    batch = Batch()
    for start in range(0, len(wanted), FLUSH):
        for row in store.rows(_TEXTS, (json.dumps(wanted[start : start + FLUSH]),)):
            _place(store, batch, row)
        batch.write(store)
    return len(wanted)


def _place(store: Store, batch: Batch, row: Row) -> None:
    """Add a text to the ad that it is most like, or make it a new one."""
    version_id, text = row["id"], f"{row['title']}\n{row['text']}"
    pairs = pairs_of(text, (row["author"], row["brand"]))
    if len(pairs) < SHORT:
        words = words_of(text)
        bands, signature = [short_band(words, row["author"])] if words else [], _NONE
        alike: list[tuple[float, str]] = [(1.0, ad) for ad in _ads_with(store, batch, bands)]
    else:
        signature = signature_of(pairs)
        bands = bands_of(signature)
        known = _alike(store, batch, signature, bands)
        goods = frozenset(row["goods"].split(","))
        alike = [
            (share, ad)
            for share, ad in known
            if share >= ALIKE and goods & _goods_of(store, batch, ad)
        ]
    if alike:
        share, ad_id = max(alike)
        batch.posts.append(AdPostRow(version_id, ad_id, round(share, 3)))
        return
    ad_id = id_of("ad", version_id)
    batch.posts.append(AdPostRow(version_id, ad_id, 1.0))
    batch.found(ad_id, version_id, bands, signature)
    batch.goods[ad_id] = frozenset(row["goods"].split(","))


_NONE: Signature = np.array([], dtype=np.uint32)


def short_band(words: Sequence[str], author: str) -> str:
    """What short texts of one author share that are one ad: all words and figures but prices."""
    return f"short:{id_of('words', author.lower(), *sorted(words))}"


def _ads_with(store: Store, batch: Batch, bands: Sequence[str]) -> set[str]:
    """Ads that have one of the bands."""
    marks = ", ".join("?" * len(bands))
    rows = store.conn.execute(
        f"select distinct ad_id from ad_bands where band in ({marks})", tuple(bands)
    )
    return {row[0] for row in rows} | {ad for band in bands for ad in batch.by_band.get(band, ())}


def _alike(
    store: Store, batch: Batch, signature: Signature, bands: Sequence[str]
) -> Iterator[tuple[float, str]]:
    """Ads that share a band, with their likeness."""
    for ad_id in _ads_with(store, batch, bands):
        other = batch.signatures.get(ad_id)
        if other is None:
            (row,) = store.conn.execute("select signature from ad_texts where id = ?", (ad_id,))
            other = np.frombuffer(bytes.fromhex(row[0]), dtype=np.uint32)
        yield likeness(signature, other), ad_id


def _goods_of(store: Store, batch: Batch, ad_id: str) -> frozenset[str]:
    """Asset types of an ad's first text: one template serves for several goods."""
    known = batch.goods.get(ad_id)
    if known is None:
        rows = store.conn.execute(
            "select l.asset_type from ad_texts t join listings l "
            "on l.post_version_id = t.post_version_id where t.id = ?",
            (ad_id,),
        )
        known = batch.goods[ad_id] = frozenset(row[0] for row in rows)
    return known

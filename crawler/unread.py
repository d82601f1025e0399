"""Stored texts that are to be read: their ids are held, the texts come when they are needed."""

import json
from collections.abc import Iterator, Sequence
from typing import overload

from crawler.store.database import Store
from crawler.store.findings import Text

CHUNK = 500
"""Texts that are fetched at a time when all are looked at."""
_IDS = """
select v.id from post_versions v join posts p on p.id = v.post_id
join sources s on s.id = p.source_id left join analyses n on n.post_version_id = v.id
where :everything or n.nlp_version is not :version
order by v.seen_at, v.id
"""
_TEXTS = """
select v.id, p.source_id, p.url, s.kind, coalesce(v.title, '') as title, v.text,
    coalesce(a.name, '') as author, p.account_id, coalesce(a.signature, '') as signature,
    v.fields, substr(p.posted_at, 1, 10) as posted_on, v.seen_at
from json_each(?) j join post_versions v on v.id = j.value join posts p on p.id = v.post_id
join sources s on s.id = p.source_id left join accounts a on a.id = p.account_id
order by v.seen_at, v.id
"""


class Unread(Sequence[Text]):
    """Post versions that need reading, oldest first; in memory are their ids alone."""

    def __init__(self, store: Store, version: str, *, everything: bool) -> None:
        """Those that this version of the language stage has not read, or all."""
        found = store.conn.execute(_IDS, {"everything": everything, "version": version})
        self._store, self._ids = store, [row[0] for row in found]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> Text: ...

    @overload
    def __getitem__(self, place: slice) -> list[Text]: ...

    def __getitem__(self, place: int | slice) -> Text | list[Text]:
        """Texts by their places, as they are now; a slice lacks those that were purged since."""
        ids = self._ids[place] if isinstance(place, slice) else [self._ids[place]]
        texts = [Text(*row) for row in self._store.rows(_TEXTS, (json.dumps(ids),))]
        return texts if isinstance(place, slice) else texts[0]

    def __iter__(self) -> Iterator[Text]:
        """All texts, some at a time."""
        for start in range(0, len(self), CHUNK):
            yield from self[start : start + CHUNK]

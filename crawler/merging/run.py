"""One merge: shards folded into the home's database, each in one transaction."""

import getpass
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.clock import now
from crawler.decisions import audit
from crawler.home import Home
from crawler.intake import guard_at
from crawler.merging.checking import Boundary, Refusals
from crawler.merging.evidence import Copied, copy_evidence
from crawler.merging.folding import Folding
from crawler.merging.kept import keep_out, kept_at
from crawler.merging.shard import Shard, opened
from crawler.store.database import Store

Progress = Callable[[int, int], None]
"""Called with rows written so far, and 0: how many there will be is not known."""


@dataclass
class Merged:
    """What one shard brought."""

    shard: str
    """Its file."""
    sources: list[str] = field(default_factory=list)
    """Its sources that were merged."""
    written: dict[str, int] = field(default_factory=dict)
    """Rows that are new or changed, by table."""
    refused: dict[str, int] = field(default_factory=dict)
    """Rows that did not pass the boundary, by table."""
    reasons: list[str] = field(default_factory=list)
    """Why, of the first rows and of all files."""
    files: int = 0
    """WARC files copied, or made longer."""
    bytes: int = 0
    """Their size."""


def merge(
    home: Home,
    shards: Sequence[Path],
    only: Sequence[str] = (),
    progress: Progress | None = None,
) -> list[Merged]:
    """Fold shards into the home's database; what each brought, in their order.

    `only` names the sources that are taken; all by default. What follows from texts is not
    merged: `analyse` finds it anew.

    Raises:
        ShardError: a file is no database of Rackrent's, or damaged; those before it are merged.
        StorageError: the home's database cannot be used.
    """
    home.make()
    with closing(Store(home.database)) as store:
        return [merge_one(home, store, path, only, progress) for path in shards]


def merge_one(
    home: Home, store: Store, path: Path, only: Sequence[str], progress: Progress | None = None
) -> Merged:
    """Fold one shard in."""
    refusals = Refusals()
    with opened(path) as shard:
        boundary = Boundary(guard_at(home), refusals)
        with store.transaction():
            store.execute("pragma defer_foreign_keys = on")
            work = Folding(home, store, shard, boundary, progress)
            work.take_sources(only)
            work.kept = kept_at(home, store, work.source_ids, boundary.moment)
            files = evidence_of(home, shard, work, boundary)
            work.take_rows(files.here)
            keep_out(store, work.kept)
            if any(work.written.values()) or files.files:
                told = json.dumps({"shard": shard.path.name, **work.written, "files": files.files})
                audit(store, getpass.getuser(), "merge", work.source_ids, told, now())
    return Merged(
        shard=str(shard.path),
        sources=work.source_ids,
        written={name: count for name, count in work.written.items() if count},
        refused=refusals.counts,
        reasons=[*refusals.examples, *files.refused],
        files=files.files,
        bytes=files.bytes,
    )


def evidence_of(home: Home, shard: Shard, work: Folding, boundary: Boundary) -> Copied:
    """Copy the shard's evidence; what was copied."""
    if shard.evidence is None:
        return Copied()
    newest: dict[str, str] = {}
    for row in raw_pages(shard, work.source_ids):
        if row["warc_file"] and row["fetched_at"] > newest.get(row["warc_file"], ""):
            newest[row["warc_file"]] = row["fetched_at"]
    starts = {source_id: one.evidence_before for source_id, one in work.kept.items()}
    return copy_evidence(home, shard.evidence, newest, starts, boundary.guard)


def raw_pages(shard: Shard, source_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Pages of sources, as they stand in the shard, where place and time are texts."""
    for batch in shard.rows("pages"):
        for row in batch:
            texts = isinstance(row["warc_file"], str) and isinstance(row["fetched_at"], str)
            if texts and row["source_id"] in source_ids:
                yield row

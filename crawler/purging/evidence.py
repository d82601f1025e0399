"""WARC files that are older than their source keeps evidence."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.archived import TornArchiveError, responses_in
from crawler.clock import stamp
from crawler.home import Home
from crawler.store.database import Store

_NEWEST = "select max(fetched_at) as at from pages where warc_file = ?"
_HOLDING = """
select count(*) as n from pages a join pages b on b.url = a.url and b.sha256 = a.sha256
where a.warc_file = :file and b.warc_file not in ('', :file) and b.fetched_at >= :start
    and not exists (
        select 1 from pages c where c.url = a.url and c.sha256 = a.sha256
            and c.fetched_at < a.fetched_at and c.warc_file <> '')
"""
"""Younger records that repeat a payload of a file, which lies nowhere else."""


@dataclass(frozen=True, slots=True)
class OldFile:
    """A WARC file with nothing younger in it."""

    name: str
    """Path under the evidence folder."""
    bytes: int
    """Its size."""
    held: bool
    """Whether younger records of other files refer to its payloads: it stays until they go."""


def old_files(home: Home, store: Store, source_id: str, start: datetime) -> Iterator[OldFile]:
    """Files of a source whose every record is from before a moment, by name."""
    for path in sorted((home.evidence / source_id).glob("*.warc.gz")):
        name = path.relative_to(home.evidence).as_posix()
        newest = store.rows(_NEWEST, (name,))[0]["at"]
        if newest is not None and newest >= stamp(start):
            continue
        if all(moment < start for moment in moments_in(path)):
            params = {"file": name, "start": stamp(start)}
            held = bool(store.rows(_HOLDING, params)[0]["n"])
            yield OldFile(name, path.stat().st_size, held)


def moments_in(path: Path) -> Iterator[datetime]:
    """When the records of a file were fetched, aware UTC; of a torn file, those that are whole."""
    with suppress(TornArchiveError):
        for archived in responses_in(path):
            yield archived.fetched_at


def forget_files(store: Store, files: Sequence[OldFile]) -> None:
    """Take files out of the evidence's index. Call it inside a transaction, before they go."""
    store.conn.executemany(
        "update pages set warc_file = '', warc_offset = 0 where warc_file = ?",
        [(file.name,) for file in files],
    )


def remove_files(home: Home, files: Sequence[OldFile]) -> None:
    """Delete files that the index has forgotten; one that is gone already is no fault.

    Raises:
        OSError: a file cannot be deleted.
    """
    for file in files:
        (home.evidence / file.name).unlink(missing_ok=True)

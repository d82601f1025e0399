"""What the evidence of a day consists of: names, sizes and hashes of its files.

Printed, signed or time-stamped elsewhere, it proves later that nothing was changed since.
"""

import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from crawler.backup import sha256_of_file, sum_file
from crawler.crawl_lock import take_lock
from crawler.home import Home

RUN_DAY = re.compile(r"-([0-9]{4})([0-9]{2})([0-9]{2})T[0-9]{6}Z(?:-[0-9a-f]{8})?\.warc\.gz$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a day's evidence."""

    file: str
    """Path under the evidence folder."""
    bytes: int
    """Its size."""
    sha256: str
    """Its hash."""


def entries_of(home: Home, day: date) -> list[Entry]:
    """The files of runs that began on a day (UTC), sorted by name.

    Raises:
        SourceBusyError: one of them may still be written.
    """
    files = [path for path in sorted(home.evidence.rglob("*.warc.gz")) if day_of(path) == day]
    for source_id in sorted({path.parent.name for path in files}):
        take_lock(home.locks / f"{source_id}.lock", source_id, wait_s=0).release()
    return [
        Entry(path.relative_to(home.evidence).as_posix(), path.stat().st_size, sha256_of_file(path))
        for path in files
    ]


def write_manifest(home: Home, day: date) -> tuple[Path, list[Entry]]:
    """Write a day's manifest and its sum; where it lies, and its entries.

    The same evidence gives the same bytes. It is written whole or not at all.

    Raises:
        SourceBusyError: a run of that day may still be at work.
    """
    entries = entries_of(home, day)
    home.manifests.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home.manifests / f"{day.isoformat()}.json"
    whole = {"day": day.isoformat(), "files": [asdict(entry) for entry in entries]}
    put(path, json.dumps(whole, indent=1) + "\n")
    put(sum_file(path), f"{sha256_of_file(path)}  {path.name}\n")
    return path, entries


def day_of(path: Path) -> date | None:
    """The day on which a WARC file's run began, UTC; None for a name of another form."""
    match = RUN_DAY.search(path.name)
    return date(*map(int, match.groups())) if match else None


def put(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    with unfinished.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(path)

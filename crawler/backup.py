"""Copies of a database that are known to be good: made while it is in use, checked, with a sum.

A copy that fails its check is deleted, so a file in `backups/` is one that can be restored.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

KEEP = 7
"""How many backups stay."""
STEP = 4096
"""Database pages copied at a time; writers get in between."""
CHUNK = 1 << 20

Progress = Callable[[int, int], None]
"""Called with database pages copied and pages in all."""


class BackupError(RuntimeError):
    """A backup cannot be made or used; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the database."""

    path: Path
    """The SQLite file, in one piece; its sum lies beside it, as `sha256sum -c` reads it."""
    sha256: str
    """Hash of the file."""
    bytes: int
    """Its size."""
    dropped: tuple[Path, ...] = ()
    """Older backups that were deleted."""


def make_backup(
    database: Path,
    folder: Path,
    moment: datetime,
    *,
    keep: int = KEEP,
    progress: Progress | None = None,
) -> Backup:
    """Copy a database while others use it, check the copy, and keep the newest ones.

    Raises:
        BackupError: there is no database, no room, or the copy is not sound.
    """
    if not database.exists():
        raise BackupError(f"{database}: no database yet; nothing to back up")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    need_room(database, folder)
    path = free_name(folder / f"{database.stem}-{moment:%Y%m%dT%H%M%SZ}.db")
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    try:
        copy_database(database, unfinished, progress)
        check_database(unfinished)
        total = sha256_of_file(unfinished)
        flush(unfinished)
        sum_file(path).write_text(f"{total}  {path.name}\n", "utf-8")
        unfinished.rename(path)
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"{path}: backup failed: {error}; check space and permissions") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return Backup(path, total, path.stat().st_size, drop_old(folder, database.stem, keep))


def copy_database(database: Path, target: Path, progress: Progress | None) -> None:
    """Copy a database into a file that needs no side files."""

    def tell(_: int, left: int, total: int) -> None:
        if progress:
            progress(total - left, total)

    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy, pages=STEP, progress=tell)
        copy.execute("pragma journal_mode=delete")


def check_database(path: Path) -> None:
    """Read a database from end to end.

    Raises:
        BackupError: it is damaged, or no database.
    """
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as conn:
            faults = [row[0] for row in conn.execute("pragma integrity_check(5)")]
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{path}: {error}; use another backup") from error
    if faults != ["ok"]:
        raise BackupError(f"{path}: damaged: {'; '.join(faults)}; use another backup")


def need_room(database: Path, folder: Path) -> None:
    """Refuse to begin a copy that cannot end well.

    Raises:
        BackupError: the folder's disk has less room than the database takes.
    """
    size, free = database.stat().st_size, shutil.disk_usage(folder).free
    if free < size * 1.05:
        raise BackupError(
            f"{folder}: {free >> 20} MB free, a backup takes {size >> 20} MB; "
            "make room, or name another folder with --to"
        )


def check_sum(path: Path, *, unsummed: bool) -> None:
    """Compare a backup with the sum beside it.

    Raises:
        BackupError: there is no file, no sum, or another one.
    """
    if not path.is_file():
        raise BackupError(f"{path}: no such backup; `ls` its folder for the right name")
    beside = sum_file(path)
    if not beside.exists():
        if unsummed:
            return
        raise BackupError(f"{beside}: is missing; bring it, or take {path.name} with --unsummed")
    stated = beside.read_text("utf-8").split(maxsplit=1)[0]
    if (found := sha256_of_file(path)) != stated:
        raise BackupError(f"{path}: its sum is {found}, {beside.name} says {stated}; use another")


def drop_old(folder: Path, stem: str, keep: int) -> tuple[Path, ...]:
    """Delete all but the newest backups of a database; which."""
    dated = f"{stem}-" + "[0-9]" * 8 + "T" + "[0-9]" * 6 + "Z*.db"
    old = sorted(folder.glob(dated), reverse=True)[keep:]
    for path in old:
        path.unlink()
        sum_file(path).unlink(missing_ok=True)
    return tuple(old)


def sum_file(path: Path) -> Path:
    """Where a backup's sum lies."""
    return path.with_name(f"{path.name}.sha256")


def sha256_of_file(path: Path) -> str:
    """Hash of a file, lower-case hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def flush(path: Path) -> None:
    """Have a file's bytes on the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def free_name(path: Path) -> Path:
    """The path, or the first one like it that is not taken: `name-2.db`."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found

"""A backup put in the database's place."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from crawler.backup import check_database, check_sum, flush, free_name, need_room

SIDE_FILES = ("-wal", "-shm")


def restore_backup(path: Path, database: Path, moment: datetime, *, unsummed: bool) -> Path | None:
    """Put a backup in the database's place; where the old one lies now, None without one.

    Nothing else may have the database open. `unsummed` takes a file that has no sum beside it.

    Raises:
        BackupError: the file is not what was backed up, or damaged; nothing was changed.
    """
    check_sum(path, unsummed=unsummed)
    check_database(path)
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    need_room(path, database.parent)
    unfinished = database.with_name(f"{database.name}.{os.getpid()}.part")
    shutil.copyfile(path, unfinished)
    unfinished.chmod(0o600)
    flush(unfinished)
    aside = set_aside(database, moment)
    unfinished.rename(database)
    return aside


def set_aside(database: Path, moment: datetime) -> Path | None:
    """Rename a database with its side files; its new path, None when there is none."""
    if not database.exists():
        return None
    aside = free_name(database.with_name(f"{database.name}.before-{moment:%Y%m%dT%H%M%SZ}"))
    for end in SIDE_FILES:
        side = database.with_name(database.name + end)
        if side.exists():
            side.rename(aside.with_name(aside.name + end))
    return database.rename(aside)

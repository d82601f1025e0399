"""What is wrong when something cannot be written: full, read-only, damaged; and what mends it."""

import errno
import os
import shutil
import sqlite3
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
OF_STORAGE = FULL | READ_ONLY | {errno.EIO, errno.ENODEV, errno.ESTALE, errno.ENXIO}
"""Errors of the system that say that the disk does not take or give what it should."""
BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
OF_SQLITE = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN", *BUSY, *DAMAGED)
"""Beginnings of the names of SQLite's errors that are not about what was asked."""
LITTLE = 1 << 20
"""Room below which a failed write is one for want of room, bytes."""
GO_ON = "then run the same command again: it goes on where it stopped"


class StorageError(RuntimeError):
    """Something cannot be written or read; its text says what to do."""


def told(path: Path, error: BaseException, doing: str = "") -> str:
    """One line for people: which file, what is wrong, how much is free, what to do."""
    free = free_bytes(path)
    room = "" if free is None else f", {free >> 10} kB free there"
    what = error.strerror if isinstance(error, OSError) and error.strerror else error
    return f"{path}: {doing}{what}{room}; {remedy_of(path, error, free)}"


def remedy_of(path: Path, error: BaseException, free: int | None) -> str:
    """What mends it."""
    name, number = getattr(error, "sqlite_errorname", ""), getattr(error, "errno", None)
    scarce = free is not None and free < LITTLE
    if number in FULL or name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and scarce):
        return f"make room (old backups and logs may go), {GO_ON}"
    if number in READ_ONLY or name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return f"make {path.parent} and the files in it writable for you, {GO_ON}"
    if name.startswith(BUSY):
        return f"another process writes it for long: wait for that one, {GO_ON}"
    if name.startswith(DAMAGED):
        return "`rackrent doctor` names the command that brings it back"
    return f"check space and permissions (`rackrent doctor` does), {GO_ON}"


def free_bytes(path: Path) -> int | None:
    """Room on the disk of a path, bytes; None where that cannot be told."""
    here = path
    while not here.exists() and here != here.parent:
        here = here.parent
    try:
        return shutil.disk_usage(here).free
    except OSError:
        return None


def is_of_storage(error: BaseException) -> bool:
    """Whether an error says that the disk or the database is at fault."""
    if isinstance(error, OSError):
        return error.errno in OF_STORAGE
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorname", "").startswith(OF_SQLITE)
    return isinstance(error, StorageError)


def is_lost(error: OSError) -> bool:
    """Whether the disk is full, read-only or broken, so that no other name helps."""
    return error.errno in OF_STORAGE - {errno.EACCES, errno.EPERM}


def write_whole(descriptor: int, data: bytes, offset: int) -> None:
    """Append bytes to an open file that ends at an offset: all of them, or the file as it was.

    Raises:
        OSError: they could not be written.
    """
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(descriptor, view) :]
    except OSError:
        os.ftruncate(descriptor, offset)
        raise

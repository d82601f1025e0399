"""Checks of what was collected: database, its side file and schema, backups, evidence."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from crawler.archived import sound_length
from crawler.backup import BackupError, check_database, check_sum
from crawler.doctor.finding import Finding, fault, ok, quoted, warning
from crawler.home import Home
from crawler.scheduling.machine import is_read
from crawler.schema import migrations
from crawler.soundness import rescue_of
from crawler.store.database import WAL_MOST


def database_checks(home: Home) -> Iterator[Finding]:
    """Whether the database can be read from end to end, and written."""
    path = home.database
    if not path.exists():
        yield ok("database", f"{path}: not there yet; the first crawl makes it")
        return
    if not path.stat().st_mode & stat.S_IWUSR:
        yield fault("database", f"{path}: is read-only", f"chmod u+w {quoted(path)}")
        return
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as conn:
            faults = [row[0] for row in conn.execute("pragma integrity_check(3)")]
            pending = [each.name for each in migrations.pending(Database(conn))]
    except sqlite3.DatabaseError as error:
        faults, pending = [str(error)], []
    if faults != ["ok"]:
        yield fault("database", f"{path}: damaged: {'; '.join(faults)}", rescue_of(home))
        return
    yield ok("database", f"{path}: integrity_check says ok")
    if pending:
        text = f"{path}: is of an older release: {', '.join(pending)} not applied yet"
        yield warning("schema", text, "rackrent status")
    else:
        yield ok("schema", "the database is of this release")


def wal_checks(home: Home) -> Iterator[Finding]:
    """Whether the write-ahead log has grown out of bounds, as under a reader that never ends."""
    wal = home.database.with_name(f"{home.database.name}-wal")
    size = wal.stat().st_size if wal.exists() else 0
    if size > WAL_MOST:
        text = f"{wal}: {size >> 20} MB; stop what reads the database for hours, then shrink it"
        yield warning("wal", text, "rackrent vacuum")
    else:
        yield ok("wal", f"write-ahead log: {size >> 10} kB")


def backup_checks(home: Home) -> Iterator[Finding]:
    """Whether the newest backup could be restored."""
    newest = max(home.backups.glob("*.db"), key=lambda path: path.stat().st_mtime, default=None)
    if newest is None:
        yield ok("backups", "none yet; `rackrent backup` makes one")
        return
    try:
        check_sum(newest, unsummed=False)
        check_database(newest)
    except BackupError as error:
        yield fault("backups", str(error), f"rm {quoted(newest)} && rackrent backup")
        return
    yield ok("backups", f"{newest.name} can be restored")


def evidence_checks(home: Home) -> Iterator[Finding]:
    """Whether WARC files end where their last record ends."""
    files = sorted(home.evidence.rglob("*.warc.gz"))
    torn = [path for path in files if is_torn(path) and not is_written(home, path)]
    for path in torn:
        text = f"{path}: cut off in its last record, as after `kill -9`; the rest is whole"
        yield warning("evidence", text, "rackrent evidence mend")
    if not torn:
        yield ok("evidence", f"{len(files)} files end where their last record ends")


def is_torn(path: Path) -> bool:
    """Whether a WARC file ends inside of a record."""
    return sound_length(path) < path.stat().st_size


def is_written(home: Home, path: Path) -> bool:
    """Whether a crawl may be writing a WARC file now."""
    try:
        return is_read(home, path.parent.name)
    except OSError:
        # the check of locks tells; without locks nobody crawls
        return False

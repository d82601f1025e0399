"""Whether the database is sound, asked before a run: the longer that takes, the less often."""

import json
import shlex
import sqlite3
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from crawler.backup import BackupError, check_database, check_sum
from crawler.clock import moment_of, now, stamp
from crawler.home import Home
from crawler.storage import DAMAGED, StorageError
from crawler.store.database import Store

SMALL = 64 << 20
"""Size up to which every run checks the whole file (some tenths of a second), bytes."""
EVERY, SELDOM = timedelta(days=1), timedelta(days=7)
"""How old the last check of a larger file may be: a day for each second that it took, a week at
most. A night's cost would grow with all that is stored otherwise; backups are checked when made."""
BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Checked:
    """The last check that found a database sound."""

    at: str
    """When, UTC."""
    boot: str
    """Which start of the machine that was in: power may have failed since."""
    seconds: float
    """How long it took."""


def open_sound(home: Home) -> Store:
    """The home's database, open for writing and known to be sound.

    Raises:
        StorageError: it is damaged, and the text names the command that brings it back; or it
            cannot be written.
    """
    try:
        store = Store(home.database)
    except StorageError as error:
        name = getattr(error.__cause__, "sqlite_errorname", "")
        if name.startswith(DAMAGED):
            raise StorageError(damage_of(home, str(error.__cause__))) from error
        raise
    ensure_sound(home, store)
    return store


def ensure_sound(home: Home, store: Store) -> None:
    """Read the database from end to end where that is due.

    Raises:
        StorageError: it is damaged; the text names the command that brings it back.
    """
    if not is_due(home.database, last_check(home.database)):
        return
    began = time.monotonic()
    try:
        faults = [row[0] for row in store.rows("pragma integrity_check(3)")]
    except sqlite3.DatabaseError as error:
        faults = [str(error)]
    if faults != ["ok"]:
        raise StorageError(damage_of(home, "; ".join(faults)))
    checked = Checked(stamp(now()), boot_id(), round(time.monotonic() - began, 1))
    with suppress(OSError):
        # where this cannot be kept, the next run checks again
        record_of(home.database).write_text(json.dumps(asdict(checked)), "utf-8")


def is_due(database: Path, last: Checked | None) -> bool:
    """Whether a database is to be read from end to end before this run."""
    if last is None or database.stat().st_size <= SMALL or last.boot != boot_id():
        return True
    age = now() - moment_of(last.at)
    return not timedelta() <= age < min(max(EVERY, EVERY * last.seconds), SELDOM)


def last_check(database: Path) -> Checked | None:
    """The last check; None before the first, or where its record cannot be read."""
    try:
        return Checked(**json.loads(record_of(database).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def record_of(database: Path) -> Path:
    """Where the last check is noted."""
    return database.with_name(f"{database.name}.checked")


def boot_id() -> str:
    """Which start of the machine this is; empty where the system does not tell."""
    return BOOT.read_text("ascii").strip() if BOOT.exists() else ""


def damage_of(home: Home, faults: str) -> str:
    """What to say of a damaged database."""
    return f"{home.database}: damaged: {faults}; bring it back: {rescue_of(home)}"


def rescue_of(home: Home) -> str:
    """The command that brings a damaged database back: from the newest good backup, or evidence."""
    for backup in sorted(home.backups.glob("*.db"), reverse=True):
        try:
            check_sum(backup, unsummed=False)
            check_database(backup)
        except BackupError:
            continue
        return f"rackrent restore {shlex.quote(str(backup))}"
    named = (home.database, home.database.with_name("market.db.damaged"), home.evidence)
    database, damaged, evidence = (shlex.quote(str(path)) for path in named)
    return f"mv {database} {damaged} && rackrent replay {evidence} --db {database}"

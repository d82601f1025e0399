"""`rackrent backup`, `restore`, `vacuum`, `evidence verify | manifest`."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crawler.backup import KEEP, BackupError, make_backup
from crawler.cli import screen
from crawler.cli.exits import Exit, fail
from crawler.cli.progress import counting
from crawler.clock import now
from crawler.crawl_lock import take_lock
from crawler.home import Home, find_home
from crawler.manifest import write_manifest
from crawler.restore import restore_backup
from crawler.scheduling.timer import only_scheduler
from crawler.store.database import Store
from crawler.tails import cut_tails
from crawler.verify import Verified, verify_evidence

evidence = typer.Typer(
    help="Whether the evidence is what was written, and what a day of it consists of.",
    epilog="Example: rackrent evidence verify",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(epilog="Example: rackrent backup --to /mnt/safe --keep 30")(backup)
    app.command(epilog="Example: rackrent restore backups/market-20260301T033000Z.db")(restore)
    app.command(epilog="Example: rackrent vacuum")(vacuum)
    app.add_typer(evidence, name="evidence", no_args_is_help=True)


def backup(
    to: Annotated[
        Path | None, typer.Option(help="Folder of the backups (default: backups/ in the home).")
    ] = None,
    keep: Annotated[int, typer.Option(min=1, help="How many of them stay.")] = KEEP,
    as_json: AsJson = False,
) -> None:
    """Copy the database while it is in use, check the copy, and write its SHA-256 beside it.

    Evidence, source files and sessions are files that do not change: copy them as they are.
    """
    home = find_home()
    with storage_errors(), counting("backup", "pages") as progress:
        done = make_backup(home.database, to or home.backups, now(), keep=keep, progress=progress)
    if as_json:
        screen.print_json({"path": str(done.path), "sha256": done.sha256, "bytes": done.bytes})
        return
    screen.say(f"{done.path}  {done.bytes} bytes  sha256 {done.sha256}")
    for path in done.dropped:
        screen.say(f"deleted {path}: only the newest {keep} stay")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup, its .sha256 beside it.")],
    unsummed: Annotated[
        bool, typer.Option("--unsummed", help="Take a file that has no sum beside it.")
    ] = False,
) -> None:
    """Put a backup in the database's place, after its sum and all of its pages were checked.

    The database that was there is kept under another name.
    """
    home = find_home()
    home.make()
    with at_rest(home), storage_errors():
        aside = restore_backup(file, home.database, now(), unsummed=unsummed)
    # views and tables of this release
    Store(home.database).close()
    screen.say(f"{home.database} is {file.name} now")
    if aside:
        screen.say(f"the one before lies at {aside}; delete it once all is well")
    screen.say(
        "next: start `rackrent serve` anew if it runs; `rackrent analyse` reads what is newer"
    )


def vacuum() -> None:
    """Give unused room of the database back to the disk, and check it."""
    home = find_home()
    if not home.database.exists():
        fail(f"{home.database}: no database yet; nothing to do", Exit.USAGE)
    before = home.database.stat().st_size
    free = shutil.disk_usage(home.root).free
    if free < before * 1.1:
        fail(f"{home.root}: {free >> 20} MB free, {before >> 20} MB are needed", Exit.STORAGE)
    with at_rest(home), closing(Store(home.database)) as store:
        store.execute("vacuum")
        store.execute("pragma optimize")
        store.rows("pragma wal_checkpoint(truncate)")
        faults = [row[0] for row in store.rows("pragma integrity_check(5)")]
    if faults != ["ok"]:
        fail(f"{home.database}: damaged: {'; '.join(faults)}; see `rackrent doctor`", Exit.STORAGE)
    screen.say(f"{before} bytes before, {home.database.stat().st_size} now; integrity_check: ok")


@contextmanager
def at_rest(home: Home) -> Iterator[None]:
    """Keep crawls and the scheduler from starting.

    Raises:
        SourceBusyError: a source is being read.
        ScheduleRunsError: a scheduler is at work.
    """
    with ExitStack() as stack:
        stack.enter_context(only_scheduler(home))
        for path in sorted(home.locks.glob("*.lock")):
            stack.callback(take_lock(path, path.stem, wait_s=0).release)
        yield


@contextmanager
def storage_errors() -> Iterator[None]:
    """End the command with exit 6 when a backup cannot be made or used."""
    try:
        yield
    except BackupError as error:
        fail(str(error), Exit.STORAGE)


@evidence.command(epilog="Example: rackrent evidence verify --json")
def verify(as_json: AsJson = False) -> None:
    """Compute every digest of the evidence again, and compare it with the database's rows."""
    home, done = find_home(), Verified()
    total = sum(1 for _ in home.evidence.rglob("*.warc.gz"))
    with counting("verify", "files") as progress:
        for done in verify_evidence(home):
            progress(done.files, total)
    if as_json:
        screen.print_json(asdict(done))
    else:
        for fault in done.faults:
            place = "" if fault.offset is None else f" at byte {fault.offset}"
            screen.say(f"{fault.kind}: {fault.file}{place}: {fault.detail}")
        screen.say(
            f"{done.files} files · {done.records} records · {done.bytes} bytes · "
            f"{done.unindexed} without a row · {len(done.faults)} faults"
        )
    raise typer.Exit(Exit.STORAGE if done.faults else Exit.DONE)


@evidence.command(epilog="Example: rackrent evidence mend")
def mend() -> None:
    """Cut off what `kill -9` left of a last record; nothing that rows point to is touched."""
    home = find_home()
    home.make()
    torn = cut_tails(home)
    for path in torn:
        screen.say(f"{path}: its unfinished end lies in {path.name}.tail now")
    if not torn:
        screen.say("all files end where their last record ends")


@evidence.command(epilog="Example: rackrent evidence manifest 2026-03-01")
def manifest(
    day: Annotated[str, typer.Argument(help="YYYY-MM-DD: files of runs that began then, UTC.")],
    as_json: AsJson = False,
) -> None:
    """Write names, sizes and hashes of a day's evidence, to be signed or time-stamped."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        fail(f"'{day}' is not a day; write it like 2026-03-01", Exit.USAGE)
    if wanted >= now().date():
        fail(f"{day}: is not over yet (UTC); take an earlier day", Exit.USAGE)
    path, entries = write_manifest(find_home(), wanted)
    if as_json:
        screen.print_json({"path": str(path), "files": [asdict(entry) for entry in entries]})
    else:
        screen.say(f"{path}: {len(entries)} files, {sum(entry.bytes for entry in entries)} bytes")

"""Checks of the home's files: there, ours alone, finished, and not from the future."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from crawler.clock import now, stamp
from crawler.doctor.finding import Finding, fault, ok, quoted, warning
from crawler.home import Home

SKEW = timedelta(minutes=5)
"""How far in the future a file may seem to have been written."""
LEFT_OVER = timedelta(hours=1)
"""Age from which on an unfinished file belongs to nobody any more."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def folder_checks(home: Home) -> Iterator[Finding]:
    """Whether the home's folders are there and can be written."""
    folders = (home.root, home.evidence, home.sources, home.sessions, home.locks, home.logs)
    bad = False
    for folder in folders:
        if not folder.exists():
            bad = True
            yield fault("folders", f"{folder}: is missing", f"mkdir -p -m 700 {quoted(folder)}")
        elif not folder.is_dir():
            bad = True
            aside = quoted(folder.with_name(f"{folder.name}.aside"))
            yield fault(
                "folders",
                f"{folder}: is no folder",
                f"mv {quoted(folder)} {aside} && mkdir -p -m 700 {quoted(folder)}",
            )
        elif not folder.stat().st_mode & stat.S_IWUSR:
            bad = True
            yield fault("folders", f"{folder}: is read-only", f"chmod u+rwx {quoted(folder)}")
    if not bad:
        yield ok("folders", f"{home.root}: all folders are there")


def privacy_checks(home: Home) -> Iterator[Finding]:
    """Whether others can read what was collected, sessions and credentials most of all."""
    if not home.root.is_dir():
        return
    secrets = [*home.sessions.glob("*"), home.root / "environment", home.root / "analysts.yml"]
    open_secrets = [path for path in secrets if path.is_file() and is_open(path)]
    for path in open_secrets:
        yield fault("secrets", f"{path}: others can read it", f"chmod 600 {quoted(path)}")
    if not open_secrets:
        yield ok("secrets", "sessions and credentials are their owner's alone")
    held = (home.database, home.evidence, home.sources, home.backups, home.logs)
    opened = [path for path in (home.root, *held) if path.exists() and is_open(path)]
    if is_open(home.root):
        text = f"{home.root}: others can look into it ({', '.join(p.name for p in opened)})"
        yield fault("privacy", text, f"chmod -R go= {quoted(home.root)}")
    else:
        yield ok("privacy", f"{home.root}: is its owner's alone")


def is_open(path: Path) -> bool:
    """Whether others than its owner may read, write or enter a path."""
    return bool(path.stat().st_mode & OTHERS)


def clock_checks(home: Home) -> Iterator[Finding]:
    """Whether files seem to come from the future, as after a clock that was set back."""
    moment = now()
    files = chain(home.root.glob("*.db*"), home.logs.glob("*"), home.evidence.glob("*/*.warc.gz"))
    newest = max((path for path in files if path.is_file()), key=written, default=None)
    if newest is None or written(newest) <= moment + SKEW:
        yield ok("clock", f"it is {stamp(moment)}; no file is newer than that")
        return
    yield fault(
        "clock",
        f"{newest}: was written at {stamp(written(newest))}, but it is {stamp(moment)}: set the "
        "clock (`timedatectl set-ntp true`); if it is right, the file's time is wrong",
        f"find {quoted(home.root)} -type f -newermt '+5 minutes' -exec touch {{}} +",
    )


def written(path: Path) -> datetime:
    """When a file was written last, UTC, whole seconds."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def leftover_checks(home: Home) -> Iterator[Finding]:
    """Whether files lie around that something broken off left behind."""
    folders = (home.root, home.backups, home.manifests, home.sessions)
    parts = [
        path for folder in folders for end in ("part", "new") for path in folder.glob(f"*.{end}")
    ]
    old = [path for path in parts if written(path) < now() - LEFT_OVER]
    for path in old:
        yield warning("leftovers", f"{path}: was never finished", f"rm {quoted(path)}")
    if not old:
        yield ok("leftovers", "no unfinished files")


def lock_checks(home: Home) -> Iterator[Finding]:
    """Whether something stands where a lock belongs."""
    locks = [*home.locks.glob("*.lock"), home.root / "schedule.lock"]
    wrong = [path for path in locks if path.exists() and not path.is_file()]
    for path in wrong:
        yield fault(
            "locks", f"{path}: is no file, so nothing can be locked", f"rmdir {quoted(path)}"
        )
    if not wrong:
        yield ok("locks", "locks can be taken; the kernel frees those of processes that died")

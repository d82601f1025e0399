"""A browser's processes and its folder: watched, killed to the last one, cleared away."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

PREFIX = "rackrent-b-"
LOCK = "lock"
YOUNG_S = 30.0
"""A folder without a lock that is younger than this is just being made, seconds."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """The folder of one browser, ours while its lock is held; nobody else can look into it."""

    path: Path
    """Where it lies."""
    lock: IO[bytes]
    """The open file whose lock dies with this process."""

    @property
    def errors(self) -> Path:
        """What the browser's process writes before it dies."""
        return self.path / "errors"

    def clear(self) -> None:
        """Kill what still uses the folder, and remove it."""
        clear(self.path)
        self.lock.close()


def new_scratch() -> Scratch:
    """A new folder; those of processes that were killed are cleared away first."""
    sweep()
    path = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = (path / LOCK).open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return Scratch(path, lock)


def sweep() -> int:
    """Clear away browsers and folders that a killed crawl left behind; how many folders."""
    return sum(clear_if_left(path) for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))


def clear_if_left(path: Path) -> bool:
    """Clear a folder away unless it is not ours or its owner lives; whether it was."""
    try:
        owner = path.lstat()
        if path.is_symlink() or not path.is_dir() or owner.st_uid != os.geteuid():
            return False
        if not (path / LOCK).exists() and time.time() - owner.st_mtime < YOUNG_S:
            return False
        with (path / LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            clear(path)
    except OSError:
        # its owner lives, or has just removed it
        return False
    return True


def clear(path: Path) -> None:
    """Kill the processes whose TMPDIR a folder is, and remove it."""
    for process in users_of(path):
        with contextlib.suppress(psutil.Error):
            process.kill()
    shutil.rmtree(path, ignore_errors=True)


def users_of(path: Path) -> Iterator[psutil.Process]:
    """Processes whose TMPDIR a folder is, orphans included."""
    for process in psutil.process_iter():
        try:
            if process.environ().get("TMPDIR") == str(path):
                yield process
        except (psutil.Error, OSError):
            # ended meanwhile, or not ours
            continue


def memory_mb_of(pid: int) -> int:
    """Memory that a process and its descendants hold, megabytes; shared pages count once each."""
    held = 0
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for member in family:
        try:
            held += member.memory_info().rss - member.memory_info().shared
        except psutil.Error:
            # ended by itself meanwhile
            continue
    return held // (1024 * 1024)


def kill_tree(pid: int) -> None:
    """Kill a process and all its descendants; the first one is its parent's to wait for."""
    try:
        root = psutil.Process(pid)
        family = [*root.children(recursive=True), root]
    except psutil.NoSuchProcess:
        return
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            # ended by itself meanwhile
            continue
    psutil.wait_procs(family[:-1], timeout=5)

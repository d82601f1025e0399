"""Disks that are full or read-only, for tests: a small file system where one may be mounted."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.market import ROOT

KB = 1024


@contextmanager
def no_room(most: int = 0) -> Iterator[None]:
    """Let no file of this process, or of its children, grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own of that size; skips the test where none may be mounted."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "rackrent", str(folder)]
    done = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no file system may be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path, *, but: int) -> Path:
    """Fill a small disk so that so many bytes are left; the file that takes the room."""
    path = folder / "filler"
    free = os.statvfs(folder)
    path.write_bytes(b"x" * max(free.f_bavail * free.f_frsize - but, 0))
    return path


def mount_read_only(folder: Path, *, read_only: bool) -> None:
    """Turn a small disk read-only, or back."""
    how = "ro" if read_only else "rw"
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


def command(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command in a home, its bytes of Python written nowhere."""
    return subprocess.run(
        [sys.executable, "-m", "crawler", *arguments],
        cwd=ROOT,
        env=os.environ | {"RACKRENT_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

"""A crawl ends with the command that started it, even when that is killed."""

import ctypes
import os
import signal
import sys

PARENT = "RACKRENT_PARENT"
"""Environment variable that names the process to end with."""
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent dies (Linux `prctl(2)`).

    Does nothing where no parent is named, or on other systems. A killed crawl loses nothing: the
    next run goes on.
    """
    if named := os.environ.get(PARENT):
        die_with(int(named))


def die_with(parent: int) -> None:
    """Have the kernel kill this process when that one dies: at once when it is dead already."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the command that started this process is gone")

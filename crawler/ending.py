"""How a process of ours ends: with which code, and never later than it may.

A signal reaches a thread of its own by the wake-up descriptor, which the kernel's handler writes,
so a main thread that waits in SQLite or in a library cannot put the end off.
"""

import os
import signal
import threading
import time
from enum import IntEnum

import psutil

COMMAND_S = 6.0
"""How long a command may take to end after SIGTERM or Ctrl-C, seconds."""
SCHEDULER_S = 8.5
"""The same of a scheduler, which waits for commands."""
ENDING = frozenset({signal.SIGTERM, signal.SIGINT})


class Code(IntEnum):
    """Exit codes by which a crawl's process tells what its run's row cannot say."""

    STORAGE = 6
    INTERRUPTED = 130


_limit_s = [COMMAND_S]


def end_by_force() -> None:
    """Kill all descendants and end at once: what was not committed is the next run's."""
    for child in psutil.Process().children(recursive=True):
        try:
            child.kill()
        except psutil.NoSuchProcess:
            # ended by itself meanwhile
            continue
    os._exit(Code.INTERRUPTED)


def end_by_force_in(seconds: float) -> None:
    """Let this process go on for so long, whatever its main thread does."""
    timer = threading.Timer(seconds, end_by_force)
    timer.daemon = True
    timer.start()


def bound_ending() -> None:
    """Have SIGTERM and Ctrl-C end this process in bounded time. Call it in the main thread.

    Handlers stay what they are; forks of the process are not bound.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    os.register_at_fork(after_in_child=lambda: signal.set_wakeup_fd(-1))
    threading.Thread(target=_wait_for_the_end, args=(reader,), daemon=True).start()


def allow_to_end_in(seconds: float) -> None:
    """How long this process may take to end from now on."""
    _limit_s[0] = seconds


def _wait_for_the_end(reader: int) -> None:
    while (told := os.read(reader, 1)) and told[0] not in ENDING:
        pass
    time.sleep(_limit_s[0])
    end_by_force()

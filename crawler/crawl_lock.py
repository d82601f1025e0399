"""The lock of a source: one process reads it at a time."""

from pathlib import Path

from filelock import FileLock, Timeout

from crawler.storage import StorageError, told

LOCK_WAIT_S = 2.0
"""How long to wait for a crawl that is just ending, seconds."""


class SourceBusyError(RuntimeError):
    """Another process crawls the same source."""


def take_lock(path: Path, source_id: str, wait_s: float = LOCK_WAIT_S) -> FileLock:
    """The source's lock, waited for so long; the kernel frees it when its holder dies.

    Raises:
        SourceBusyError: somebody holds it.
        StorageError: its file cannot be made.
    """
    lock = FileLock(path)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        raise SourceBusyError(
            f"{source_id}: another crawl of it is at work; wait for it or stop it ({path})"
        ) from error
    except OSError as error:
        raise StorageError(told(path, error)) from error
    return lock

"""The command itself: its errors and exit codes; its parts are in `crawler.cli.parts`."""

import os
import signal
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from crawler.boundaries.logs import guard_process
from crawler.cli.exits import Exit, fail
from crawler.cli.parts import command_for
from crawler.ending import bound_ending
from crawler.home import find_home
from crawler.lifeline import die_with_parent
from crawler.storage import is_of_storage, told

EXITS = {
    "crawler.source.SourceError": Exit.USAGE,
    "crawler.crawl_lock.SourceBusyError": Exit.USAGE,
    "crawler.session.SessionError": Exit.USAGE,
    "crawler.desk.analysts.AnalystError": Exit.USAGE,
    "crawler.alerting.loading.AlertError": Exit.USAGE,
    "crawler.scheduling.timer.ScheduleRunsError": Exit.USAGE,
    "crawler.frontiers.contract.FrontierError": Exit.USAGE,
    "crawler.crawl.SourcePausedError": Exit.PAUSED,
    "crawler.upstream.ProxyDownError": Exit.WAY_OUT,
    "crawler.visit.VisitError": Exit.DEGRADED,
    "crawler.storage.StorageError": Exit.STORAGE,
    "sqlite3.DatabaseError": Exit.STORAGE,
    "crawler.cli.running.CrawlFailedError": Exit.ERROR,
    "crawler.alerting.running.AlertsBusyError": Exit.ERROR,
}
"""Exit codes of known errors, by name: importing them all takes seconds."""
WAY_OUT_HINT = "start it, then run the same command again"
INTERRUPTED = "interrupted; run the same command again to go on"


def main() -> None:
    """Run the command; known errors become one line and an exit code."""
    guard_process()
    # the scheduler's children end with it, even when it is killed
    die_with_parent()
    signal.signal(signal.SIGTERM, stop)
    bound_ending()
    try:
        command_for(sys.argv[1:])()
    except SystemExit as end:
        # Typer turns Ctrl-C into a silent exit
        if end.code == Exit.INTERRUPTED:
            leave_interrupted()
        raise
    except KeyboardInterrupt:
        leave_interrupted()
    except BrokenPipeError:
        sys.exit(Exit.DONE)
    except Exception as error:  # noqa: BLE001 -- what is not known is raised again
        fail(*verdict_on(error))


def verdict_on(error: Exception) -> tuple[str, Exit]:
    """What to say of a known error, and the exit code; an unknown one is raised.

    Raises:
        Exception: the error, where nothing is known of it.
    """
    names = [f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__]
    code = next((EXITS[name] for name in names if name in EXITS), None)
    if code is None:
        if not isinstance(error, OSError) or not is_of_storage(error):
            raise error
        return told(Path(error.filename or find_home().root), error), Exit.STORAGE
    if code is Exit.WAY_OUT:
        return f"{error}; {WAY_OUT_HINT}", code
    if isinstance(error, sqlite3.DatabaseError):
        return told(find_home().database, error), code
    return str(error), code


def leave_interrupted() -> NoReturn:
    """Say so and end, without taking Python apart, which takes seconds on a busy machine."""
    with suppress(OSError):
        sys.stdout.flush()
    try:
        fail(INTERRUPTED, Exit.INTERRUPTED)
    finally:
        os._exit(Exit.INTERRUPTED)


def stop(signum: int, frame: FrameType | None) -> None:
    """End as Ctrl-C does, so that children are stopped too."""
    raise KeyboardInterrupt

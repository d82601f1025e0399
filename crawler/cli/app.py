"""The command itself: its parts, its errors, its exit codes."""

import logging
import signal
import sqlite3
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from crawler.alerting.loading import AlertError
from crawler.alerting.running import AlertsBusyError
from crawler.boundaries.logs import guard_process
from crawler.cli import (
    alerting,
    analysis,
    analysts,
    crawling,
    demo,
    doctoring,
    exporting,
    fixtures,
    frontiers,
    importing,
    inspecting,
    labels,
    lakes,
    linking,
    merging,
    probing,
    purging,
    rates,
    reading,
    scheduling,
    screen,
    serving,
    session,
    sources,
    starting,
    status,
    storage,
)
from crawler.cli.exits import Exit, fail
from crawler.cli.running import CrawlFailedError
from crawler.crawl import SourceBusyError, SourcePausedError
from crawler.desk.analysts import AnalystError
from crawler.ending import bound_ending
from crawler.frontiers.contract import FrontierError
from crawler.home import find_home
from crawler.lifeline import die_with_parent
from crawler.scheduling.timer import ScheduleRunsError
from crawler.session import SessionError
from crawler.source import SourceError
from crawler.storage import StorageError, is_of_storage, told
from crawler.upstream import ProxyDownError
from crawler.visit import VisitError

EPILOG = (
    "Exit codes: 0 done · 1 unexpected error · 2 bad usage, configuration or source file · "
    "3 proxy or way out down · 4 degraded (below `expect`, issues) · 5 a source paused · "
    "6 storage (full, read-only, corrupt) · 130 interrupted."
)

BAD_USAGE = (
    SourceError, SourceBusyError, SessionError, AnalystError, AlertError, ScheduleRunsError,
    FrontierError,
)  # fmt: skip
"""Errors that the operator mends by asking for something else."""

EXITS: tuple[tuple[tuple[type[BaseException], ...], Exit], ...] = (
    (BAD_USAGE, Exit.USAGE),
    ((SourcePausedError,), Exit.PAUSED),
    ((ProxyDownError,), Exit.WAY_OUT),
    ((VisitError,), Exit.DEGRADED),
    ((StorageError, sqlite3.DatabaseError), Exit.STORAGE),
    ((CrawlFailedError, AlertsBusyError), Exit.ERROR),
)
"""Exit codes of known errors."""
KNOWN = tuple(kind for kinds, _ in EXITS for kind in kinds)

INTERRUPTED = "interrupted; run the same command again to go on"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

app = typer.Typer(
    name="rackrent",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for part in (
    demo,
    probing,
    crawling,
    scheduling,
    importing,
    session,
    analysis,
    linking,
    serving,
    analysts,
    reading,
    fixtures,
    rates,
    labels,
    alerting,
    exporting,
    lakes,
    frontiers,
    purging,
    merging,
    storage,
    doctoring,
    status,
    sources,
    inspecting,
    starting,
):
    part.register(app)


@app.callback()
def every_command(
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell on standard error what is done.")
    ] = False,
) -> None:
    """Monitor of the underground hosting market: crawl, extract, explore. It only reads."""
    screen.taste.quiet = quiet
    if verbose:
        logging.basicConfig(stream=sys.stderr, level=logging.INFO, format=LOG_FORMAT)


def main() -> None:
    """Run the command; known errors become one line and an exit code."""
    guard_process()
    # the scheduler's children end with it, even when it is killed
    die_with_parent()
    signal.signal(signal.SIGTERM, stop)
    bound_ending()
    try:
        app()
    except KNOWN as error:
        fail(*verdict_on(error))
    except SystemExit as end:
        # Typer turns Ctrl-C into a silent exit
        if end.code == Exit.INTERRUPTED:
            fail(INTERRUPTED, Exit.INTERRUPTED)
        raise
    except KeyboardInterrupt:
        fail(INTERRUPTED, Exit.INTERRUPTED)
    except BrokenPipeError:
        sys.exit(Exit.DONE)
    except OSError as error:
        if not is_of_storage(error):
            raise
        fail(told(Path(error.filename or find_home().root), error), Exit.STORAGE)


def verdict_on(error: BaseException) -> tuple[str, Exit]:
    """What to say of a known error, and the exit code."""
    code = next(code for kinds, code in EXITS if isinstance(error, kinds))
    if isinstance(error, ProxyDownError):
        return f"{error}; start it, then run the same command again", code
    if isinstance(error, sqlite3.DatabaseError):
        return told(find_home().database, error), code
    return str(error), code


def stop(signum: int, frame: FrameType | None) -> None:
    """End as Ctrl-C does, so that children are stopped too."""
    raise KeyboardInterrupt

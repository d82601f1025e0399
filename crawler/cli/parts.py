"""Which module holds which command: a run imports the one that it needs, help imports none."""

import logging
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Annotated

import typer

from crawler.cli import overview, screen

EPILOG = (
    "Exit codes: 0 done · 1 unexpected error · 2 bad usage, configuration or source file · "
    "3 proxy or way out down · 4 degraded (below `expect`, issues) · 5 a source paused · "
    "6 storage (full, read-only, corrupt) · 130 interrupted."
)
COMPLETING = "_RACKRENT_COMPLETE"
"""The variable with which shells ask for what completes a line."""
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

PARTS = {
    "demo": ("demo",),
    "probing": ("probe", "add"),
    "crawling": ("crawl", "replay"),
    "scheduling": ("schedule",),
    "importing": ("import",),
    "session": ("session",),
    "analysis": ("analyse", "extract", "evaluate"),
    "linking": ("link",),
    "serving": ("serve",),
    "analysts": ("analyst",),
    "reading": ("read", "check"),
    "fixtures": ("fixture",),
    "rates": ("rates",),
    "labels": ("label",),
    "alerting": ("alerts",),
    "exporting": ("export",),
    "lakes": ("lake",),
    "frontiers": ("frontier",),
    "purging": ("purge",),
    "merging": ("merge",),
    "storage": ("backup", "restore", "vacuum", "evidence"),
    "doctoring": ("doctor",),
    "status": ("status",),
    "sources": ("sources",),
    "inspecting": ("runs", "issues", "logs"),
    "starting": ("init",),
}
"""Commands by the module of this package that registers them, in the order of the help."""


def command_for(arguments: Sequence[str]) -> typer.Typer:
    """`rackrent` for a command line: with the command that it names, else with names alone."""
    named = next((word for word in arguments if not word.startswith("-")), None)
    parts = [part for part, commands in PARTS.items() if named in commands]
    if parts or COMPLETING in os.environ:
        return command_of(parts or PARTS)
    app = command_of(())
    overview.add_names(app)
    return app


def command_of(parts: Iterable[str] = PARTS) -> typer.Typer:
    """The `rackrent` command with the commands of these modules, by default with all."""
    app = typer.Typer(
        name="rackrent",
        epilog=EPILOG,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    for part in parts:
        import_module(f"crawler.cli.{part}").register(app)
    app.callback()(every_command)
    return app


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

"""`rackrent read` and `check`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli import screen
from crawler.cli.checks import faults_of
from crawler.cli.exits import Exit, fail
from crawler.clock import now
from crawler.home import find_home
from crawler.source import find_source
from spiders.asked import AUTO, Asked
from spiders.page import Engine
from spiders.parsing import PARSER
from spiders.reading import engine_named, reading_as_json


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(
        epilog="Example: rackrent read page.html --engine auto --url http://board.example/t?id=1"
    )(read)
    app.command(epilog="Example: rackrent check --json")(check)


def read(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A saved page.")],
    url: Annotated[str, typer.Option(help="URL that the page was fetched from.")],
    engine: Annotated[str, typer.Option(help="Engine, or auto to detect it.")] = "auto",
    source: Annotated[
        str | None, typer.Option(help="Source whose engine, selectors and zone to use.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="When it was fetched (ISO 8601), for relative dates.")
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(help="Time zone of its dates (default: what the page states, else UTC)."),
    ] = None,
) -> None:
    """Print what an engine reads from one saved page, as JSON."""
    known = find_source(find_home(), source) if source else None
    engine = known.engine if known else engine
    if engine != AUTO:
        engine_given(engine)
    reading = PARSER.read(
        Asked(
            engine,
            url,
            file.read_bytes(),
            None,
            moment_given(at),
            timezone=known.timezone if known else timezone,
            selectors=known.selectors if known else {},
        )
    )
    for problem in reading.problems:
        screen.tell(f"not understood: {problem.kind}: {problem.detail}")
    screen.print_json(reading_as_json(reading))


def engine_given(name: str) -> Engine:
    """The engine of `--engine`, or the end of the command with exit 2."""
    try:
        return engine_named(name)
    except ValueError as error:
        fail(str(error), Exit.USAGE)


def moment_given(text: str | None) -> datetime:
    """The moment of `--at`; the present one without it."""
    if text is None:
        return now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        fail(f"--at: '{text}' is not a time; write it like 2026-03-01T09:30:00Z", Exit.USAGE)
    return moment if moment.tzinfo else moment.replace(tzinfo=now().tzinfo)


def check(
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Check source files, asset types, languages and views."""
    faults = faults_of(find_home())
    if as_json:
        screen.print_json({"faults": faults})
    elif not faults:
        screen.say("sources, asset types, languages and views are sound")
    if faults and not as_json:
        fail("\n".join(faults), Exit.USAGE)
    if faults:
        raise typer.Exit(Exit.USAGE)

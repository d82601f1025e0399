"""`rackrent import`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.archived import Archived
from crawler.boundaries.terminal import safe_term
from crawler.cli import screen
from crawler.cli.alerting import alert_after
from crawler.cli.analysis import analyse_shown
from crawler.cli.exits import Exit, exit_of, fail, gravest
from crawler.cli.progress import BYTES, counting
from crawler.home import find_home
from crawler.importing.formats import ExportError
from crawler.importing.run import Imported, import_file
from crawler.intake import guard_at
from crawler.reading import Reading
from crawler.records import RunRow
from crawler.source import Source, find_source
from spiders.intake import guarded
from spiders.parsing import read_archived


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("import", epilog="Example: rackrent import result.json --source rackyard_chat")(
        import_command
    )


def import_command(
    file: Annotated[
        Path, typer.Argument(help="result.json of Telegram Desktop, or DiscordChatExporter JSON.")
    ],
    source: Annotated[str, typer.Option(help="Source that the messages belong to.")],
    analyse: Annotated[
        bool, typer.Option("--analyse/--no-analyse", help="Analyse what is new afterwards.")
    ] = True,
    alerts: Annotated[
        bool, typer.Option("--alerts/--no-alerts", help="Tell afterwards what is new.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the run as JSON.")] = False,
) -> None:
    """Read a chat program's export into a source. Importing a file again adds nothing."""
    home = find_home()
    known, guard = find_source(home, source), guard_at(home)

    def read(source: Source, archived: Archived, body: bytes) -> Reading:
        return guarded(read_archived(source, archived, body), guard, dropped=False)

    try:
        with counting("import", BYTES) as tell:
            run, done = import_file(
                home,
                known,
                file,
                read,
                lambda at, size, messages: tell(at, size, f"{messages} messages"),
            )
    except ExportError as error:
        fail(str(error), Exit.USAGE)
    if analyse:
        analyse_shown(home)
    report(run, done, as_json=as_json)
    code = alert_after(home) if alerts else Exit.DONE
    if done.missing:
        fail(f"{file}: {done.missing}", Exit.DEGRADED)
    raise typer.Exit(gravest([exit_of(run.status, run.reason), code]))


def report(run: RunRow, done: Imported, *, as_json: bool) -> None:
    """Print what an import brought."""
    if as_json:
        screen.print_json(asdict(run) | {"import": asdict(done)})
        return
    screen.say(
        f"{done.format}: {done.chats} chats · {done.messages} messages "
        f"({done.notices} service notices) · {run.posts_seen} posts seen, {run.posts_new} new, "
        f"{run.posts_changed} changed · {run.masked} masked · {run.dropped} dropped"
    )
    if run.reason:
        screen.say(f"{run.status}: {safe_term(run.reason)}")

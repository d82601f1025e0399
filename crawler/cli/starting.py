"""`rackrent init`: from nothing to a source that is read by itself, step by step."""

from typing import Annotated

import typer

from crawler.cli import scheduling, screen
from crawler.cli.doctoring import show
from crawler.cli.exits import Exit
from crawler.cli.probing import Local, Proxy, add
from crawler.cli.serving import serve_home
from crawler.doctor.files import folder_checks, privacy_checks
from crawler.doctor.machine import chromium_checks, disk_checks, python_checks
from crawler.doctor.run import diagnose
from crawler.home import find_home
from crawler.scheduling.install import unit_path
from crawler.store.database import Store

FIRST_CHECKS = (python_checks, disk_checks, folder_checks, privacy_checks, chromium_checks)


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command(epilog="Example: rackrent init --yes --url https://board.example/ --schedule")(init)


def init(  # noqa: PLR0913
    url: Annotated[str | None, typer.Option(help="Index page of the first source.")] = None,
    source_id: Annotated[str | None, typer.Option("--id", help="Id of the first source.")] = None,
    proxy: Proxy = None,
    local: Local = False,
    schedule: Annotated[
        bool, typer.Option("--schedule", help="Write a systemd unit for you that reads it.")
    ] = False,
    serve: Annotated[bool, typer.Option("--serve", help="Open the desk at the end.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing: do what the options say.")
    ] = False,
) -> None:
    """Set up a home, a first source, a schedule and the desk. Run it again: it changes nothing.

    Without --yes it asks before each step.
    """
    home = find_home()
    home.make()
    home.root.chmod(0o700)
    Store(home.database).close()
    screen.say(f"1. home: {home.root}; RACKRENT_HOME names another one")
    found = [one for one in diagnose(home, FIRST_CHECKS) if one.status != "ok"]
    for one in found:
        show(one)
    if not url and not yes:
        url = typer.prompt("2. address of a first source (empty: none)", default="") or None
    if url:
        add(url, source_id, None, None, proxy, local, yes)
    else:
        screen.say(
            "2. no source: `rackrent add URL` adds one, `rackrent demo` shows an invented market"
        )
    if schedule or (not yes and typer.confirm("3. read sources when they are due (systemd)?")):
        install_once()
    else:
        screen.say("3. no schedule: `rackrent schedule install`, or `rackrent crawl` by hand")
    screen.say("next: rackrent crawl · rackrent status · rackrent serve · rackrent doctor")
    if serve or (not yes and typer.confirm("4. open the desk now?", default=False)):
        serve_home(home)
    raise typer.Exit(Exit.DEGRADED if any(one.status == "fault" for one in found) else Exit.DONE)


def install_once() -> None:
    """Write the unit of this user, unless it is there."""
    path = unit_path(system=False)
    if path.exists():
        screen.say(f"3. {path} is there already; delete it to have it written anew")
    else:
        scheduling.install(system=False, show=False, cron=False, jobs=2)

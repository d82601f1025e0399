"""`rackrent session import | login | check`."""

from pathlib import Path
from typing import Annotated

import typer

from crawler.boundaries.terminal import safe_term_line
from crawler.cli import screen
from crawler.cli.exits import Exit
from crawler.cli.window import log_in_by_hand
from crawler.home import Home, find_home
from crawler.session import SessionError, import_state, save_state
from crawler.source import Source, find_source
from crawler.store.database import Store
from crawler.store.runs import paused_reason, resume_source
from spiders.login import check_session, sign_in

session = typer.Typer(
    help="Logged-in state of sources: bring it, make it, check it.",
    epilog="Example: rackrent session import board cookies.txt",
)
SourceId = Annotated[str, typer.Argument(metavar="SOURCE", help="Id of the source.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(session, name="session", no_args_is_help=True)


@session.command("import", epilog="Example: rackrent session import board cookies.txt")
def import_(
    source_id: SourceId,
    file: Annotated[
        Path, typer.Argument(exists=True, help="Playwright storage state or cookies.txt.")
    ],
) -> None:
    """Keep the cookies of a file that belong to a source, and take the source up again."""
    home = find_home()
    source = wanting(find_source(home, source_id))
    home.make()
    count = import_state(home, source, file)
    screen.say(f"{source.id}: {count} cookies kept; {resumed(home, source)}")
    screen.say(f"delete {file} now: whoever has it is you on that site")


@session.command("login", epilog="Example: rackrent session login board")
def login(
    source_id: SourceId,
    form: Annotated[
        bool, typer.Option("--form", help="Send the form of session.login instead.")
    ] = False,
) -> None:
    """Open a browser window to log in by hand, then keep the session."""
    home = find_home()
    source = wanting(find_source(home, source_id))
    home.make()
    if form:
        sign_in(home, source)
    else:
        save_state(home, source.id, log_in_by_hand(source))
    check(source_id)
    screen.say(f"{source.id}: {resumed(home, source)}")


@session.command("check", epilog="Example: rackrent session check board")
def check(source_id: SourceId) -> None:
    """Look at one page: does it show that we are logged in?"""
    home = find_home()
    source = wanting(find_source(home, source_id))
    if not check_session(home, source):
        screen.tell(
            f"{source.id}: not logged in: the page has no way to log out. Bring a fresh session, "
            "or name what only members see in selectors.signed_in"
        )
        raise typer.Exit(Exit.PAUSED)
    screen.say(f"{source.id}: logged in")


def wanting(source: Source) -> Source:
    """The source itself.

    Raises:
        SessionError: its file does not say that it is read by an account.
    """
    if source.session is None:
        raise SessionError(f"{source.id}: its file has no `session: {{}}`; add it first")
    return source


def resumed(home: Home, source: Source) -> str:
    """Take a paused source up again; what became of it."""
    store = Store(home.database)
    try:
        reason = paused_reason(store, source.id)
        if reason is None:
            return "it was not paused"
        with store.transaction():
            resume_source(store, source.id)
        return safe_term_line(f"it is no longer paused ({reason})")
    finally:
        store.close()

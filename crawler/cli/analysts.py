"""`rackrent analyst`: who may sign in to the desk and decide."""

from typing import Annotated

import typer

from crawler.cli import screen
from crawler.desk.analysts import add_analyst, load_analysts, remove_analyst
from crawler.desk.victims import ROLE
from crawler.home import find_home

Name = Annotated[str, typer.Argument(help="Name to sign in with.")]

app = typer.Typer(
    no_args_is_help=True,
    help="Who may sign in to the desk and decide.",
    epilog="Example: rackrent analyst add anna",
)


def register(root: typer.Typer) -> None:
    """Add this module's commands."""
    root.add_typer(app, name="analyst")


@app.command(epilog="Example: rackrent analyst add maria --notify")
def add(
    name: Name,
    notify: Annotated[
        bool, typer.Option("--notify", help="May see the victims of access sales.")
    ] = False,
    password: Annotated[
        str,
        typer.Option(
            prompt=True, hide_input=True, confirmation_prompt=True, envvar="RACKRENT_PASSWORD"
        ),
    ] = "",
) -> None:
    """Add an analyst, or change one's password and role. The password is asked for."""
    home = find_home()
    home.make()
    add_analyst(home, name, password, [ROLE] if notify else [])
    screen.say(f"{name} can sign in at /-/login of `rackrent serve`, once it is started anew")


@app.command("list", epilog="Example: rackrent analyst list")
def list_command() -> None:
    """List the analysts and their roles."""
    rows = [
        {"analyst": name, "roles": ", ".join(analyst.roles)}
        for name, analyst in load_analysts(find_home()).analysts.items()
    ]
    screen.print_rows("Analysts", ("analyst", "roles"), rows)


@app.command(epilog="Example: rackrent analyst remove maria")
def remove(name: Name) -> None:
    """Remove an analyst; what they decided stays."""
    remove_analyst(find_home(), name)
    screen.say(f"{name} can no longer sign in, once `rackrent serve` is started anew")

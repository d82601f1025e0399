"""`rackrent serve`."""

from typing import Annotated

import typer

from crawler.cli.exits import Exit, fail
from crawler.desk.analysts import load_analysts
from crawler.home import Home, find_home
from crawler.store.database import Store

LOCAL = ("127.0.0.1", "::1", "localhost")
"""Addresses that no other machine reaches."""


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command("serve", epilog="Example: rackrent serve --port 8001")(serve_command)


def serve_command(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine.")] = 8001,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    public: Annotated[
        bool, typer.Option("--public", help="Let other machines in; analysts must sign in.")
    ] = False,
) -> None:
    """Open the database in Datasette: everybody on this machine reads, analysts may decide."""
    home = find_home()
    check_host(home, host, public=public)
    serve_home(home, host=host, port=port, public=public)


def check_host(home: Home, host: str, *, public: bool) -> None:
    """Refuse to let other machines in where nobody has to sign in."""
    if public and not load_analysts(home).analysts:
        fail(
            "--public: nobody could sign in; add somebody with `rackrent analyst add NAME` first",
            Exit.USAGE,
        )
    if not public and host not in LOCAL:
        fail(f"--host {host}: lets other machines in; add --public", Exit.USAGE)


def serve_home(
    home: Home, *, host: str = "127.0.0.1", port: int = 8001, public: bool = False
) -> None:
    """Serve a home's database until interrupted."""
    if not home.database.exists():
        fail(
            f"{home.database}: no database yet; run `rackrent demo` or `rackrent crawl`", Exit.USAGE
        )
    # here, because Datasette takes a second to load and help does not need it
    from crawler.serving import serve

    # views and tables of the newest release
    Store(home.database).close()
    serve(home.database, host=host, port=port, public=public)

"""`rackrent serve`."""

from typing import Annotated

import typer

from crawler.cli.exits import Exit, fail
from crawler.home import Home, find_home
from crawler.serving import serve
from crawler.store.database import Store


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command("serve", epilog="Example: rackrent serve --port 8001")(serve_command)


def serve_command(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine.")] = 8001,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Open the database in Datasette, read-only."""
    serve_home(find_home(), host=host, port=port)


def serve_home(home: Home, *, host: str = "127.0.0.1", port: int = 8001) -> None:
    """Serve a home's database until interrupted."""
    if not home.database.exists():
        fail(
            f"{home.database}: no database yet; run `rackrent demo` or `rackrent crawl`", Exit.USAGE
        )
    # views and tables of the newest release
    Store(home.database).close()
    serve(home.database, host=host, port=port)
